"""The page's server as it is, on a port of this computer, and clients that knock at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from knocking import Site

from neckform.app.opening import PAGES
from neckform.app.serving import Serving
from neckform.app.state_board import StateBoard


@pytest.fixture
def site() -> Iterator[Site]:
    board = StateBoard()
    with Serving(board, PAGES) as serving:
        yield Site(board, serving)
