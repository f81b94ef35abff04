"""A light outline of head and shoulders for the page, as shares of the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Observation
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.measure.skeleton import MESH_OVAL, SHOULDERS
from neckform.showing.video.pixels import to_pixels

_EVERY = 2
"""Every other point of the head's outline: smooth enough, half the bytes."""


def skeleton(observation: Observation, shoulders: NDArray[np.float64] | None) -> dict[str, Any]:
    """Lines and points, x and y from 0 to 1, y down, not mirrored.

    Parameters
    ----------
    shoulders : ndarray, shape (2, 2), or None
        Where the shoulders were last seen, in picture coordinates: the pose is not looked for in
        each picture, and an outline that flickers is worse than one that is a moment old.
    """
    size = np.array(observation.size, dtype=np.float64)
    lines, points = [], []
    if observation.face is not None:
        oval = to_pixels(observation.face.points[MESH_OVAL[::_EVERY]], observation.size) / size
        lines.append(_rounded([*oval, oval[0]]))
    if shoulders is not None:
        points = _rounded(shoulders / size)
        lines.append(points)
    return {"lines": lines, "points": points}


def shoulder_places(observation: Observation) -> NDArray[np.float64] | None:
    """Both shoulders in picture coordinates, left first; None when they are not both seen."""
    pose = observation.pose
    if pose is None or not shoulders_seen(pose):
        return None
    return to_pixels(pose.points[SHOULDERS], observation.size)


def _rounded(places: Any) -> list[list[float]]:
    return [[round(float(x), 4), round(float(y), 4)] for x, y in places]
