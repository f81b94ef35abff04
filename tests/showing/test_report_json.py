"""The layout of ``report.json``."""

from __future__ import annotations

import json
from dataclasses import replace

from neckform.core.outcome import Coverage, Outcome
from neckform.core.types import Flag, Side
from neckform.showing.exports.report_json import JsonDict, as_json
from reports import HOLD, OUTCOME, REPORT, SPOILED


def report(outcome: Outcome = OUTCOME) -> JsonDict:
    return as_json(replace(REPORT, outcome=outcome))


def test_the_report_has_the_layout_of_its_schema() -> None:
    found = report()
    assert list(found) == [
        "schema", "neckform_version", "source", "models", "settings", "baseline", "coverage",
        "range_of_motion", "holds", "near_misses", "flags", "summary",
    ]  # fmt: skip
    assert (found["schema"], found["neckform_version"]) == ("neckform/report/1", "1.2.3")
    assert found["source"] == {
        "path": "a.mp4", "duration_s": 60.0, "frames_read": 900, "frames_analyzed": 600,
        "width": 640, "height": 480, "note": None, "live": False, "frozen_s": 0.0,
        "turned_deg": 0, "mirrored": False,
        "people": 1, "person": 1, "who": None, "recorded_at": None, "recorded_from": None,
        "camera_moved": False,
    }  # fmt: skip
    assert found["models"] == {
        "pose": {"name": "pose.task", "sha256": "ab"},
        "face": {"name": "face.task", "sha256": "cd"},
    }
    assert found["baseline"] == {
        "kind": "held", "error": {"flexion_deg": 0.0, "rotation_deg": 0.0, "lateral_deg": 0.0},
        "start_s": 0.0, "end_s": 1.0, "shoulder_width_px": 250.5,
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
    first, second = report()["holds"]
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
        "verdict": "Ear to shoulder, left: held 34 s of 30 s. Done.",
    }
    assert second["side"] == "right"
    assert second["hand_on_head"] == "right"
    assert second["pauses"] == [{"start_s": 44.0, "end_s": 45.0, "reason": "cross-axis"}]


def test_both_hands_are_both() -> None:
    held = replace(HOLD, hand_on_head=frozenset(Side))
    (hold,) = report(Outcome(None, Coverage(), (held,)))["holds"]
    assert hold["hand_on_head"] == "both"


def test_without_a_neutral_and_without_holds_it_is_still_a_report() -> None:
    found = report(Outcome(None, Coverage()))
    assert (found["baseline"], found["holds"], found["flags"]) == (None, [], [])
    assert found["summary"] == {
        "holds": 0, "completed": 0, "near_misses": 0, "stretches": [], "flags": [],
    }  # fmt: skip


def test_it_can_be_written_as_json_and_read_back() -> None:
    found = report()
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_summary_keeps_the_best_hold_of_each_stretch_and_side() -> None:
    better = replace(SPOILED, start_ms=60_000, held_ms=20_000)
    summary = report(replace(OUTCOME, holds=(better, HOLD, SPOILED)))["summary"]
    assert summary == {
        "holds": 3,
        "completed": 1,
        "near_misses": 0,
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
    assert summary["flags"] == [
        {"flag": "chin-to-chest", "side": None, "times": 2, "total_s": 15.0, "peak_deg": 44.0},
        {"flag": "side-tilt", "side": "left", "times": 2, "total_s": 13.5, "peak_deg": 25.0},
        {"flag": "side-tilt", "side": "right", "times": 1, "total_s": 4.0, "peak_deg": 20.0},
    ]


def test_it_says_what_was_looked_for() -> None:
    nothing = replace(REPORT, outcome=Outcome(None, Coverage()))
    no_stretches = replace(nothing.settings, stretches=())
    for made, judged, lying_on in (
        (nothing, ["stretches", "postures"], None),
        (replace(nothing, postures=None), ["stretches"], None),
        (replace(nothing, settings=no_stretches, lying_on="back"), ["postures"], "back"),
    ):
        settings = as_json(made)["settings"]
        assert (settings["judged"], settings.get("lying_on")) == (judged, lying_on)
        assert ("postures" in settings) == ("postures" in judged)
        assert ("upper-trapezius" in settings) == ("stretches" in judged)
