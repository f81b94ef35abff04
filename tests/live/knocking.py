"""Clients of the page's server: pages that behave, and others."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
from websockets.sync.client import ClientConnection, connect

from neckform.app.serving import Serving
from neckform.app.state_board import StateBoard

SOON_S = 5.0
"""What should come at once has come within this, on a busy machine too."""
QUIET_S = 0.4
"""And what should not come has not come after this."""


@dataclass
class Visitor:
    """A browser.

    Attributes
    ----------
    address : str
        That works once; of the page, after the browser was let in.
    cookie : str
        What the browser was given.
    """

    address: str
    cookie: str = ""

    def enter(self) -> Self:
        """Open the address that works once."""
        answer = self.ask(urlsplit(self.address).path)
        sent_on = re.search(r"url=(/[^\"]+)", answer.text)
        assert sent_on is not None
        self.address = self.origin + sent_on[1]
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        return self

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def token(self) -> str:
        return urlsplit(self.address).path.strip("/")

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str = "", **headers: str) -> httpx.Response:
        """Ask for something of the page, as its browser does."""
        return self.ask(f"/{self.token}/{path}", **{"Cookie": self.cookie, **headers})

    def ask(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        # The privacy guard may have named a proxy that does not answer.
        with httpx.Client(trust_env=False, timeout=SOON_S) as client:
            return client.request(method, f"{self.origin}{path}", headers=headers)

    def raw(self, *lines: str) -> tuple[int, str]:
        """A request word for word, as no client would write it: its status and the whole answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SOON_S) as knock:
            knock.sendall("\r\n".join((*lines, "Connection: close", "", "")).encode())
            answer = b""
            while part := knock.recv(65536):
                answer += part
        return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")

    def page(
        self,
        *,
        origin: str | None = "",
        name: str = "127.0.0.1",
        token: str | None = None,
        cookie: str | None = None,
    ) -> ClientConnection:
        """A page's socket; `name` is what its browser believes to be talking to."""
        host = name if ":" in name else f"{name}:{self.port}"
        return connect(
            f"ws://{host}/{self.token if token is None else token}/live",
            sock=socket.create_connection(("127.0.0.1", self.port), timeout=SOON_S),
            origin=self.origin if origin == "" else origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie if cookie is None else cookie},
            proxy=None,
            open_timeout=SOON_S,
            close_timeout=SOON_S,
        )


class Site(Visitor):
    """A running server, and a browser that was let in."""

    def __init__(self, board: StateBoard, serving: Serving) -> None:
        super().__init__(serving.entrance.address)
        self.board, self.serving = board, serving
        self.enter()


def receive(page: ClientConnection) -> dict[str, Any]:
    """The next state; its picture, if there is one, is left."""
    while True:
        message = page.recv(timeout=SOON_S)
        if isinstance(message, str):
            state = json.loads(message)
            assert isinstance(state, dict)
            return state


def all_that_comes(page: ClientConnection) -> list[int]:
    """The numbers of the states that come until it is quiet."""
    found = []
    while True:
        try:
            message = page.recv(timeout=QUIET_S)
        except TimeoutError:
            return found
        if isinstance(message, str):
            found.append(json.loads(message)["seq"])


def answer(page: ClientConnection, number: int) -> None:
    page.send(json.dumps({"seen": number, "work_ms": 2.5}))
