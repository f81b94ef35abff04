"""Flags of resting posture against truth: fed with true angles, and with what the camera shows."""

from __future__ import annotations

import csv
import json
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.events import EventKind
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Outcome
from neckform.core.posture import postures
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Angles, Flag, Head, HeadSource, Sample
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.video import open_video

pytestmark = pytest.mark.truth

CLIPS = 30
RESTING = 5
TRUTH_TOLERANCE_S = 0.2
SEEN_TOLERANCE_S = 1.5
UNTOLD = ("slouch", "static")
"""Truth does not list these."""


def test_true_angles_give_the_flags_of_a_perfect_observer(truth_data: Path) -> None:
    names = _names(truth_data, "*")
    assert len(names) == CLIPS
    wrong = []
    for name in names:
        found = _told(_perfect(truth_data / "synthetic" / f"{name}.csv"))
        wrong += _compare(name, found, _expected(truth_data, name), TRUTH_TOLERANCE_S, peak=True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_resting_clips_give_each_flag_of_the_truth_and_no_other(truth_data: Path) -> None:
    names = _names(truth_data, "rest_*")
    assert len(names) == RESTING
    wrong = []
    for name in names:
        found = _told(_judged(truth_data, name, alone=True).flags)
        wrong += _compare(name, found, _expected(truth_data, name), SEEN_TOLERANCE_S)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_slouch_is_found_where_there_is_one_and_nowhere_else(truth_data: Path) -> None:
    for name in _names(truth_data, "rest_slouch_*"):
        (slouch,) = _slouches(_judged(truth_data, name, alone=True))
        assert abs(slouch.start_ms / 1000 - 6.5) <= SEEN_TOLERANCE_S, name
        assert abs(slouch.end_ms / 1000 - 20.0) <= SEEN_TOLERANCE_S, name
    for pattern in ("rest_desk_*", "rest_chin_*", "rest_sides_*"):
        for name in _names(truth_data, pattern):
            assert not _slouches(_judged(truth_data, name, alone=True)), name


@pytest.mark.slow
def test_no_flag_arises_within_a_counted_hold(truth_data: Path) -> None:
    wrong, holds = [], 0
    for name in [n for n in _names(truth_data, "*") if not n.startswith("rest_")]:
        outcome = _judged(truth_data, name, alone=False)
        holds += len(outcome.holds)
        wrong += [
            f"{name}: {flag} within {hold.stretch} from {hold.start_ms} to {hold.end_ms}"
            for flag in outcome.flags
            for hold in outcome.holds
            if flag.start_ms < hold.end_ms and hold.start_ms < flag.end_ms
        ]
    assert holds >= 18
    assert not wrong, "\n".join(wrong)


# --- comparing -----------------------------------------------------------------------------


def _compare(
    name: str,
    found: list[Flag],
    expected: list[dict[str, Any]],
    tolerance_s: float,
    *,
    peak: bool = False,
) -> list[str]:
    shown = [(flag.flag, flag.start_ms / 1000, flag.end_ms / 1000) for flag in found]
    if [flag.flag for flag in found] != [truth["flag"] for truth in expected]:
        return [f"{name}: {shown} instead of {expected}"]
    wrong = []
    for flag, truth in zip(found, expected, strict=True):
        off_s = max(
            abs(flag.start_ms / 1000 - truth["start_s"]), abs(flag.end_ms / 1000 - truth["end_s"])
        )
        if off_s > tolerance_s:
            wrong.append(f"{name}: {flag.flag} off by {off_s:.2f} s: {shown}")
        if peak and abs((flag.peak_deg or 0.0) - truth["peak_deg"]) > 0.1:
            wrong.append(f"{name}: {flag.flag} peaks at {flag.peak_deg}, not {truth['peak_deg']}")
    return wrong


def _told(found: tuple[Flag, ...]) -> list[Flag]:
    return sorted(
        (flag for flag in found if flag.flag not in UNTOLD), key=lambda flag: flag.start_ms
    )


def _slouches(outcome: Outcome) -> list[Flag]:
    return [flag for flag in outcome.flags if flag.flag == "slouch"]


def _names(truth_data: Path, pattern: str) -> list[str]:
    names = sorted(path.stem for path in (truth_data / "synthetic").glob(f"{pattern}.csv"))
    assert names, f"no clip is called {pattern}"
    return names


def _expected(truth_data: Path, name: str) -> list[dict[str, Any]]:
    path = truth_data / "synthetic" / f"{name}.expected.json"
    flags: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["flags"]
    return sorted(flags, key=lambda flag: float(flag["start_s"]))


# --- judging -------------------------------------------------------------------------------


def _perfect(path: Path) -> tuple[Flag, ...]:
    state, found = postures.begin(load_postures()), []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            state, events = postures.step(state, _sample(row))
            found += events
    found += postures.finish(state)[1]
    return tuple(e.flag for e in found if e.kind is EventKind.FLAG_ENDED and e.flag is not None)


def _sample(row: dict[str, str]) -> Sample:
    angles = Angles(float(row["head_pitch"]), float(row["head_yaw"]), float(row["head_roll"]))
    head = Head(angles, angles, Angles(0.0, 0.0, 0.0), HeadSource.FACE, 1.0)
    return Sample(round(float(row["time_s"]) * 1000), head, None)


def _judged(truth_data: Path, name: str, *, alone: bool) -> Outcome:
    settings = load_settings()
    if alone:
        settings = replace(settings, stretches=())
    session = Session(SessionSettings(settings, load_correction(), postures=load_postures()))
    return session.replay(_seen(truth_data / "synthetic" / f"{name}.mp4"))[1]


@cache
def _seen(video: Path) -> tuple[Observation, ...]:
    """What neckform sees in a clip at its default settings."""
    with open_video(video, 10.0) as source, closing(observe(source, find_models())) as looks:
        return tuple(observation for _, observation in looks)
