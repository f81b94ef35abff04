"""A made-up person for tests: a rigid, mirror-symmetric mesh, and shoulders below it."""

from __future__ import annotations

import numpy as np

from neckform.core.measure.geometry import rotation_from_angles
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.measure.skeleton import MESH_CHIN, MESH_FOREHEAD, MESH_MIRROR_PAIRS
from neckform.core.types import Angles, Float64

SIZE = (640, 480)
FACE_PX = 60.0
SHOULDER_PX = 260.0
NECK_PX = np.array([0.0, -1.7, -1.4]) * FACE_PX
"""From the middle of the face to where the neck bends: 11 cm down, 9 cm back."""
REST = Angles(0.0, 0.0, 0.0)
LEVEL = Angles(7.2, 0.0, 0.0)
"""How a level face's axes look to a level camera; see `core.measure.head.NEUTRAL_PITCH_DEG`."""


def mesh() -> Float64:
    """Head axes: x to the person's left, y up, z out of the face; size `FACE_PX`."""
    draw = np.random.default_rng(7)
    points = draw.normal(0.0, 1.0, (468, 3)) * [0.6, 0.7, 0.35]
    points[:, 0] *= 0.0
    for right, left in MESH_MIRROR_PAIRS:
        if right != left:
            points[left] = draw.normal([0.8, 0.0, 0.0], 0.5)
            points[right] = points[left] * [-1.0, 1.0, 1.0]
    points[MESH_FOREHEAD], points[MESH_CHIN] = [0.0, 1.0, 0.2], [0.0, -1.0, 0.2]
    points -= points.mean(axis=0)
    return points * (FACE_PX / np.sqrt((points**2).sum(axis=1).mean()))


def face(angles: Angles = REST, place: tuple[float, float] = (0.0, 0.0)) -> Face:
    """A level head turned by `angles`, seen without perspective at `place`."""
    level = mesh() @ rotation_from_angles(LEVEL).T
    turned = level @ rotation_from_angles(angles).T
    return Face((turned + np.array([*place, 0.0])).astype(np.float32))


def pose(
    *,
    left_up_px: float = 0.0,
    right_up_px: float = 0.0,
    visible: float = 1.0,
    hand_on_head: bool = False,
) -> Pose:
    """Shoulders square to the camera below a head in the middle of the picture."""
    points = np.zeros((33, 3), np.float32)
    points[11, :2] = [SHOULDER_PX / 2, -150.0 + left_up_px]
    points[12, :2] = [-SHOULDER_PX / 2, -150.0 + right_up_px]
    points[13:23, 1] = -230.0
    points[13:23, 0] = [150.0, -150.0] * 5
    if hand_on_head:
        points[[15, 17, 19], :2] = [20.0, 60.0]
    world = np.zeros((33, 3), np.float32)
    world[11], world[12] = [0.18, 0.45, 0.0], [-0.18, 0.45, 0.0]
    return Pose(points, np.full(33, visible, np.float32), world)


def observation(
    t_ms: int,
    angles: Angles | None = REST,
    body: Pose | None = None,
    *,
    looked: bool = True,
    place: tuple[float, float] = (0.0, 0.0),
) -> Observation:
    """One moment; `angles` None is a face that is not seen.

    A head that bends travels: it turns about the neck, not about its own middle.
    """
    seen = None
    if angles is not None:
        travel = NECK_PX - rotation_from_angles(angles) @ NECK_PX
        seen = face(angles, (place[0] + float(travel[0]), place[1] + float(travel[1])))
    shown = (pose() if body is None else body) if looked else None
    return Observation(t_ms, SIZE, seen, shown, looked)
