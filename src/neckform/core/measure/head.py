"""From a face mesh to where the head points, against the person's own neutral.

What is read here is relative to the camera and not yet corrected; `correction` brings it to the
trunk and takes out what is systematic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from neckform.core.measure.geometry import (
    Shape,
    angles_from_rotation,
    face_axes,
    ray_rotation,
    rotation_x,
    shape_of,
    similarity_fit,
    spread,
)
from neckform.core.measure.observation import Baseline, Face
from neckform.core.types import Angles, Float64

NEUTRAL_PITCH_DEG = 7.2
"""How far below a face's own axes (`geometry.face_axes`) a level face looks, on average.
Measured on the neutral pictures of the sixteen fitting people: 7.2 with a spread of 4.0."""


FURTHEST_LATERAL_DEG = 75.0
"""Nobody tilts the head so far: a mesh that reads more does not lie on a face."""


@dataclass(frozen=True, slots=True)
class HeadReading:
    """A head as the face mesh shows it.

    Attributes
    ----------
    angles : Angles
        Against the neutral, relative to the camera, freed of perspective; degrees.
    right_x, up_y : float
        How far the face's middle has moved in the picture, in face sizes (`geometry.spread`).
    nearer : float
        Natural logarithm of the face's size over its size in the neutral.
    neutral_pitch_deg : float
        How the neutral face looks to the camera: depends on its shape and on the camera's tilt.
    misfit : float
        How little the mesh is the neutral one turned: root mean square distance of its points from
        where the turned neutral has them, in face sizes.
    """

    angles: Angles
    right_x: float
    up_y: float
    nearer: float
    neutral_pitch_deg: float
    misfit: float


def head_axes(mesh: Float64, size: tuple[int, int]) -> Float64:
    """Axes of a level head in the camera frame, from a neutral mesh; shape (3, 3)."""
    sight = ray_rotation(mesh.mean(axis=0), size)
    return sight @ face_axes(mesh) @ rotation_x(-NEUTRAL_PITCH_DEG)


class HeadReader:
    """Reads face meshes against one baseline.

    Parameters
    ----------
    baseline : Baseline

    Attributes
    ----------
    neutral : Shape
        Of the baseline's mesh.

    Notes
    -----
    The template of the fit is the person's own neutral mesh with all its 468 points. No mesh of
    anyone else is needed: which way a neutral head points comes from the symmetry of the face and
    one constant.
    """

    def __init__(self, baseline: Baseline) -> None:
        self.neutral = shape_of(baseline.mesh)
        self._sight = ray_rotation(self.neutral.middle, baseline.size)
        self._axes = head_axes(baseline.mesh, baseline.size)
        self._pitch_deg = angles_from_rotation(face_axes(baseline.mesh)).flexion_deg
        self._diagonal_px = math.hypot(*baseline.size)

    def read(self, face: Face, size: tuple[int, int]) -> HeadReading | None:
        """Read one mesh from a picture of `size` (width, height in pixels).

        None when the mesh cannot be a head on shoulders.
        """
        return self.read_shape(self.shape(face, size), size)

    def shape(self, face: Face, size: tuple[int, int]) -> Shape:
        """A mesh in the baseline's pixels.

        A picture of another size than the baseline's is taken as the same view, scaled.
        """
        return shape_of(face.points.astype(np.float64) * self._scale(size))

    def read_shape(self, seen: Shape, size: tuple[int, int]) -> HeadReading | None:
        """Like `read`, for a caller that has the shape already."""
        turned, nearer = similarity_fit(self.neutral, seen)
        rest = seen.about - nearer * (self.neutral.about @ turned.T)
        scale = self._scale(size)
        picture = (round(size[0] * scale), round(size[1] * scale))
        straight = ray_rotation(seen.middle, picture) @ turned @ self._sight.T
        angles = angles_from_rotation(self._axes.T @ straight @ self._axes)
        if abs(angles.lateral_deg) > FURTHEST_LATERAL_DEG:
            return None
        moved = (seen.middle - self.neutral.middle) / self.neutral.size
        return HeadReading(
            angles=angles,
            right_x=float(moved[0]),
            up_y=float(moved[1]),
            nearer=math.log(max(nearer, 1e-6)),
            neutral_pitch_deg=self._pitch_deg,
            misfit=spread(rest) / (max(nearer, 1e-6) * self.neutral.size),
        )

    def _scale(self, size: tuple[int, int]) -> float:
        return self._diagonal_px / math.hypot(*size)
