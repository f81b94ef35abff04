"""How far the neck turns, before and after a routine: only what a camera can tell is told."""

from __future__ import annotations

import pytest
from visit_stage import LEFT, NO, Person, visit

from neckform.core.coach.range_change import RangeChange, changes
from neckform.core.outcome import Direction, Reached
from neckform.jobs.coach.turn_check import lines
from neckform.showing.words.catalogue import language_tags
from scripts import Script, acts, looped

TO_LEFT, TO_RIGHT = Direction.LEFT_ROTATION, Direction.RIGHT_ROTATION


def reached(direction: Direction, deg: float, uncertainty: float = 3.0) -> Reached:
    return Reached(direction, deg, uncertainty, 0)


@pytest.mark.parametrize(
    ("before_deg", "after_deg", "uncertainty", "beyond"),
    [(50, 62, 3, True), (50, 58, 3, False), (50, 58, 2, True), (62, 50, 3, True),
     (50, 50, 0.1, False), (50, 62, 5, False)],
)  # fmt: skip
def test_a_difference_counts_by_the_stated_errors(
    before_deg: float, after_deg: float, uncertainty: float, *, beyond: bool
) -> None:
    before = {TO_LEFT: reached(TO_LEFT, before_deg, uncertainty)}
    after = {TO_LEFT: reached(TO_LEFT, after_deg, uncertainty)}
    (change,) = changes(before, after)
    assert change.deg == after_deg - before_deg
    assert change.beyond_noise is beyond


def test_a_direction_that_was_skipped_is_not_told_of() -> None:
    before = {TO_LEFT: reached(TO_LEFT, 50), TO_RIGHT: None}
    after = {TO_LEFT: None, TO_RIGHT: reached(TO_RIGHT, 50)}
    assert list(changes(before, after)) == []
    assert lines([], "en") == []


def test_what_is_told() -> None:
    further, less = RangeChange(TO_LEFT, 12.4, 8.0), RangeChange(TO_RIGHT, -9.0, 8.0)
    same = RangeChange(TO_RIGHT, 3.0, 8.0)
    assert lines([further, same], "en") == [
        "You turn 12° further to the left than before, which is more than noise."
    ]
    assert "9° less far to the right" in lines([further, less], "en")[1]
    for language in language_tags():
        (told,) = lines([same], language)
        assert "3" not in told


def turning() -> Person:
    wanted = {"turn_check": True}
    # Nobody turns in these pictures, so both directions are skipped, each time.
    orders = {at: {"do": "skip"} for at in (8.0, 8.5, 18.0, 18.5)}
    return Person(answers=NO, choose={"do": "choose", "choices": wanted}, orders=orders)


@pytest.mark.slow
def test_a_visit_measures_before_and_stops_where_the_person_does(sitting: Script) -> None:
    script = acts((5.5, sitting), (99, sitting))
    stopping = {7.0: {"do": "stop"}}
    person = Person(
        choose={"do": "choose", "choices": {"turn_check": True}}, orders=stopping, visits=1
    )
    went = visit(script, person, exercises=(LEFT,), until_s=15)
    assert went.phases == ["setup", "questions", "framing", "neutral", "range", "setup"]
    assert went.in_phase("range")[0]["range"]["count"] == 2
    assert went.visit.guide is None, "no routine after a check that was stopped"


@pytest.mark.slow
def test_a_visit_measures_before_and_after(sitting: Script, left: Script) -> None:
    """The same pictures both times: no difference that a camera can tell."""
    script = acts((5.5, sitting), (12.5, left), (99, sitting))
    went = visit(script, turning(), exercises=(LEFT,), until_s=20)
    assert went.phases.count("range") == 2
    assert went.phases.index("range") < went.phases.index("hold")
    assert went.phases[-2] == "done"
    assert len(went.cameras) == 3
    (told,) = [line for line in went.done["lines"] if "How far you turn" in line]
    assert "no difference to before that a camera can tell" in told


@pytest.mark.slow
def test_nobody_turns_far_in_moderate_pain(sitting: Script) -> None:
    person = Person(
        answers={**NO, "pain": 5}, choose={"do": "choose", "choices": {"turn_check": True}},
        goes_on=True,
    )  # fmt: skip
    went = visit(looped(0, 2.5), person, exercises=(LEFT,), until_s=7)
    assert "range" not in went.phases
