"""A therapist's card, a small TOML file: read, with all mistakes at once, and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from neckform.config.settings import far_too_large, read_small_text, toml_in
from neckform.core.errors import SettingsError
from neckform.core.parameter import checked
from neckform.core.plain_text import one_line, plain
from neckform.core.prescription import CardLine, Prescription
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Side
from neckform.core.wording import worded

SCHEMA = "neckform/card/1"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

LONGEST_WORDS = 500
"""Characters, of the therapist's own words in one place."""
_MOST_LINES = 20
_HEAD = ("schema", "who", "words", "days", "stretch")


def read_card(path: Path, known: Sequence[Stretch]) -> Prescription:
    """Read a card.

    Raises
    ------
    SettingsError
        With every mistake in the file, not only the first.
    """
    return card_in(read_small_text(path), path, known)


def card_in(text: str, path: Path, known: Sequence[Stretch]) -> Prescription:
    """The card in a text that was read from `path`; see `read_card`."""
    content = toml_in(text, path)
    problems: list[str] = []
    if content.get("schema") != SCHEMA:
        problems.append(worded('schema: must be "{schema}"', schema=SCHEMA))
    problems += [
        worded("{name}: there is no such setting; there are {names}", name=plain(name),
               names=", ".join(_HEAD))
        for name in content if name not in _HEAD
    ]  # fmt: skip
    head, wrong = checked(Prescription, {k: content[k] for k in ("who", "words") if k in content})
    problems += wrong
    problems += _too_long("words", content.get("words"))
    days = _days(content.get("days", []), problems)
    lines = _lines(content.get("stretch"), {stretch.id: stretch for stretch in known}, problems)
    if problems:
        raise SettingsError(str(path), problems)
    return Prescription(lines=lines, days=days, **head)


def brought_card(text: object, name: object, known: Sequence[Stretch]) -> Prescription:
    """The card that a page brings; see `read_card`.

    Parameters
    ----------
    text : object
        None of a file that is too large to be brought.
    name : object
        Of the file.
    """
    path = Path(one_line(name))
    if not isinstance(text, str):
        raise far_too_large(path)
    return card_in(text, path, known)


def card_text(card: Mapping[str, Any]) -> str:
    """The text that `card_in` reads.

    Parameters
    ----------
    card : mapping
        As `card_content` gives it. What is None or an empty text is left out.
    """
    head = {"schema": SCHEMA, **card, "days": card.get("days") or None, "stretch": None}
    lines = card.get("stretch") or ()
    # Part by part: as one, tomli-w writes the stretches as a list that nobody likes to edit.
    return "\n[[stretch]]\n".join(tomli_w.dumps(_given(part)) for part in (head, *lines))


def text_of(card: Prescription) -> str:
    """The text of a card; see `card_text`."""
    return card_text(card_content(card))


def card_content(card: Prescription) -> dict[str, Any]:
    """A card as its file has it, with what it leaves out as None."""
    return {
        "who": card.who,
        "words": card.words,
        "days": list(card.days),
        "stretch": [
            {
                "id": line.stretch,
                "sides": [side.value for side in line.sides],
                "hold_s": line.hold_s,
                "repetitions": line.repetitions,
                "to_deg": line.to_deg,
                "words": line.words,
            }
            for line in card.lines
        ],
    }


def _given(value: Any) -> Any:
    """The same without what is None or an empty text, each text on one line."""
    if isinstance(value, Mapping):
        kept = {one_line(name): _given(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one is not None}
    if isinstance(value, list | tuple):
        return [one for one in map(_given, value) if one is not None]
    return one_line(value) or None if isinstance(value, str) else value


def _days(wanted: Any, problems: list[str]) -> tuple[str, ...]:
    if not isinstance(wanted, list) or not all(day in DAYS for day in wanted):
        problems.append(worded("days: must be a list of {days}", days=", ".join(DAYS)))
        return ()
    return tuple(day for day in DAYS if day in wanted)


def _lines(wanted: Any, known: Mapping[str, Stretch], problems: list[str]) -> tuple[CardLine, ...]:
    if not isinstance(wanted, list) or not wanted or len(wanted) > _MOST_LINES:
        problems.append(
            worded("write 1 to {most} parts that begin with [[stretch]]", most=_MOST_LINES)
        )
        return ()
    lines: list[CardLine] = []
    for number, table in enumerate(wanted, 1):
        found, wrong = _line(table, known)
        if found is not None and any(found.stretch == line.stretch for line in lines):
            wrong.append(worded("{name} stands there twice", name=found.stretch))
        problems += [
            worded("stretch {number}: {problem}", number=number, problem=one) for one in wrong
        ]
        if found is not None and not wrong:
            lines.append(found)
    return tuple(lines)


def _line(table: Any, known: Mapping[str, Stretch]) -> tuple[CardLine | None, list[str]]:
    if not isinstance(table, dict):
        return None, [worded("must be a table")]
    given = {("stretch" if name == "id" else name): value for name, value in table.items()}
    sides = given.pop("sides", None)
    good, problems = checked(CardLine, given)
    problems += _too_long("words", given.get("words"))
    stretch = known.get(str(good.get("stretch")))
    if stretch is None:
        ids = ", ".join(known)
        return None, [*problems, worded("id: must be one of {ids}", ids=ids)]
    allowed = [side for side in stretch.sides if side is not None]
    chosen: list[Any] = allowed if sides is None else sides
    if not isinstance(chosen, list) or any(side not in allowed for side in chosen):
        problems.append(worded("sides: must be a list of left and right, or left out"))
        chosen = allowed
    elif stretch.sided and not chosen:
        problems.append(worded("sides: must be a list of left and right, or left out"))
    if problems:
        return None, problems
    return CardLine(sides=tuple(Side(side) for side in dict.fromkeys(chosen)), **good), []


def _too_long(name: str, text: Any) -> list[str]:
    if isinstance(text, str) and len(text) > LONGEST_WORDS:
        return [worded("{name}: at most {most} characters", name=name, most=LONGEST_WORDS)]
    return []
