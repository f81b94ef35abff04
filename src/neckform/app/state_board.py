"""What the judging thread and the pages exchange: the latest state, and orders.

Nothing queues up. A slow page sees fewer states, never older ones.
"""

from __future__ import annotations

import asyncio
import json
import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from neckform.app.incoming import Incoming

Order = Mapping[str, Any]
"""What a page asks for: ``{"do": "pause"}``."""

OFFERED = "file/"
"""Below this lies a file that is offered."""
MOST_ORDERS = 100
"""A page that sends more than this before it is heard is not used by a person."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One state, as it goes to the pages.

    Attributes
    ----------
    text : str
        JSON.
    picture : bytes or None
        JPEG, as the camera took it.
    """

    number: int
    text: str
    picture: bytes | None


@dataclass(slots=True)
class Listener:
    """Wakes one page's conversation in the server's thread."""

    loop: asyncio.AbstractEventLoop
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.news.set)


class StateBoard:
    """Shared by the judging thread, which posts states, and the server's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: Posted | None = None
        self._number = 0
        self._listeners: list[Listener] = []
        self._orders: queue.Queue[Order] = queue.Queue(MOST_ORDERS)
        self._left_s: float | None = None
        self._over = False
        self.report: str | None = None
        """The page of results, as HTML."""
        self.offered: tuple[str, bytes] | None = None
        """A file to keep: its name and its content."""
        self.language: str | None = None
        """The language that the person chose."""
        self.incoming: Incoming | None = None
        """Takes the files that the page brings."""

    # --- the judging thread ------------------------------------------------------------------

    def post(self, state: Mapping[str, Any], picture: bytes | None) -> None:
        """Make a state the latest; pages get it as soon as they can."""
        with self._lock:
            self._number += 1
            text = json.dumps({**state, "seq": self._number}, allow_nan=False)
            self._latest = Posted(self._number, text, picture)
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener.wake()

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        """The orders since the last call; waits up to `wait_s` for a first one."""
        orders: list[Order] = []
        try:
            orders.append(self._orders.get(timeout=wait_s) if wait_s else self._orders.get_nowait())
            while True:
                orders.append(self._orders.get_nowait())
        except queue.Empty:
            return orders

    @property
    def pages(self) -> int:
        """How many pages look."""
        with self._lock:
            return len(self._listeners)

    @property
    def gone_s(self) -> float:
        """Seconds since the last page left; 0 while one looks, and before the first."""
        with self._lock:
            if self._listeners or self._left_s is None:
                return 0.0
            return time.monotonic() - self._left_s

    def end(self, patience_s: float) -> None:
        """Tell the pages that the program ends, and wait until they have left."""
        with self._lock:
            self._over = True
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener.wake()
        until = time.monotonic() + patience_s
        while self.pages and time.monotonic() < until:
            time.sleep(0.01)

    # --- the server's thread -----------------------------------------------------------------

    @property
    def over(self) -> bool:
        """Whether the program ends."""
        with self._lock:
            return self._over

    @property
    def latest(self) -> Posted | None:
        with self._lock:
            return self._latest

    def listen(self) -> Listener:
        listener = Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners.append(listener)
        listener.news.set()
        return listener

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners.remove(listener)
            self._left_s = time.monotonic()

    def order(self, order: Order) -> None:
        try:
            self._orders.put_nowait(order)
        except queue.Full:
            return
