"""The person's own earlier range of motion, to compare a new recording with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from neckform.history.entry import Entry


def earlier_best(entries: Sequence[Entry], recording: str, made_at: datetime) -> dict[str, float]:
    """The furthest in each direction, in degrees, of all recordings made before this one.

    Parameters
    ----------
    recording, made_at : str, datetime
        This recording, which is not compared with itself.
    """
    best: dict[str, float] = {}
    for entry in entries:
        if entry.recording == recording or entry.made_at >= made_at:
            continue
        for reach in entry.reached:
            best[reach.direction] = max(reach.reached_deg, best.get(reach.direction, 0.0))
    return best
