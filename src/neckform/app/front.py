"""Where a person sees and answers: in a page, or in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from neckform.app.incoming import Incoming
from neckform.app.state_board import OFFERED, Order, StateBoard
from neckform.showing.video.jpeg import jpeg

State = dict[str, Any]
Image = NDArray[np.uint8]


class Front(Protocol):
    """One way to show states and to take orders."""

    def show(self, state: State, image: Image | None) -> None:
        """Show a state, with the picture that it is about, as the camera took it."""

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        """The orders since the last call; may wait for one."""

    def show_report(self, page: str) -> Mapping[str, Any]:
        """Offer a page of results; answers with what a state says about it."""

    def offer_file(self, name: str, content: bytes) -> Mapping[str, Any]:
        """Offer a file to keep, in place of the last one; answers with what a state says about it.

        Empty content takes it back.
        """

    def take_files(self, incoming: Incoming) -> None:
        """From now on, take the files that the person brings."""

    @property
    def gone_s(self) -> float:
        """Seconds since somebody last looked; 0 while somebody looks."""


class PageFront:
    """A page in the browser, reached over the board."""

    def __init__(self, board: StateBoard) -> None:
        self._board = board

    def show(self, state: State, image: Image | None) -> None:
        picture = None
        if image is not None and self._board.pages:
            picture, (width, height) = jpeg(image)
            state = {**state, "picture": {"width": width, "height": height}}
        self._board.language = state["language"] if state["language_chosen"] else None
        self._board.post(state, picture)

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        return self._board.orders(wait_s)

    def show_report(self, page: str) -> Mapping[str, Any]:
        self._board.report = page
        return {"report": "report.html"}

    def offer_file(self, name: str, content: bytes) -> Mapping[str, Any]:
        self._board.offered = (name, content) if content else None
        return {"href": f"{OFFERED}{name}"}

    def take_files(self, incoming: Incoming) -> None:
        self._board.incoming = incoming

    @property
    def gone_s(self) -> float:
        return self._board.gone_s
