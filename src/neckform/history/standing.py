"""Where somebody stands at the end of a routine: days in a row, and the weeks so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from neckform.history.days import days_of, streak
from neckform.history.entry import Entry
from neckform.history.trends import Trend, trends


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person hears of their history once a routine is kept.

    Attributes
    ----------
    streak_days : int
        Days in a row.
    trends : tuple of Trend
        Of each stretch and side.
    """

    streak_days: int
    trends: tuple[Trend, ...] = ()


def standing_of(entries: Sequence[Entry], today: date) -> Standing:
    """Work it out for one day."""
    return Standing(streak(days_of(entries, ()), today), tuple(trends(entries)))
