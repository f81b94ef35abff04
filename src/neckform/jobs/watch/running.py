"""One monitor at a time, and how another terminal talks to it.

The lock is the operating system's own on a file, so a crash cannot leave it behind. Beside it lie
``status.json``, which the running monitor writes, and ``order.json``, which others write for it.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from neckform.core.errors import NeckformError, OutputError
from neckform.core.wording import why, worded
from neckform.files import read_json, write_text
from neckform.jobs.watch.orders import Order

LOCK, STATUS, ORDER = "lock", "status.json", "order.json"
LOOKED_AT_S = 0.2
"""Who asks whether a monitor runs holds its lock for less."""
ASKED_S, ASKED_AGAIN_S = 0.05, 0.01
"""Whoever asks at the same moment as another one asks again for so long, this often."""
ANSWER_S = 8.0
"""The monitor looks for orders about twice a second; opening a camera can take it longer."""


class Running:
    """The claim to be the monitor that runs; a context manager.

    Raises
    ------
    NeckformError
        On entering, when another monitor runs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / LOCK, mode=0o600)
        self._answered: str | None = None
        self._said = ""

    def __enter__(self) -> Self:
        try:
            self._lock.acquire(timeout=LOOKED_AT_S)
        except Timeout:
            raise NeckformError(runs_already(self._folder)) from None
        except OSError as error:
            raise OutputError(
                worded(
                    "{path} cannot be locked: {reason}", path=self._folder / LOCK, reason=why(error)
                )
            ) from error
        for left in (ORDER, STATUS):  # of a monitor that has ended, or was killed
            with suppress(OSError):
                (self._folder / left).unlink(missing_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            (self._folder / STATUS).unlink(missing_ok=True)
        self._lock.release()

    def order(self) -> Order | None:
        """The order that was given since the last call."""
        path = self._folder / ORDER
        if not path.exists():
            return None
        try:
            content = read_json(path)
            path.unlink()
            order = Order(content["order"])
            self._answered = str(content["id"])
        except (OSError, ValueError, KeyError, TypeError):
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return None
        return order

    def tell(self, status: dict[str, Any], said: str | None = None) -> None:
        """Write the status; `said` answers the last order, and stands there until the next one."""
        self._said = self._said if said is None else said
        content = status | {"pid": os.getpid(), "answered": self._answered, "said": self._said}
        # A status that cannot be written is no reason to stop watching.
        with suppress(OutputError):
            write_text(self._folder / STATUS, json.dumps(content) + "\n")


def give_order(folder: Path, order: Order) -> str:
    """Give an order to the monitor that runs.

    Returns
    -------
    str
        Its answer.

    Raises
    ------
    NeckformError
        No monitor runs, or it does not answer.
    """
    if not is_running(folder):
        raise NeckformError(worded("no neckform watch is running; start one with neckform watch"))
    number = _write_order(folder, order)
    until = time.monotonic() + ANSWER_S
    while time.monotonic() < until:
        status = read_status(folder)
        if status.get("answered") == number:
            return str(status.get("said", ""))
        if order is Order.STOP and not is_running(folder):
            return worded("stopped")
        time.sleep(0.1)
    raise NeckformError(
        worded("the running neckform watch does not answer; is it stopped or very busy?")
    )


def leave_order(folder: Path, order: Order) -> None:
    """Give an order that needs no answer; one that waits already goes first."""
    if is_running(folder) and not (folder / ORDER).exists():
        with suppress(OutputError):
            _write_order(folder, order)


def _write_order(folder: Path, order: Order) -> str:
    number = uuid.uuid4().hex
    write_text(folder / ORDER, json.dumps({"id": number, "order": order.value}) + "\n")
    return number


def read_status(folder: Path) -> dict[str, Any]:
    """The last status of the running monitor; empty when none can be read."""
    try:
        content = read_json(folder / STATUS)
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_running(folder: Path) -> bool:
    """Whether a monitor runs."""
    lock = FileLock(folder / LOCK, mode=0o600)
    try:
        lock.acquire(timeout=ASKED_S, poll_interval=ASKED_AGAIN_S)
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def runs_already(folder: Path) -> str:
    """That another monitor runs, and what to do."""
    number = read_status(folder).get("pid")
    which = worded(" (process {number})", number=number) if number else ""
    return worded(
        "neckform watch is running already{which}; look with neckform watch --status, "
        "end it with neckform watch --stop",
        which=which,
    )
