"""What a camera that is held by hand, or frames by itself, does to the picture is taken out again.

A whole observation is put to where it would be had the camera stood still: a camera that turns
carries a head across the picture without turning it to the camera's ray, so that both place and
direction are right again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from neckform.core.measure.observation import STEADIED, STEADY, CameraMove, Face, Observation, Pose
from neckform.core.time import seen_ms
from neckform.core.types import Float32, Shoulders

SHAKY_SW = 0.03
"""So far off may be what is read of a shoulder before a camera that moves, in shoulder widths: the
model finds a shoulder two to three pixels off in pictures that shake (one standard deviation: 0.015
to 0.02 sw on two rendered people)."""


def steadied(observation: Observation) -> Observation:
    """The same, as a camera would have seen it that stood still.

    Where nobody can say what the camera did, the shoulders are unseen.
    """
    camera = observation.camera
    if camera in (STEADY, STEADIED):
        return observation
    face, pose = observation.face, observation.pose
    if camera.lost:
        return replace(observation, pose=None, pose_looked=True, camera=STEADIED)
    turn = math.radians(-camera.turn_deg)
    rotation = np.array(
        [
            [math.cos(turn), -math.sin(turn), 0.0],
            [math.sin(turn), math.cos(turn), 0.0],
            [0.0, 0.0, 1.0],
        ]
    )
    shift = np.array([camera.x_px, camera.y_px, 0.0])

    def back(points: Float32) -> Float32:
        return np.asarray((points - shift) @ rotation.T / camera.zoom, np.float32)

    return replace(
        observation,
        face=None if face is None else Face(back(face.points)),
        pose=None
        if pose is None
        else Pose(
            back(pose.points), pose.visibility, np.asarray(pose.world @ rotation.T, np.float32)
        ),
        camera=STEADIED,
    )


def without_shake(shoulders: Shoulders, camera: CameraMove) -> Shoulders:
    """The same; of a camera that moved, what may be its own is not the shoulders'."""
    if not camera.taken_out:
        return shoulders
    return replace(
        shoulders,
        left_rise_sw=_less(shoulders.left_rise_sw),
        right_rise_sw=_less(shoulders.right_rise_sw),
        drift_sw=_less(shoulders.drift_sw),
    )


def _less(moved_sw: float) -> float:
    return math.copysign(max(0.0, abs(moved_sw) - SHAKY_SW), moved_sw)


@dataclass(frozen=True, slots=True)
class CameraTime:
    """Whether a recording's camera moved.

    Attributes
    ----------
    furthest : float
        How far it carried the picture at most, in picture diagonals.
    lost_ms : int
        For how long nobody could say what it did.
    """

    furthest: float = 0.0
    lost_ms: int = 0
    last_ms: int | None = None

    @property
    def moved(self) -> bool:
        return self.furthest > 0 or self.lost_ms > 0


def count(before: CameraTime, observation: Observation) -> CameraTime:
    """Take in one observation."""
    camera, t_ms = observation.camera, observation.t_ms
    passed_ms = 0 if before.last_ms is None else seen_ms(before.last_ms, t_ms)
    if camera.lost:
        return CameraTime(before.furthest, before.lost_ms + passed_ms, t_ms)
    moved = math.hypot(camera.x_px, camera.y_px) / math.hypot(*observation.size)
    furthest = max(before.furthest, moved, abs(math.log(camera.zoom)) / 2)
    return replace(before, furthest=furthest, last_ms=t_ms)
