"""What was seen of somebody, as if they sat nearer or further away, or opened their mouth."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from neckform.core.measure.geometry import face_axes
from neckform.core.measure.observation import Face, Observation
from neckform.core.measure.skeleton import MESH_ANATOMY, MESH_CHIN, MESH_FOREHEAD


def resized(seen: Observation, times_larger: float) -> Observation:
    """The same moment of somebody who sits nearer, or further away: all is larger, or smaller."""
    factor, face, body = np.float32(times_larger), seen.face, seen.pose
    return replace(
        seen,
        face=None if face is None else Face(face.points * factor),
        pose=None if body is None else replace(body, points=body.points * factor),
    )


def with_open_mouth(face: Face, opened_deg: float = 25.0) -> Face:
    """The lower jaw turned about its joints, before the ears; the lips' corners follow halfway."""
    points = face.points.astype(np.float64)
    middle, axes = points.mean(axis=0), face_axes(points)
    own = (points - middle) @ axes
    joint = own[[MESH_ANATOMY["R_tragion"], MESH_ANATOMY["L_tragion"]], 1:].mean(axis=0)
    lips = own[[MESH_ANATOMY["R_cheilion"], MESH_ANATOMY["L_cheilion"]], 1].mean()
    height = own[MESH_FOREHEAD, 1] - own[MESH_CHIN, 1]
    share = np.clip((lips - own[:, 1]) / (0.06 * height) + 0.5, 0.0, 1.0)[:, None]
    turn = math.radians(opened_deg)
    turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    own[:, 1:] += share * ((own[:, 1:] - joint) @ turned - (own[:, 1:] - joint))
    assert own[MESH_CHIN, 1] < (points - middle)[MESH_CHIN] @ axes[:, 1] - 0.05 * height
    return Face((own @ axes.T + middle).astype(np.float32))
