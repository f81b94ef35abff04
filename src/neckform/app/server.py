"""The page's server: this computer only, this person only, nothing from outside.

Another web page, open in the same browser, can reach a server on this computer, and so can other
users of it. Three things keep them out: the cookie, without which nothing is answered (see
`entrance`); the ``Host`` of a request, which is foreign when another name is pointed at 127.0.0.1
(DNS rebinding); and the ``Origin`` that a browser sends for a socket.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from neckform.app.entrance import SEND_ON, Entrance
from neckform.app.incoming import LARGEST_PIECE
from neckform.app.state_board import OFFERED, Posted, StateBoard
from neckform.core.errors import OutputError
from neckform.showing.lying.drawings import drawings
from neckform.showing.words.catalogue import known_language, page_words, system_language

REPORT = "report.html"
USED = "This address has worked once already. Open the file that neckform named beside it."
UNDER_WAY = 2
"""How many states a page may leave unanswered. With one, the time of the answer would be lost."""
ANSWER_S = 5.0
"""A page that does not answer for this long was asleep; it gets the latest state."""
LARGEST_MESSAGE = 64 * 1024
_REFUSED = 1008
_GOING_AWAY = 1001


def make_app(board: StateBoard, *, entrance: Entrance, port: int, pages: Path) -> ASGIApp:
    """The whole site.

    Parameters
    ----------
    entrance : Entrance
        Who is let in.
    port : int
        Where it is served; part of every name that it answers to.
    pages : Path
        Folder of the page.
    """
    names = (f"127.0.0.1:{port}", f"localhost:{port}")

    origins = {f"http://{name}" for name in names}

    async def live(socket: WebSocket) -> None:
        if socket.headers.get("origin") not in origins:
            await socket.close(_REFUSED)
            return
        await socket.accept()
        await _Conversation(socket, board).hold()

    async def report(_request: Request) -> Response:
        # It has a policy of its own, which names the hashes of its scripts.
        if board.report is None:
            return PlainTextResponse("there is no report yet", status_code=404)
        return HTMLResponse(board.report)

    async def words(request: Request) -> Response:
        # In the order of the person's liking: browsers send it so.
        asked = request.headers.get("accept-language", "").split(",")
        wishes = [wish.split(";")[0].strip() for wish in asked]
        board.order({"do": "languages", "wishes": wishes})
        language = board.language or known_language(*wishes, system_language())
        return JSONResponse({"language": language, "words": page_words(language)})

    async def take_in(request: Request) -> Response:
        length, offset = (
            int(text) if (text := given or "").isdecimal() else -1
            for given in (request.headers.get("content-length"), request.query_params.get("at"))
        )
        if request.headers.get("origin") not in origins or board.incoming is None:
            return PlainTextResponse("not here", status_code=404)
        if not 0 <= length <= LARGEST_PIECE:
            return PlainTextResponse("too much at once", status_code=413)
        piece = await request.body()
        try:
            number = request.path_params["number"]
            await run_in_threadpool(board.incoming.take, number, offset, piece)
        except (ValueError, OutputError) as error:
            code = 507 if isinstance(error, OutputError) else 409
            return PlainTextResponse(str(error), status_code=code)
        return Response(status_code=204)

    inside = [
        WebSocketRoute("/live", live),
        Route("/words.json", words),
        Route("/positions.json", _positions),
        Route(f"/{REPORT}", report),
        Route(f"/{OFFERED}{{name}}", _offered(board)),
        Route("/upload/{number}", take_in, methods=["POST"]),
        Mount("/", StaticFiles(directory=pages, html=True)),
    ]
    app = Starlette(routes=[Mount(f"/{entrance.room}", routes=inside)])
    return _Door(app, entrance, names)


def _offered(board: StateBoard) -> Callable[[Request], Awaitable[Response]]:
    """Hands out the file that is offered."""

    async def hand_out(request: Request) -> Response:
        name = request.path_params["name"]
        if board.offered is None or board.offered[0] != name:
            return PlainTextResponse("there is no such file", status_code=404)
        kept = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(board.offered[1], media_type="application/octet-stream", headers=kept)

    return hand_out


async def _positions(_request: Request) -> Response:
    return JSONResponse(drawings())


class _Door:
    """Lets in a request with the cookie and our name, and sends the page's security headers."""

    def __init__(self, app: ASGIApp, entrance: Entrance, names: tuple[str, ...]) -> None:
        self._app = app
        self._entrance = entrance
        self._report = f"/{entrance.room}/{REPORT}"
        self._names = {name.encode() for name in names}
        sockets = " ".join(f"ws://{name}" for name in names)
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            f"connect-src 'self' {sockets}; frame-src 'self'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )
        self._headers = [
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        self._policy = (b"content-security-policy", policy.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return
        app = self._app if self._welcome(scope) else self._at_the_door(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), *self._headers]
                if scope["path"] != self._report:
                    headers.append(self._policy)
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, with_headers)

    def _welcome(self, scope: Scope) -> bool:
        return self._named(scope) and self._entrance.admits(scope["path"], _all(scope, b"cookie"))

    def _named(self, scope: Scope) -> bool:
        hosts = _all(scope, b"host")
        return len(hosts) == 1 and hosts[0] in self._names

    def _at_the_door(self, scope: Scope) -> ASGIApp:
        """The answer to a request that brings no cookie."""
        if scope["type"] == "websocket":
            return _no_socket
        path, ours = scope["path"], self._named(scope)
        if ours and scope["method"] == "GET" and self._entrance.redeem(path):
            page = SEND_ON.format(address=f"/{self._entrance.room}/")
            return HTMLResponse(page, headers={"set-cookie": self._entrance.cookie_to_set})
        if ours and path == "/favicon.ico":
            # A browser asks for it before it is sent on, and complains when it is not there.
            return Response(status_code=204)
        if ours and self._entrance.was_used(path):
            return PlainTextResponse(USED, status_code=410)
        return PlainTextResponse("not here", status_code=404)


