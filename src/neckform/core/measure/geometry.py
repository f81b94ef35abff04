"""Rotations, the head's angles, and what a camera does to them.

All of it is in the camera frame of ``docs/conventions.md``: x right in the image, y up, z toward
the viewer, right-handed. Rotations are matrices that act on column vectors.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.skeleton import MESH_CHIN, MESH_FOREHEAD, MESH_MIRROR_PAIRS
from neckform.core.types import Angles, Float64

FOCAL_DIAGONALS = 0.71
"""Assumed focal length in picture diagonals: 70 degrees across the diagonal, as most laptop and
phone cameras have. Between 0.55 and 0.9 the head angles on the truth clips change by less than
0.2 degrees on average; without any perspective, rotation is 4 degrees worse."""


def rotation_x(angle_deg: float) -> Float64:
    """Turn about x (the ear-to-ear axis) by `angle_deg`; shape (3, 3)."""
    c, s = _cos_sin(angle_deg)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def rotation_y(angle_deg: float) -> Float64:
    """Turn about y (upward) by `angle_deg`; shape (3, 3)."""
    c, s = _cos_sin(angle_deg)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def rotation_z(angle_deg: float) -> Float64:
    """Turn about z (toward the viewer) by `angle_deg`; shape (3, 3)."""
    c, s = _cos_sin(angle_deg)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def rotation_from_angles(angles: Angles) -> Float64:
    """Compose ``Ry(rotation) · Rx(flexion) · Rz(-lateral)``.

    Parameters
    ----------
    angles : Angles
        Degrees.

    Returns
    -------
    ndarray, shape (3, 3)
    """
    turn, nod = rotation_y(angles.rotation_deg), rotation_x(angles.flexion_deg)
    return turn @ nod @ rotation_z(-angles.lateral_deg)


def angles_from_rotation(rotation: NDArray[np.floating]) -> Angles:
    """Inverse of `rotation_from_angles`, for flexion within ±90 degrees.

    Parameters
    ----------
    rotation : ndarray, shape (3, 3)

    Returns
    -------
    Angles
        Degrees; flexion in [-90, 90], rotation and lateral flexion in (-180, 180].
    """
    flexion = math.asin(min(1.0, max(-1.0, -float(rotation[1, 2]))))
    turn = math.atan2(float(rotation[0, 2]), float(rotation[2, 2]))
    lateral = -math.atan2(float(rotation[1, 0]), float(rotation[1, 1]))
    return Angles(math.degrees(flexion), math.degrees(turn), math.degrees(lateral))


def wrap_deg(angle_deg: float) -> float:
    """Bring an angle into [-180, 180)."""
    return (angle_deg + 180.0) % 360.0 - 180.0


class Shape(NamedTuple):
    """Points about their middle, kept for callers that need them more than once.

    Attributes
    ----------
    middle : ndarray, shape (3,)
    about : ndarray, shape (n, 3)
        The points from there.
    size : float
        Their root mean square distance from there; of a face mesh, the size of a face, in pixels.
    """

    middle: Float64
    about: Float64
    size: float


def shape_of(points: Float64) -> Shape:
    """Middle, places about it, and size of points; shape (n, 3)."""
    middle = points.sum(axis=0) / len(points)
    about = points - middle
    return Shape(middle, about, math.sqrt(float(np.vdot(about, about)) / len(points)))


def spread(points: Float64) -> float:
    """`Shape.size` of points."""
    return shape_of(points).size


def similarity_fit(source: Shape, target: Shape) -> tuple[Float64, float]:
    """Rotation and scale that best carry `source` onto `target` (least squares).

    The closed form of Umeyama (IEEE PAMI 1991), which never answers with a reflection.

    Parameters
    ----------
    source, target : Shape
        The same n points, in the same order.

    Returns
    -------
    rotation : ndarray, shape (3, 3)
    scale : float
        Size of `target` over size of `source`.
    """
    u, values, vt = np.linalg.svd(target.about.T @ source.about)
    signs = np.array([1.0, 1.0, math.copysign(1.0, np.linalg.det(u @ vt))])
    squares = len(source.about) * source.size**2
    return (u * signs) @ vt, float((values * signs).sum()) / squares


def ray_rotation(place: Float64, size: tuple[int, int]) -> Float64:
    """The least turn that carries the camera's axis onto the line of sight to `place`.

    A head beside the middle of the picture is seen at a slant: it looks turned when it is not.
    What a landmark model reads is relative to its line of sight; this brings it back.

    Parameters
    ----------
    place : ndarray, shape (2,) or (3,)
        Pixels, origin at the middle of the picture, y up.
    size : tuple of int
        Width and height of the picture, pixels.

    Returns
    -------
    ndarray, shape (3, 3)
    """
    focal = FOCAL_DIAGONALS * math.hypot(*size)
    sight = np.array([-float(place[0]), -float(place[1]), focal])
    sight /= np.linalg.norm(sight)
    x, y, z = sight
    cross = np.array([[0.0, 0.0, x], [0.0, 0.0, y], [-x, -y, 0.0]])
    turned: Float64 = np.eye(3) + cross + cross @ cross / (1.0 + z)
    return turned


def face_axes(mesh: Float64) -> Float64:
    """Axes of a face from its own symmetry, as it looks in the picture.

    Parameters
    ----------
    mesh : ndarray, shape (468, 3)

    Returns
    -------
    ndarray, shape (3, 3)
        Columns: the person's left, up along forehead and chin, and out of the face.
    """
    across = mesh[MESH_MIRROR_PAIRS[:, 1]] - mesh[MESH_MIRROR_PAIRS[:, 0]]
    # The axis that all the vectors between mirrored points have in common.
    left = np.linalg.svd(across, full_matrices=False)[2][0]
    left = left * math.copysign(1.0, float(left @ across.sum(axis=0)))
    up = mesh[MESH_FOREHEAD] - mesh[MESH_CHIN]
    up = up - left * (left @ up)
    up = up / np.linalg.norm(up)
    return np.stack([left, up, np.cross(left, up)], axis=1)


def _cos_sin(angle_deg: float) -> tuple[float, float]:
    angle = math.radians(angle_deg)
    return math.cos(angle), math.sin(angle)
