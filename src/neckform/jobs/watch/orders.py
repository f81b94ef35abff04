"""What a person can ask of a running monitor, by a key or from another terminal."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from neckform.core.errors import SettingsError
from neckform.core.wording import worded


class Order(StrEnum):
    """An order; its value is its name between two terminals."""

    SNOOZE_30M = "snooze-30m"
    SNOOZE_1H = "snooze-1h"
    SNOOZE_TOMORROW = "snooze-tomorrow"
    WAKE = "wake"
    PAUSE = "pause"
    RESUME = "resume"
    TODAY = "today"
    RECALIBRATE = "recalibrate"
    STOP = "stop"
    STRETCH = "stretch"
    """Lead through the stretch that undoes how the neck has rested."""
    LOOK = "look"
    """Show what you see, drawn, for a while."""


SNOOZES = {
    "30m": Order.SNOOZE_30M,
    "1h": Order.SNOOZE_1H,
    "tomorrow": Order.SNOOZE_TOMORROW,
    "off": Order.WAKE,
}

MORNING = time(5)
"""Tomorrow begins here for a snooze: a person who is up at 23:55 does not mean five minutes."""


def snooze_order(text: str) -> Order:
    """Read what follows ``--snooze``.

    Raises
    ------
    SettingsError
    """
    if text not in SNOOZES:
        raise SettingsError(
            "--snooze",
            [worded("{text}: use one of {snoozes}", text=text, snoozes=", ".join(SNOOZES))],
        )
    return SNOOZES[text]


def snoozed_for(order: Order, now: datetime) -> timedelta:
    """How long a snooze lasts from `now`, local time."""
    if order is Order.SNOOZE_30M:
        return timedelta(minutes=30)
    if order is Order.SNOOZE_1H:
        return timedelta(hours=1)
    morning = datetime.combine(now.date(), MORNING, now.tzinfo)
    if now >= morning:
        morning += timedelta(days=1)
    return morning - now
