"""The neutral of a recording is the best that all of it offers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people import observation, pose

from neckform.core.measure import neutral_choice
from neckform.core.measure.glimpses import Glimpses
from neckform.core.measure.neutral_choice import Choice, baseline_of, choose
from neckform.core.measure.observation import Observation
from neckform.core.types import Angles

LEVEL = Angles(0.0, 0.0, 0.0)
CHIN_DOWN = Angles(40.0, 0.0, 0.0)


def chosen(observations: list[Observation]) -> Choice | None:
    glimpses = Glimpses()
    for seen in observations:
        glimpses.add(seen)
    return choose(glimpses.columns())


def stay(start_ms: int, end_ms: int, angles: Angles = LEVEL) -> list[Observation]:
    return [observation(t_ms, angles) for t_ms in range(start_ms, end_ms, 100)]


def sway(start_ms: int, end_ms: int, deg: float = 6.0) -> list[Observation]:
    """A head that never rests: it turns to and fro about its neutral."""
    steps = range(start_ms, end_ms, 100)
    return [observation(t, Angles(0.0, (-deg, deg)[t // 100 % 2], 0.0)) for t in steps]


def test_a_still_second_at_the_start_is_taken() -> None:
    choice = chosen([*stay(0, 2000), *stay(2000, 9000, CHIN_DOWN)])
    assert choice is not None
    assert (choice.kind, choice.times_ms[0]) == ("held", 0)


def test_a_still_second_at_the_end_serves_for_what_came_before() -> None:
    choice = chosen([*stay(0, 9000, CHIN_DOWN), *stay(9000, 11_000)])
    assert choice is not None
    assert choice.kind == "held"
    assert choice.times_ms[0] >= 9000


def test_of_two_the_more_upright_is_taken() -> None:
    choice = chosen([*stay(0, 2000, Angles(0.0, 0.0, 9.0)), *stay(2000, 4000)])
    assert choice is not None
    assert choice.times_ms[0] >= 2000


def test_a_hand_at_the_face_makes_no_neutral() -> None:
    held = [replace(seen, pose=pose(hand_on_head=True)) for seen in stay(0, 3000)]
    choice = chosen([*held, *stay(5000, 7000)])
    assert choice is not None
    assert choice.times_ms[0] >= 5000


def test_still_moments_together_make_a_brief_one() -> None:
    moments = [*stay(0, 400), *stay(400, 2000, Angles(0.0, 40.0, 0.0)), *stay(2000, 2400)]
    choice = chosen(moments)
    assert choice is not None
    assert choice.kind == "brief"
    assert all(t_ms < 400 or t_ms >= 2000 for t_ms in choice.times_ms)


def test_a_head_that_never_rests_has_a_usual_place() -> None:
    observations = sway(0, 4000)
    choice = chosen(observations)
    assert choice is not None
    assert choice.kind == "usual"
    assert choice.facing is not None
    assert choice.facing.rotation_deg == pytest.approx(0.0, abs=4.0)
    baseline = baseline_of(choice, observations)
    assert max(baseline.error) > 0.0


def test_a_chin_that_stays_on_the_chest_is_measured_against_an_assumed_neutral() -> None:
    observations = stay(0, 4000, CHIN_DOWN)
    choice = chosen(observations)
    assert choice is not None
    assert choice.kind == "assumed"
    baseline = baseline_of(choice, observations)
    facing = neutral_choice.head_facing(baseline)
    assert facing.flexion_deg == pytest.approx(neutral_choice.USUAL_FLEXION_DEG, abs=0.5)


def test_shoulders_out_of_the_picture_still_give_a_neutral() -> None:
    observations = [replace(seen, pose=None) for seen in stay(0, 3000)]
    choice = chosen(observations)
    assert choice is not None
    assert choice.kind == "brief"
    assert baseline_of(choice, observations).shoulder_width_px > 0.0


def test_nobody_gives_none() -> None:
    assert chosen([replace(seen, face=None) for seen in stay(0, 2000)]) is None
