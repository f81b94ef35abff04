import math

import numpy as np
import pytest
from people import mesh

from neckform.core.measure.geometry import (
    FOCAL_DIAGONALS,
    angles_from_rotation,
    face_axes,
    ray_rotation,
    rotation_from_angles,
    rotation_x,
    rotation_y,
    rotation_z,
    shape_of,
    similarity_fit,
    spread,
    wrap_deg,
)
from neckform.core.types import Angles


def test_chin_down_is_positive_flexion() -> None:
    # Chin down: the face, which pointed at the viewer, points below.
    assert (rotation_x(30.0) @ [0.0, 0.0, 1.0])[1] == pytest.approx(-0.5)
    assert angles_from_rotation(rotation_x(30.0)) == pytest.approx((30.0, 0.0, 0.0))
    assert angles_from_rotation(rotation_x(-30.0)) == pytest.approx((-30.0, 0.0, 0.0))


def test_turning_to_the_own_left_is_positive_rotation() -> None:
    # The person's left is on image right.
    assert (rotation_y(30.0) @ [0.0, 0.0, 1.0])[0] == pytest.approx(0.5)
    assert angles_from_rotation(rotation_y(30.0)) == pytest.approx((0.0, 30.0, 0.0))
    assert angles_from_rotation(rotation_y(-30.0)) == pytest.approx((0.0, -30.0, 0.0))


def test_tilting_to_the_own_left_is_positive_lateral_flexion() -> None:
    # The top of the head goes to image right.
    assert (rotation_z(-30.0) @ [0.0, 1.0, 0.0])[0] == pytest.approx(0.5)
    assert angles_from_rotation(rotation_z(-30.0)) == pytest.approx((0.0, 0.0, 30.0))
    assert angles_from_rotation(rotation_z(30.0)) == pytest.approx((0.0, 0.0, -30.0))


def test_round_trip_compares_as_matrices() -> None:
    draw = np.random.default_rng(1)
    for _ in range(500):
        angles = Angles(*draw.uniform([-85, -175, -175], [85, 175, 175]))
        rotation = rotation_from_angles(angles)
        again = rotation_from_angles(angles_from_rotation(rotation))
        np.testing.assert_allclose(again, rotation, atol=1e-12)


def test_composition_is_turn_then_nod_then_tilt() -> None:
    angles = Angles(20.0, 35.0, -10.0)
    expected = rotation_y(35.0) @ rotation_x(20.0) @ rotation_z(10.0)
    np.testing.assert_allclose(rotation_from_angles(angles), expected, atol=1e-12)


@pytest.mark.parametrize(
    ("angle", "wrapped"), [(0, 0), (180, -180), (-180, -180), (190, -170), (-190, 170), (540, -180)]
)
def test_wrap(angle: float, wrapped: float) -> None:
    assert wrap_deg(angle) == wrapped


def test_similarity_fit_finds_rotation_and_scale_whatever_the_place() -> None:
    source = mesh()
    rotation = rotation_from_angles(Angles(25.0, -40.0, 15.0))
    target = 1.7 * source @ rotation.T + [30.0, -80.0, 5.0]
    found, scale = similarity_fit(shape_of(source), shape_of(target))
    np.testing.assert_allclose(found, rotation, atol=1e-9)
    assert scale == pytest.approx(1.7)


def test_similarity_fit_never_mirrors() -> None:
    source = mesh()
    mirrored = source * [-1.0, 1.0, 1.0] + np.arange(468)[:, None] * 0.01
    found, _ = similarity_fit(shape_of(source), shape_of(mirrored))
    assert np.linalg.det(found) == pytest.approx(1.0)


def test_a_shape_is_middle_places_about_it_and_size() -> None:
    points = np.array([[1.0, 2.0, 3.0], [5.0, 2.0, 3.0], [3.0, 0.0, 3.0], [3.0, 4.0, 3.0]])
    found = shape_of(points)
    np.testing.assert_allclose(found.middle, [3.0, 2.0, 3.0])
    np.testing.assert_allclose(found.about + found.middle, points)
    assert found.size == spread(points) == pytest.approx(2.0)


def test_line_of_sight_to_the_middle_is_the_axis() -> None:
    np.testing.assert_allclose(ray_rotation(np.zeros(2), (640, 480)), np.eye(3), atol=1e-12)


def test_a_head_on_image_right_is_seen_from_its_own_right() -> None:
    # It stands at the person's-left edge; the line of sight to it leans by the angle off axis.
    focal = FOCAL_DIAGONALS * math.hypot(640, 480)
    sight = ray_rotation(np.array([focal, 0.0]), (640, 480))
    assert angles_from_rotation(sight).rotation_deg == pytest.approx(-45.0)
    np.testing.assert_allclose(sight @ sight.T, np.eye(3), atol=1e-12)


def test_face_axes_come_from_symmetry() -> None:
    for angles in (Angles(0, 0, 0), Angles(10, 25, -15), Angles(-20, -30, 20)):
        rotation = rotation_from_angles(angles)
        np.testing.assert_allclose(face_axes(mesh() @ rotation.T), rotation, atol=1e-9)
