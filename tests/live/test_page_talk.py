"""What goes over the socket: the newest state out, orders in, and nothing that piles up."""

from __future__ import annotations

import gc
import json
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from contextlib import ExitStack

import pytest
from knocking import QUIET_S, SOON_S, Site, all_that_comes, answer, receive
from websockets.exceptions import ConnectionClosed

from neckform.app.opening import PAGES
from neckform.app.server import LARGEST_MESSAGE, UNDER_WAY
from neckform.app.serving import Serving
from neckform.app.state_board import MOST_ORDERS, StateBoard
from neckform.core.errors import NeckformError

pytestmark = pytest.mark.slow


def post(site: Site, count: int = 1, picture: bytes | None = None) -> None:
    for _ in range(count):
        site.board.post({"phase": "hold"}, picture)


def until(condition: object) -> bool:
    """Whether it comes true soon."""
    assert callable(condition)
    end = time.monotonic() + SOON_S
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


# --- states out ---------------------------------------------------------------------------


def test_a_state_comes_at_once_and_its_picture_with_it(site: Site) -> None:
    with site.page() as page:
        post(site, picture=b"\xff\xd8 a picture")
        assert receive(page)["seq"] == 1
        assert page.recv(timeout=SOON_S) == b"\xff\xd8 a picture"


def test_a_page_that_answers_gets_each_state(site: Site) -> None:
    with site.page() as page:
        for number in range(1, 20):
            post(site)
            assert receive(page)["seq"] == number
            answer(page, number)


def test_a_page_that_does_not_answer_has_two_under_way_and_then_the_newest(site: Site) -> None:
    with site.page() as page:
        post(site)
        first = receive(page)["seq"]
        post(site)
        second = receive(page)["seq"]
        post(site, 50)
        assert (first, second, UNDER_WAY) == (1, 2, 2)
        assert all_that_comes(page) == []
        answer(page, first)
        assert all_that_comes(page) == [52]
        answer(page, 52)
        post(site)
        assert receive(page)["seq"] == 53


def test_an_answer_stands_for_those_before_it(site: Site) -> None:
    with site.page() as page:
        for number in (1, 2):
            post(site)
            assert receive(page)["seq"] == number
        answer(page, 2)
        for number in (3, 4):
            post(site)
            assert receive(page)["seq"] == number


def test_a_slow_page_does_not_hold_up_another(site: Site) -> None:
    with site.page() as slow, site.page() as quick:
        assert until(lambda: site.board.pages == 2)
        for number in range(1, 30):
            post(site)
            assert receive(quick)["seq"] == number
            answer(quick, number)
        assert len(all_that_comes(slow)) <= UNDER_WAY


def test_pages_come_and_go(site: Site) -> None:
    assert (site.board.pages, site.board.gone_s) == (0, 0.0)
    with site.page():
        assert until(lambda: site.board.pages == 1)
        with site.page():
            assert until(lambda: site.board.pages == 2)
        assert until(lambda: site.board.pages == 1)
        assert site.board.gone_s == 0.0
    assert until(lambda: site.board.pages == 0)
    assert until(lambda: site.board.gone_s > 0.0)


def test_a_page_that_is_loaded_again_gets_the_latest_at_once(site: Site) -> None:
    with site.page() as page:
        post(site, 3)
        receive(page)
    with site.page() as page:
        assert receive(page)["seq"] == 3
    with site.page() as page:
        assert receive(page)["seq"] == 3


def test_the_board_does_not_grow(site: Site) -> None:
    """Two thousand states with pictures, 100 MB of them, and a page that never answers."""
    with site.page() as page:
        post(site, picture=b"x" * 50_000)
        receive(page)
        gc.collect()
        tracemalloc.start()
        for _ in range(2000):
            site.board.post({"phase": "hold"}, bytes(50_000))
        grown, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert grown < 2_000_000


def test_a_state_that_is_no_json_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        StateBoard().post({"angle": float("nan")}, None)


# --- orders in ----------------------------------------------------------------------------


def test_an_order_reaches_the_thread_that_judges(site: Site) -> None:
    with site.page() as page:
        page.send(json.dumps({"do": "pause"}))
        assert site.board.orders(SOON_S) == [{"do": "pause"}]
        page.send(json.dumps({"do": "answer", "answers": {"stuck": False}}))
        assert site.board.orders(SOON_S) == [{"do": "answer", "answers": {"stuck": False}}]
    assert site.board.orders() == []


def test_orders_of_two_pages_are_both_heard(site: Site) -> None:
    with site.page() as one, site.page() as two:
        one.send('{"do": "pause"}')
        two.send('{"do": "mute", "on": true}')
        heard: list[str] = []
        assert until(lambda: heard.extend(o["do"] for o in site.board.orders()) or len(heard) == 2)
    assert sorted(heard) == ["mute", "pause"]


