"""A profile: where it lies, what is in it, and what a range must be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from neckform.config.paths import data_folder, history_file, profile_path
from neckform.config.profile import own_range_of, read_profile, write_profile
from neckform.core import session
from neckform.core.errors import OutputError, SettingsError
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.stretch.stretches import OwnRange
from neckform.jobs.analyze.judged import what_is_judged
from neckform.jobs.analyze.loop import session_with
from neckform.jobs.analyze.options import AnalyzeOptions

ALL = {
    "flexion_deg": 50.0,
    "extension_deg": 40.5,
    "left_rotation_deg": 60.0,
    "right_rotation_deg": 55.0,
    "left_lateral_deg": 35.0,
    "right_lateral_deg": None,
}


@pytest.fixture
def baseline() -> Baseline:
    draw = np.random.default_rng(1)
    return Baseline(
        kind="held",
        start_ms=100,
        end_ms=1100,
        size=(640, 480),
        mesh=draw.normal(0.0, 60.0, (468, 3)),
        left_shoulder=np.array([120.0, -150.0]),
        right_shoulder=np.array([-120.0, -148.0]),
        shoulder_width_px=240.0,
        shoulder_world_turn_deg=1.5,
        pose_head=draw.normal(0.0, 0.2, (11, 2)),
        pose_hips=draw.normal(0.0, 0.2, (2, 2)),
    )


# --- where it lies ------------------------------------------------------------------------


def test_a_place_s_profile_lies_among_the_own_data(own_data: Path) -> None:
    assert data_folder() == own_data
    assert history_file() == own_data / "history.db"
    assert profile_path("home") == own_data / "profiles" / "home.json"
    assert (own_data / "profiles").is_dir()
    assert profile_path("Büro 2") == own_data / "profiles" / "Büro 2.json"


def test_a_file_is_a_file(own_data: Path, tmp_path: Path) -> None:
    assert profile_path("me.json") == Path("me.json")
    assert profile_path(str(tmp_path / "a" / "me.json")) == tmp_path / "a" / "me.json"
    assert list(own_data.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["", "  ", ".", "..", ".hidden", "a/b", "../me", "a\\b", "c:me", "a*", "a?", '"', "<", "|"],
)
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(SettingsError, match="--profile"):
        profile_path(name)


def test_a_folder_that_cannot_be_made(own_data: Path) -> None:
    (own_data / "profiles").write_text("in the way")
    with pytest.raises(OutputError, match="profiles are kept there"):
        profile_path("home")


# --- what is in it ------------------------------------------------------------------------


def test_what_is_written_is_read(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    write_profile(path, baseline, own_range_of(ALL))
    found = read_profile(path)
    assert found.own_range == OwnRange(**ALL)
    assert found.baseline.kind == "profile"
    np.testing.assert_array_equal(found.baseline.mesh, baseline.mesh)
    np.testing.assert_array_equal(found.baseline.pose_head, baseline.pose_head)
    assert (found.baseline.size, found.baseline.end_ms) == ((640, 480), 1100)
    assert [one.name for one in tmp_path.iterdir()] == ["me.json"]


def test_a_profile_of_before_hips_were_known_is_read(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    write_profile(path, baseline)
    content = json.loads(path.read_text("utf-8"))
    del content["baseline"]["pose_hips"]
    path.write_text(json.dumps(content), "utf-8")
    assert read_profile(path).baseline.pose_hips is None
    write_profile(path, read_profile(path).baseline)
    assert read_profile(path).baseline.pose_hips is None


def test_a_new_neutral_leaves_the_range(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    write_profile(path, baseline, OwnRange(flexion_deg=40.0))
    write_profile(path, replace(baseline, end_ms=2000))
    assert read_profile(path).own_range == OwnRange(flexion_deg=40.0)
    assert read_profile(path).baseline.end_ms == 2000
    write_profile(path, baseline, OwnRange(left_lateral_deg=30.0))
    assert read_profile(path).own_range == OwnRange(left_lateral_deg=30.0)
    write_profile(path, baseline, OwnRange())
    assert read_profile(path).own_range == OwnRange()


def test_a_neutral_over_a_damaged_profile(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    path.write_text("{", encoding="utf-8")
    write_profile(path, baseline)
    assert read_profile(path).own_range == OwnRange()


def test_a_place_that_cannot_be_written_to(baseline: Baseline, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_profile(tmp_path / "nowhere" / "me.json", baseline)


@pytest.mark.parametrize(
    "own_range", [7, [], "wide", {"flexion_deg": "far"}, {"flexion_deg": 900}, {"nodding_deg": 3}]
)
def test_a_damaged_range(baseline: Baseline, tmp_path: Path, own_range: Any) -> None:
    path = tmp_path / "me.json"
    write_profile(path, baseline)
    content = json.loads(path.read_text("utf-8")) | {"own_range": own_range}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SettingsError, match="damaged profile"):
        read_profile(path)


# --- what a range must be -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (ALL, []),
        ({}, []),
        ({"flexion_deg": 1}, []),
        ({"flexion_deg": 0.9}, ["flexion_deg"]),
        ({"flexion_deg": 90}, []),
        ({"flexion_deg": 90.1}, ["flexion_deg"]),
        ({"flexion_deg": -30}, ["flexion_deg"]),
        ({"flexion_deg": "30"}, ["flexion_deg"]),
        ({"flexion_deg": True}, ["flexion_deg"]),
        ({"flexion_deg": float("nan")}, ["flexion_deg"]),
        ({"flexion_deg": float("inf")}, ["flexion_deg"]),
        ({"flexion_deg": [30]}, ["flexion_deg"]),
        ({"nodding_deg": 30, "left_lateral_deg": 0}, ["nodding_deg", "left_lateral_deg"]),
        ({"flexion_deg": 10**400}, ["flexion_deg"]),
    ],
)
def test_all_that_is_wrong_is_named_at_once(values: Mapping[str, Any], wrong: list[str]) -> None:
    if not wrong:
        assert own_range_of(values) == OwnRange(**values)
        return
    with pytest.raises(ValueError) as caught:
        own_range_of(values)
    assert [sentence.split(":")[0] for sentence in caught.value.args] == wrong


# --- what it is good for ------------------------------------------------------------------


def test_an_analysis_takes_neutral_and_range_from_it(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    write_profile(path, baseline, OwnRange(flexion_deg=48.0))
    options = AnalyzeOptions(baseline=str(path))
    judged = what_is_judged(options)
    assert judged.baseline.profile == path
    made = session_with(read_profile(path), judged.session)
    assert made.baseline is not None
    assert made.baseline.kind == "profile"
    step = made.step(Observation(0, (640, 480), None, None, pose_looked=True))
    assert step.sample is not None
    state = session.begin(judged.session)
    guidance = state.holds.settings.guidance
    goal = state.holds.settings.by_id["cervical-paraspinal"].main
    ((axis, flexion),) = goal.items()
    assert guidance.target(flexion, axis, None, OwnRange()) == 30.0
    assert guidance.target(flexion, axis, None, read_profile(path).own_range) == 36.0
    assert guidance.ease_off(axis, None, read_profile(path).own_range) == 58.0
    assert made._state.holds.own_range == OwnRange(flexion_deg=48.0)
