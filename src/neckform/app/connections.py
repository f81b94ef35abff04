"""Bounds what anybody on this computer can take from the page's server: connections and time."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_WAITING = 64
"""Connections that are no page's socket. A page loads over six; a program may open 1024 files."""
LONGEST_S = 5.0
"""How long one lasts. The page's files come in milliseconds; a browser connects again by itself."""
FINISHED_S = 60.0
"""How long one lasts whose answer is under way: a page with half a script stays empty."""
LOOKED_AT_S = 0.1
"""How often it is looked at until then."""


class BoundedConnection(H11Protocol):
    """A connection that ends when it is old, or when others need its place.

    The oldest of those that nothing is sent to goes first, so that those who connect and wait
    neither keep the page out nor cut off what it is being given. A socket of the page is counted
    no more: the door has let it in.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since_s = self.loop.time()
        self._end = self.loop.call_later(LONGEST_S, self._end_once_answered)
        waiting = [
            it
            for it in self.connections
            if isinstance(it, BoundedConnection) and not it.transport.is_closing()
        ]
        if len(waiting) > MOST_WAITING:
            min(waiting, key=lambda it: (it._is_answered, it._since_s)).transport.abort()

    def _end_once_answered(self) -> None:
        if self._is_answered and self.loop.time() - self._since_s < FINISHED_S:
            self._end = self.loop.call_later(LOOKED_AT_S, self._end_once_answered)
        else:
            self.transport.abort()

    @property
    def _is_answered(self) -> bool:
        """Whether an answer is made or on its way; a stranger's is short, and gone at once."""
        asked = self.cycle is not None and not self.cycle.response_complete
        return asked or self.transport.get_write_buffer_size() > 0

    def connection_lost(self, exc: Exception | None) -> None:
        self._end.cancel()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._end.cancel()
        super().handle_websocket_upgrade(event)
