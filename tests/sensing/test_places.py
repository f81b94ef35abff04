from __future__ import annotations

import numpy as np
import pytest

from neckform.core.measure.observation import Face, Pose
from neckform.sensing.landmarks.head_box import (
    Place,
    face_place,
    main_head,
    only_this_person,
    pose_place,
    same_head,
)


def test_a_face_at_the_upper_right_is_there_in_the_picture() -> None:
    points = np.zeros((468, 3), np.float32)
    points[:, 0] = np.linspace(200, 260, 468)
    points[:, 1] = np.linspace(100, 180, 468)
    assert face_place(Face(points), (640, 480)) == pytest.approx((320 + 230, 240 - 140, 80))


def test_a_pose_tells_of_a_head_by_its_face_points_alone() -> None:
    points = np.full((33, 3), 999, np.float32)
    points[:11] = 0
    points[:11, 0] = np.linspace(-30, 30, 11)
    pose = Pose(points, np.ones(33, np.float32), np.zeros((33, 3), np.float32))
    place = pose_place(pose, (640, 480))
    assert (place.x, place.y) == (320, 240)
    assert place.size == pytest.approx(1.4 * 60)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([Place(320, 240, 60), Place(330, 240, 100)], 1),  # the larger
        ([Place(30, 240, 100), Place(320, 240, 90)], 1),  # the more central
        ([Place(100, 240, 100), Place(600, 240, 50)], 0),
        ([Place(320, 240, 10)], 0),
    ],
)
def test_the_main_head_is_large_and_central(places: list[Place], expected: int) -> None:
    assert main_head(places, (640, 480)) == expected


def test_one_head_is_near_and_of_like_size() -> None:
    known = Place(300, 200, 100)
    assert same_head(Place(400, 200, 100), known)
    assert not same_head(Place(500, 200, 100), known)
    assert not same_head(Place(300, 200, 40), known)
    assert not same_head(Place(300, 200, 240), known)
    assert not same_head(Place(400, 200, 100), known, reach=0.8)


def test_others_are_painted_over_and_the_kept_one_is_not() -> None:
    image = np.full((480, 640, 3), 255, np.uint8)
    keep = Place(320, 240, 100)
    beside, above = Place(520, 240, 100), Place(330, 60, 60)
    painted = only_this_person(image, keep, [beside, above])
    assert (image == 255).all(), "the picture itself was painted"
    assert (painted[:, :420][100:] == 255).all()
    assert (painted[:, 420:] == 127).all()
    assert (painted[60, 330] == 127).all()


def test_where_the_others_are_is_unknown_all_far_to_the_side_is_painted() -> None:
    image = np.full((100, 1000, 3), 255, np.uint8)
    painted = only_this_person(image, Place(500, 50, 40), [])
    assert (painted[:, 400:600] == 255).all()
    assert (painted[:, :400] == 127).all()
    assert (painted[:, 600:] == 127).all()
