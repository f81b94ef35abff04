"""A filter that is calm while the head is still and quick when it moves, at any sampling rate.

A first-order low-pass whose speed grows with how far the measurement is from the estimate: the
rest `r` between them shrinks as ``dr/dt = -(a + b·|r|)·r``. That has a closed solution, so a step
of 0.2 s is the same as two of 0.1 s: nothing depends on how often a sample comes. The idea of a
cutoff that follows the movement is that of the One Euro filter (Casiez et al., CHI 2012).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

CALM_HZ = 1.5
"""Cutoff while still."""
QUICK_HZ_PER_UNIT = 0.25
"""By how much the cutoff grows for each unit (degree) of distance."""
LONGEST_GAP_MS = 500
"""After a longer gap the old estimate means nothing, and the filter starts anew."""


@dataclass(frozen=True, slots=True)
class Smoothing:
    """State of the filter; None before the first measurement.

    Attributes
    ----------
    calm_hz : float
        Cutoff while still.
    quick_hz_per_unit : float
        By how much it grows for each unit of distance.
    longest_gap_ms : int
        A gap beyond it starts the filter anew.
    """

    calm_hz: float = CALM_HZ
    quick_hz_per_unit: float = QUICK_HZ_PER_UNIT
    longest_gap_ms: int = LONGEST_GAP_MS
    t_ms: int | None = None
    values: tuple[float, ...] = ()

    def goes_on(self, t_ms: int) -> bool:
        """Whether a measurement at this time is no first one."""
        return self.t_ms is not None and t_ms - self.t_ms <= self.longest_gap_ms


def step(state: Smoothing, t_ms: int, measured: tuple[float, ...]) -> Smoothing:
    """Take in one measurement of several values.

    Parameters
    ----------
    state : Smoothing
    t_ms : int
        After the time of the measurement before it.
    measured : tuple of float

    Returns
    -------
    Smoothing
        Its `values` are the smoothed ones.
    """
    if not state.goes_on(t_ms) or len(state.values) != len(measured):
        return _with(state, t_ms, measured)
    assert state.t_ms is not None
    dt_s = (t_ms - state.t_ms) / 1000.0
    calm = 2.0 * math.pi * state.calm_hz
    quick = 2.0 * math.pi * state.quick_hz_per_unit
    fade = math.exp(-calm * dt_s)
    values = tuple(
        new + _rest(old - new, calm, quick, fade)
        for old, new in zip(state.values, measured, strict=True)
    )
    return _with(state, t_ms, values)


def _rest(distance: float, calm: float, quick: float, fade: float) -> float:
    return calm * distance * fade / (calm + quick * abs(distance) * (1.0 - fade))


def _with(state: Smoothing, t_ms: int, values: tuple[float, ...]) -> Smoothing:
    return Smoothing(state.calm_hz, state.quick_hz_per_unit, state.longest_gap_ms, t_ms, values)
