"""Runs the page's server in a thread of its own, on a port that is free, for this computer only.

Starlette and uvicorn are the usual ASGI pair: small, typed, and used with WebSockets for years.
None of their types leaves this module and `server`.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

import uvicorn

from neckform.app.connections import MOST_WAITING, BoundedConnection
from neckform.app.entrance import Entrance
from neckform.app.server import LARGEST_MESSAGE, make_app
from neckform.app.state_board import StateBoard
from neckform.core.errors import NeckformError
from neckform.core.wording import why, worded

HOST = "127.0.0.1"
START_S = 10.0
LEAVE_S = 2.0
"""A page that hears of the end by then shows it; any other page finds the program gone."""


class Serving:
    """The server while it runs; a context manager.

    Attributes
    ----------
    entrance : Entrance
        Where the person gets in.
    """

    def __init__(self, board: StateBoard, pages: Path, port: int = 0) -> None:
        self._board = board
        self._socket = _bound(port)
        number = self._socket.getsockname()[1]
        self.entrance = Entrance(f"http://{HOST}:{number}")
        app = make_app(board, entrance=self.entrance, port=number, pages=pages)
        config = uvicorn.Config(
            app,
            log_config=None,
            # Otherwise anybody who connects can write warnings into the person's terminal.
            log_level="critical",
            access_log=False,
            lifespan="off",
            http=BoundedConnection,
            # So many are accepted in one go, before any can be counted.
            backlog=MOST_WAITING,
            ws="websockets-sansio",
            ws_max_size=LARGEST_MESSAGE,
            # Pictures are compressed already, and on this computer the wire costs nothing.
            ws_per_message_deflate=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _QuietServer(config)
        self._thread = threading.Thread(target=self._run, name="neckform-page", daemon=True)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> Self:
        self._thread.start()
        until = time.monotonic() + START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise NeckformError(
                    worded("the page's server did not start; try again, or use --text")
                )
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._board.end(LEAVE_S)
        self._server.should_exit = True
        self._thread.join(timeout=5)
        self._socket.close()
        self.entrance.close()


class _QuietServer(uvicorn.Server):
    """Stays silent when the computer has no file left for a connection: it accepts again soon."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(_but_for_connections)
        await super().startup(sockets)


def _but_for_connections(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # A given port can be taken again at once. On Windows the option means another thing.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except OSError as error:
        bound.close()
        raise NeckformError(
            worded(
                "port {port} of this computer is taken ({reason}); give another --port, or none",
                port=port,
                reason=why(error),
            )
        ) from error
    return bound
