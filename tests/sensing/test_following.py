from __future__ import annotations

import cv2
import numpy as np
import pytest
from pictures import Image

from neckform.core.measure.observation import Pose
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.head_box import Place, face_place, pose_place
from neckform.sensing.landmarks.landmarkers import FaceReader
from neckform.sensing.landmarks.pose_tracking import PoseFollower
from neckform.sensing.landmarks.tracking import (
    FORGET_MS,
    FaceFollower,
    FaceLook,
)

WIDE = (800, 480)
MIDDLE = WIDE[0] / 2


@pytest.fixture(scope="module")
def head(models: Models, person: Image) -> Place:
    """Where the face is in `person`."""
    with FaceReader(models.face) as reader:
        (face,) = reader.read(person, 0)
    return face_place(face, (640, 480))


def side_by_side(left: Image | None, right: Image | None) -> Image:
    """Two people, each cut out of the middle of their picture."""
    canvas = np.full((480, 800, 3), 120, np.uint8)
    for image, start in ((left, 0), (right, 400)):
        if image is not None:
            height, width = image.shape[:2]
            middle = image[:, max(0, width // 2 - 200) : width // 2 + 200]
            at = start + (400 - middle.shape[1]) // 2
            canvas[480 - height :, at : at + middle.shape[1]] = middle
    return canvas


@pytest.fixture(scope="module")
def smaller(person: Image) -> Image:
    return np.asarray(cv2.resize(person, (480, 360), interpolation=cv2.INTER_AREA), np.uint8)


def sides(follower: FaceFollower, images: list[Image], start_ms: int = 0) -> list[str | None]:
    """Which half the followed face is in, at 10 pictures a second."""
    found: list[str | None] = []
    for index, image in enumerate(images):
        look = follower.read(image, start_ms + 100 * index)
        if look.face is None:
            found.append(None)
        else:
            found.append("left" if face_place(look.face, WIDE).x < MIDDLE else "right")
    return found


def test_the_larger_of_two_is_chosen(models: Models, person: Image, smaller: Image) -> None:
    for picture, expected in (
        (side_by_side(person, smaller), "left"),
        (side_by_side(smaller, person), "right"),
    ):
        with FaceFollower(models.face) as follower:
            assert sides(follower, [picture] * 5) == [expected] * 5


def test_the_larger_is_chosen_even_where_the_model_is_surer_of_the_other(
    models: Models, person: Image, smaller: Image
) -> None:
    pale = (0.1 * person + 80).astype(np.uint8)
    picture = side_by_side(pale, smaller)
    with FaceReader(models.face, most=2, video=False) as reader:
        first, *others = (face_place(face, WIDE) for face in reader.read(picture, 0))
    assert first.x > MIDDLE, "the model is not surer of the smaller one: nothing is shown here"
    assert others
    with FaceFollower(models.face) as follower:
        assert sides(follower, [picture] * 3) == ["left"] * 3


def test_a_larger_person_who_comes_later_is_not_followed(
    models: Models, person: Image, smaller: Image
) -> None:
    alone, both = side_by_side(smaller, None), side_by_side(smaller, person)
    with FaceFollower(models.face) as follower:
        assert sides(follower, [alone] * 3 + [both] * 20) == ["left"] * 23


def test_when_the_followed_one_is_out_of_sight_nobody_else_is_taken_at_once(
    models: Models, person: Image, smaller: Image
) -> None:
    both, other = side_by_side(person, smaller), side_by_side(None, smaller)
    away = 15
    with FaceFollower(models.face) as follower:
        found = sides(follower, [both] * 3 + [other] * away + [both] * 4)
    assert found[:3] == ["left"] * 3
    assert found[3 : 3 + away] == [None] * away
    assert found[-2:] == ["left"] * 2, "the followed one is taken up again on return"


def test_somebody_gone_for_good_is_forgotten(models: Models, person: Image, smaller: Image) -> None:
    both, other = side_by_side(person, smaller), side_by_side(None, smaller)
    pictures = [both] * 3 + [other] * (FORGET_MS // 100 + 5)
    with FaceFollower(models.face) as follower:
        found = sides(follower, pictures)
    assert found[3 : FORGET_MS // 100] == [None] * (FORGET_MS // 100 - 3)
    assert found[-1] == "right"


def test_the_pose_is_of_the_person_whose_face_is_followed(
    models: Models, person: Image, smaller: Image
) -> None:
    for picture, expected in (
        (side_by_side(person, smaller), "left"),
        (side_by_side(smaller, person), "right"),
    ):
        found: list[Pose | None] = []
        with FaceFollower(models.face) as faces, PoseFollower(models.pose) as poses:
            for t_ms in range(0, 2000, 500):
                look = faces.read(picture, t_ms)
                found.append(poses.read(picture, t_ms, look))
        places = [pose_place(pose, WIDE) for pose in found if pose is not None]
        assert len(places) == 4, "the pose was not found"
        assert {"left" if place.x < MIDDLE else "right" for place in places} == {expected}


def test_a_pose_of_somebody_else_is_not_taken(models: Models, person: Image) -> None:
    """The face that is followed is on the left; the only body to be seen is on the right."""
    picture = side_by_side(None, person)
    elsewhere = Place(150, 230, 150)
    with FaceFollower(models.face) as faces, PoseFollower(models.pose) as poses:
        look = faces.read(side_by_side(person, None), 0)
        assert poses.read(picture, 0, FaceLook(look.face, elsewhere, ())) is None


# --- the rescue ---


def far_away(person: Image, times: float) -> tuple[Image, tuple[int, int]]:
    """The person in a corner of a large picture, and where their picture's corner is."""
    canvas = np.full((720, 1280, 3), 120, np.uint8)
    small = cv2.resize(person, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    left, top = 900, 380
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas, (left, top)


def test_a_face_too_small_for_the_whole_picture_is_found_around_the_head(
    models: Models, person: Image, head: Place
) -> None:
    times = 0.25
    picture, (left, top) = far_away(person, times)
    truth = Place(left + times * head.x, top + times * head.y, times * head.size)
    hint = Place(truth.x + 5, truth.y - 4, 1.2 * truth.size)
    with FaceFollower(models.face) as follower:
        assert follower.read(picture, 0).face is None, "found anyway: the rescue is idle"
        looks = [follower.rescue(picture, 0, hint)]
        # From there on it is known where to look closely.
        looks += [follower.read(picture, t_ms) for t_ms in range(100, 500, 100)]
    for look in looks:
        assert look.face is not None
        place = face_place(look.face, (1280, 720))
        assert place.distance(truth) < 0.15 * truth.size
        assert place.size == pytest.approx(truth.size, rel=0.15)


def test_a_small_face_that_moves_is_read_as_a_large_one(
    models: Models, person: Image, head: Place
) -> None:
    times = 0.25
    picture, (left, top) = far_away(person, times)
    truth = Place(left + times * head.x, top + times * head.y, times * head.size)
    with FaceReader(models.face) as reader:
        (near,) = reader.read(person, 0)
    shape = times * (near.points - near.points.mean(axis=0))
    with FaceFollower(models.face) as follower:
        follower.read(picture, 0)
        follower.rescue(picture, 0, truth)
        for step in range(1, 25):
            look = follower.read(np.roll(picture, -2 * step, axis=1), 100 * step)
            assert look.face is not None
            place = face_place(look.face, (1280, 720))
            assert place.x == pytest.approx(truth.x - 2 * step, abs=0.08 * truth.size)
            assert place.y == pytest.approx(truth.y, abs=0.08 * truth.size)
            centred = look.face.points - look.face.points.mean(axis=0)
            assert np.abs(centred - shape).max() < 0.1 * truth.size


def test_a_face_that_comes_where_only_a_pose_was_seen_is_followed(
    models: Models, person: Image, head: Place
) -> None:
    """As of somebody who sits with the back to the camera first, or whose picture is damaged."""
    with FaceFollower(models.face) as follower:
        empty = np.full_like(person, 120)
        assert follower.read(empty, 0).face is None
        assert follower.rescue(empty, 0, head).face is None
        looks = [follower.read(person, t_ms) for t_ms in range(1000, 4000, 500)]
    assert all(look.face is not None for look in looks)
    assert {look.person for look in looks} == {0}


def test_depth_is_scaled_back_from_the_square(models: Models, person: Image, head: Place) -> None:
    times = 0.25
    picture, (left, top) = far_away(person, times)
    hint = Place(left + times * head.x, top + times * head.y, times * head.size)
    with FaceFollower(models.face) as follower:
        follower.read(picture, 0)
        rescued = follower.rescue(picture, 0, hint).face
    with FaceReader(models.face) as reader:
        (near,) = reader.read(person, 0)
    assert rescued is not None
    depth, width = np.ptp(rescued.points[:, 2]), np.ptp(rescued.points[:, 0])
    assert depth / width == pytest.approx(
        np.ptp(near.points[:, 2]) / np.ptp(near.points[:, 0]), rel=0.15
    )


def test_the_rescue_finds_nothing_where_nobody_is(models: Models, person: Image) -> None:
    picture, _ = far_away(person, 0.25)
    with FaceFollower(models.face) as follower:
        follower.read(picture, 0)
        for t_ms, place in enumerate((Place(300, 300, 60), Place(5, 5, 60), Place(1270, 700, 40))):
            assert follower.rescue(picture, t_ms, place).face is None
