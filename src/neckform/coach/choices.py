"""What a person chose for their routine, remembered from one time to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from neckform.core.pace import Pace
from neckform.core.setting import checked, parameters, setting
from neckform.core.stretches import Stretch
from neckform.core.types import Exercise, Side
from neckform.files import write_text
from neckform.showing.catalogue import DEFAULT_LANGUAGE, language_tags
from neckform.showing.files import json_text

SCHEMA = "neckform/routine/1"


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
    language: str = setting(
        "language of voice and page", choices=tuple(language_tags()), default=DEFAULT_LANGUAGE
    )
    volume: float = setting("how loud voice and tones are, from 0 to 1", low=0, high=1, default=0.8)
    voice: bool = True
    tones: bool = True


def limits() -> dict[str, tuple[float | None, float | None]]:
    """Least and greatest of each number, for the page."""
    return {name: (one.low, one.high) for name, one in parameters(Pace).items()}


def as_dict(choices: Choices) -> dict[str, Any]:
    """As the page and the file have them."""
    return {
        "routine": [
            {"stretch": one.stretch, "side": None if one.side is None else one.side.value}
            for one in choices.exercises
        ],
        **asdict(choices.pace),
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
    pace, problems = _known(Pace, wanted)
    own, more = _known(Choices, wanted)
    problems += more
    if "routine" in wanted and (found := _exercises(wanted["routine"], stretches, problems)):
        own["exercises"] = found
    return replace(before, **own, pace=replace(before.pace, **pace)), problems


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


def _known(cls: type, wanted: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What was wanted of the numbers, texts and switches of `cls`; see `checked`."""
    known = {name for name, parameter in parameters(cls).items() if parameter.is_scalar}
    return checked(cls, {name: value for name, value in wanted.items() if name in known})
