"""The history in words, the same on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from neckform.core.types import Exercise
from neckform.core.wording import Worded, listed, plural, worded
from neckform.history.entry import KeptPain
from neckform.history.missed import MISSED_DAYS, Missed
from neckform.history.overview import Overview
from neckform.history.trends import BALANCE_DAYS, NOISE_DEG, Balance, SideSum
from neckform.showing.words.phrases import day_words, title
from neckform.showing.words.report_words import miss_words
from neckform.showing.words.watch_words import today_line

EMPTY = worded(
    "Your history is empty. neckform coach keeps what you did, and neckform analyze what you "
    "recorded, on the day of the recording."
)
EMPTY_PAGE = worded(  # for whom no command is a way in
    "Your history is empty. What you do with the coach is kept here; and, where you ask for it, "
    "what was done in a recording, on the day of the recording."
)
NOTHING_TRIED = worded("No stretch was tried in what was recorded.")
NOISE = worded(
    "Differences under {noise_deg:.0f}° are not progress, and not the opposite: with one camera, "
    "never in quite the same place, the same neck reads differently by about that much.",
    noise_deg=NOISE_DEG,
)
WATCHED = worded("At the desk, as neckform watch saw it")
WEEKS = worded("Over the weeks")
WATCHED_DAYS = 7


def watched_lines(history: Overview, names: Mapping[str, str]) -> list[tuple[date, Worded]]:
    """The latest days that were watched, each with its minutes."""
    latest = list(history.watched.items())[-WATCHED_DAYS:]
    return [(day, today_line(zones, names)) for day, zones in latest]


PAIN = worded("Pain, 0 to 10, before and after")
PAIN_DAYS = 14


def pain_lines(history: Overview) -> list[tuple[date, Worded]]:
    """The latest times that pain was told, each with its numbers."""
    return [(day, _pain_line(pain)) for day, pain in history.pains[-PAIN_DAYS:]]


def _pain_line(pain: KeptPain) -> Worded:
    if pain.after is None:
        return worded("{before} before, not told after", before=pain.before)
    return worded("{before} before, {after} after", before=pain.before, after=pain.after)


def days_line(history: Overview) -> Worded:
    """From the first day to the last."""
    first, last = history.entries[0].day, history.entries[-1].day
    return worded("{first} to {last}", first=day_words(first), last=day_words(last))


def exercise_name(exercise: Exercise, names: Mapping[str, str]) -> Worded:
    stretch, side = exercise
    return title(names.get(stretch, stretch), side)


def practice_lines(history: Overview) -> list[Worded]:
    """How many days, and how many in a row."""
    line = plural(
        "{n} day with at least one stretch completed; on {full} of them every stretch, to both "
        "sides.",
        "{n} days with at least one stretch completed; on {full} of them every stretch, to both "
        "sides.",
        n=sum(day.practised for day in history.days),
        full=sum(day.full for day in history.days),
    )
    if history.streak_days:
        now = plural("{n} day in a row.", "{n} days in a row.", n=history.streak_days)
    elif history.today in {day.day for day in history.days}:
        now = worded("Today something was tried, and nothing completed yet.")
    else:
        now = worded("Neither today nor yesterday.")
    if history.longest_streak_days > history.streak_days:
        longest = worded("The longest was {days}.", days=history.longest_streak_days)
        now = listed([now, longest], " ")
    return [line, now]


def balance_line(balance: Balance) -> Worded:
    """Left against right, in time and in degrees."""
    return worded(
        "left {left}; right {right}. {verdict}",
        left=side_words(balance.left),
        right=side_words(balance.right),
        verdict=balance_verdict(balance),
    )


def side_words(side: SideSum) -> Worded:
    """One side of one stretch: ``3:10 min in 6 holds, 36°``."""
    held = plural(
        "{time} in {n} hold", "{time} in {n} holds", time=minutes(side.held_s), n=side.holds
    )
    if side.angle_deg is None:
        return held
    return worded("{held}, {angle_deg:.0f}°", held=held, angle_deg=side.angle_deg)


def balance_verdict(balance: Balance) -> Worded:
    """Whether one side got less time, and whether one goes further by more than noise."""
    verdict = worded("Balanced.")
    if balance.less == "left":
        verdict = worded("The left got clearly less.")
    elif balance.less:
        verdict = worded("The right got clearly less.")
    left, right = balance.left.angle_deg, balance.right.angle_deg
    if left is None or right is None or abs(left - right) < NOISE_DEG:
        return verdict
    by = abs(left - right)
    further = worded("It goes {by:.0f}° further to the right.", by=by)
    if left > right:
        further = worded("It goes {by:.0f}° further to the left.", by=by)
    return listed([verdict, further], " ")


def balance_title() -> Worded:
    return worded("Both sides, over the last {days} days", days=BALANCE_DAYS)


def missed_title() -> Worded:
    return worded("What did not count, over the last {days} days", days=MISSED_DAYS)


def missed_line(missed: Missed) -> Worded:
    """The latest attempt that did not count, and how many there were."""
    latest = latest_line(missed)
    if missed.times == 1:
        return latest
    return worded("{times} attempts. The last, {latest}", times=missed.times, latest=latest)


def latest_line(missed: Missed) -> Worded:
    """The latest attempt that did not count, with its day."""
    return worded("{day}: {what}", day=day_words(missed.day), what=miss_words(missed.latest))


def minutes(seconds: float) -> Worded:
    """A length of time: ``3:10 min``."""
    whole = int(seconds)
    return worded("{time} min", time=f"{whole // 60}:{whole % 60:02d}")
