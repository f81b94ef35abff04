"""Angles over time, of neckform or of another instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from neckform.core.types import Axis, Float64

_LEAST_GAP_S = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Angles at increasing times.

    Attributes
    ----------
    t_s : ndarray, shape (n,)
        Strictly increasing.
    angles : mapping of Axis to ndarray, shape (n,)
        Degrees; NaN where unknown.
    """

    t_s: Float64
    angles: Mapping[Axis, Float64]

    @property
    def step_s(self) -> float:
        """The usual time between two rows."""
        return float(np.median(np.diff(self.t_s))) if len(self.t_s) > 1 else np.inf

    def at(self, t_s: Float64) -> dict[Axis, Float64]:
        """Each axis at other times, on the line between its neighbours; NaN across gaps."""
        return {axis: self._at(t_s, values) for axis, values in self.angles.items()}

    def _at(self, t_s: Float64, values: Float64) -> Float64:
        known = np.isfinite(values)
        times, told = self.t_s[known], values[known]
        if len(times) < 2:
            return np.full(len(t_s), np.nan)
        found: Float64 = np.interp(t_s, times, told, left=np.nan, right=np.nan)
        after = np.clip(np.searchsorted(times, t_s), 1, len(times) - 1)
        # Of a moment that was measured itself, the neighbours do not matter.
        own = np.isclose(times[after], t_s, atol=1e-6) | np.isclose(
            times[after - 1], t_s, atol=1e-6
        )
        wide = times[after] - times[after - 1] > max(_LEAST_GAP_S, 2 * self.step_s)
        found[wide & ~own] = np.nan
        return found

    def later(self, by_s: float) -> Series:
        """The same on a clock that is ahead by so much."""
        return Series(self.t_s + by_s, self.angles)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Both instruments at the same moments, on neckform's clock.

    Attributes
    ----------
    measured, reference : mapping of Axis to ndarray, shape (n,)
        Degrees; NaN where either is unknown.
    """

    t_s: Float64
    measured: Mapping[Axis, Float64]
    reference: Mapping[Axis, Float64]

    def __len__(self) -> int:
        known = [np.isfinite(values) for values in self.measured.values()]
        return int(np.any(known, axis=0).sum()) if known else 0


def paired(measured: Series, reference: Series, shift_s: float) -> Pairs:
    """Both at the times of the one with fewer rows, so that nothing is made up between rows.

    Parameters
    ----------
    shift_s : float
        The reference's time minus neckform's, of the same moment.
    """
    other = reference.later(-shift_s)
    axes = [axis for axis in measured.angles if axis in reference.angles]
    if measured.step_s >= 0.8 * other.step_s:
        t_s, ours, theirs = measured.t_s, dict(measured.angles), other.at(measured.t_s)
    else:
        t_s, ours, theirs = other.t_s, measured.at(other.t_s), dict(other.angles)
    left, right = {}, {}
    for axis in axes:
        # A reference that counts on past half a turn means the same direction.
        difference = (ours[axis] - theirs[axis] + 180) % 360 - 180
        known = np.isfinite(difference)
        left[axis] = np.where(known, ours[axis], np.nan)
        right[axis] = np.where(known, ours[axis] - difference, np.nan)
    return Pairs(t_s, left, right)
