"""What the landmark models saw, and the neutral that it is seen against.

One picture becomes one `Observation`; a still second of them becomes a `Baseline`. Both are frozen
and in the camera frame of ``docs/conventions.md``; nothing here knows where a picture came from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.skeleton import MESH_POINTS, POSE_POINTS
from neckform.core.types import Angles, Float32, Float64

LEAST_VISIBILITY = 0.5
NO_ERROR = Angles(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face mesh.

    Attributes
    ----------
    points : ndarray, shape (468, 3), float32
        Camera frame, pixels, origin at the middle of the image; z relative to the head's centre.
    """

    points: Float32

    def __post_init__(self) -> None:
        _expect_shape(self.points, (MESH_POINTS, 3), "Face.points")


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Body landmarks.

    Attributes
    ----------
    points : ndarray, shape (33, 3), float32
        Camera frame, pixels, origin at the middle of the image; z relative to the hips' middle.
    visibility : ndarray, shape (33,), float32
        The model's own estimate, 0 to 1, that a point is in the picture and not hidden.
    world : ndarray, shape (33, 3), float32
        The model's world coordinates: camera axes, metres, origin between the hips.
    """

    points: Float32
    visibility: Float32
    world: Float32

    @property
    def visible(self) -> NDArray[np.bool_]:
        """Which points are in the picture and not hidden; shape (33,)."""
        return self.visibility >= LEAST_VISIBILITY

    def __post_init__(self) -> None:
        _expect_shape(self.points, (POSE_POINTS, 3), "Pose.points")
        _expect_shape(self.visibility, (POSE_POINTS,), "Pose.visibility")
        _expect_shape(self.world, (POSE_POINTS, 3), "Pose.world")


@dataclass(frozen=True, slots=True)
class CameraMove:
    """What the camera has done to the picture since the first one, about the picture's middle.

    Attributes
    ----------
    x_px, y_px : float
        Where it carried what is far, camera frame, pixels.
    turn_deg : float
        How far it turned the picture, counter-clockwise.
    zoom : float
        How many times larger the picture is.
    lost : bool
        It moves, and nobody can say how.
    taken_out : bool
        What it did is no longer in what was seen.
    """

    x_px: float = 0.0
    y_px: float = 0.0
    turn_deg: float = 0.0
    zoom: float = 1.0
    lost: bool = False
    taken_out: bool = False


STEADY = CameraMove()
STEADIED = CameraMove(taken_out=True)


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What the landmark models saw in one picture.

    Attributes
    ----------
    t_ms : int
        Presentation time of the picture (files) or monotonic time at grab (cameras).
    size : tuple of int
        Width and height of the picture in pixels, after its rotation metadata was obeyed.
    face, pose : Face or None, Pose or None
        None when nothing was found.
    pose_looked : bool
        Whether the pose model ran on this picture. It may run less often than the face model;
        ``pose is None`` means "nobody there" only when this is true.
    still_ms : int
        For how long the picture itself has been the same, as of a frozen camera; 0 when it is a
        new one.
    person : int
        Whom it is of: another number is another person.
    heads : tuple of float
        Where the heads of all people in view are, x in pixels of the camera frame, that of this
        person first; empty where they were not counted in this picture.
    camera : CameraMove
        What the camera has done; see `camera_motion`.
    """

    t_ms: int
    size: tuple[int, int]
    face: Face | None
    pose: Pose | None
    pose_looked: bool
    still_ms: int = 0
    person: int = 0
    heads: tuple[float, ...] = ()
    camera: CameraMove = STEADY


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A person's own neutral, which all angles and shoulder measures are relative to.

    Attributes
    ----------
    kind : str
        ``held``, ``brief``, ``usual`` or ``assumed`` (see `neutral.choice`), ``span`` or
        ``profile``.
    start_ms, end_ms : int
        Where it was taken.
    size : tuple of int
        Width and height in pixels of the picture that it was taken from.
    mesh : ndarray, shape (468, 3), float64
        Mean face mesh of the neutral, camera frame, pixels, origin at the middle of the image.
    left_shoulder, right_shoulder : ndarray, shape (2,), float64
        Mean places of the shoulders, pixels, origin at the middle of the image.
    shoulder_width_px : float
        Mean distance between them.
    shoulder_world_turn_deg : float
        The trunk's turn as the pose model read it in the neutral.
    pose_head : ndarray, shape (11, 2), float64
        Mean places of the pose model's face points from the shoulders' middle, in shoulder
        widths: what the coarse direction is measured against.
    pose_hips : ndarray, shape (2, 2), float64, or None
        The same of the left and right hip; None in a profile of an earlier version.
    error : Angles
        One standard error that this neutral adds to that of each angle, degrees.
    """

    kind: str
    start_ms: int
    end_ms: int
    size: tuple[int, int]
    mesh: Float64
    left_shoulder: Float64
    right_shoulder: Float64
    shoulder_width_px: float
    shoulder_world_turn_deg: float
    pose_head: Float64
    pose_hips: Float64 | None = None
    error: Angles = NO_ERROR


def _expect_shape(array: NDArray[np.floating], shape: tuple[int, ...], name: str) -> None:
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, expected {shape}")


def without_person(observation: Observation) -> Observation:
    """The same moment, in which nobody was found though somebody was looked for."""
    return replace(observation, face=None, pose=None, pose_looked=True)
