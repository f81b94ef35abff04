"""What a bent head makes the pose model read of resting shoulders, told from what shoulders do.

The pose model lets the head pull the shoulders along, differently for each person: with the head
beyond 30 degrees, resting shoulders are read up to 0.05 lower or higher than they are, or 0.035 on
average (sixteen people, each measured by a fit on the others), for as long as the head stays. So,
while the head is away from neutral:

- what is read lower than a resting shoulder sinks, for a second, is taken for a misreading and is
  taken out: it would hide a rise of as much;
- what is read higher in the first still second is taken out up to `LIFTS_SW`. A shoulder that truly
  comes up in the same moment as the head is therefore noticed a little late, at 0.12 instead of
  0.08; one that comes up later is noticed as it should be.

The limits below were chosen on the truth clips and their mirror images, three people in all: they
need others.

Neither with a trunk that leans, which truly lowers one shoulder and lifts the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.types import Angles

SINKS_SW = 0.01
"""A resting shoulder sinks by no more than this as the head leans over it (truth clips)."""
LEFT_ALONE_SW = 0.02
"""What is read higher by up to this is left alone: that is the pose model's ordinary noise."""
LIFTS_SW = 0.04
"""Resting shoulders are read higher by no more than this in all but a few people."""
NEAR_NEUTRAL_DEG = 10.0
"""The head is away from neutral beyond this on any axis."""
LEANING_DEG = 4.0
"""The trunk leans beyond this."""
STILL_DEG = 6.0
"""The head has arrived when its angles differ by no more than this for `LASTING_MS`."""
LASTING_MS = 1000
Rises = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Misreading:
    """What must be remembered.

    Attributes
    ----------
    window : tuple of (int, Angles, (float, float))
        Head and rises as read, lately, while the head has been away from neutral.
    below : (float, float)
        How much too low the left and right rise are read; 0 or less.
    above : (float, float) or None
        How much too high; None until the head has arrived.
    """

    window: tuple[tuple[int, Angles, Rises], ...] = ()
    below: Rises = (0.0, 0.0)
    above: Rises | None = None


def step(state: Misreading, t_ms: int, head: Angles, lean_deg: float, rises: Rises) -> Misreading:
    """Take in one reading of both shoulders' rises, in shoulder widths, and of the trunk's lean."""
    near_neutral = max(abs(angle) for angle in head) <= NEAR_NEUTRAL_DEG
    if near_neutral or abs(lean_deg) > LEANING_DEG:
        return Misreading()
    window = tuple(e for e in (*state.window, (t_ms, head, rises)) if t_ms - e[0] <= LASTING_MS)
    state = replace(state, window=window)
    if t_ms - window[0][0] < 0.9 * LASTING_MS:
        return state
    left, right = (sum(entry[2][side] for entry in window) / len(window) for side in (0, 1))
    below = min(state.below[0], left + SINKS_SW), min(state.below[1], right + SINKS_SW)
    above = state.above
    if above is None and _arrived(window):
        above = _lifted(left), _lifted(right)
    return replace(state, below=below, above=above)


def corrected(state: Misreading, rises: Rises) -> Rises:
    """The rises without what was misread."""
    above = state.above or (0.0, 0.0)
    return rises[0] - state.below[0] - above[0], rises[1] - state.below[1] - above[1]


def _lifted(rise_sw: float) -> float:
    return min(max(rise_sw - LEFT_ALONE_SW, 0.0), LIFTS_SW)


def _arrived(window: tuple[tuple[int, Angles, Rises], ...]) -> bool:
    heads = [entry[1] for entry in window]
    return all(max(axis) - min(axis) <= STILL_DEG for axis in zip(*heads, strict=True))
