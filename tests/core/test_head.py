import math

import numpy as np
import pytest
from people import FACE_PX, LEVEL, SIZE, face, mesh, observation

from neckform.core.measure.geometry import (
    FOCAL_DIAGONALS,
    angles_from_rotation,
    ray_rotation,
    rotation_from_angles,
)
from neckform.core.measure.head import HeadReader, head_axes
from neckform.core.measure.observation import Face
from neckform.core.measure.skeleton import MESH_MIRROR_PAIRS
from neckform.core.neutral.baseline import neutral_of
from neckform.core.types import Angles

READER = HeadReader(neutral_of([observation(0)], "span"))


def test_a_level_face_has_level_axes() -> None:
    axes = head_axes(face().points.astype(np.float64), SIZE)
    assert angles_from_rotation(axes) == pytest.approx((0.0, 0.0, 0.0), abs=1e-3)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("degrees", [30.0, -30.0])
def test_thirty_degrees_read_thirty_on_their_own_axis(axis: int, degrees: float) -> None:
    turned = [0.0, 0.0, 0.0]
    turned[axis] = degrees
    reading = READER.read(face(Angles(*turned)), SIZE)
    assert reading.angles == pytest.approx(turned, abs=0.01)


def test_any_movement_reads_itself() -> None:
    draw = np.random.default_rng(5)
    for _ in range(50):
        angles = Angles(*draw.uniform([-35, -60, -45], [50, 60, 45]))
        reading = READER.read(face(angles), SIZE)
        np.testing.assert_allclose(
            rotation_from_angles(reading.angles), rotation_from_angles(angles), atol=1e-4
        )


def test_a_head_that_only_moves_aside_has_not_turned() -> None:
    # Carried aside, a head shows itself turned by the angle of the line of sight.
    place = np.array([150.0, 40.0, 0.0])
    shown = mesh() @ (ray_rotation(place, SIZE).T @ rotation_from_angles(LEVEL)).T + place
    reading = READER.read(Face(shown.astype(np.float32)), SIZE)
    assert reading.angles == pytest.approx((0.0, 0.0, 0.0), abs=0.01)
    assert reading.right_x == pytest.approx(150.0 / FACE_PX, rel=0.01)
    assert reading.up_y == pytest.approx(40.0 / FACE_PX, rel=0.01)


def test_a_nearer_head_is_larger() -> None:
    nearer = Face(face().points * np.float32(1.2))
    assert READER.read(nearer, SIZE).nearer == pytest.approx(math.log(1.2), abs=1e-4)


def test_the_same_view_in_twice_the_pixels_reads_the_same() -> None:
    angles = Angles(20.0, -15.0, 10.0)
    twice = Face(face(angles, (60.0, 30.0)).points * np.float32(2.0))
    small = READER.read(face(angles, (60.0, 30.0)), SIZE)
    large = READER.read(twice, (1280, 960))
    assert large.angles == pytest.approx(small.angles, abs=1e-3)
    assert large.nearer == pytest.approx(small.nearer, abs=1e-4)


def test_mirrored_faces_read_mirrored_angles() -> None:
    mirror = np.array([-1.0, 1.0, 1.0], np.float32)
    angles = Angles(20.0, -25.0, 10.0)
    seen = READER.read(face(angles), SIZE).angles
    index = np.arange(468)
    right, left = MESH_MIRROR_PAIRS.T
    index[right], index[left] = left, right
    other = READER.read(Face(face(angles).points[index] * mirror), SIZE).angles
    assert other == pytest.approx(seen.mirrored(), abs=0.01)


def test_the_assumed_camera_is_an_ordinary_one() -> None:
    across = 2 * math.degrees(math.atan(0.5 / FOCAL_DIAGONALS))
    assert 65 < across < 80