NONSENSE = {
    "no json": "pause",
    "empty": "",
    "null": "null",
    "a list": '["pause"]',
    "a number": "3",
    "no order": "{}",
    "an order that is no text": '{"do": 7}',
    "an order that is nothing": '{"do": null}',
    "seen nothing": '{"seen": null}',
    "seen text": '{"seen": "1"}',
    "seen a list": '{"seen": [1], "work_ms": 1}',
    "seen never sent": '{"seen": 99999}',
    "seen below": '{"seen": -1}',
    "work is text": '{"seen": 1, "work_ms": "long"}',
    "work is no number": '{"seen": 1, "work_ms": NaN}',
    "work is endless": '{"seen": 1, "work_ms": Infinity}',
    "work is beyond any float": '{"seen": 1, "work_ms": 1' + "0" * 400 + "}",
    "a number of ten thousand digits": '{"seen": ' + "9" * 10_000 + "}",
    "nested without end": "[" * 60_000,
    "half a character": '{"note": "\\ud800"}',
    "bytes": b'{"do": "pause"}',
    "empty bytes": b"",
}


@pytest.mark.parametrize("message", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_ignored_and_harms_nothing(
    site: Site, message: str | bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with site.page() as page:
        post(site)
        receive(page)
        page.send(message)
        page.send('{"do": "skip"}')
        assert site.board.orders(SOON_S) == [{"do": "skip"}]
        post(site)
        assert receive(page)["seq"] == 2
    assert capfd.readouterr().err == ""


def test_a_message_too_large_ends_that_page_alone(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    with site.page() as bystander, site.page() as page:
        page.send(json.dumps({"do": "x" * LARGEST_MESSAGE}))
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=SOON_S)
        post(site)
        assert receive(bystander)["seq"] == 1
    assert site.board.orders(QUIET_S) == []
    assert capfd.readouterr().err == ""


def test_a_flood_of_orders_does_not_pile_up(site: Site) -> None:
    with site.page() as page:
        post(site)
        receive(page)
        for _ in range(5 * MOST_ORDERS):
            page.send('{"do": "pause"}')
    assert until(lambda: site.board.pages == 0)  # it leaves once all that it sent was heard
    assert len(site.board.orders()) == MOST_ORDERS
    with site.page() as page:
        page.send('{"do": "stop"}')
        assert site.board.orders(SOON_S) == [{"do": "stop"}]


def test_a_connection_cut_off_in_the_middle_is_a_page_that_left(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    with site.page() as page:
        assert until(lambda: site.board.pages == 1)
        page.socket.shutdown(socket.SHUT_RDWR)
        post(site, 3, picture=bytes(100_000))
        assert until(lambda: site.board.pages == 0)
    assert capfd.readouterr().err == ""


# --- beginning and end --------------------------------------------------------------------


def page_threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name == "neckform-page"]


def test_it_ends_cleanly_with_a_page_open_and_its_port_is_free_again() -> None:
    with ExitStack() as pages:
        with Serving(StateBoard(), PAGES) as serving:
            site = Site(StateBoard(), serving)
            page = pages.enter_context(site.page())
            began = time.monotonic()
        assert time.monotonic() - began < SOON_S
        assert page_threads() == []
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", site.port), timeout=SOON_S)
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=SOON_S)
    with Serving(StateBoard(), PAGES, site.port) as again:
        assert Site(StateBoard(), again).port == site.port


def test_knocking_writes_nothing_into_the_terminal() -> None:
    """Outside of pytest, which catches what is logged."""
    done = subprocess.run(
        [sys.executable, "-c", KNOCK], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "heard\n", "")


KNOCK = """
import socket
from urllib.parse import urlsplit
from neckform.app.state_board import StateBoard
from neckform.app.opening import PAGES
from neckform.app.serving import Serving

with Serving(StateBoard(), PAGES) as serving:
    with socket.create_connection(("127.0.0.1", urlsplit(serving.entrance.address).port)) as knock:
        knock.sendall(b"this is no request\\r\\n\\r\\n")
        print("heard" if knock.recv(100) else "cut off")
"""


def test_it_ends_when_what_it_serves_fails() -> None:
    with pytest.raises(KeyError), Serving(StateBoard(), PAGES):
        raise KeyError
    assert page_threads() == []


def test_a_port_that_is_taken_is_said_in_one_line(site: Site) -> None:
    with pytest.raises(NeckformError, match=f"port {site.port} of this computer is taken"):
        Serving(StateBoard(), PAGES, site.port)
