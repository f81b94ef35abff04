"""Hand-made observations and judgements for tests of drawing and writing."""

from __future__ import annotations

import numpy as np

from neckform.core.measure.observation import (
    Baseline,
    Face,
    Observation,
    Pose,
)
from neckform.core.stretch.status import AxisStatus, HoldStatus, StretchZone
from neckform.core.types import Angles, Axis, Head, HeadSource, HoldState, Sample, Shoulders, Side

SIZE = (640, 480)
NAMES = {"upper-trapezius": "Ear to shoulder"}


def face(size: tuple[int, int] = SIZE) -> Face:
    """An ellipse of points at the middle of the picture."""
    turn = np.linspace(0, 2 * np.pi, 468)
    points = np.stack([np.cos(turn) * size[0] / 10, np.sin(turn) * size[1] / 6, turn * 0], axis=1)
    return Face(points.astype(np.float32))


def pose(
    left: tuple[float, float] = (130, -170), right: tuple[float, float] = (-130, -170)
) -> Pose:
    points = np.zeros((33, 3), np.float32)
    points[11, :2], points[12, :2] = left, right
    return Pose(points, np.ones(33, np.float32), np.zeros((33, 3), np.float32))


def observation(
    t_ms: int = 0,
    *,
    size: tuple[int, int] = SIZE,
    with_face: bool = True,
    with_pose: bool = True,
    pose_looked: bool = True,
) -> Observation:
    return Observation(
        t_ms, size, face(size) if with_face else None, pose() if with_pose else None, pose_looked
    )


TILTED = Angles(3, -2, 31)


def sample(t_ms: int = 0, angles: Angles | None = TILTED) -> Sample:
    head = None
    if angles is not None:
        head = Head(angles, Angles(3.2, -2.4, 30.1), Angles(2, 3, 3), HeadSource.FACE, 0.875)
    return Sample(t_ms, head, Shoulders(0.01, -0.02, 0.03, 1.5, -2.5) if head else None)


def baseline(size: tuple[int, int] = SIZE) -> Baseline:
    return Baseline(
        "held",
        0,
        1000,
        size,
        face(size).points.astype(np.float64),
        np.array([130.0, -170.0]),
        np.array([-130.0, -170.0]),
        260.0,
        0.0,
        np.zeros((11, 3)),
    )


def holding(
    held_ms: int = 12_900,
    angle_deg: float | None = 31.0,
    zone: StretchZone = StretchZone.TARGET,
) -> HoldStatus:
    axis = AxisStatus(Axis.LATERAL, angle_deg, 20.0, 14.0, 25.0, None, 50.0)
    return HoldStatus(
        HoldState.HOLDING,
        "upper-trapezius",
        Side.LEFT,
        held_ms,
        30_000,
        zone=zone,
        axes=(axis,),
    )
