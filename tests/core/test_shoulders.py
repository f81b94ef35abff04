"""Shoulders and hands as the pose shows them, up to the limits of what is read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from people import SHOULDER_PX, observation, pose

from neckform.core.measure.observation import LEAST_VISIBILITY, Pose
from neckform.core.measure.shoulders import (
    HAND_REACH_SW,
    WIDEST_TURN_DEG,
    hands_on_head,
    read_shoulders,
    shoulders_seen,
)
from neckform.core.measure.skeleton import (
    HANDS,
    LEFT_SHOULDER,
    RIGHT_SHOULDER,
    SHOULDERS,
)
from neckform.core.neutral.baseline import neutral_of
from neckform.core.types import Side

BASELINE = neutral_of([observation(t_ms) for t_ms in (0, 500, 1000)], "held")
UNIT = BASELINE.shoulder_width_px
REACH_PX = HAND_REACH_SW * UNIT


def with_hand(side: Side, *places: tuple[float, float], visible: float = 1.0) -> Pose:
    """The hand's points at `places`, from the middle of the head, which is the picture's."""
    body = pose()
    points, visibility = body.points.copy(), body.visibility.copy()
    points[HANDS[side], :2] = places * 3 if len(places) == 1 else places
    visibility[HANDS[side]] = visible
    return Pose(points, visibility, body.world)


def with_shoulders(left: tuple[float, float], right: tuple[float, float]) -> Pose:
    body = pose()
    points = body.points.copy()
    points[LEFT_SHOULDER, :2], points[RIGHT_SHOULDER, :2] = left, right
    return Pose(points, body.visibility, body.world)


# --- hands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("side", Side)
def test_a_hand_on_the_head_is_its_sides(side: Side) -> None:
    assert hands_on_head(with_hand(side, (0.0, 40.0)), 1.0, BASELINE) == {side}


def test_both_hands_may_lie_on_the_head() -> None:
    one, other = with_hand(Side.LEFT, (10.0, 40.0)), with_hand(Side.RIGHT, (-10.0, 40.0))
    points = one.points.copy()
    points[HANDS[Side.RIGHT]] = other.points[HANDS[Side.RIGHT]]
    assert hands_on_head(replace(one, points=points), 1.0, BASELINE) == set(Side)


@pytest.mark.parametrize(("away", "on"), [(-0.01, True), (0.0, False), (0.01, False)])
def test_a_hand_as_far_as_its_reach_is_off(away: float, on: bool) -> None:
    hand = with_hand(Side.LEFT, (round(REACH_PX) + away, 0.0))
    baseline = replace(BASELINE, shoulder_width_px=round(REACH_PX) / HAND_REACH_SW)
    assert hands_on_head(hand, 1.0, baseline) == ({Side.LEFT} if on else set())


def test_the_nearest_point_of_a_hand_counts() -> None:
    far = (2 * REACH_PX, 0.0)
    for places in ((far, far, (0.0, 0.0)), (far, (0.0, 0.0), far), ((0.0, 0.0), far, far)):
        assert hands_on_head(with_hand(Side.RIGHT, *places), 1.0, BASELINE) == {Side.RIGHT}


def test_in_a_smaller_picture_the_reach_is_smaller() -> None:
    hand = with_hand(Side.LEFT, (0.8 * REACH_PX, 0.0))
    assert hands_on_head(hand, 1.0, BASELINE) == {Side.LEFT}
    assert hands_on_head(hand, 2.0, BASELINE) == set()


@pytest.mark.parametrize(("visible", "on"), [(LEAST_VISIBILITY, True), (0.49, False)])
def test_a_hidden_hand_is_not_judged(visible: float, on: bool) -> None:
    hand = with_hand(Side.LEFT, (0.0, 0.0), visible=visible)
    assert bool(hands_on_head(hand, 1.0, BASELINE)) is on


def test_one_visible_point_shows_the_hand() -> None:
    hand = with_hand(Side.LEFT, (0.0, 0.0), visible=0.1)
    visibility = hand.visibility.copy()
    visibility[HANDS[Side.LEFT][1]] = 0.9
    assert hands_on_head(replace(hand, visibility=visibility), 1.0, BASELINE) == {Side.LEFT}


@pytest.mark.parametrize(("above_px", "on"), [(1.0, True), (0.0, False), (-1.0, False)])
def test_a_hand_no_higher_than_the_shoulders_is_not_on_a_head_that_hangs_there(
    above_px: float, on: bool
) -> None:
    low = (0.0, -30.0)
    hand = with_hand(Side.LEFT, low, (0.0, 20.0 + above_px), low)  # its highest point counts
    points = hand.points.copy()
    points[LEFT_SHOULDER, 1], points[RIGHT_SHOULDER, 1] = 20.0, 10.0
    assert bool(hands_on_head(replace(hand, points=points), 1.0, BASELINE)) is on


# --- shoulders -----------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", SHOULDERS)
def test_both_shoulders_must_be_seen(hidden: int) -> None:
    body = pose()
    visibility = body.visibility.copy()
    visibility[hidden] = LEAST_VISIBILITY
    assert shoulders_seen(replace(body, visibility=visibility))
    visibility = body.visibility.copy()
    visibility[hidden] = 0.49
    assert not shoulders_seen(replace(body, visibility=visibility))
    assert read_shoulders(replace(body, visibility=visibility), 1.0, BASELINE) is None


def test_shoulders_too_near_each_other_are_nobody_s() -> None:
    half = 0.3 * SHOULDER_PX / 2
    wide = read_shoulders(with_shoulders((half + 0.5, 0.0), (-half - 0.5, 0.0)), 1.0, BASELINE)
    assert wide is not None
    assert wide.wider == pytest.approx(np.log(0.3), abs=0.02)
    assert (
        read_shoulders(with_shoulders((half - 0.5, 0.0), (-half + 0.5, 0.0)), 1.0, BASELINE) is None
    )


@pytest.mark.parametrize(("tilt_deg", "read"), [(59.0, True), (61.0, False), (-61.0, False)])
def test_a_line_that_leans_too_far_is_a_mix_up(tilt_deg: float, read: bool) -> None:
    x, y = (SHOULDER_PX / 2 * f(np.radians(tilt_deg)) for f in (np.cos, np.sin))
    found = read_shoulders(with_shoulders((x, -y), (-x, y)), 1.0, BASELINE)
    assert (found is not None) is read
    if found is not None:
        assert found.tilt_deg == pytest.approx(tilt_deg, abs=0.01)


@pytest.mark.parametrize("turn_deg", [-80.0, -30.0, 0.0, 30.0, 80.0])
def test_a_turn_is_read_up_to_the_widest(turn_deg: float) -> None:
    body = pose()
    world = body.world.copy()
    c, s = 0.18 * np.cos(np.radians(turn_deg)), 0.18 * np.sin(np.radians(turn_deg))
    world[LEFT_SHOULDER], world[RIGHT_SHOULDER] = [c, 0.45, -s], [-c, 0.45, s]
    found = read_shoulders(replace(body, world=world), 1.0, BASELINE)
    assert found is not None
    expected = min(WIDEST_TURN_DEG, max(-WIDEST_TURN_DEG, turn_deg))
    assert found.world_turn_deg == pytest.approx(expected, abs=0.01)


def test_a_shoulder_that_rises_is_read_in_shoulder_widths() -> None:
    found = read_shoulders(pose(left_up_px=26.0, right_up_px=-13.0), 1.0, BASELINE)
    assert found is not None
    assert found.left_rise_sw == pytest.approx(0.1)
    assert found.right_rise_sw == pytest.approx(-0.05)
    assert found.tilt_deg < 0.0, "the right one is lower"
