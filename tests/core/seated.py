"""The made-up person of `people`, seated as far from the camera as one sits."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from people import REST, observation

from neckform.core.coach.framing import Scene
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.types import Angles

SIZE = (1280, 960)
"""In a picture this large, that face is 19 % of the diagonal high."""
BRIGHT = Scene(face_light=130.0, surround_light=120.0, people=1)


def seated(
    t_ms: int,
    angles: Angles | None = REST,
    body: Pose | None = None,
    *,
    looked: bool = True,
    place: tuple[float, float] = (0.0, 0.0),
) -> Observation:
    """One moment; `angles` None is a face that is not seen."""
    seen = _observed(angles, place)
    shown = (seen.pose if body is None else body) if looked else None
    return replace(seen, t_ms=t_ms, size=SIZE, pose=shown, pose_looked=looked)


@cache
def _observed(angles: Angles | None, place: tuple[float, float]) -> Observation:
    return observation(0, angles, place=place)


def absent(t_ms: int) -> Observation:
    """Nobody there."""
    return Observation(t_ms, SIZE, None, None, pose_looked=True)


def still(start_ms: int, end_ms: int, fps: float = 10.0) -> list[Observation]:
    """Sitting still from a time on, up to and without another."""
    return [seated(t_ms) for t_ms in times(start_ms, end_ms, fps)]


def times(start_ms: int, end_ms: int, fps: float = 10.0) -> list[int]:
    count = int((end_ms - start_ms) * fps / 1000)
    return [start_ms + round(index * 1000 / fps) for index in range(count)]


def sized(seen: Observation, height_share: float) -> Observation:
    """The same moment with a face of this height, as a share of the picture's diagonal."""
    face = seen.face
    assert face is not None
    points = face.points
    height = float(points[:, 1].max() - points[:, 1].min())
    scale = height_share * float(np.hypot(*seen.size)) / height
    return replace(seen, face=Face((points * np.float32(scale)).astype(np.float32)))
