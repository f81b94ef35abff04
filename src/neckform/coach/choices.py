"""What a person chose for their routine, remembered from one time to the next."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from neckform.core.routine import Pace
from neckform.core.setting import HIGH, LOW, out_of_range, setting
from neckform.core.stretches import Stretch
from neckform.core.types import Exercise, Side
from neckform.files import write_text
from neckform.showing.catalogue import DEFAULT_LANGUAGE, language_tags
from neckform.showing.files import json_text

SCHEMA = "neckform/routine/1"
_NUMBERS = ("hold_s", "rest_s", "repetitions")


@dataclass(frozen=True, slots=True)
class Choices:
    """One person's routine.

    Attributes
    ----------
    exercises : tuple of Exercise
        In the order in which they are done.
    """

    exercises: tuple[Exercise, ...]
    pace: Pace = field(default_factory=Pace)
    language: str = DEFAULT_LANGUAGE
    volume: float = setting("how loud voice and tones are, from 0 to 1", low=0, high=1, default=0.8)
    voice: bool = True
    tones: bool = True


def limits() -> dict[str, list[float]]:
    """Least and greatest of each number, for the page."""
    return {
        one.name: [one.metadata[LOW], one.metadata[HIGH]]
        for one in fields(Pace)
        if one.name in _NUMBERS
    }


def as_dict(choices: Choices) -> dict[str, Any]:
    """As the page and the file have them."""
    return {
        "routine": [
            {"stretch": one.stretch, "side": None if one.side is None else one.side.value}
            for one in choices.exercises
        ],
        **{name: getattr(choices.pace, name) for name in _NUMBERS},
        "language": choices.language,
        "volume": choices.volume,
        "voice": choices.voice,
        "tones": choices.tones,
    }


def chosen(
    before: Choices, wanted: Mapping[str, Any], stretches: Sequence[Stretch]
) -> tuple[Choices, list[str]]:
    """Take over what was chosen; what cannot be stays as it was, and is named.

    Parameters
    ----------
    wanted : mapping
        All of what `as_dict` gives, or a part of it.
    """
    problems: list[str] = []
    choices = before
    if "routine" in wanted:
        exercises = _exercises(wanted["routine"], stretches, problems)
        if exercises:
            choices = replace(choices, exercises=exercises)
    pace = {name: getattr(choices.pace, name) for name in _NUMBERS}
    for one in fields(Pace):
        if one.name in wanted and _number(one, wanted[one.name], problems):
            value = wanted[one.name]
            pace[one.name] = int(value) if one.name == "repetitions" else float(value)
    choices = replace(choices, pace=Pace(**pace))
    (volume,) = (one for one in fields(Choices) if one.name == "volume")
    if "volume" in wanted and _number(volume, wanted["volume"], problems):
        choices = replace(choices, volume=float(wanted["volume"]))
    for name in ("voice", "tones"):
        if isinstance(wanted.get(name), bool):
            choices = replace(choices, **{name: wanted[name]})
    if "language" in wanted:
        if isinstance(wanted["language"], str) and wanted["language"] in language_tags():
            choices = replace(choices, language=wanted["language"])
        else:
            problems.append(f"language: there is none called {wanted['language']}")
    return choices, problems


def read_choices(path: Path, stretches: Sequence[Stretch], before: Choices) -> Choices:
    """What was chosen last time; a file that cannot be read, or is nonsense, chooses nothing."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return before
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        return before
    return chosen(before, content, stretches)[0]


def write_choices(path: Path, choices: Choices) -> None:
    """Remember.

    Raises
    ------
    OutputError
    """
    write_text(path, json_text({"schema": SCHEMA, **as_dict(choices)}))


def _exercises(
    wanted: Any, stretches: Sequence[Stretch], problems: list[str]
) -> tuple[Exercise, ...]:
    known = {stretch.id: stretch for stretch in stretches}
    found = []
    for one in wanted if isinstance(wanted, list) else ():
        name = one.get("stretch") if isinstance(one, Mapping) else None
        side = one.get("side") if isinstance(one, Mapping) else None
        if not isinstance(name, str) or name not in known:
            problems.append(f"routine: there is no stretch {name}")
            continue
        sides = {None if side is None else side.value: side for side in known[name].sides}
        if not isinstance(side, str | None) or side not in sides:
            problems.append(f"routine: {name} has no side {side}")
            continue
        found.append(Exercise(name, None if side is None else Side(side)))
    if not found:
        problems.append("routine: choose at least one stretch")
    return tuple(found)


def _number(definition: Any, value: Any, problems: list[str]) -> bool:
    no_number = isinstance(value, float) and math.isnan(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or no_number:
        problems.append(f"{definition.name}: should be a number")
        return False
    wrong = out_of_range(definition, value)
    if wrong:
        problems.append(f"{definition.name}: {wrong}")
    return wrong is None
