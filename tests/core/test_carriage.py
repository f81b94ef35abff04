"""How the head is carried above the shoulders."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import REST, SHOULDER_PX, SIZE, face, observation, pose

from neckform.core.measure.forward_head import read_forward_head
from neckform.core.measure.geometry import shape_of
from neckform.core.measure.observation import Face, Pose
from neckform.core.measure.shoulders import read_shoulders
from neckform.core.neutral import baseline as neutral
from neckform.core.types import ForwardHead

BASELINE = neutral.neutral_of([observation(t) for t in range(0, 1000, 100)], "auto")
NEUTRAL = shape_of(BASELINE.mesh)


def grown(by: float, place: tuple[float, float] = (0.0, 0.0)) -> Face:
    """A level face that looks larger by a factor, around its place."""
    points = face(REST).points * by
    return Face((points + np.array([*place, 0.0])).astype(np.float32))


def wider(by: float, up_px: float = 0.0) -> Pose:
    body = pose(left_up_px=up_px, right_up_px=up_px)
    points = body.points.copy()
    points[[11, 12], 0] *= by
    return Pose(points, body.visibility, body.world)


def carriage(seen: Face | None, body: Pose, scale: float = 1.0) -> ForwardHead:
    face = shape_of(seen.points.astype(np.float64) * scale) if seen is not None else None
    found = read_forward_head(face, body, read_shoulders(body, scale, BASELINE), BASELINE, NEUTRAL)
    assert found is not None
    return found


def test_the_neutral_is_carried_as_the_neutral() -> None:
    found = carriage(grown(1.0), pose())
    assert found.height == pytest.approx(1.0, abs=1e-6)
    assert found.nearer == pytest.approx(0.0, abs=1e-6)
    assert found.lean_deg == 0.0


def test_a_face_half_way_down_to_the_shoulders_is_at_half_its_height() -> None:
    assert carriage(grown(1.0, (0.0, -75.0)), pose()).height == pytest.approx(0.5, abs=1e-6)


def test_shoulders_that_come_up_are_sinking_too() -> None:
    up = pose(left_up_px=75.0, right_up_px=75.0)
    assert carriage(grown(1.0), up).height == pytest.approx(0.5, abs=1e-6)


def test_a_face_that_looks_larger_is_nearer() -> None:
    assert carriage(grown(1.2), pose()).nearer == pytest.approx(math.log(1.2), abs=1e-6)


def test_a_chair_that_rolls_nearer_is_neither_sinking_nor_leaning() -> None:
    """Everything grows by a fifth around the middle of the picture."""
    body = pose()
    points = body.points * 1.2
    closer = Pose(points.astype(np.float32), body.visibility, body.world)
    found = carriage(grown(1.2), closer)
    assert found.height == pytest.approx(1.0, abs=1e-5)
    assert found.lean_deg == 0.0


def test_a_slump_leans_by_what_its_shoulders_came_forward() -> None:
    """Shoulders a tenth wider on a trunk of 1.7 widths, seen from 2.2 widths away."""
    found = carriage(grown(1.4), wider(1.1))
    focal_px = math.hypot(*SIZE) / (2 * math.tan(math.radians(35)))
    expected = math.degrees(math.asin((1 - 1 / 1.1) * focal_px / SHOULDER_PX / 1.7))
    assert found.lean_deg == pytest.approx(expected, abs=0.1)
    assert 6 < found.lean_deg < 8


def test_nobody_leans_without_end_or_backward() -> None:
    assert carriage(grown(2.5), wider(1.6)).lean_deg == 20.0
    assert carriage(grown(1.4), wider(0.9)).lean_deg == 0.0


def test_a_lost_face_leaves_the_nose() -> None:
    body = pose()
    points = body.points.copy()
    points[0, 1] = -75.0
    low = Pose(points, body.visibility, body.world)
    found = carriage(None, low)
    assert found.height == pytest.approx(0.5, abs=1e-6)
    assert found.nearer is None


def test_a_larger_picture_of_the_same_view_reads_the_same() -> None:
    body = pose(left_up_px=30.0, right_up_px=30.0)
    twice = Pose(body.points * np.float32(2.0), body.visibility, body.world)
    larger = Face((grown(1.2).points * 2.0).astype(np.float32))
    one, other = carriage(grown(1.2), body), carriage(larger, twice, 0.5)
    assert other.height == pytest.approx(one.height, abs=1e-5)
    assert other.nearer == pytest.approx(one.nearer, abs=1e-5)


def test_without_shoulders_or_anything_nothing_is_known() -> None:
    assert read_forward_head(NEUTRAL, pose(), None, BASELINE, NEUTRAL) is None
    shoulders = read_shoulders(pose(), 1.0, BASELINE)
    assert read_forward_head(None, None, shoulders, BASELINE, NEUTRAL) is None
