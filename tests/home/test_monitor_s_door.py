"""The monitor at home's door: it starts or says why not, and never fights for the camera."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from neckform.core.errors import NeckformError
from neckform.jobs.demo.job import CLIP
from neckform.jobs.home.options import HomeOptions
from neckform.jobs.home.watching import Watching
from neckform.showing.page.home_states import watch_state

PATIENCE_S = 60.0


@pytest.fixture
def watching() -> Iterator[Watching]:
    """With the packaged clip as its camera."""
    here = Watching(HomeOptions(source=CLIP))
    yield here
    with suppress(NeckformError):
        here.do("stop")
    if here._started is not None:
        here._started.wait(PATIENCE_S)


def until(watching: Watching, so: Callable[[Mapping[str, Any]], object]) -> Mapping[str, Any]:
    """The first of its states that is so."""
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        if so(state := watching.state()):
            return state
        time.sleep(0.05)
    raise AssertionError(f"never so: {watching.state()}")


def test_it_starts_at_once_once_and_can_be_stopped_before_it_watches(watching: Watching) -> None:
    assert not watching.state()["runs"]
    watching.do("start")
    state = watching.state()
    shown = watch_state(state, "en", {})
    assert (shown["runs"], shown["starting"], shown["now"]) == (True, True, "It is starting.")
    first = watching._started
    watching.do("start")  # pressed twice
    assert watching._started is first
    watching.do("stop")
    assert not until(watching, lambda state: not state["runs"])["trouble"]


def test_whoever_stretches_while_it_starts_has_the_camera_alone(watching: Watching) -> None:
    watching.do("start")
    with watching.set_aside():
        assert until(watching, lambda state: state["camera"])["camera"] == "paused"
    assert until(watching, lambda state: state["camera"] != "paused")["runs"]


def test_why_it_does_not_watch_is_said_in_the_page_s_language() -> None:
    watching = Watching(HomeOptions(camera=63))
    watching.do("start", "de")
    state = until(watching, lambda state: not state["runs"])
    assert state["trouble"].startswith("Kamera 63 "), state
    watching.do("start", "de")
    assert watching.state()["trouble"] is None
    until(watching, lambda state: state["trouble"])
