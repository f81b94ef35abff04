"""A shoulder that the pose model reads too low under a tilted head, judged from where it is read.

A resting shoulder sinks by no more than `SINKS_SW` when the head leans over it (truth clips). The
pose model reads some people's up to 0.05 lower, for as long as the head stays, which would hide a
rise of as much. So what is read lower than that for a second, while the head is away from neutral,
is taken for a misreading of that person, and taken out until the head is back. Not so with a trunk
that leans: that truly lowers a shoulder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.types import Angles

SINKS_SW = 0.01
NEAR_NEUTRAL_DEG = 10.0
"""The head is away from neutral beyond this on any axis."""
LEANING_DEG = 4.0
"""The trunk leans beyond this."""
LASTING_MS = 1000
Rises = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sinking:
    """What must be remembered.

    Attributes
    ----------
    window : tuple of (int, (float, float))
        Left and right rises as read, lately, while the head has been away from neutral.
    below : (float, float)
        How much too low each is read; 0 or less.
    """

    window: tuple[tuple[int, Rises], ...] = ()
    below: Rises = (0.0, 0.0)


def step(state: Sinking, t_ms: int, head: Angles, lean_deg: float, rises: Rises) -> Sinking:
    """Take in one reading of both shoulders' rises, in shoulder widths, and of the trunk's lean."""
    near_neutral = max(abs(angle) for angle in head) <= NEAR_NEUTRAL_DEG
    if near_neutral or abs(lean_deg) > LEANING_DEG:
        return Sinking()
    window = tuple(e for e in (*state.window, (t_ms, rises)) if t_ms - e[0] <= LASTING_MS)
    state = replace(state, window=window)
    if t_ms - window[0][0] < 0.9 * LASTING_MS:
        return state
    left, right = (
        min(below, sum(entry[1][side] for entry in window) / len(window) + SINKS_SW)
        for side, below in enumerate(state.below)
    )
    return replace(state, below=(left, right))


def risen(state: Sinking, rises: Rises) -> Rises:
    """The rises without what was read too low."""
    return rises[0] - state.below[0], rises[1] - state.below[1]
