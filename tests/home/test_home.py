"""Home itself, with somebody who asks for one thing after another: nothing ends it but the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from neckform.app.desk import Desk
from neckform.app.incoming import Incoming
from neckform.app.state_board import Order
from neckform.core.errors import OutputError
from neckform.history.watched import write_day
from neckform.jobs.home.job import Home
from neckform.jobs.home.options import HomeOptions
from neckform.sensing.sources.clock import RealClock, Stopwatch


class Asking:
    """A front with somebody who gives one order at a time, and closes neckform at the end."""

    gone_s = 0.0

    def __init__(self, *orders: Order) -> None:
        self._orders = list(orders)
        self.shown: list[Mapping[str, Any]] = []

    def show(self, state: Mapping[str, Any], image: object) -> None:
        self.shown.append(json.loads(json.dumps(state)))

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        return [self._orders.pop(0)] if self._orders else [{"do": "quit"}]

    def show_report(self, page: str) -> Mapping[str, Any]:
        return {"report": "report.html"}

    def take_files(self, incoming: Incoming) -> None:
        self.incoming = incoming


def at_home(*orders: Order) -> list[Mapping[str, Any]]:
    """What the page is shown: before the first order, and after each."""
    front = Asking(*orders)
    desk = Desk("home", front, Stopwatch(RealClock()), lambda: False, "camera 0")
    with Home(desk, HomeOptions()) as home:
        home.run()
    return front.shown


@pytest.mark.parametrize("path", ["~nosuchuser/x", "x" * 300, "\0"])
def test_a_path_that_can_be_none_is_a_line_and_ends_nothing(own_data: Path, path: str) -> None:
    shown = at_home(
        {"do": "results", "folder": path, "history": True},
        {"do": "look", "path": path},
        {"do": "room", "room": "care"},
    )
    assert [state["phase"] for state in shown] == ["home", "home", "home", "care"]


@pytest.mark.parametrize(
    "order",
    [
        {"do": "nothing known"},
        {"do": "room", "room": 7},
        {"do": "look"},
        {"do": "cancel", "id": "x"},
        {"do": "read", "id": None},
        {"do": "watch", "what": ["start"]},
        {"do": "heat", "minutes": "many"},
        {"do": "choose", "choices": {"camera": -1, "volume": "loud"}},
    ],
)
def test_an_order_that_makes_no_sense_changes_nothing(own_data: Path, order: Order) -> None:
    before, after = at_home(order)
    assert after["phase"] == "home"
    assert after["heat"] == before["heat"]
    assert after["house"]["settings"] == before["house"]["settings"]


def test_what_is_chosen_is_heard_and_remembered(own_data: Path) -> None:
    choices = {"language": "fr", "volume": 0.3, "voice": False, "tones": False}
    _, after = at_home({"do": "choose", "choices": choices})
    again = at_home()[0]
    for state in (after, again):
        assert {key: state[key] for key in choices} == choices
        assert state["language_chosen"]


def test_whether_routines_are_kept_for_the_therapist_is_chosen_and_remembered(
    own_data: Path,
) -> None:
    before, after = at_home({"do": "choose", "choices": {"keeps_landmarks": True}})
    kept = [each["house"]["settings"]["keeps_landmarks"] for each in (before, after, at_home()[0])]
    assert kept == [False, True, True]


def test_what_is_kept_can_be_deleted_without_a_terminal(own_data: Path) -> None:
    days = own_data / "days"
    days.mkdir()
    write_day(days, date(2026, 11, 27), {"good": 60_000})
    before, after, elsewhere = at_home({"do": "forget"}, {"do": "room", "room": "care"})
    assert before["house"]["forgotten"] is elsewhere["house"]["forgotten"] is None
    assert "the minutes of 1 day" in after["house"]["forgotten"]
    assert list(days.iterdir()) == []
    assert at_home({"do": "forget"})[1]["house"]["forgotten"] == "Nothing is kept."


def test_the_language_of_the_browser_is_followed_until_one_is_chosen(own_data: Path) -> None:
    wishes = {"do": "languages", "wishes": ["de-AT", "en"]}
    chosen = {"do": "choose", "choices": {"language": "es"}}
    shown = at_home(wishes, chosen, wishes)
    assert [state["language"] for state in shown[1:]] == ["de", "es", "es"]


def test_where_nothing_can_be_kept_it_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NECKFORM_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(OutputError, match="cannot be made"):
        at_home()
