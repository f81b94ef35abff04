"""How much the angles tremble while a person sits still.

A still second is one in which head, trunk and hands truly keep still. Two numbers for it, each a
standard deviation: of what is shown, which holds the person's own trembling as well, and of the
error, which does not, but holds the filter's lag behind that trembling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from against_truth.truth import TrueMoment
from neckform.core.types import Sample

WINDOW_MS = 1000
FEWEST = 4
"""Samples in a second that a spread is taken of: those of 5 a second, less one."""
STILL_DEG = 2.0
"""Range within which the head is truly still; the figures tremble by 1 to 2 degrees."""
STILL_SW = 0.02
"""Range of each shoulder in the picture, in shoulder widths: breathing is less."""

Judged = tuple[TrueMoment, Sample]


@dataclass(frozen=True, slots=True)
class Jitter:
    """Root mean squares over the still seconds of one clip, degrees, shape (3,) each.

    Attributes
    ----------
    error : ndarray
        Without the person's own trembling.
    shown : ndarray
        With it.
    own : ndarray
        The person's own alone.
    """

    seconds: int
    error: NDArray[np.float64]
    shown: NDArray[np.float64]
    own: NDArray[np.float64]


def jitter(judged: Sequence[Judged]) -> Jitter | None:
    """Jitter over the still seconds of one clip; None when there are none."""
    spreads = []
    for second in still_seconds(judged):
        true = np.array([moment.angles for moment, _ in second])
        shown = np.array([sample.head.angles for _, sample in second if sample.head])
        spreads.append([np.std(values, axis=0) for values in (shown - true, shown, true)])
    if not spreads:
        return None
    error, shown, own = np.sqrt(np.mean(np.square(spreads), axis=0))
    return Jitter(len(spreads), error, shown, own)


def still_seconds(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    """Whole seconds in which the truth stands still and the head is seen throughout."""
    by_second: dict[int, list[Judged]] = {}
    for moment, sample in judged:
        by_second.setdefault(sample.t_ms // WINDOW_MS, []).append((moment, sample))
    for second in by_second.values():
        seen = all(sample.head is not None for _, sample in second)
        if seen and len(second) >= FEWEST and _still([moment for moment, _ in second]):
            yield second


def _still(moments: Sequence[TrueMoment]) -> bool:
    angles = np.array([(*moment.angles, moment.trunk_turn_deg) for moment in moments])
    joints = np.array([(*moment.left, *moment.right) for moment in moments])
    width = float(np.hypot(*(joints[:, :2] - joints[:, 2:]).mean(axis=0)))
    hands = {moment.hand for moment in moments}
    return bool(
        np.ptp(angles, axis=0).max() <= STILL_DEG
        and np.ptp(joints, axis=0).max() <= STILL_SW * width
        and len(hands) == 1
    )
