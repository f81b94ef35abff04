"""The history in words, the same on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from neckform.core.types import Exercise
from neckform.history.missed import MISSED_DAYS, Missed
from neckform.history.overview import Overview
from neckform.history.trends import BALANCE_DAYS, NOISE_DEG, Balance, SideSum, Trend, Week
from neckform.showing.words.phrases import day_words, title
from neckform.showing.words.report_words import miss_words
from neckform.showing.words.watch_words import today_line

EMPTY = (
    "Your history is empty. neckform coach keeps what you did, and neckform analyze what you "
    "recorded, on the day of the recording."
)
NOTHING_TRIED = "No stretch was tried in what was recorded."
NOISE = (
    f"Differences under {NOISE_DEG:.0f}° are not progress, and not the opposite: with one camera, "
    "never in quite the same place, the same neck reads differently by about that much."
)


WATCHED = "At the desk, as neckform watch saw it"
WATCHED_DAYS = 7


def watched_lines(history: Overview, names: Mapping[str, str]) -> list[tuple[date, str]]:
    """The latest days that were watched, each with its minutes."""
    latest = list(history.watched.items())[-WATCHED_DAYS:]
    return [(day, today_line(zones, names)) for day, zones in latest]


PAIN = "Pain, 0 to 10, before and after"
PAIN_DAYS = 14


def pain_lines(history: Overview) -> list[tuple[date, str]]:
    """The latest times that pain was told, each with its numbers."""
    return [
        (day, f"{pain.before} before, {'not told' if pain.after is None else pain.after} after")
        for day, pain in history.pains[-PAIN_DAYS:]
    ]


def exercise_name(exercise: Exercise, names: Mapping[str, str]) -> str:
    stretch, side = exercise
    return title(names.get(stretch, stretch), side)


def practice_lines(history: Overview) -> list[str]:
    """How many days, and how many in a row."""
    practised = sum(day.practised for day in history.days)
    full = sum(day.full for day in history.days)
    lines = [
        f"{count(practised, 'day')} with at least one stretch completed; on {full} of them every "
        "stretch, to both sides."
    ]
    if history.streak_days:
        line = f"{count(history.streak_days, 'day')} in a row."
    elif history.today in {day.day for day in history.days}:
        line = "Today something was tried, and nothing completed yet."
    else:
        line = "Neither today nor yesterday."
    if history.longest_streak_days > history.streak_days:
        line += f" The longest was {history.longest_streak_days}."
    return [*lines, line]


def balance_line(balance: Balance) -> str:
    """Left against right, in time and in degrees."""
    sides = f"left {side_words(balance.left)}; right {side_words(balance.right)}."
    return f"{sides} {balance_verdict(balance)}"


def side_words(side: SideSum) -> str:
    """One side of one stretch: ``3:10 min in 6 holds, 36°``."""
    angle = "" if side.angle_deg is None else f", {side.angle_deg:.0f}°"
    return f"{minutes(side.held_s)} in {count(side.holds, 'hold')}{angle}"


def balance_verdict(balance: Balance) -> str:
    """Whether one side got less time, and whether one goes further by more than noise."""
    verdict = f"The {balance.less} got clearly less." if balance.less else "Balanced."
    left, right = balance.left.angle_deg, balance.right.angle_deg
    if left is not None and right is not None and abs(left - right) >= NOISE_DEG:
        further = "left" if left > right else "right"
        verdict += f" It goes {abs(left - right):.0f}° further to the {further}."
    return verdict


def balance_title() -> str:
    return f"Both sides, over the last {BALANCE_DAYS} days"


def missed_title() -> str:
    return f"What did not count, over the last {MISSED_DAYS} days"


def missed_line(missed: Missed) -> str:
    """The latest attempt that did not count, and how many there were."""
    latest = latest_line(missed)
    return latest if missed.times == 1 else f"{missed.times} attempts. The last, {latest}"


def latest_line(missed: Missed) -> str:
    """The latest attempt that did not count, with its day."""
    return f"{day_words(missed.day)}: {miss_words(missed.latest)}"


def week_line(week: Week) -> str:
    """One week of one stretch and side."""
    line = f"{count(week.holds, 'hold')}, {week.completed} completed, {week.mean_held_s:.0f} s each"
    if week.angle_deg is not None:
        line += f", {week.angle_deg:.0f}°"
        line += "" if week.error_deg is None else f" (± {max(1.0, week.error_deg):.0f})"
    return line


def change_line(trend: Trend) -> str | None:
    """From the first week to the last; None when there is only one."""
    change = trend.change
    if change.held_s is None:
        return None
    held = round(change.held_s)
    time = "held as long" if held == 0 else f"held {abs(held)} s {'longer' if held > 0 else 'less'}"
    if change.angle_deg is None:
        return f"From the first week to the last: {time}."
    if not change.beyond_noise:
        return (
            f"From the first week to the last: {time}; no difference in degrees that could be told "
            f"from noise (under {change.band_deg:.0f}°)."
        )
    further = "further" if change.angle_deg > 0 else "less far"
    return (
        f"From the first week to the last: {time}; {abs(change.angle_deg):.0f}° {further}, which "
        "is more than noise."
    )


def minutes(seconds: float) -> str:
    """A length of time: ``3:10 min``."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d} min"


def count(number: int, what: str) -> str:
    """``1 day``, ``2 days``."""
    return f"{number} {what}{'' if number == 1 else 's'}"
