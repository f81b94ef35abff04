"""A picture that lies on its side is noticed by who is seen in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from people import SIZE, observation

from neckform.core.measure.observation import Observation
from neckform.core.measure.skeleton import MESH_MIRROR, MESH_MIRROR_PAIRS, POSE_MIRROR, POSE_POINTS
from neckform.core.measure.way_up import (
    FEWEST,
    SURE,
    WayUp,
    mirrored,
    quarters_to_head_up,
    turned,
)
from neckform.core.types import Angles

UPRIGHT = Angles(0.0, 0.0, 0.0)
TILTED = Angles(0.0, 0.0, 40.0)
ALL_WAYS = range(4)


def seen(angles: Angles = UPRIGHT, count: int = SURE) -> list[Observation]:
    return [observation(100 * index, angles) for index in range(count)]


def without_pose(observations: list[Observation]) -> list[Observation]:
    return [replace(each, pose=None, pose_looked=True) for each in observations]


@pytest.mark.parametrize("angles", [UPRIGHT, TILTED, TILTED.mirrored()])
@pytest.mark.parametrize("quarters", ALL_WAYS)
def test_any_way_round_is_turned_back(quarters: int, angles: Angles) -> None:
    lying = [turned(each, quarters) for each in seen(angles)]
    assert quarters_to_head_up(lying) == -quarters % 4


@pytest.mark.parametrize("quarters", [0, 1, 3])
def test_a_face_alone_says_it_too(quarters: int) -> None:
    lying = [turned(each, quarters) for each in without_pose(seen())]
    assert quarters_to_head_up(lying) == -quarters % 4


def test_a_head_that_is_tilted_far_is_no_turned_picture() -> None:
    assert quarters_to_head_up(without_pose(seen(Angles(0.0, 0.0, 60.0)))) == 0


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_face_that_disagrees_with_the_body_is_not_asked(quarters: int) -> None:
    """The face model takes a face on its head for an upright one."""
    mixed = [replace(each, pose=turned(each, quarters).pose) for each in seen()]
    assert quarters_to_head_up(mixed) == -quarters % 4


def test_a_body_seen_from_behind_tells_nothing() -> None:
    behind = [
        replace(each, pose=replace(each.pose, points=each.pose.points[POSE_MIRROR]))
        for each in seen()
        if each.pose is not None
    ]
    assert behind
    assert quarters_to_head_up(behind) == 0


def test_too_few_pictures_tell_nothing() -> None:
    assert quarters_to_head_up([turned(each, 1) for each in seen(count=FEWEST - 1)]) == 0
    assert quarters_to_head_up([turned(each, 1) for each in seen(count=FEWEST)]) == 3
    assert quarters_to_head_up([]) == 0


def test_somebody_who_lies_down_for_a_while_turns_nothing() -> None:
    sitting, lying = seen(count=4), [turned(each, 1) for each in seen(count=8)]
    assert quarters_to_head_up([*sitting, *lying]) == 0
    assert quarters_to_head_up([*lying, *sitting]) == 0


def test_it_is_sure_after_enough_pictures_that_lie_and_never_of_upright_ones() -> None:
    lying, upright = WayUp(), WayUp()
    for number, each in enumerate(seen(count=2 * SURE), 1):
        lying.add(turned(each, 1))
        upright.add(each)
        assert lying.is_sure == (number >= SURE)
        assert not upright.is_sure


def test_four_quarters_are_none_and_two_mirrors_neither() -> None:
    before = after = seen(TILTED)[0]
    for _ in ALL_WAYS:
        after = turned(after, 1)
    twice = mirrored(mirrored(before))
    for other in (after, twice):
        assert other.size == SIZE
        assert before.face is not None
        assert other.face is not None
        assert before.pose is not None
        assert other.pose is not None
        np.testing.assert_array_equal(other.face.points, before.face.points)
        np.testing.assert_array_equal(other.pose.world, before.pose.world)
    assert turned(before, 1).size == SIZE[::-1]


def test_each_point_of_a_mirror_image_is_the_one_on_the_other_side() -> None:
    for others in (MESH_MIRROR, POSE_MIRROR):
        np.testing.assert_array_equal(others[others], np.arange(len(others)))
    assert len(POSE_MIRROR) == POSE_POINTS
    right, left = MESH_MIRROR_PAIRS.T
    np.testing.assert_array_equal(MESH_MIRROR[right], left)
