"""Everything that the history says, worked out for one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from neckform.core.types import Exercise
from neckform.history import days as practice
from neckform.history import trends
from neckform.history.entry import Entry

Watched = Mapping[date, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the history says, worked out for one day.

    Attributes
    ----------
    days : list of Day
        Days with a hold, the oldest first.
    routine : tuple of Exercise
        What makes a full day.
    fortnight_since : date or None
        Since when the neck has been stretched, once that is a fortnight or longer.
    watched : mapping of date to mapping of str to int
        Milliseconds by zone of each day that was watched, the oldest first.
    """

    today: date
    entries: list[Entry]
    routine: tuple[Exercise, ...]
    days: list[practice.Day]
    streak_days: int
    longest_streak_days: int
    balances: list[trends.Balance]
    trends: list[trends.Trend]
    fortnight_since: date | None
    watched: Watched


def overview(
    entries: Sequence[Entry], routine: Sequence[Exercise], today: date, watched: Watched
) -> Overview:
    """Work out everything that is shown."""
    days = practice.days_of(entries, routine)
    return Overview(
        today=today,
        entries=list(entries),
        routine=tuple(routine),
        days=days,
        streak_days=practice.streak(days, today),
        longest_streak_days=practice.longest_streak(days),
        balances=trends.balances(entries, today),
        trends=trends.trends(entries, routine),
        fortnight_since=practice.a_fortnight_without_end(days, today),
        watched=watched,
    )
