from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from histories import TODAY, ago, entry
from neckform.history.best import earlier_best
from neckform.history.entry import KeptFlag, KeptReach, entry_of

AXES = {"upper-trapezius": "lateral", "cervical-paraspinal": "flexion"}


def report(stretch: str, side: str | None, **mean_deg: float) -> dict[str, Any]:
    def angle(name: str) -> dict[str, float]:
        mean = mean_deg.get(name, 0.0)
        return {"mean": mean, "min": mean - 1, "max": mean + 1, "uncertainty": 2.5}

    return {
        "neckform_version": "0.1.0",
        "source": {"path": "Anna Somebody.mp4"},
        "coverage": {"head_seen_s": 60.0, "shoulders_seen_s": 59.0, "unseen_s": 1.5},
        "range_of_motion": {
            "flexion": None,
            "left_lateral": {"reached_deg": 36.0, "uncertainty_deg": 2.5, "at_s": 9.0},
        },
        "holds": [
            {
                "stretch": stretch, "side": side, "start_s": 4.0, "end_s": 35.5, "held_s": 31.0,
                "target_s": 30.0, "completed": True, "ended_by": "angle", "verdict": "Done.",
                **{f"{axis}_deg": angle(axis) for axis in ("flexion", "rotation", "lateral")},
            }
        ],
        "summary": {
            "flags": [
                {"flag": "slouch", "side": None, "times": 2, "total_s": 33.5, "peak_deg": None}
            ]
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stretch", "side", "mean_deg", "angle_deg"),
    [
        # Toward the stretch is positive, whichever the side.
        ("upper-trapezius", "left", {"lateral": 34.0}, 34.0),
        ("upper-trapezius", "right", {"lateral": -34.0}, 34.0),
        ("cervical-paraspinal", None, {"flexion": 41.0}, 41.0),
        ("my-own", "left", {"lateral": 34.0}, None),
    ],
)
def test_the_angle_is_that_of_the_main_axis_toward_the_stretch(
    stretch: str, side: str | None, mean_deg: dict[str, float], angle_deg: float | None
) -> None:
    found = entry_of(report(stretch, side, **mean_deg), "abc", entry().made_at, AXES)
    (hold,) = found.holds
    assert hold.angle_deg == angle_deg
    assert hold.angle_error_deg == (None if angle_deg is None else 2.5)
    assert (hold.held_s, hold.completed, hold.exercise) == (31.0, True, (stretch, side))
    for axis in ("flexion", "rotation", "lateral"):
        assert getattr(hold, f"{axis}_deg") == mean_deg.get(axis, 0.0)


def test_what_is_kept_is_small_and_names_nobody() -> None:
    found = entry_of(report("upper-trapezius", "left"), "abc", entry().made_at, AXES)
    assert found.flags == (KeptFlag("slouch", None, 2, 33.5, None),)
    assert found.reached == (KeptReach("left_lateral", 36.0, 2.5),)
    assert (found.head_seen_s, found.unseen_s, found.day) == (60.0, 1.5, TODAY)
    assert "Anna" not in str(asdict(found))


def test_the_best_is_of_earlier_recordings_only() -> None:
    def reached(days: int, deg: float) -> Any:
        return entry(ago(days), reached=(KeptReach("flexion", deg, 3.0),))

    this = reached(2, 55.0)
    entries = [reached(9, 40.0), reached(5, 47.0), reached(4, 42.0), this, reached(0, 60.0)]
    assert earlier_best(entries, this.recording, this.made_at) == {"flexion": 47.0}
    # The same recording, dated anew, is not its own earlier best.
    again = replace(this, made_at=this.made_at + timedelta(hours=1))
    assert earlier_best(entries, again.recording, again.made_at) == {"flexion": 47.0}
    assert earlier_best([this], this.recording, this.made_at) == {}
