from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from histories import TODAY, ago, entry, miss
from neckform.core.events import MissReason, NearMiss
from neckform.core.outcome import Coverage, Direction, Outcome, Reached
from neckform.core.report import SessionReport
from neckform.core.types import Angles, Axis, Exercise, Flag, Side, Stats
from neckform.history.best import earlier_best
from neckform.history.entry import KeptFlag, KeptReach, entry_of
from neckform.history.missed import Missed, missed
from reports import HOLD, REPORT


def report(stretch: str, side: Side | None, mean_deg: Angles) -> SessionReport:
    flexion, rotation, lateral = (Stats(mean, mean - 1, mean + 1) for mean in mean_deg)
    hold = replace(
        HOLD, stretch=stretch, side=side, held_ms=31_000, flexion_deg=flexion,
        rotation_deg=rotation, lateral_deg=lateral, uncertainty=Angles(2.5, 2.5, 2.5),
    )  # fmt: skip
    outcome = Outcome(
        REPORT.baseline,
        Coverage(head_seen_ms=60_000, shoulders_seen_ms=59_000, unseen_ms=1_500),
        (hold,),
        (Flag("slouch", 0, 3_500, None, None), Flag("slouch", 10_000, 40_000, None, None)),
        (Reached(Direction.LEFT_LATERAL, 36.0, 2.5, 9_000),),
    )
    return replace(REPORT, outcome=outcome, source=replace(REPORT.source, path="Anna Somebody.mp4"))


@pytest.mark.parametrize(
    ("stretch", "side", "mean_deg", "angle_deg"),
    [
        # Toward the stretch is positive, whichever the side.
        ("upper-trapezius", Side.LEFT, Angles(0.0, 0.0, 34.0), 34.0),
        ("upper-trapezius", Side.RIGHT, Angles(0.0, 0.0, -34.0), 34.0),
        ("levator-scapulae", Side.RIGHT, Angles(22.0, -38.0, -5.0), 38.0),
        ("cervical-paraspinal", None, Angles(41.0, 0.0, 0.0), 41.0),
    ],
)
def test_the_angle_is_that_of_the_main_axis_toward_the_stretch(
    stretch: str, side: Side | None, mean_deg: Angles, angle_deg: float
) -> None:
    (hold,) = entry_of(report(stretch, side, mean_deg), "abc", entry().made_at).holds
    assert (hold.angle_deg, hold.angle_error_deg) == (angle_deg, 2.5)
    assert (hold.held_s, hold.completed, hold.exercise) == (31.0, True, (stretch, side))
    assert (hold.flexion_deg, hold.rotation_deg, hold.lateral_deg) == mean_deg


def test_what_is_kept_is_small_and_names_nobody() -> None:
    found = entry_of(
        report("upper-trapezius", Side.LEFT, Angles(0.0, 0.0, 34.0)), "abc", entry().made_at
    )
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


TOO_LITTLE = NearMiss(
    "upper-trapezius", Side.LEFT, 3_000, 36_500, 33_400, MissReason.ANGLE_LOW, Axis.LATERAL,
    17.0, 20.0, 1.0,
)  # fmt: skip
RISEN = NearMiss(
    "cervical-paraspinal", None, 3_000, 36_500, 33_400, MissReason.SHOULDER_RISE, None,
    0.12, 0.08, None, Side.RIGHT,
)  # fmt: skip


def test_an_attempt_that_did_not_count_is_kept_and_comes_back_as_it_was_said() -> None:
    outcome = replace(REPORT.outcome, near_misses=(TOO_LITTLE, RISEN))
    found = entry_of(replace(REPORT, outcome=outcome), "abc", entry().made_at)
    assert found.near_misses[0] == replace(miss(), name="Ear to shoulder")
    assert [kept.miss for kept in found.near_misses] == [TOO_LITTLE, RISEN]


def test_what_did_not_count_lately_is_told_by_exercise_the_latest_first() -> None:
    right = miss(side="right")
    entries = [
        entry(ago(28), near_misses=(miss(side="right"),) * 5),
        entry(ago(27), near_misses=(right,)),
        entry(ago(2), near_misses=(miss(measured=12.0), miss())),
        entry(ago(-1), near_misses=(miss("cervical-paraspinal", None),)),
    ]
    assert missed(entries, TODAY) == [
        Missed(Exercise("upper-trapezius", Side.LEFT), 2, ago(2), miss().miss),
        Missed(Exercise("upper-trapezius", Side.RIGHT), 1, ago(27), right.miss),
    ]
