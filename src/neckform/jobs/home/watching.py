"""The monitor, steered from home: a program of its own, which runs on when the page is closed."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from neckform.config.paths import data_folder, days_folder, made
from neckform.core.errors import NeckformError
from neckform.core.wording import worded
from neckform.history.watched import read_day
from neckform.jobs.home.options import HomeOptions
from neckform.jobs.watch.command import running_folder
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.running import give_order, is_running, read_status

LOOK_EVERY_S = 1.0
_ALLOWED = {
    order.value: order
    for order in (
        Order.SNOOZE_30M,
        Order.SNOOZE_1H,
        Order.WAKE,
        Order.PAUSE,
        Order.RESUME,
        Order.RECALIBRATE,
        Order.STOP,
    )
}


class Watching:
    """Starts the monitor, tells it what the person asks for, and reads what it counted."""

    def __init__(self, options: HomeOptions) -> None:
        self._options = options
        self._folder = running_folder()
        self._looked_s = -math.inf
        self._state: Mapping[str, Any] = {}

    def use(self, options: HomeOptions) -> None:
        """Start the next monitor with these."""
        self._options = options

    def do(self, what: Any) -> None:
        """Carry out an order of the page; what is none changes nothing.

        Raises
        ------
        NeckformError
        """
        self._looked_s = -math.inf
        if what == "start":
            self._start()
        elif isinstance(what, str) and what in _ALLOWED:
            give_order(self._folder, _ALLOWED[what])

    def state(self) -> Mapping[str, Any]:
        """Whether it runs, what it does, and the milliseconds of today by zone."""
        if time.monotonic() - self._looked_s > LOOK_EVERY_S:
            self._looked_s, self._state = time.monotonic(), self._look()
        return self._state

    def _look(self) -> Mapping[str, Any]:
        runs = is_running(self._folder)
        status = read_status(self._folder) if runs else {}
        spent = status.get("today_ms")
        if not isinstance(spent, dict):
            spent = self._kept_today()
        return {
            "runs": runs,
            "camera": status.get("camera"),
            "zone": status.get("zone"),
            "neutral": bool(status.get("neutral")),
            "snoozed": bool(status.get("snoozed")),
            "today_ms": spent,
        }

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Let the monitor leave the camera alone for as long as somebody else needs it."""
        paused = is_running(self._folder) and read_status(self._folder).get("camera") != "paused"
        if paused:
            with suppress(NeckformError):
                give_order(self._folder, Order.PAUSE)
        try:
            yield
        finally:
            if paused and is_running(self._folder):
                with suppress(NeckformError):
                    give_order(self._folder, Order.RESUME)

    def _start(self) -> None:
        if is_running(self._folder):
            return
        command = [sys.executable, "-m", "neckform", "watch", "--camera", str(self._options.camera)]
        if self._options.source is not None:
            command += ["--source", str(self._options.source), "--turn", self._options.turn]
            command += ["--mirrored"] if self._options.mirrored else []
        log = made(data_folder(), worded("what the monitor says is written there")) / "watch.log"
        with log.open("wb") as output:
            # In a session of its own: closing the page or its terminal does not end it.
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @staticmethod
    def _kept_today() -> Mapping[str, int]:
        return read_day(days_folder(), datetime.now().astimezone().date())
