"""When somebody who is out of form, and hears nothing, is told what to do.

Silence is a choice, never an accident: after four seconds it ends. Then it comes as seldom as
everything that is said again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.coach.cues import MOST_REPEATS, REPEAT_MS

SILENT_MS = 4000


@dataclass(frozen=True, slots=True)
class Hints:
    """What is remembered of them.

    Attributes
    ----------
    heard_ms : int
        When the clock last ran, something was corrected, or a hint was given.
    times : int
        Hints since the clock last ran.
    """

    heard_ms: int = 0
    times: int = 0


def heard(hints: Hints, t_ms: int, *, anew: bool) -> Hints:
    """Nothing is missed now; `anew`: the clock runs, so that the next hint is the first."""
    return Hints(t_ms, 0 if anew else hints.times)


def step(hints: Hints, t_ms: int, spoken_until_ms: int) -> tuple[Hints, bool]:
    """Whether a hint is due.

    Parameters
    ----------
    spoken_until_ms : int
        When the latest words end.
    """
    least_ms = REPEAT_MS * min(hints.times, MOST_REPEATS)
    silent_ms = t_ms - max(hints.heard_ms, spoken_until_ms)
    if silent_ms < SILENT_MS or t_ms - hints.heard_ms < least_ms:
        return hints, False
    return replace(hints, heard_ms=t_ms, times=hints.times + 1), True
