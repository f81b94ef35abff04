"""The first visit: the camera is tried at once, and what is wrong is said in plain words."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_home import Asking

import clips
from neckform.app.desk import Desk
from neckform.app.state_board import Order
from neckform.config.remembered import remembered_file
from neckform.jobs.home.job import Home
from neckform.jobs.home.options import HomeOptions
from neckform.sensing.sources import camera
from neckform.sensing.sources.clock import RealClock, Stopwatch

ABSENT = 98


class Waiting(Asking):
    """Gives the next order once the page shows what is waited for."""

    def __init__(self, sees: str, *orders: Order) -> None:
        super().__init__(*orders)
        self._sees = sees
        self._until = time.monotonic() + 20

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        welcome = self.shown[-1]["house"]["welcome"]
        if welcome and welcome["sees"] != self._sees and time.monotonic() < self._until:
            time.sleep(0.02)
            return []
        return super().orders(wait_s)


def visited(front: Asking, options: HomeOptions, *, first: bool = True) -> list[Mapping[str, Any]]:
    desk = Desk("home", front, Stopwatch(RealClock()), lambda: False, "camera")
    with Home(desk, options, first=first) as home:
        home.run()
    return front.shown


def film(path: Path, light: int) -> Path:
    frames = [np.full((120, 160, 3), light, np.uint8)] * 60
    return clips.write_video(path, frames)


@pytest.mark.parametrize(("light", "sees"), [(120, "seen"), (0, "dark")])
def test_the_camera_is_tried_at_once(tmp_path: Path, light: int, sees: str) -> None:
    options = HomeOptions(source=film(tmp_path / "room.mp4", light))
    shown = visited(Waiting(sees), options)
    assert shown[0]["phase"] == "welcome"
    assert shown[-1]["house"]["welcome"]["sees"] == sees


def test_a_camera_that_is_not_there_is_a_line_and_ends_nothing() -> None:
    shown = visited(Waiting("none", {"do": "room", "room": "home"}), HomeOptions(camera=ABSENT))
    trouble = shown[-2]["house"]["welcome"]["trouble"]
    assert trouble.startswith(f"camera {ABSENT} cannot be opened")
    assert shown[-1]["phase"] == "home"
    assert shown[-1]["house"]["welcome"] is None


def test_it_comes_once_and_the_camera_that_was_chosen_stays(own_data: Path) -> None:
    choose: Order = {"do": "choose", "choices": {"camera": ABSENT}}
    visited(Waiting("none", choose, {"do": "room", "room": "home"}), HomeOptions())
    assert json.loads(remembered_file().read_text("utf-8"))["camera"] == ABSENT
    shown = visited(Asking(), HomeOptions(), first=False)
    assert shown[0]["phase"] == "home"
    assert shown[0]["house"]["settings"]["camera"] == ABSENT


def test_each_camera_that_linux_knows_can_be_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, index, called in (
        ("video0", "0", "Integrated Camera"),
        ("video1", "1", "Integrated Camera"),  # its second device gives no pictures
        ("video10", "0", "USB\x1b[2J Camera"),
        ("video2", "0", "Lid"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index").write_text(f"{index}\n")
        (tmp_path / name / "name").write_text(f"{called}\n")
    (tmp_path / "video3").mkdir()  # went away while it was looked at
    monkeypatch.setattr(camera, "_DEVICES", tmp_path)
    assert camera.known_cameras() == [
        (0, "Integrated Camera"), (2, "Lid"), (10, r"USB\x1b[2J Camera"),
    ]  # fmt: skip
