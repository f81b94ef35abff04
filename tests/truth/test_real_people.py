"""Recordings of real people that nobody staged: what a person sees in them is what is said.

The table is that of the README beside the recordings; no degrees are known, and what was judged by
eye is good to about 10 degrees.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from neckform.api import Report, analyze
from running import Runner

pytestmark = pytest.mark.truth

BY_EYE_DEG = 12.0
RECORDINGS = 21
CLIPS = 27
TOLD = {"two_people_tilting": ["upper-trapezius right"]}
"""Two people who play: the one who is judged keeps his head tilted for three seconds."""


@dataclass(frozen=True)
class Right:
    """What is right of one recording.

    Attributes
    ----------
    hold : str or None
        The stretch that is held, with its side.
    held_s : float
    furthest : dict
        For an angle, how far the head goes to either side while the face is seen, degrees.
    shoulders : bool
        Whether they are in the picture.
    seen : float
        Share of the recording in which the head is seen.
    """

    hold: str | None = None
    held_s: float = 0.0
    furthest: dict[str, tuple[float, float]] | None = None
    shoulders: bool = True
    seen: float = 0.9


STRETCH = Right("upper-trapezius right", 3.4, {"lateral_deg": (-37.0, 0.0)})
RIGHT = {
    "arms_overhead": Right(),
    "child_talking": Right(),
    "dim_leans": Right(),
    "head_only": Right(shoulders=False),
    "lectern": Right(seen=0.35),  # cut to others and back
    "lively_talking": Right(),
    "long_hair": Right(),
    "mug": Right(),
    "portrait_glasses": Right(),
    "selfie_nods_1": Right(furthest={"flexion_deg": (-20.0, 46.0)}),
    "selfie_nods_2": Right(furthest={"flexion_deg": (-20.0, 42.0)}),
    "side_bends": Right(furthest={"lateral_deg": (-37.0, 37.0), "rotation_deg": (-30.0, 30.0)}),
    "speech_no_shoulders": Right(),
    "stretch_lying_on_its_side": STRETCH,
    "stretch_right_hand": STRETCH,
    "talking_1": Right(),
    "talking_2": Right(),
    "tilting_at_once": Right("upper-trapezius right", 3.0, {"lateral_deg": (-28.0, 0.0)}),
    "turns": Right(furthest={"rotation_deg": (-60.0, 60.0)}),
    "webcam_moderate": Right(),
    "whole_body": Right(seen=0.85),
}


def test_landmark_recordings_have_the_outcome_that_a_person_sees(truth_data: Path) -> None:
    paths = sorted((truth_data / "real_landmarks").glob("*.nfobs"))
    assert [path.stem for path in paths] == sorted(RIGHT)
    assert len(paths) == RECORDINGS
    wrong = [fault for path in paths for fault in faults(path.stem, analyze(path))]
    assert not wrong, "\n".join(wrong)


def test_no_still_second_is_said_where_none_was_taken_and_nowhere_else(
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    truth_data: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = sorted((truth_data / "real_landmarks").glob("*.nfobs"))
    ran = Runner(capfd, monkeypatch)(
        "analyze", *paths, "--baseline", "held", "--no-html", "--no-postures"
    )
    assert ran.code == 4
    without = 0
    for path in paths:
        report = json.loads((tmp_path / "neckform-out" / path.stem / "report.json").read_text())
        said = f"{path.name}: no still upright second was found" in ran.err
        assert said is (report["baseline"] is None), path.name
        assert said is not bool(report["coverage"]["head_seen_s"]), path.name
        without += said
    assert 0 < without < len(paths)


@pytest.mark.slow
def test_nobody_at_work_is_said_to_stretch_or_to_rest_badly(truth_data: Path) -> None:
    clips = sorted(path for path in (truth_data / "real").iterdir() if path.suffix != ".md")
    assert len(clips) >= CLIPS
    wrong = []
    for clip in clips:
        report = analyze(clip)
        if report.baseline is None:
            wrong.append(f"{clip.name}: no neutral")
        if told(report) != TOLD.get(clip.stem, []):
            wrong.append(f"{clip.name}: {told(report)}")
    assert not wrong, "\n".join(wrong)


def told(report: Report) -> list[str]:
    """Stretches and flags, in words."""
    holds = [f"{h.stretch} {h.side.value if h.side else ''}".strip() for h in report.holds]
    return holds + [flag.flag for flag in report.flags]


def faults(name: str, report: Report) -> list[str]:
    right, wrong = RIGHT[name], []
    if report.baseline is None:
        return [f"{name}: no neutral"]
    if told(report) != ([right.hold] if right.hold else []):
        wrong.append(f"{name}: {told(report)} instead of {right.hold}")
    elif right.hold and abs(report.holds[0].held_ms / 1000 - right.held_s) > 1.0:
        wrong.append(f"{name}: held {report.holds[0].held_ms} ms, not {right.held_s} s")
    heads = [step.sample.head for step in report.steps if step.sample and step.sample.head]
    for axis, expected in (right.furthest or {}).items():
        known = [getattr(head.angles, axis) for head in heads if head.face_seen]
        for found, by_eye in zip((min(known), max(known)), expected, strict=True):
            if by_eye and abs(found - by_eye) > BY_EYE_DEG:
                wrong.append(f"{name}: {axis} goes to {found:.0f}, not {by_eye:.0f}")
    duration_s = (report.steps[-1].t_ms - report.steps[0].t_ms) / 1000
    if report.coverage.head_seen_ms / 1000 < right.seen * duration_s - 0.2:
        wrong.append(f"{name}: the head is seen for {report.coverage.head_seen_ms} ms")
    if right.shoulders is not (report.coverage.shoulders_seen_ms > 0):
        wrong.append(f"{name}: shoulders are seen for {report.coverage.shoulders_seen_ms} ms")
    rises = [pause.reason.value for hold in report.holds for pause in hold.pauses]
    if "shoulder-rise" in rises:
        wrong.append(f"{name}: a shoulder is said to rise")
    return wrong
