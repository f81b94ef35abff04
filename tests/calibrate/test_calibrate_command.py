"""``neckform calibrate``: into a profile that coach and analyze take."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import clips
from neckform.app.desk import Desk
from neckform.app.front import Image, State
from neckform.app.state_board import Order
from neckform.config.profile import read_profile
from neckform.config.settings import load_settings
from neckform.core.stretch.stretches import OwnRange
from neckform.jobs.calibrate.job import Calibration
from neckform.jobs.calibrate.options import CalibrateOptions
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.sources.camera import RecordedCamera
from neckform.sensing.sources.clock import QuickClock, Stopwatch
from neckform.showing.words.safety import SIGNS
from running import Runner

pytestmark = pytest.mark.slow

NO = {**dict.fromkeys(SIGNS, False), "pain": 0}


@pytest.fixture(scope="session")
def nodding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds: a neutral of four, a chin that goes down, and stays."""
    still = list(clips.demo_frames(0, 2))
    frames = [*still, *still[::-1], *clips.demo_frames(61.5, 66)]
    return clips.write_video(tmp_path_factory.mktemp("clips") / "nodding.mp4", frames)


@pytest.fixture
def neckform(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n" * 7))
    return Runner(capfd, monkeypatch)


# --- as it is typed -----------------------------------------------------------------------


def test_a_profile_is_written_and_coach_and_analyze_take_it(
    neckform: Runner, nodding: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = neckform("calibrate", "--text", "--no-voice", "--source", nodding, "--profile", "home")
    assert (ran.code, ran.err) == (0, "")
    path = own_data / "profiles" / "home.json"
    assert f"Kept in {path}" in ran.out
    assert "Chin down: " in ran.out
    assert "Chin up: not measured" in ran.out
    kept = read_profile(path)
    assert kept.own_range.flexion_deg == pytest.approx(40, abs=9)
    assert kept.own_range.left_lateral_deg is None
    assert kept.baseline.size == (640, 480)
    assert [one.name for one in path.parent.iterdir()] == ["home.json"]

    # The questions are asked before the profile could matter; that it was read is what counts.
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    taken = neckform("coach", "--text", "--source", nodding, "--profile", "home")
    assert (taken.code, "answer the questions" in taken.err) == (2, True)
    analysed = neckform("analyze", nodding, "--baseline", path, "--no-html")
    assert analysed.code == 0


def test_who_is_chosen_by_place_in_the_mirror_is_measured(
    neckform: Runner, tmp_path: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Path(__file__).parents[1] / "data" / "odd" / "two_people_alike.mp4"
    still = list(clips.video_frames(two))[:21]
    clip = clips.write_video(tmp_path / "two.mp4", [*still, *still[::-1]] * 3, fps=15)
    for side, in_picture in (("left", 1), ("right", -1)):  # the picture itself is no mirror
        monkeypatch.setattr(sys, "stdin", io.StringIO("n\n" * 7))
        asked = ("--person", side, "--profile", side)
        ran = neckform("calibrate", "--text", "--no-voice", "--source", clip, *asked)
        assert ran.err == ""
        baseline = read_profile(own_data / "profiles" / f"{side}.json").baseline
        assert np.sign(baseline.left_shoulder[0] + baseline.right_shoulder[0]) == in_picture


def test_a_person_who_cannot_be_meant(neckform: Runner) -> None:
    ran = neckform("calibrate", "--text", "--person", "0")
    assert ran.code == 2
    (line,) = ran.complaints
    assert "--person" in line
    assert "neither left" in line


def test_nothing_measured(neckform: Runner, tmp_path: Path, own_data: Path) -> None:
    room = clips.write_video(tmp_path / "room.mp4", [np.full((480, 640, 3), 110, np.uint8)] * 24)
    ran = neckform("calibrate", "--text", "--no-voice", "--source", room, "--profile", "home")
    assert ran.code == 4
    (line,) = ran.complaints
    assert "nothing was measured" in line
    assert "No neutral was taken" in ran.out
    assert not (own_data / "profiles" / "home.json").exists()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--language", "tlh"), 2, ("--language", "tlh", "en", "de")),
        (("--profile", "a/b"), 2, ("--profile",)),
        (("--source", "nowhere.mp4"), 3, ("nowhere.mp4",)),
        (("--camera", "97"), 5, ("camera 97",)),
    ],
)
def test_refused_before_anything_begins(
    neckform: Runner, options: tuple[str, ...], code: int, words: tuple[str, ...]
) -> None:
    ran = neckform("calibrate", "--text", "--no-voice", *options)
    (line,) = ran.complaints
    assert ran.code == code
    for word in words:
        assert word in line


# --- looked over, changed and kept --------------------------------------------------------


class Reviewer:
    """Says yes to everything, and changes what was measured."""

    gone_s = 0.0

    def __init__(self, *reviews: Order) -> None:
        self.states: list[State] = []
        self._reviews = list(reviews)

    def show(self, state: State, image: Image | None) -> None:
        self.states.append(state)

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        if not wait_s:
            return []
        phase = self.states[-1]["phase"]
        if phase == "questions":
            return [{"do": "answer", "answers": NO}]
        if phase == "review" and self._reviews:
            return [self._reviews.pop(0)]
        return [{"do": "stop"}]

    def show_report(self, page: str) -> Mapping[str, Any]:
        return {}

    @property
    def reviews(self) -> list[dict[str, Any]]:
        return [state["review"] for state in self.states if state["phase"] == "review"]


def calibrated(clip: Path, path: Path, *reviews: Order) -> tuple[Reviewer, Calibration]:
    clock = Stopwatch(QuickClock())
    reviewer = Reviewer(*reviews)
    calibration = Calibration(
        desk=Desk("calibrate", reviewer, clock, lambda: False, clip.name),
        options=CalibrateOptions(profile="home", source=clip),
        settings=load_settings(),
        models=find_models(),
        new_source=lambda: RecordedCamera(clip, clock),
        path=path,
    )
    calibration.run()
    return reviewer, calibration


def save(**values: Any) -> Order:
    return {"do": "save", "values": values}


def test_what_was_measured_can_be_changed_within_reason(nodding: Path, tmp_path: Path) -> None:
    path = tmp_path / "home.json"
    reviewer, calibration = calibrated(
        nodding,
        path,
        save(flexion_deg=200, nodding_deg=3),
        save(left_lateral_deg="far"),
        {"do": "save", "values": [7]},
        save(extension_deg=31, left_lateral_deg=28.5),
    )
    assert calibration.saved
    found = [one["problems"] for one in reviewer.reviews]
    assert found[0] == []
    assert [problem.split(":")[0] for problem in found[1]] == ["nodding_deg", "flexion_deg"]
    assert [problem.split(":")[0] for problem in found[2]] == ["left_lateral_deg"]
    last = reviewer.reviews[-1]
    assert (last["saved"], last["problems"]) == (True, [])
    own = read_profile(path).own_range
    assert (own.extension_deg, own.left_lateral_deg) == (31.0, 28.5)
    assert own.flexion_deg == pytest.approx(40, abs=9)
    assert own.right_rotation_deg is None


def test_a_direction_can_be_taken_out(nodding: Path, tmp_path: Path) -> None:
    calibrated(nodding, tmp_path / "home.json", save(flexion_deg=None))
    assert read_profile(tmp_path / "home.json").own_range == OwnRange()


def test_leaving_the_review_keeps_nothing(nodding: Path, tmp_path: Path) -> None:
    _, calibration = calibrated(nodding, tmp_path / "home.json", {"do": "stop"})
    assert not calibration.saved
    assert not (tmp_path / "home.json").exists()


def test_a_folder_that_is_gone_is_said_in_the_review(nodding: Path, tmp_path: Path) -> None:
    reviewer, calibration = calibrated(nodding, tmp_path / "gone" / "home.json", save())
    assert not calibration.saved
    assert "cannot be written" in reviewer.reviews[-1]["problems"][0]


def test_each_state_can_be_sent_to_a_page(nodding: Path, tmp_path: Path) -> None:
    reviewer, _ = calibrated(nodding, tmp_path / "home.json", save())
    phases = {state["phase"] for state in reviewer.states}
    assert phases >= {"questions", "neutral", "range", "review"}
    for state in reviewer.states:
        json.dumps(state, allow_nan=False)