def _all(scope: Scope, wanted: bytes) -> list[bytes]:
    return [value for name, value in scope["headers"] if name == wanted]


async def _no_socket(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "websocket.close", "code": _REFUSED})


class _Conversation:
    """One page: states out, answers and orders in."""

    def __init__(self, socket: WebSocket, board: StateBoard) -> None:
        self._socket = socket
        self._board = board
        self._under_way: set[int] = set()
        self._answered = asyncio.Event()

    async def hold(self) -> None:
        """Talk until the page or the program ends it."""
        listener = self._board.listen()
        telling = asyncio.create_task(self._tell(listener.news))
        try:
            await self._hear()
        finally:
            self._board.leave(listener)
            telling.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await telling

    async def _tell(self, news: asyncio.Event) -> None:
        last = 0
        while True:
            await news.wait()
            news.clear()
            if self._board.over:
                await self._socket.close(_GOING_AWAY)
                return
            await self._wait_for_answers()
            posted = self._board.latest
            if posted is None or posted.number == last:
                continue
            last = posted.number
            self._under_way.add(last)
            await self._send(posted)

    async def _wait_for_answers(self) -> None:
        while len(self._under_way) >= UNDER_WAY:
            self._answered.clear()
            try:
                await asyncio.wait_for(self._answered.wait(), ANSWER_S)
            except TimeoutError:
                self._under_way.clear()

    async def _send(self, posted: Posted) -> None:
        await self._socket.send_text(posted.text)
        if posted.picture is not None:
            await self._socket.send_bytes(posted.picture)

    async def _hear(self) -> None:
        # receive_text() would take bytes, and a page that still talks after the end, for a mistake
        # of this program.
        while (heard := await self._socket.receive())["type"] != "websocket.disconnect":
            message = _read(heard.get("text"))
            if isinstance(message.get("seen"), int):
                self._note_seen(message["seen"])
            elif isinstance(message.get("do"), str):
                self._board.order(message)

    def _note_seen(self, number: int) -> None:
        self._under_way = {sent for sent in self._under_way if sent > number}
        self._answered.set()


def _read(text: str | None) -> dict[str, Any]:
    """A message; empty when it is not one."""
    if text is None or len(text) > LARGEST_MESSAGE:
        return {}
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}
