"""The little that is kept of each picture of a recording, to choose a neutral from all of it."""

from __future__ import annotations

from array import array
from typing import NamedTuple

import numpy as np

from neckform.core.measure.camera_motion import steadied
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.geometry import angles_from_rotation, shape_of
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Observation, Pose
from neckform.core.measure.sampling import CARRIED_MS
from neckform.core.measure.shoulders import HAND_REACH_SW, line_tilt_deg, shoulders_seen
from neckform.core.measure.skeleton import (
    HANDS,
    LEFT_SHOULDER,
    POSE_HEAD,
    RIGHT_SHOULDER,
    SHOULDERS,
)
from neckform.core.types import Float64

_NO_FACE = (float("nan"),) * 6
_NO_POSE = (float("nan"), 0.0, 0.0)


class Columns(NamedTuple):
    """What was seen, one array a quantity, one element a picture; NaN where unseen.

    Attributes
    ----------
    t_ms
    flexion, rotation, lateral
        The face's own axes against the camera, degrees.
    x, y, size
        The face's middle and size, pixels.
    tilt
        Of the shoulder line, degrees.
    covered
        1 where a hand is at the face.
    arms_up
        1 where a hand is above the shoulders.
    """

    t_ms: Float64
    flexion: Float64
    rotation: Float64
    lateral: Float64
    x: Float64
    y: Float64
    size: Float64
    tilt: Float64
    covered: Float64
    arms_up: Float64


class Glimpses:
    """Collects them: some eighty bytes a picture, so that hours fit in memory."""

    def __init__(self) -> None:
        self._numbers = array("d")
        self._people = array("i")
        self._pose: tuple[int, tuple[float, float, float]] | None = None

    def add(self, observation: Observation) -> None:
        """Take in the next observation; a frozen picture shows nobody."""
        observation = steadied(unless_frozen(observation))
        if observation.pose is not None and shoulders_seen(observation.pose):
            self._pose = observation.t_ms, _of_pose(observation.pose)
        elif self._pose and observation.t_ms - self._pose[0] > CARRIED_MS:
            self._pose = None
        pose = self._pose[1] if self._pose else _NO_POSE
        self._numbers.extend((observation.t_ms, *_of_face(observation), *pose))
        self._people.append(observation.person)

    def columns(self, person: int) -> Columns:
        """All that was collected; nobody is seen where somebody else than `person` was."""
        width = len(Columns._fields)
        table = np.array(self._numbers, dtype=np.float64).reshape(-1, width)
        others = np.array(self._people, dtype=np.int64) != person
        table[others, 1:] = _NO_FACE + _NO_POSE
        return Columns(*table.T)


def _of_face(observation: Observation) -> tuple[float, ...]:
    if observation.face is None:
        return _NO_FACE
    mesh = observation.face.points.astype(np.float64)
    shape = shape_of(mesh)
    angles = angles_from_rotation(head_axes(mesh, observation.size))
    return (*angles, float(shape.middle[0]), float(shape.middle[1]), shape.size)


def _of_pose(pose: Pose) -> tuple[float, float, float]:
    points = pose.points[:, :2].astype(np.float64)
    left, right = points[LEFT_SHOULDER], points[RIGHT_SHOULDER]
    reach_px = HAND_REACH_SW * float(np.linalg.norm(left - right))
    head, shoulders_px = points[POSE_HEAD].mean(axis=0), points[SHOULDERS, 1].max()
    covered = up = False
    for hand in HANDS.values():
        if pose.visible[hand].any() and points[hand, 1].max() > shoulders_px:
            up = True
            covered |= bool(np.linalg.norm(points[hand] - head, axis=1).min() < reach_px)
    return line_tilt_deg(left, right), float(covered), float(up)
