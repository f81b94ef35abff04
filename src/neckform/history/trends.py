"""How degrees and held seconds went over the weeks, and whether that is more than noise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot

from neckform.core.types import Exercise
from neckform.history.entry import Entry, KeptHold

NOISE_DEG = 10.0
"""Smaller differences are not progress. The camera never stands in quite the same place, and each
recording has its own neutral, so the same neck reads differently by about this much."""

BALANCED_SHARE = 0.75
"""The sides are balanced while the lesser one gets at least this share of the other's time."""

BALANCE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one stretch to one side.

    Attributes
    ----------
    monday : date
    mean_held_s : float
        Of all holds.
    angle_deg, error_deg : float or None
        Mean on the main axis, weighted by how long it was held, and its mean standard error;
        None when it is not known.
    """

    monday: date
    holds: int
    completed: int
    mean_held_s: float
    angle_deg: float | None
    error_deg: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """From the first week to the last.

    Attributes
    ----------
    angle_deg : float or None
        How much further; None with a single week, or when it is not known.
    band_deg : float
        What a difference must exceed to be more than noise: `NOISE_DEG`, or twice the measurements'
        own error where that is more.
    held_s : float or None
        How much longer a hold lasted on average.
    """

    angle_deg: float | None
    band_deg: float
    held_s: float | None

    @property
    def beyond_noise(self) -> bool:
        return self.angle_deg is not None and abs(self.angle_deg) >= self.band_deg


@dataclass(frozen=True, slots=True)
class Trend:
    """One stretch to one side, over the weeks, the oldest first."""

    exercise: Exercise
    weeks: tuple[Week, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class SideSum:
    """One side of one stretch over the last weeks."""

    holds: int
    completed: int
    held_s: float
    angle_deg: float | None


@dataclass(frozen=True, slots=True)
class Balance:
    """Both sides of one stretch over the last `BALANCE_DAYS` days.

    Attributes
    ----------
    less : str or None
        The side that got clearly less time; None when they are balanced.
    """

    stretch: str
    left: SideSum
    right: SideSum
    less: str | None


def monday_of(day: date) -> date:
    """The day that its week began with."""
    return day - timedelta(days=day.weekday())


def trends(
    entries: Sequence[Entry],
    order: Sequence[Exercise] = (),
    by: Callable[[date], date] | None = monday_of,
) -> list[Trend]:
    """The weeks of each stretch and side that was tried.

    Parameters
    ----------
    order : sequence of Exercise
        These come first, in this order; others follow in the order of their first hold.
    by : callable or None
        Gives each day the first day of the time that it is put together with. None: each day is a
        visit of its own, and stands in the place of a week.
    """
    by_week: dict[Exercise, dict[date, list[KeptHold]]] = {}
    for entry in entries:
        monday = entry.day if by is None else by(entry.day)
        for hold in entry.holds:
            by_week.setdefault(hold.exercise, {}).setdefault(monday, []).append(hold)
    known = [exercise for exercise in order if exercise in by_week]
    every = []
    for exercise in dict.fromkeys([*known, *by_week]):
        weeks = tuple(
            _week(monday, by_week[exercise][monday]) for monday in sorted(by_week[exercise])
        )
        every.append(Trend(exercise, weeks, _change(weeks)))
    return every


def balances(entries: Sequence[Entry], today: date) -> list[Balance]:
    """Each stretch with sides that was tried lately."""
    begin = today - timedelta(days=BALANCE_DAYS)
    by_side: dict[str, dict[str, list[KeptHold]]] = {}
    for entry in entries:
        if not begin < entry.day <= today:
            continue
        for hold in entry.holds:
            if hold.side is not None:
                sides = by_side.setdefault(hold.stretch, {"left": [], "right": []})
                sides[hold.side].append(hold)
    return [
        _balance(stretch, _side(sides["left"]), _side(sides["right"]))
        for stretch, sides in sorted(by_side.items())
    ]


def _week(monday: date, holds: Sequence[KeptHold]) -> Week:
    return Week(
        monday,
        len(holds),
        sum(hold.completed for hold in holds),
        sum(hold.held_s for hold in holds) / len(holds),
        _weighted((hold.angle_deg, hold.held_s) for hold in holds),
        # Errors of one camera in one room do not average out over holds.
        _weighted((hold.angle_error_deg, hold.held_s) for hold in holds),
    )


def _change(weeks: Sequence[Week]) -> Change:
    if len(weeks) < 2:
        return Change(None, NOISE_DEG, None)
    first, last = weeks[0], weeks[-1]
    band = max(NOISE_DEG, 2 * hypot(first.error_deg or 0.0, last.error_deg or 0.0))
    angle = None
    if first.angle_deg is not None and last.angle_deg is not None:
        angle = last.angle_deg - first.angle_deg
    return Change(angle, band, last.mean_held_s - first.mean_held_s)


def _side(holds: Sequence[KeptHold]) -> SideSum:
    return SideSum(
        len(holds),
        sum(hold.completed for hold in holds),
        sum((hold.held_s for hold in holds), 0.0),
        _weighted((hold.angle_deg, hold.held_s) for hold in holds),
    )


def _balance(stretch: str, left: SideSum, right: SideSum) -> Balance:
    less = None
    if left.held_s < BALANCED_SHARE * right.held_s:
        less = "left"
    elif right.held_s < BALANCED_SHARE * left.held_s:
        less = "right"
    return Balance(stretch, left, right, less)


def _weighted(values: Iterable[tuple[float | None, float]]) -> float | None:
    """The weighted mean of the values that are known; None when there is none."""
    known = [(value, weight) for value, weight in values if value is not None and weight > 0]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if known else None
