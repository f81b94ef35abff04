"""The neutral of a recording is the best that all of it offers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people import observation, pose

from neckform.config.corrections import load_level_heads
from neckform.core.measure.observation import Observation
from neckform.core.neutral import choice as neutral_choice
from neckform.core.neutral.choice import Choice, baseline_of, choose
from neckform.core.neutral.glimpses import Glimpses
from neckform.core.types import Angles

KNOWN = load_level_heads()
LEVEL = Angles(0.0, 0.0, 0.0)
CHIN_DOWN = Angles(40.0, 0.0, 0.0)


def chosen(observations: list[Observation]) -> Choice | None:
    glimpses = Glimpses()
    for seen in observations:
        glimpses.add(seen)
    return choose(glimpses.columns(0), KNOWN)


def stay(start_ms: int, end_ms: int, angles: Angles = LEVEL) -> list[Observation]:
    return [observation(t_ms, angles) for t_ms in range(start_ms, end_ms, 100)]


def sway(start_ms: int, end_ms: int, deg: float = 6.0) -> list[Observation]:
    """A head that never rests: it turns to and fro about its neutral."""
    steps = range(start_ms, end_ms, 100)
    return [observation(t, Angles(0.0, (-deg, 0.0, deg, 0.0)[t // 100 % 4], 0.0)) for t in steps]


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


def test_a_pose_that_is_held_is_no_neutral_where_there_are_level_moments() -> None:
    turned = Angles(0.0, 14.0, 6.0)
    choice = chosen([*stay(0, 4000, turned), *stay(4000, 4500), *stay(4500, 9000, turned)])
    assert choice is not None
    assert choice.kind == "brief"
    assert all(4000 <= t_ms < 4500 for t_ms in choice.times_ms)


def test_who_insists_on_a_still_second_gets_one() -> None:
    turned, glimpses = Angles(0.0, 14.0, 6.0), Glimpses()
    for seen in [*stay(0, 4000, turned), *stay(4000, 4500), *stay(4500, 9000, turned)]:
        glimpses.add(seen)
    choice = neutral_choice.held(glimpses.columns(0), KNOWN)
    assert choice is not None
    assert choice.kind == "held"


def test_a_pose_that_is_held_serves_where_nothing_else_is_there() -> None:
    choice = chosen(stay(0, 4000, Angles(0.0, 14.0, 6.0)))
    assert choice is not None
    assert choice.kind == "held"


def test_a_second_on_the_way_to_neutral_is_worse_than_one_that_rests() -> None:
    nod = [observation(t, Angles(8.0 - 8.0 * t / 1500, 0.0, 0.0)) for t in range(0, 1500, 100)]
    choice = chosen([*nod, *stay(1500, 3000)])
    assert choice is not None
    assert choice.times_ms[0] >= 1000


def test_moments_are_trusted_as_far_as_they_are_the_persons_own() -> None:
    aside = Angles(0.0, 8.0, 0.0)
    observations = [*stay(0, 500, aside), *stay(600, 2000, Angles(0.0, 45.0, 0.0))]
    choice = chosen(observations)
    assert choice is not None
    assert choice.kind == "brief"
    assert choice.facing is not None
    trust = KNOWN.kinds["brief"].trust.rotation_deg
    assert 0.0 < trust < 1.0
    assert choice.facing.rotation_deg == pytest.approx(8.0 * trust, abs=1.0)


def test_an_error_that_is_not_known_is_stated_wider() -> None:
    held, brief, assumed = (KNOWN.kinds[kind].error for kind in ("held", "brief", "assumed"))
    assert max(held) == 0.0
    assert all(0.0 < b <= a for b, a in zip(brief, assumed, strict=True))


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
    baseline = baseline_of(choice, observations, KNOWN)
    assert baseline.error == KNOWN.kinds["usual"].error


def test_a_chin_that_stays_on_the_chest_is_measured_against_an_assumed_neutral() -> None:
    observations = stay(0, 4000, CHIN_DOWN)
    choice = chosen(observations)
    assert choice is not None
    assert choice.kind == "assumed"
    baseline = baseline_of(choice, observations, KNOWN)
    facing = neutral_choice.head_facing(baseline)
    assert facing.flexion_deg == pytest.approx(KNOWN.mean.flexion_deg, abs=0.5)


def test_shoulders_out_of_the_picture_still_give_a_neutral() -> None:
    observations = [replace(seen, pose=None) for seen in stay(0, 3000)]
    choice = chosen(observations)
    assert choice is not None
    assert choice.kind == "brief"
    assert baseline_of(choice, observations, KNOWN).shoulder_width_px > 0.0


def test_nobody_gives_none() -> None:
    assert chosen([replace(seen, face=None) for seen in stay(0, 2000)]) is None
