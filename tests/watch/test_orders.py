from datetime import datetime, timedelta

import pytest

from neckform.core.errors import SettingsError
from neckform.jobs.watch.orders import Order, snooze_order, snoozed_for


@pytest.mark.parametrize(
    ("order", "now", "until"),
    [
        (Order.SNOOZE_30M, "2026-11-23 14:10", "2026-11-23 14:40"),
        (Order.SNOOZE_1H, "2026-11-23 23:30", "2026-11-24 00:30"),
        (Order.SNOOZE_TOMORROW, "2026-11-23 14:10", "2026-11-24 05:00"),
        (Order.SNOOZE_TOMORROW, "2026-11-23 23:59", "2026-11-24 05:00"),
        # Up after midnight: tomorrow is when the night is over.
        (Order.SNOOZE_TOMORROW, "2026-11-24 00:30", "2026-11-24 05:00"),
        (Order.SNOOZE_TOMORROW, "2026-11-24 05:00", "2026-11-25 05:00"),
        (Order.SNOOZE_TOMORROW, "2026-12-31 20:00", "2027-01-01 05:00"),
    ],
)
def test_how_long_a_snooze_lasts(order: Order, now: str, until: str) -> None:
    begin = datetime.fromisoformat(now)
    lasts = snoozed_for(order, begin)
    assert begin + lasts == datetime.fromisoformat(until)
    assert lasts > timedelta(0)


def test_what_can_be_asked_for() -> None:
    assert snooze_order("30m") is Order.SNOOZE_30M
    assert snooze_order("1h") is Order.SNOOZE_1H
    assert snooze_order("tomorrow") is Order.SNOOZE_TOMORROW
    assert snooze_order("off") is Order.WAKE
    with pytest.raises(SettingsError, match="2h: use one of 30m, 1h, tomorrow, off"):
        snooze_order("2h")
