"""Days of practice: what was done on each, how many in a row, and since when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from neckform.core.types import Exercise
from neckform.history.entry import Entry

FORTNIGHT = timedelta(days=14)

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with at least one attempt.

    Attributes
    ----------
    done : frozenset of Exercise
        Completed at least once.
    near_misses : int
        Attempts that did not count.
    held_s : float
        The time in form of all holds.
    full : bool
        Every stretch was completed, to both sides.
    """

    day: date
    done: frozenset[Exercise]
    holds: int
    held_s: float
    near_misses: int
    full: bool

    @property
    def practised(self) -> bool:
        """Whether it counts: at least one stretch was completed."""
        return bool(self.done)


def days_of(entries: Sequence[Entry], routine: Collection[Exercise]) -> list[Day]:
    """Each day with a hold or a near miss, the oldest first.

    Parameters
    ----------
    routine : collection of Exercise
        Everything that a full day contains.
    """
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        if entry.holds or entry.near_misses:
            by_day.setdefault(entry.day, []).append(entry)
    days = []
    for day in sorted(by_day):
        holds = [hold for entry in by_day[day] for hold in entry.holds]
        done = frozenset(hold.exercise for hold in holds if hold.completed)
        days.append(
            Day(
                day,
                done,
                len(holds),
                sum((hold.held_s for hold in holds), 0.0),
                sum(len(entry.near_misses) for entry in by_day[day]),
                full=bool(routine) and done >= set(routine),
            )
        )
    return days


def streak(days: Sequence[Day], today: date) -> int:
    """Days of practice in a row up to today, or to yesterday while today may still come."""
    practised = {day.day for day in days if day.practised}
    last = today if today in practised else today - _ONE
    length = 0
    while last - length * _ONE in practised:
        length += 1
    return length


def longest_streak(days: Sequence[Day]) -> int:
    """The most days of practice in a row, ever."""
    longest = length = 0
    before: date | None = None
    for day in (day.day for day in days if day.practised):
        length = length + 1 if before is not None and day - before == _ONE else 1
        longest = max(longest, length)
        before = day
    return longest


def practising_since(days: Sequence[Day], today: date) -> date | None:
    """The first day of the practice that still goes on; None when there is none.

    A fortnight without any practice ends it: a person who begins again has had some relief.
    """
    practised = [day.day for day in days if day.holds and day.day <= today]
    since: date | None = None
    after = today
    for day in reversed(practised):
        if after - day >= FORTNIGHT:
            break
        since = after = day
    return since


def a_fortnight_without_end(days: Sequence[Day], today: date) -> date | None:
    """Since when the neck has been stretched, once that is a fortnight or longer; else None."""
    since = practising_since(days, today)
    return since if since is not None and today - since >= FORTNIGHT else None
