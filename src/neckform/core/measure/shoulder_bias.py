"""Separates what a bent head makes the pose model read from what the shoulders really do.

The pose model lets the head pull the shoulders along, differently for each person: with the head
away from neutral, resting shoulders are read up to 0.05 lower or higher than they are, for as long
as the head stays. So, while the head is away from neutral:

- a shoulder that reads low for a second is misread, and the difference is taken out: it would hide
  a rise of the same size. A bent head does not make a resting shoulder sink (its median fall on the
  fitting people is 0.000);
- a shoulder that reads high in the first still second is misread by up to `Limits.lifts_sw`; before
  that second, the same is taken out of what is read now. A shoulder that truly rises together with
  the head is therefore noticed a little late, at 0.12 instead of 0.08; one that rises later is
  noticed as usual.

How much is taken out is fitted (``calibration/fit.py``), on people who are in no truth clip.

Nothing is taken out while the trunk leans: a lean truly lowers one shoulder and lifts the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.types import Angles

NEAR_NEUTRAL_DEG = 10.0
"""The head is away from neutral beyond this on any axis."""
LEANING_DEG = 4.0
"""The trunk leans beyond this."""
STILL_DEG = 6.0
"""The head has arrived when its angles differ by no more than this for `LASTING_MS`."""
LASTING_MS = 1000
Rises = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the pose model makes of resting shoulders, in shoulder widths; fitted.

    Attributes
    ----------
    left_alone_sw : float
        Its ordinary noise: what is read higher by up to this is left alone.
    lifts_sw : float
        A bent head makes it read resting shoulders higher by no more than this.
    """

    left_alone_sw: float
    lifts_sw: float


@dataclass(frozen=True, slots=True)
class ShoulderBias:
    """State of the correction.

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


def step(
    state: ShoulderBias, t_ms: int, head: Angles, rises: Rises, *, lean_deg: float, limits: Limits
) -> ShoulderBias:
    """Take in one reading of both shoulders' rises, in shoulder widths, and of the trunk's lean."""
    near_neutral = max(abs(angle) for angle in head) <= NEAR_NEUTRAL_DEG
    if near_neutral or abs(lean_deg) > LEANING_DEG:
        return ShoulderBias()
    window = tuple(e for e in (*state.window, (t_ms, head, rises)) if t_ms - e[0] <= LASTING_MS)
    state = replace(state, window=window)
    if t_ms - window[0][0] < 0.9 * LASTING_MS:
        return state
    left, right = (sum(entry[2][side] for entry in window) / len(window) for side in (0, 1))
    below = min(state.below[0], left), min(state.below[1], right)
    above = state.above
    if above is None and _arrived(window):
        above = _lifted(left, limits), _lifted(right, limits)
    return replace(state, below=below, above=above)


def corrected(state: ShoulderBias, rises: Rises, limits: Limits) -> Rises:
    """The rises without what was misread.

    Until the head has arrived, it is not known how much of a rise is misread: as much as may be is
    taken out. What a head in one place is forgiven must not count against one on its way there.
    """
    above = state.above
    if above is None:
        away = bool(state.window)
        above = (_lifted(rises[0], limits), _lifted(rises[1], limits)) if away else (0.0, 0.0)
    return rises[0] - state.below[0] - above[0], rises[1] - state.below[1] - above[1]


def _lifted(rise_sw: float, limits: Limits) -> float:
    return min(max(rise_sw - limits.left_alone_sw, 0.0), limits.lifts_sw)


def _arrived(window: tuple[tuple[int, Angles, Rises], ...]) -> bool:
    heads = [entry[1] for entry in window]
    return all(max(axis) - min(axis) <= STILL_DEG for axis in zip(*heads, strict=True))
