"""A routine: which stretches, to which side, in which order, for how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from neckform.core.errors import SettingsError
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise, Side
from neckform.core.wording import worded


def all_exercises(stretches: Sequence[Stretch]) -> tuple[Exercise, ...]:
    """Every stretch on each of its sides, in the order of the settings."""
    return tuple(Exercise(stretch.id, side) for stretch in stretches for side in stretch.sides)


def parse_exercises(asked: Iterable[str], known: Sequence[Stretch]) -> tuple[Exercise, ...]:
    """Read each ``ID[:SIDE]``; without a side, it is asked for each side.

    Raises
    ------
    SettingsError
        With all that are wrong, and what there is.
    """
    by_id = {stretch.id: stretch for stretch in known}
    problems: list[str] = []
    chosen: list[Exercise] = []
    for text in asked:
        name, _, side = text.partition(":")
        if name not in by_id:
            problems.append(
                worded(
                    "{text}: no such stretch; there are {by_id}", text=text, by_id=", ".join(by_id)
                )
            )
        elif side and side not in set(Side):
            problems.append(worded("{text}: the side is left or right", text=text))
        elif side and not by_id[name].sided:
            problems.append(worded("{text}: {name} has no sides", text=text, name=name))
        else:
            chosen.append(Exercise(name, Side(side) if side else None))
    if problems:
        raise SettingsError("--stretch", problems)
    return tuple(dict.fromkeys(chosen))


def each_side(asked: Iterable[Exercise], known: Sequence[Stretch]) -> tuple[Exercise, ...]:
    """The exercises asked for, with one for each side of a stretch that was asked for without."""
    sides = {stretch.id: stretch.sides for stretch in known}
    return tuple(
        Exercise(stretch, each)
        for stretch, side in asked
        for each in (sides[stretch] if side is None else (side,))
    )


def repeated(exercises: Sequence[Exercise], repetitions: int) -> tuple[Exercise, ...]:
    """The whole routine, over and over."""
    return tuple(exercises) * repetitions


def held_for(settings: HoldSettings, hold_s: float, *, each: bool = False) -> HoldSettings:
    """The same stretches, held for `hold_s`.

    Parameters
    ----------
    each : bool
        Also those that have a time of their own.
    """
    usual_s = usual_hold_s(settings.stretches)
    stretches = tuple(
        replace(stretch, hold_s=hold_s) if each or stretch.hold_s == usual_s else stretch
        for stretch in settings.stretches
    )
    return replace(settings, stretches=stretches)


def usual_hold_s(stretches: Sequence[Stretch]) -> float | None:
    """How long most of the stretches are held; another time is a stretch's own. None of none."""
    times = [stretch.hold_s for stretch in stretches]
    return max(times, key=times.count) if times else None
