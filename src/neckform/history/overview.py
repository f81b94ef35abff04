"""Everything that the history says, worked out for one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from neckform.core.types import Exercise
from neckform.history.days import Day, a_fortnight_without_end, days_of, longest_streak, streak
from neckform.history.entry import Entry, KeptPain
from neckform.history.missed import Missed, missed
from neckform.history.trends import Balance, Trend, balances, trends

Watched = Mapping[date, Mapping[str, int]]

Mark = Literal["to come", "none", "some", "all"]
"""How much of the routine was completed on a day."""


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
        """Days with an attempt, the oldest first."""
        return days_of(self.entries, self.routine)

    def calendar(self, weeks: int) -> Iterator[tuple[date, list[Mark]]]:
        """The latest weeks, each with its Monday and a mark for each of its seven days."""
        by_day = {day.day: day for day in self.days}
        this_monday = self.today - timedelta(days=self.today.weekday())
        for past in reversed(range(weeks)):
            monday = this_monday - timedelta(weeks=past)
            dates = [monday + timedelta(days=number) for number in range(7)]
            yield monday, [self._mark(by_day.get(day), day) for day in dates]

    def _mark(self, practice: Day | None, day: date) -> Mark:
        if day > self.today:
            return "to come"
        if practice is None or not practice.practised:
            return "none"
        return "all" if practice.full else "some"

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
    def missed(self) -> list[Missed]:
        """What was tried lately without counting, by exercise."""
        return missed(self.entries, self.today)

    @property
    def names(self) -> dict[str, str]:
        """What each stretch was called last, where that is known."""
        called = [
            (each.stretch, each.name)
            for entry in self.entries
            for kept in (entry.near_misses, entry.holds)
            for each in kept
        ]
        return {stretch: name for stretch, name in called if name is not None}

    @property
    def pains(self) -> list[tuple[date, KeptPain]]:
        """Each time that pain was told, the oldest first."""
        return [(entry.day, pain) for entry in self.entries for pain in entry.pain]

    @cached_property
    def trends(self) -> list[Trend]:
        return trends(self.entries, self.routine)
