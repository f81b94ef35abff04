"""A routine: which stretches, to which side, in which order, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from neckform.core.holds import HoldSettings
from neckform.core.setting import setting
from neckform.core.stretches import Stretch
from neckform.core.types import Side


@dataclass(frozen=True, slots=True)
class Exercise:
    """One stretch, done once.

    Attributes
    ----------
    side : Side or None
        The side that the head goes to; None for a stretch without sides.
    """

    stretch: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How long everything takes, and how often."""

    hold_s: float = setting("how long each stretch is held, in seconds", low=5, high=120,
                            default=30.0)  # fmt: skip
    rest_s: float = setting("rest between two stretches, in seconds", low=3, high=120,
                            default=10.0)  # fmt: skip
    repetitions: int = setting("how often the whole routine is done", low=1, high=5, default=1)


def all_exercises(stretches: Sequence[Stretch]) -> tuple[Exercise, ...]:
    """Every stretch on each of its sides, in the order of the settings."""
    return tuple(Exercise(stretch.id, side) for stretch in stretches for side in stretch.sides)


def repeated(exercises: Sequence[Exercise], repetitions: int) -> tuple[Exercise, ...]:
    """The whole routine, over and over."""
    return tuple(exercises) * repetitions


def held_for(settings: HoldSettings, hold_s: float) -> HoldSettings:
    """The same stretches, each held for `hold_s`."""
    stretches = tuple(replace(stretch, hold_s=hold_s) for stretch in settings.stretches)
    return replace(settings, stretches=stretches)
