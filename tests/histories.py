"""Histories for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from neckform.config.settings import load_settings
from neckform.core.coach.routine import all_exercises
from neckform.history.entry import Entry, KeptFlag, KeptHold, KeptMiss, KeptReach

TODAY = date(2026, 11, 23)  # a Monday

ROUTINE = all_exercises(load_settings().stretches)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def hold(
    stretch: str = "upper-trapezius",
    side: str | None = "left",
    *,
    held_s: float = 31.0,
    angle_deg: float | None = 30.0,
    error_deg: float | None = 3.0,
    start_s: float = 5.0,
) -> KeptHold:
    return KeptHold(
        stretch, side, start_s, start_s + held_s, held_s, 30.0, held_s >= 30, "angle",
        angle_deg, error_deg, 1.0, 2.0, 30.0,
    )  # fmt: skip


def miss(
    stretch: str = "upper-trapezius", side: str | None = "left", *, measured: float = 17.0
) -> KeptMiss:
    """Too little tilt for 33 s."""
    return KeptMiss(
        stretch, side, 3.0, 36.5, 33.4, "angle-low", "lateral", measured, 20.0, 1.0, None
    )


def full() -> tuple[KeptHold, ...]:
    """The whole routine."""
    return tuple(
        hold(stretch, side, start_s=40.0 * place) for place, (stretch, side) in enumerate(ROUTINE)
    )


def entry(
    day: date = TODAY,
    holds: tuple[KeptHold, ...] = (hold(),),
    *,
    name: str | None = None,
    flags: tuple[KeptFlag, ...] = (),
    reached: tuple[KeptReach, ...] = (),
    near_misses: tuple[KeptMiss, ...] = (),
) -> Entry:
    """A recording; known by its day unless a name is given."""
    recording = sha256((name or day.isoformat()).encode()).hexdigest()
    made_at = datetime.combine(day, time(8, 30), UTC)
    return Entry(recording, made_at, 100.0, 3.0, "0.1.0", holds, flags, reached, near_misses)
