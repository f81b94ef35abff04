"""What a page asks for reaches the program, and the page knows which answer it looks at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from neckform.app.desk import Desk
from neckform.app.front import PageFront
from neckform.app.state_board import StateBoard
from neckform.sensing.sources.clock import RealClock, Stopwatch


@pytest.fixture
def board() -> StateBoard:
    return StateBoard()


@pytest.fixture
def desk(board: StateBoard) -> Desk:
    return Desk("coach", PageFront(board), Stopwatch(RealClock()), lambda: False, "camera 0")


def shown(board: StateBoard) -> dict[str, Any]:
    assert board.latest is not None
    state: dict[str, Any] = json.loads(board.latest.text)
    return state


def test_of_orders_that_come_at_once_none_is_lost(board: StateBoard, desk: Desk) -> None:
    for number, wish in enumerate(("choose", "mute", "choose", "begin")):
        board.order({"do": wish, "number": f"page:{number}"})
    taken = [desk.wait(lambda: {"phase": "setup"}) for _ in range(3)]
    assert [order and order["do"] for order in taken] == ["choose", "choose", "begin"]
    # What was shown before them is no answer to them, and nothing was shown between.
    assert (shown(board)["seq"], shown(board)["heard"]) == (1, None)
    board.order({"do": "quit"})
    assert desk.wait(lambda: {"phase": "setup"}) is None
    assert (shown(board)["seq"], shown(board)["heard"]) == (2, "page:3")


def test_an_order_that_changes_nothing_is_answered_too(board: StateBoard, desk: Desk) -> None:
    seen = []

    def parts() -> dict[str, Any]:
        seen.append(board.latest and shown(board)["heard"])
        board.order({"do": "speak", "on": True, "number": "page:1"} if len(seen) < 2
                    else {"do": "quit"})  # fmt: skip
        return {"phase": "setup"}

    assert desk.wait(parts) is None
    assert shown(board)["heard"] == "page:1"


@pytest.mark.parametrize("number", [float("nan"), {"a": 1}, None, 7])
def test_a_number_that_is_no_page_s_own_is_not_repeated(
    board: StateBoard, desk: Desk, number: Any
) -> None:
    board.order({"do": "choose", "number": number})
    assert desk.wait(lambda: {"phase": "setup"}) is not None
    desk.show({"phase": "setup"})
    assert shown(board)["heard"] is None
