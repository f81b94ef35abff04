"""What a report adds to the outcome of its session."""

from __future__ import annotations

from dataclasses import replace

from neckform.core.outcome import Coverage, Direction, Outcome, Reached
from neckform.core.report import best_of
from neckform.core.types import Flag, Side
from reports import HOLD, OUTCOME, REPORT, SPOILED


def test_holds_are_in_the_order_of_time() -> None:
    assert OUTCOME.holds == (SPOILED, HOLD)
    assert REPORT.holds == (HOLD, SPOILED)
    assert REPORT.completed == 1


def test_attempts_are_apart_by_stretch_and_side_and_the_longest_is_the_best() -> None:
    better = replace(SPOILED, start_ms=60_000, held_ms=20_000)
    as_long = replace(better, start_ms=90_000)
    report = replace(REPORT, outcome=replace(OUTCOME, holds=(as_long, better, HOLD, SPOILED)))
    assert report.attempts == {
        ("upper-trapezius", Side.LEFT): (HOLD,),
        ("upper-trapezius", Side.RIGHT): (SPOILED, better, as_long),
    }
    assert best_of(report.attempts["upper-trapezius", Side.RIGHT]) == better


def test_the_flag_that_lasted_longest_in_all_is_first_and_each_side_apart() -> None:
    left, again = (
        Flag("side-tilt", start_ms, start_ms + 5_000, 17.0, peak_deg, Side.LEFT)
        for start_ms, peak_deg in ((0, 20.0), (40_000, 25.0))
    )
    right = Flag("side-tilt", 30_000, 34_000, 17.0, 20.0, Side.RIGHT)
    unseen = Flag("chin-to-chest", 50_000, 66_000, None, None)
    report = replace(REPORT, outcome=replace(OUTCOME, flags=(left, right, again, unseen)))
    totals = report.flag_totals
    assert [(total.flag, total.side) for total in totals] == [
        ("chin-to-chest", None), ("side-tilt", Side.LEFT), ("side-tilt", Side.RIGHT),
    ]  # fmt: skip
    assert [total.total_ms for total in totals] == [16_000, 10_000, 4_000]
    assert [total.peak_deg for total in totals] == [None, 25.0, 20.0]
    assert totals[1].times == (left, again)


def test_the_range_of_motion_is_found_by_its_direction() -> None:
    reached = Reached(Direction.EXTENSION, 31.0, 2.0, 4_000)
    report = replace(REPORT, outcome=replace(OUTCOME, reached=(reached,)))
    assert report.reached == {Direction.EXTENSION: reached}


def test_without_a_neutral_only_a_person_who_lies_down_is_judged() -> None:
    nothing = replace(REPORT, outcome=Outcome(None, Coverage()))
    assert REPORT.could_judge
    assert not nothing.could_judge
    assert replace(nothing, lying_on="side").could_judge


def test_what_is_not_judged_has_no_name() -> None:
    assert REPORT.names["upper-trapezius"] == "Ear to shoulder"
    assert REPORT.names["static"] == "Unmoving"
    stretches_only = replace(REPORT, postures=None)
    assert "static" not in stretches_only.names
    assert not stretches_only.judges_postures
    postures_only = replace(REPORT, settings=replace(REPORT.settings, stretches=()))
    assert "upper-trapezius" not in postures_only.names
    assert not postures_only.judges_stretches
