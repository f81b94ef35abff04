"""The whole coach, with a recording as its camera, while strangers knock at its page."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from knocking import Visitor, answer, receive
from strangers import flood
from websockets.sync.client import ClientConnection

import clips
from coach_program import Program
from neckform.history.store import Store
from neckform.showing.words.safety import SIGNS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="bounds another process"),
]

FILES = 256
"""What macOS lets a program open; Linux has 1024."""

HOLD_S = 15
PATIENCE_S = 60.0
LONGEST_SILENCE_S = 3.0
"""Between two states; a machine that does much else at the same time is no stranger's work."""


@pytest.fixture(scope="module")
def long_hold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A neutral, and a left stretch of half a minute."""
    still, stretch = list(clips.demo_frames(0, 2)), list(clips.demo_frames(7, 11))
    frames = [*still, *still[::-1], *clips.demo_frames(5, 7), *[*stretch, *stretch[::-1]] * 4]
    return clips.write_video(tmp_path_factory.mktemp("clips") / "long.mp4", frames)


@pytest.fixture
def program(tmp_path: Path, long_hold: Path) -> Iterator[Program]:
    options = ("--stretch", "upper-trapezius:left", "--hold", str(HOLD_S), "--history")
    with Program(tmp_path, "coach", long_hold, *options) as program:
        yield program


def entered(program: Program) -> Visitor:
    """As a browser that was given the file: it goes where the file sends it."""
    file = Path(url2pathname(urlsplit(program.address).path))
    found = re.search(r"url=(http[^\"]+)", file.read_text("utf-8"))
    assert found is not None
    return Visitor(found[1]).enter()


def states(page: ClientConnection) -> Iterator[dict[str, Any]]:
    """Those that come, each answered at once; fails when none comes for long."""
    until, last_s = time.monotonic() + PATIENCE_S, time.monotonic()
    while time.monotonic() < until:
        state = receive(page)
        answer(page, state["seq"])
        now_s = time.monotonic()
        if state["phase"] == "hold":
            assert now_s - last_s < LONGEST_SILENCE_S
        last_s = now_s
        yield state
    raise AssertionError("it never came")


def do(page: ClientConnection, wish: str, **more: Any) -> None:
    page.send(json.dumps({"do": wish, **more}))


def until(coming: Iterator[dict[str, Any]], phase: str) -> list[dict[str, Any]]:
    """The states before the first of this phase."""
    return list(takewhile(lambda state: state["phase"] != phase, coming))


def may_open(program: Program, files: int) -> None:
    """So many files at a time, from now on."""
    import resource

    resource.prlimit(program.pid, resource.RLIMIT_NOFILE, (files, FILES))


def test_it_coaches_on_and_its_own_page_stays_connected(program: Program) -> None:
    """1,500 connections without a cookie and 200 slow ones, from before the neutral to the end.

    For some seconds of the hold it may open no file more.
    """
    may_open(program, FILES)
    person = entered(program)
    with person.page() as page, ExitStack() as strangers:
        coming = states(page)
        until(coming, "setup")
        do(page, "begin")
        until(coming, "questions")
        for count, sent in ((1500, ""), (200, "GET / HTTP/1.1\r\nX: y\r\n")):
            strangers.enter_context(flood(person.port, count, sent))
        do(page, "answer", answers={**dict.fromkeys(SIGNS, False), "pain": 0})
        until(coming, "hold")
        next(state for state in coming if state["hold"]["state"] == "holding")
        may_open(program, program.open_files)
        without = time.monotonic() + 4
        next(state for state in coming if time.monotonic() > without)
        may_open(program, FILES)
        assert len(until(coming, "done")) > 5 * (HOLD_S - 5), "the page saw little of it"
        assert person.get("page.js").status_code == 200
        with person.page() as another:
            assert receive(another)["phase"] == "done"
        do(page, "quit")
        assert program.ended() == 0
    with Store(program.data / "history.db") as store:
        (entry,) = store.entries()
    assert [hold.completed for hold in entry.holds] == [True]
    assert program.complaints == ""
