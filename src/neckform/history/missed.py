"""Attempts that did not count, over the last weeks: how many of which stretch, and the latest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from neckform.core.events import NearMiss
from neckform.core.types import Exercise
from neckform.history.entry import Entry

MISSED_DAYS = 28


@dataclass(frozen=True, slots=True)
class Missed:
    """What was tried of one stretch to one side without counting.

    Attributes
    ----------
    times : int
        How many attempts, over the last `MISSED_DAYS`.
    day : date
        Of the latest one.
    """

    exercise: Exercise
    times: int
    day: date
    latest: NearMiss


def missed(entries: Iterable[Entry], today: date) -> list[Missed]:
    """What did not count up to `today`, by exercise, the latest first; `entries` oldest first."""
    found: dict[Exercise, Missed] = {}
    for entry in entries:
        if not timedelta() <= today - entry.day < timedelta(days=MISSED_DAYS):
            continue
        for kept in entry.near_misses:
            miss = kept.miss
            exercise = Exercise(miss.stretch, miss.side)
            times = found[exercise].times if exercise in found else 0
            found[exercise] = Missed(exercise, times + 1, entry.day, miss)
    return sorted(found.values(), key=lambda one: one.day, reverse=True)
