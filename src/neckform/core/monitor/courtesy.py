"""When the monitor leaves the camera to others: ``step(courtesy, t_ms, busy)``.

A program that only looks which cameras there are has one open for a moment. And a call that is over
may begin again at once. So both are waited for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

GIVE_MS = 4000
"""Others have the camera, or share the screen, for this long: a call, and the camera is theirs."""
BACK_MS = 10_000
"""Nobody has used it for this long: the call is over."""


@dataclass(frozen=True, slots=True)
class Courtesy:
    """All that is remembered.

    Attributes
    ----------
    gives : bool
        Whether the camera is left to others.
    since_ms : int or None
        Since when it is the other way; None while it is not.
    """

    gives: bool = False
    since_ms: int | None = None


def step(courtesy: Courtesy, t_ms: int, *, busy: bool) -> Courtesy:
    """Take in whether others use camera or screen at this moment.

    A moment that lies far back, such as one before the computer slept, begins no wait anew: what
    was so then and is so now was so all the time.
    """
    if busy is courtesy.gives:
        return replace(courtesy, since_ms=None)
    since_ms = t_ms if courtesy.since_ms is None else courtesy.since_ms
    waits_ms = BACK_MS if courtesy.gives else GIVE_MS
    if t_ms - since_ms >= waits_ms:
        return Courtesy(gives=busy)
    return replace(courtesy, since_ms=since_ms)
