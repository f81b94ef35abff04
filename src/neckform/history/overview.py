"""Everything that the history says, worked out for one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from neckform.core.types import Exercise
from neckform.history.days import Day, a_fortnight_without_end, days_of, longest_streak, streak
from neckform.history.entry import Entry
from neckform.history.trends import Balance, Trend, balances, trends

Watched = Mapping[date, Mapping[str, int]]


@dataclass(frozen=True)
class Overview:
    """All that the history says about the time up to `today`.

    Attributes
    ----------
    entries : sequence of Entry
        The oldest first.
    routine : sequence of Exercise
        What makes a full day.
    watched : mapping of date to mapping of str to int
        Milliseconds by zone of each day that was watched, the oldest first.
    """

    entries: Sequence[Entry]
    routine: Sequence[Exercise]
    today: date
    watched: Watched

    @cached_property
    def days(self) -> list[Day]:
        """Days with a hold, the oldest first."""
        return days_of(self.entries, self.routine)

    @property
    def streak_days(self) -> int:
        return streak(self.days, self.today)

    @property
    def longest_streak_days(self) -> int:
        return longest_streak(self.days)

    @property
    def fortnight_since(self) -> date | None:
        """Since when the neck has been stretched, once that is a fortnight or longer."""
        return a_fortnight_without_end(self.days, self.today)

    @cached_property
    def balances(self) -> list[Balance]:
        return balances(self.entries, self.today)

    @cached_property
    def trends(self) -> list[Trend]:
        return trends(self.entries, self.routine)
