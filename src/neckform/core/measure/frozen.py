"""A picture that stands still shows nobody: a camera or a call froze.

It may look like a perfect hold, and the person may be long gone. A moment of it is let pass: video
calls and slow cameras repeat a picture now and then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.measure.observation import Observation, without_person
from neckform.core.measure.presence import person_seen

LET_PASS_MS = 1000
"""For this long a picture may stand still and still be seen."""


def is_frozen(observation: Observation) -> bool:
    """Whether the picture has stood still for too long to show anybody."""
    return observation.still_ms >= LET_PASS_MS


def unless_frozen(observation: Observation) -> Observation:
    """The same; of a frozen picture, one in which nobody was found."""
    if not is_frozen(observation):
        return observation
    return without_person(observation)


@dataclass(frozen=True, slots=True)
class FrozenTime:
    """Where a recording stood still, with somebody in its picture.

    An empty room may stand still for all that it is worth: nothing is lost there.

    Attributes
    ----------
    times : int
        How often.
    total_ms : int
        For how long in all, counted from the first picture of each stand.
    first_ms : int or None
        When the first stand began.
    shown : bool
        Whether somebody was seen in the stand that is under way, or in the picture before it.
    counted_ms : int
        How much of that stand is in `total_ms` already.
    """

    times: int = 0
    total_ms: int = 0
    first_ms: int | None = None
    shown: bool = False
    counted_ms: int = 0


def count(before: FrozenTime, observation: Observation) -> FrozenTime:
    """Take in one observation."""
    still_ms, shown = observation.still_ms, person_seen(observation)
    if still_ms == 0:
        return replace(before, shown=shown, counted_ms=0)
    shown = shown or before.shown
    if not shown or not is_frozen(observation):
        return replace(before, shown=shown)
    began_ms = observation.t_ms - still_ms
    return FrozenTime(
        times=before.times + (before.counted_ms == 0),
        total_ms=before.total_ms + still_ms - before.counted_ms,
        first_ms=began_ms if before.first_ms is None else before.first_ms,
        shown=shown,
        counted_ms=still_ms,
    )
