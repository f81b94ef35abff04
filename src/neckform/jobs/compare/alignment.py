"""Finds by how much two clocks differ: where both series move most alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import signal

from neckform.core.types import Float64
from neckform.jobs.compare.series import Series

_GRID_S = 0.05
_LEAST_OVERLAP_S = 5.0
_LEAST_SHARE = 0.5
"""Of the shorter one's known time, so that a glimpse of both ends is no match."""
_RIVAL = 0.03
_DIP = 0.1


@dataclass(frozen=True, slots=True)
class Shift:
    """Where two series match.

    Attributes
    ----------
    shift_s : float
        The second's time minus the first's, of the same moment.
    likeness : float
        Correlation there, all axes together; 1 is the same movement.
    rival_s : float or None
        Another shift at which they match about as well.
    """

    shift_s: float
    likeness: float
    rival_s: float | None


def find_shift(first: Series, second: Series) -> Shift | None:
    """Look at every shift with enough time in common; None when there is none, or nothing moves.

    Gaps count for nothing: sums run over moments that both know.
    """
    a, b = _grid(first), _grid(second)
    sums = [_sums(a[1][axis], b[1][axis]) for axis in a[1] if axis in b[1]]
    if not sums:
        return None
    common_s = np.max([n for n, *_ in sums], axis=0) * _GRID_S
    known_s = min(max(np.isfinite(v).sum() for v in each[1].values()) for each in (a, b)) * _GRID_S
    enough = common_s >= max(_LEAST_OVERLAP_S, _LEAST_SHARE * known_s)
    shared = sum(cov for _, cov, _, _ in sums)
    spread = np.sqrt(sum(va for *_, va, _ in sums) * sum(vb for *_, vb in sums))
    with np.errstate(invalid="ignore", divide="ignore"):
        likeness: Float64 = np.where(enough & (spread > 1e-6), shared / spread, -np.inf)
    best = int(np.argmax(likeness))
    if not np.isfinite(likeness[best]):
        return None
    lags_s: Float64 = _GRID_S * np.arange(1.0 - len(a[0]), len(b[0]))
    return Shift(
        float(lags_s[best]) + _between(likeness, best) + float(b[0][0] - a[0][0]),
        float(likeness[best]),
        _rival(likeness, best, lags_s + float(b[0][0] - a[0][0])),
    )


def _grid(series: Series) -> tuple[Float64, dict[str, Float64]]:
    t_s = np.arange(series.t_s[0], series.t_s[-1] + _GRID_S / 2, _GRID_S)
    return t_s, {str(axis): values for axis, values in series.at(t_s).items()}


def _sums(a: Float64, b: Float64) -> tuple[Float64, Float64, Float64, Float64]:
    """For each lag: moments in common, sum of products, and both sums of squares, about the means.

    Lag ``i`` compares ``b[k + i - (len(a) - 1)]`` with ``a[k]``.
    """
    in_a, in_b = np.isfinite(a).astype(float), np.isfinite(b).astype(float)
    # Near their means, so that the sums below lose no digits.
    a = np.where(in_a > 0, a - np.nanmean(a), 0.0) if in_a.any() else np.zeros_like(a)
    b = np.where(in_b > 0, b - np.nanmean(b), 0.0) if in_b.any() else np.zeros_like(b)

    def over_lags(of_a: Float64, of_b: Float64) -> Float64:
        return np.asarray(signal.correlate(of_b, of_a, mode="full", method="fft"))

    n = np.round(over_lags(in_a, in_b))
    of_a, of_b = over_lags(a, in_b), over_lags(in_a, b)
    many = np.maximum(n, 1)
    return (
        n,
        over_lags(a, b) - of_a * of_b / many,
        np.maximum(over_lags(a * a, in_b) - of_a**2 / many, 0),
        np.maximum(over_lags(in_a, b * b) - of_b**2 / many, 0),
    )


def _between(likeness: Float64, best: int) -> float:
    """Seconds from the best lag to the top of the parabola through it and its neighbours."""
    if not 0 < best < len(likeness) - 1:
        return 0.0
    before, here, after = likeness[best - 1 : best + 2]
    bend = before - 2 * here + after
    if not np.isfinite(bend) or bend >= 0:
        return 0.0
    return float(np.clip((before - after) / (2 * bend), -0.5, 0.5)) * _GRID_S


def _rival(likeness: Float64, best: int, lags_s: Float64) -> float | None:
    heights = np.where(np.isfinite(likeness), likeness, -1.0)
    peaks, _ = signal.find_peaks(heights, height=heights[best] - _RIVAL, prominence=_DIP)
    others = [peak for peak in peaks if peak != best]
    return float(lags_s[max(others, key=lambda peak: heights[peak])]) if others else None
