"""What a person may ask of a running monitor, by a key or from another terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from neckform.core.errors import SettingsError


class Order(StrEnum):
    """Each order's name, which is also what it is called between two terminals."""

    SNOOZE_30M = "snooze-30m"
    SNOOZE_1H = "snooze-1h"
    SNOOZE_TOMORROW = "snooze-tomorrow"
    WAKE = "wake"
    PAUSE = "pause"
    RESUME = "resume"
    TODAY = "today"
    RECALIBRATE = "recalibrate"
    STOP = "stop"


SNOOZES: Mapping[str, Order] = MappingProxyType(
    {
        "30m": Order.SNOOZE_30M,
        "1h": Order.SNOOZE_1H,
        "tomorrow": Order.SNOOZE_TOMORROW,
        "off": Order.WAKE,
    }
)

MORNING = time(5)
"""When tomorrow begins for a snooze: nobody who is up at midnight means five minutes."""


def snooze_order(text: str) -> Order:
    """Read what follows ``--snooze``.

    Raises
    ------
    SettingsError
    """
    if text not in SNOOZES:
        raise SettingsError("--snooze", [f"{text}: use one of {', '.join(SNOOZES)}"])
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
