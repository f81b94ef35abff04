"""Which correction stands, and since when: ``step(standing, t_ms, true, ...)``.

A cue that changes with every breath helps nobody. One that was given stays for some seconds, as
long as it is true; when it is true no longer, another takes its place at once, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from neckform.core.coach.cues import Cue, CueKind, Weight

STAYS_MS = 3000
"""A correction that is still true gives way to no other for so long."""
SETTLED_MS = 1000
"""What is true of a head on its way for less than this may right itself."""
_AT_ONCE = {CueKind.EASE_OFF, CueKind.OTHER_STRETCH}
"""Must not wait, or has lasted already."""


@dataclass(frozen=True, slots=True)
class StandingCue:
    """The correction that stands.

    Attributes
    ----------
    cue : Cue or None
    since_ms : int
        From when it stands.
    faulty_ms : int or None
        From when there was anything to correct, without a break.
    """

    cue: Cue | None = None
    since_ms: int = 0
    faulty_ms: int | None = None


def step(standing: StandingCue, t_ms: int, true: Sequence[Cue], *, on_the_way: bool) -> StandingCue:
    """Take in what is true now.

    Parameters
    ----------
    true : sequence of Cue
        All corrections that are true at this moment, the most important first.
    on_the_way : bool
        No hold has begun: the head may still be moving to where it should be.
    """
    if not true:
        return StandingCue()
    first = true[0]
    since_ms = t_ms if standing.faulty_ms is None else standing.faulty_ms
    standing = replace(standing, faulty_ms=since_ms)
    if standing.cue is not None and standing.cue in true:
        stays = t_ms - standing.since_ms < STAYS_MS and first.weight is not Weight.URGENT
        if stays or first.topic == standing.cue.topic:
            return standing
    settling = standing.cue is None and on_the_way and first.kind not in _AT_ONCE
    if settling and t_ms - since_ms < SETTLED_MS:
        return standing
    return replace(standing, cue=first, since_ms=t_ms)
