"""What a person chose for their routine, remembered from one time to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from neckform.config.remembered import SCHEMA, read_remembered
from neckform.core.coach.pace import Pace
from neckform.core.parameter import checked, parameters, setting, shown
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise, Side
from neckform.core.wording import listed, worded
from neckform.files import printable, write_text
from neckform.showing.exports.files import json_text
from neckform.showing.words.catalogue import language_tags


@dataclass(frozen=True, slots=True)
class Choices:
    """One person's routine.

    Attributes
    ----------
    exercises : tuple of Exercise
        In the order in which they are done.
    language : str or None
        None: the browser's, or the system's.
    keeps_landmarks : bool
        Whether routines are kept to be sent to a therapist later.
    """

    exercises: tuple[Exercise, ...]
    pace: Pace = field(default_factory=Pace)
    language: str | None = setting(
        "language of voice and page", choices=tuple(language_tags()), default=None
    )
    volume: float = setting("how loud voice and tones are, from 0 to 1", low=0, high=1, default=0.8)
    voice: bool = True
    tones: bool = True
    camera: int = setting("which camera; 0 is the first", low=0, high=99, default=0)
    guiding: bool = False
    turn_check: bool = False
    keeps_landmarks: bool = False


def limits() -> dict[str, tuple[float, float]]:
    """Least and greatest value of each number, for the page."""
    return {name: (number.low, number.high) for name, number in parameters(Pace).items()}


def as_dict(choices: Choices) -> dict[str, Any]:
    """The choices as the page and the file hold them."""
    return {
        "routine": [
            {"stretch": stretch, "side": None if side is None else side.value}
            for stretch, side in choices.exercises
        ],
        **asdict(choices.pace),
        "language": choices.language,
        "volume": choices.volume,
        "voice": choices.voice,
        "tones": choices.tones,
        "camera": choices.camera,
        "guiding": choices.guiding,
        "turn_check": choices.turn_check,
        "keeps_landmarks": choices.keeps_landmarks,
    }


def chosen(
    before: Choices, wanted: Mapping[str, Any], stretches: Sequence[Stretch]
) -> tuple[Choices, list[str]]:
    """Apply what was chosen. A value that is not allowed changes nothing, and is named.

    Parameters
    ----------
    wanted : mapping
        All of what `as_dict` gives, or a part of it.
    """
    pace, problems = _known(Pace, wanted)
    own, more = _known(Choices, wanted)
    problems += more
    if "routine" in wanted and (routine := _exercises(wanted["routine"], stretches, problems)):
        own["exercises"] = routine
    return replace(before, **own, pace=replace(before.pace, **pace)), problems


def read_choices(
    path: Path, stretches: Sequence[Stretch], before: Choices
) -> tuple[Choices, str | None]:
    """What was chosen last time, and a line when some of it is passed over.

    A file that cannot be read, or makes no sense, changes nothing.
    """
    try:
        content = read_remembered(path)
    except FileNotFoundError:
        return before, None
    except (OSError, ValueError) as error:
        return before, worded(
            "{path} is passed over: {error}; choose again", path=path, error=printable(error)
        )
    choices, problems = chosen(before, content, stretches)
    if not problems:
        return choices, None
    return choices, worded(
        "{path}: {problems}; this is passed over, choose again",
        path=path,
        problems=listed(problems[:3]),
    )


def write_choices(path: Path, choices: Choices) -> None:
    """Remember the choices for the next time.

    Raises
    ------
    OutputError
    """
    write_text(path, json_text({"schema": SCHEMA, **as_dict(choices)}))


def _exercises(
    wanted: Any, stretches: Sequence[Stretch], problems: list[str]
) -> tuple[Exercise, ...]:
    known = {stretch.id: stretch for stretch in stretches}
    exercises = []
    for item in wanted if isinstance(wanted, list) else ():
        name = item.get("stretch") if isinstance(item, Mapping) else None
        side = item.get("side") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or name not in known:
            problems.append(worded("routine: there is no stretch {name}", name=shown(name)))
            continue
        sides = {None if side is None else side.value: side for side in known[name].sides}
        if not isinstance(side, str | None) or side not in sides:
            problems.append(
                worded("routine: {name} has no side {side}", name=name, side=shown(side))
            )
            continue
        exercises.append(Exercise(name, None if side is None else Side(side)))
    if not exercises:
        problems.append(worded("routine: choose at least one stretch"))
    return tuple(exercises)


def _known(cls: type, wanted: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Check what is wanted of the numbers, texts and switches of `cls`; see `checked`."""
    known = {name for name, parameter in parameters(cls).items() if parameter.is_scalar}
    return checked(cls, {name: value for name, value in wanted.items() if name in known})
