"""The report's numbers and sentences."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from neckform.core.observation import Baseline
from neckform.core.outcome import Coverage, Outcome
from neckform.core.report import ModelFacts, SourceFacts, build_report, flag_verdict, verdict
from neckform.core.types import Angles, Flag, Hold, Pause, Range, Reason, Side

NAMES = {
    "upper-trapezius": "Upper trapezius",
    "cervical-paraspinal": "Cervical paraspinal",
    "side-tilt": "Head fallen sideways",
}
HOLD = Hold(
    stretch="upper-trapezius",
    side=Side.LEFT,
    start_ms=2_667,
    end_ms=36_800,
    held_ms=34_067,
    target_ms=30_000,
    completed=True,
    ended_by="angle",
    pauses=(),
    flexion_deg=Range(2.0, -1.0, 4.0),
    rotation_deg=Range(1.0, 0.0, 2.0),
    lateral_deg=Range(38.4567, 20.0, 41.0),
    uncertainty=Angles(1.0, 2.0, 3.0),
    left_rise_sw=0.02,
    right_rise_sw=-0.01,
    drift_sw=0.03,
)
SPOILED = replace(
    HOLD, side=Side.RIGHT, start_ms=42_000, end_ms=51_549, held_ms=9_549, completed=False,
    ended_by="shoulder-rise", right_rise_sw=0.12, hand_on_head=frozenset({Side.RIGHT}),
    pauses=(Pause(44_000, 45_000, Reason.CROSS_AXIS),),
)  # fmt: skip
MESH = np.zeros((468, 3))
BASELINE = Baseline(
    "auto", 0, 1_000, (640, 480), MESH, np.zeros(2), np.zeros(2), 250.5, 0.0, np.zeros((11, 3))
)
OUTCOME = Outcome(
    BASELINE,
    Coverage(head_seen_ms=59_000, shoulders_seen_ms=58_000, unseen_ms=1_000),
    (SPOILED, HOLD),
    (Flag("side-tilt", 2_500, 36_900, 30.0, 42.2, Side.LEFT),),
)


SOURCE = SourceFacts("a.mp4", 60.0, 900, 600, 640, 480)


def report(outcome: Outcome = OUTCOME) -> dict[str, object]:
    return build_report(
        outcome,
        SOURCE,
        {"pose": ModelFacts("pose.task", "ab"), "face": ModelFacts("face.task", "cd")},
        settings={"holds": {"lapse_s": 0.4}},
        names=NAMES,
        version="1.2.3",
    )


def test_the_report_has_the_layout_of_its_schema() -> None:
    found = report()
    assert list(found) == [
        "schema", "neckform_version", "source", "models", "settings", "baseline", "coverage",
        "range_of_motion", "holds", "flags", "summary",
    ]  # fmt: skip
    assert (found["schema"], found["neckform_version"]) == ("neckform/report/1", "1.2.3")
    assert found["source"] == {
        "path": "a.mp4", "duration_s": 60.0, "frames_read": 900, "frames_analyzed": 600,
        "width": 640, "height": 480, "note": None, "live": False,
    }  # fmt: skip
    assert found["models"] == {
        "pose": {"name": "pose.task", "sha256": "ab"},
        "face": {"name": "face.task", "sha256": "cd"},
    }
    assert found["baseline"] == {
        "kind": "auto", "start_s": 0.0, "end_s": 1.0, "shoulder_width_px": 250.5,
    }  # fmt: skip
    assert found["coverage"] == {"head_seen_s": 59.0, "shoulders_seen_s": 58.0, "unseen_s": 1.0}
    assert found["flags"] == [
        {
            "flag": "side-tilt",
            "side": "left",
            "start_s": 2.5,
            "end_s": 36.9,
            "mean_deg": 30.0,
            "peak_deg": 42.2,
            "verdict": "Head fallen sideways, left: for 34 s, 30° on average and 42° at most.",
        }
    ]


def test_holds_are_in_the_order_of_time_and_nothing_is_rounded() -> None:
    holds = report()["holds"]
    assert isinstance(holds, list)
    first, second = holds
    assert first == {
        "stretch": "upper-trapezius",
        "side": "left",
        "start_s": 2.667,
        "end_s": 36.8,
        "held_s": 34.067,
        "target_s": 30.0,
        "completed": True,
        "pauses": [],
        "ended_by": "angle",
        "flexion_deg": {"mean": 2.0, "min": -1.0, "max": 4.0, "uncertainty": 1.0},
        "rotation_deg": {"mean": 1.0, "min": 0.0, "max": 2.0, "uncertainty": 2.0},
        "lateral_deg": {"mean": 38.4567, "min": 20.0, "max": 41.0, "uncertainty": 3.0},
        "shoulder_rise_sw": {"left": 0.02, "right": -0.01},
        "shoulder_drift_sw": 0.03,
        "hand_on_head": None,
        "verdict": "Upper trapezius, left: held 34 s of 30 s. Done.",
    }
    assert second["side"] == "right"
    assert second["hand_on_head"] == "right"
    assert second["pauses"] == [{"start_s": 44.0, "end_s": 45.0, "reason": "cross-axis"}]


def test_both_hands_are_both() -> None:
    (hold,) = report(Outcome(None, Coverage(), (replace(HOLD, hand_on_head=frozenset(Side)),)))[
        "holds"
    ]  # type: ignore[misc]
    assert hold["hand_on_head"] == "both"


def test_without_a_neutral_and_without_holds_it_is_still_a_report() -> None:
    found = report(Outcome(None, Coverage()))
    assert (found["baseline"], found["holds"], found["flags"]) == (None, [], [])
    assert found["summary"] == {"holds": 0, "completed": 0, "stretches": [], "flags": []}


def test_it_can_be_written_as_json_and_read_back() -> None:
    found = report()
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_summary_keeps_the_best_hold_of_each_stretch_and_side() -> None:
    better = replace(SPOILED, start_ms=60_000, held_ms=20_000)
    summary = report(replace(OUTCOME, holds=(better, HOLD, SPOILED)))["summary"]
    assert summary == {
        "holds": 3,
        "completed": 1,
        "stretches": [
            {"stretch": "upper-trapezius", "side": "left", "best_held_s": 34.067,
             "target_s": 30.0, "completed": True},
            {"stretch": "upper-trapezius", "side": "right", "best_held_s": 20.0,
             "target_s": 30.0, "completed": False},
        ],
        "flags": [
            {"flag": "side-tilt", "side": "left", "times": 1, "total_s": 34.4, "peak_deg": 42.2}
        ],
    }  # fmt: skip


def test_the_summary_has_the_worst_flag_first_and_each_side_apart() -> None:
    flags = (
        Flag("side-tilt", 0, 9_000, 17.0, 20.0, Side.LEFT),
        Flag("chin-to-chest", 10_000, 22_000, 40.0, 44.0),
        Flag("side-tilt", 30_000, 34_000, 17.0, 20.0, Side.RIGHT),
        Flag("side-tilt", 40_000, 44_500, 18.0, 25.0, Side.LEFT),
        Flag("chin-to-chest", 50_000, 53_000, None, None),
    )
    summary = report(replace(OUTCOME, flags=flags))["summary"]
    assert isinstance(summary, dict)
    assert summary["flags"] == [
        {"flag": "chin-to-chest", "side": None, "times": 2, "total_s": 15.0, "peak_deg": 44.0},
        {"flag": "side-tilt", "side": "left", "times": 2, "total_s": 13.5, "peak_deg": 25.0},
        {"flag": "side-tilt", "side": "right", "times": 1, "total_s": 4.0, "peak_deg": 20.0},
    ]


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        (Flag("own", 0, 3_900, 36.4, 40.6), "own: for 3 s, 36° on average and 41° at most."),
        (Flag("own", 0, 3_900, None, None), "own: for 3 s, the face out of sight."),
        (Flag("static", 0, 605_000, 0.8, 1.6), "static: for 605 s, within 3°."),
    ],
)
def test_the_sentence_says_how_the_neck_rested(flag: Flag, sentence: str) -> None:
    assert flag_verdict(flag, NAMES) == sentence


@pytest.mark.parametrize(
    ("hold", "sentence"),
    [
        (HOLD, "Upper trapezius, left: held 34 s of 30 s. Done."),
        (
            SPOILED,
            "Upper trapezius, right: held 9 s of 30 s: the right shoulder came up at 51.5 s.",
        ),
        (
            replace(SPOILED, left_rise_sw=0.13, right_rise_sw=0.02),
            "Upper trapezius, right: held 9 s of 30 s: the left shoulder came up at 51.5 s.",
        ),
        (
            replace(SPOILED, left_rise_sw=0.15, right_rise_sw=0.14),
            "Upper trapezius, right: held 9 s of 30 s: both shoulders came up at 51.5 s.",
        ),
        (
            replace(HOLD, stretch="cervical-paraspinal", side=None, held_ms=29_999,
                    completed=False),
            "Cervical paraspinal: held 29 s of 30 s: the head came back at 36.8 s.",
        ),
        (
            replace(SPOILED, stretch="own", ended_by="unseen"),
            "own, right: held 9 s of 30 s: the head or the shoulders could no longer be seen "
            "at 51.5 s.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_what_became_of_a_hold(hold: Hold, sentence: str) -> None:
    assert verdict(hold, NAMES, SOURCE) == sentence


@pytest.mark.parametrize("ended_by", ["angle", "end", *(reason.value for reason in Reason)])
def test_there_is_a_sentence_for_everything_that_ends_a_hold(ended_by: str) -> None:
    if ended_by in {Reason.ANGLE_LOW, Reason.ANGLE_HIGH}:  # a hold calls both of them "angle"
        return
    assert verdict(replace(SPOILED, ended_by=ended_by), NAMES, SOURCE).endswith(" at 51.5 s.")


def test_of_a_routine_at_the_camera_no_recording_is_spoken_of() -> None:
    cut = replace(SPOILED, ended_by="end")
    assert "the recording ended" in verdict(cut, NAMES, SOURCE)
    assert "the routine ended" in verdict(cut, NAMES, replace(SOURCE, live=True))
