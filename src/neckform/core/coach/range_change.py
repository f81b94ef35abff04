"""Whether a neck turns further after a routine than before it, as far as a camera can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot

from neckform.core.outcome import Direction, Reached

DIRECTIONS = (Direction.LEFT_ROTATION, Direction.RIGHT_ROTATION)
"""Turns are read best, and both sides take about a quarter of a minute."""
ERRORS = 2.0
"""A difference counts when it is more than so many of its own standard errors."""

Measured = Mapping[Direction, Reached | None]


@dataclass(frozen=True, slots=True)
class RangeChange:
    """One direction, before and after.

    Attributes
    ----------
    deg : float
        How much further.
    band_deg : float
        What it must exceed to be more than noise, from the stated errors of both.
    """

    direction: Direction
    deg: float
    band_deg: float

    @property
    def beyond_noise(self) -> bool:
        return abs(self.deg) > self.band_deg


def changes(before: Measured, after: Measured) -> Iterable[RangeChange]:
    """Each direction that was measured both times."""
    for direction in DIRECTIONS:
        first, last = before.get(direction), after.get(direction)
        if first is not None and last is not None:
            band_deg = ERRORS * hypot(first.uncertainty, last.uncertainty)
            yield RangeChange(direction, last.deg - first.deg, band_deg)
