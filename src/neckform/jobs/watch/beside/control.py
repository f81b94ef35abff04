"""Steers the monitor that runs, from the page or the icon, and reads what it counted."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from neckform.config.paths import days_folder
from neckform.core.errors import NeckformError
from neckform.core.monitor.signs import Sign
from neckform.history.watched import read_day, read_not_bad
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.running import give_order, is_running, leave_order, read_status

LOOK_EVERY_S = 1.0
ASK_AGAIN_S = 3.0
"""Who looks at what the monitor sees asks again this often."""
ALLOWED = {
    order.value: order
    for order in (
        Order.SNOOZE_30M,
        Order.SNOOZE_1H,
        Order.WAKE,
        Order.PAUSE,
        Order.RESUME,
        Order.RECALIBRATE,
        Order.STRETCH,
        Order.STOP,
    )
}


class Control:
    """Tells the monitor what the person asks for.

    Parameters
    ----------
    folder : Path
        Of the lock, the status and the orders.

    Attributes
    ----------
    looking : bool
        Whether to ask what the monitor sees.
    """

    def __init__(self, folder: Path) -> None:
        self.looking = False
        self._folder = folder
        self._looked_s = self._asked_s = -math.inf
        self._state: Mapping[str, Any] = {}

    @property
    def runs(self) -> bool:
        """Whether a monitor runs."""
        return is_running(self._folder)

    def do(self, what: Any) -> None:
        """Carry out an order by its name; what is none changes nothing.

        Raises
        ------
        NeckformError
        """
        self._looked_s = -math.inf
        if isinstance(what, str) and what in ALLOWED:
            give_order(self._folder, ALLOWED[what])

    def state(self) -> Mapping[str, Any]:
        """Whether it runs, what it does, and the milliseconds of today by zone."""
        now_s = time.monotonic()
        if self.looking and now_s - self._asked_s > ASK_AGAIN_S:
            self._asked_s = now_s
            leave_order(self._folder, Order.LOOK)
        every_s = LOOK_EVERY_S / 2 if self.looking else LOOK_EVERY_S
        if now_s - self._looked_s > every_s:
            self._looked_s, self._state = now_s, self._look()
        return self._state

    def _look(self) -> Mapping[str, Any]:
        runs = is_running(self._folder)
        status = read_status(self._folder) if runs else {}
        spent, not_bad = status.get("today_ms"), status.get("not_bad")
        if not isinstance(spent, dict) or not isinstance(not_bad, dict):
            folder, today = days_folder(), datetime.now().astimezone().date()
            spent, not_bad = read_day(folder, today), read_not_bad(folder, today)
        return {
            "runs": runs,
            "trouble": None,
            "camera": status.get("camera"),
            "zone": status.get("zone"),
            "sign": status.get("sign") or Sign.UNSEEN.value,
            "neutral": bool(status.get("neutral")),
            "snoozed": bool(status.get("snoozed")),
            "looking": self.looking,
            "seen": status.get("seen") if self.looking else None,
            "today_ms": spent,
            "not_bad": not_bad,
        }

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Let the monitor leave the camera alone for as long as somebody else needs it."""
        paused = self.runs and read_status(self._folder).get("camera") != "paused"
        if paused:
            with suppress(NeckformError):
                give_order(self._folder, Order.PAUSE)
        try:
            yield
        finally:
            if paused and self.runs:
                with suppress(NeckformError):
                    give_order(self._folder, Order.RESUME)
