"""A picture that lies on its side is noticed by who is seen in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from people import REST, SIZE, observation

from neckform.core.measure.observation import Observation
from neckform.core.measure.way_up import FEWEST_FACES, quarters_to_head_up, turned
from neckform.core.types import Angles

TILTED = Angles(0.0, 0.0, 40.0)
ALL_WAYS = range(4)


def seen(angles: Angles = REST, count: int = 10) -> list[Observation]:
    return [observation(100 * index, angles) for index in range(count)]


def without_pose(observations: list[Observation]) -> list[Observation]:
    return [replace(each, pose=None) for each in observations]


@pytest.mark.parametrize("angles", [Angles(0.0, 0.0, 0.0), TILTED, TILTED.mirrored()])
@pytest.mark.parametrize("quarters", ALL_WAYS)
def test_any_way_round_is_turned_back(quarters: int, angles: Angles) -> None:
    lying = [turned(each, quarters) for each in seen(angles)]
    assert quarters_to_head_up(lying) == -quarters % 4


@pytest.mark.parametrize("quarters", ALL_WAYS)
def test_a_face_alone_says_it_too(quarters: int) -> None:
    lying = [turned(each, quarters) for each in without_pose(seen())]
    assert quarters_to_head_up(lying) == -quarters % 4


def test_a_head_that_is_tilted_far_is_no_turned_picture() -> None:
    assert quarters_to_head_up(without_pose(seen(Angles(0.0, 0.0, 60.0)))) == 0


def test_a_face_and_shoulders_that_disagree_leave_the_picture_as_it_is() -> None:
    mixed = [replace(each, pose=turned(each, 1).pose) for each in seen()]
    assert quarters_to_head_up(mixed) == 0


def test_too_few_faces_tell_nothing() -> None:
    assert quarters_to_head_up([turned(each, 1) for each in seen(count=FEWEST_FACES - 1)]) == 0
    assert quarters_to_head_up([]) == 0


def test_four_quarters_are_none() -> None:
    before = seen(TILTED)[0]
    after = before
    for _ in range(4):
        after = turned(after, 1)
    assert after.size == SIZE
    assert before.face is not None
    assert after.face is not None
    assert before.pose is not None
    assert after.pose is not None
    np.testing.assert_array_equal(after.face.points, before.face.points)
    np.testing.assert_array_equal(after.pose.world, before.pose.world)
    assert turned(before, 1).size == SIZE[::-1]
