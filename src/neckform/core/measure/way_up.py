"""Which way up a picture is, by who is seen in it: a phone may lie on its side, or upside down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

import numpy as np

from neckform.core.measure.geometry import angles_from_rotation, wrap_deg
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.measure.shoulders import line_tilt_deg, shoulders_seen
from neckform.core.measure.skeleton import LEFT_SHOULDER, RIGHT_SHOULDER
from neckform.core.types import Float32, Float64

FACES = 100
"""So many pictures with a face tell it; they may be the first ones."""
FEWEST_FACES = 4
NECK_DEG = 60.0
"""A head is never tilted further than this against its own shoulders."""
ALONE_DEG = 75.0
"""A face that looks tilted further than this is no tilted head, even where no shoulder is seen."""


def quarters_to_head_up(observations: Iterable[Observation]) -> int:
    """How many quarter turns, counter-clockwise, bring the heads up: 0 to 3.

    The shoulder line says it, where the face agrees; the face alone, where no shoulders are seen.
    With too few faces, or a face and shoulders that disagree, the picture is taken as it is.
    """
    faced = islice((o for o in observations if o.face is not None), FACES)
    pairs = np.array([_tilts_deg(observation) for observation in faced])
    if len(pairs) < FEWEST_FACES:
        return 0
    face_deg, line_deg = _mean_deg(pairs[:, 0]), _mean_deg(pairs[:, 1])
    if line_deg is None:
        quarters = round(face_deg / 90.0) if face_deg and abs(face_deg) > ALONE_DEG else 0
    else:
        quarters = round(line_deg / 90.0)
        if face_deg is None or abs(wrap_deg(face_deg - 90.0 * quarters)) > NECK_DEG:
            quarters = 0
    return quarters % 4


def turned(observation: Observation, quarters: int) -> Observation:
    """What would have been seen in the picture, turned counter-clockwise by quarters."""
    if quarters % 4 == 0:
        return observation
    width, height = observation.size
    face, pose = observation.face, observation.pose
    return replace(
        observation,
        size=(height, width) if quarters % 2 else (width, height),
        face=Face(_turned(face.points, quarters)) if face is not None else None,
        pose=Pose(_turned(pose.points, quarters), pose.visibility, _turned(pose.world, quarters))
        if pose is not None
        else None,
    )


def _turned(points: Float32, quarters: int) -> Float32:
    out = points.copy()
    x, y = points[:, 0], points[:, 1]
    out[:, 0], out[:, 1] = ((x, y), (-y, x), (-x, -y), (y, -x))[quarters % 4]
    return out


def _tilts_deg(observation: Observation) -> tuple[float, float]:
    """Tilt of the face and of the shoulder line in the picture; NaN where it is not seen."""
    assert observation.face is not None
    axes = head_axes(observation.face.points.astype(np.float64), observation.size)
    pose = observation.pose
    line = float("nan")
    if pose is not None and shoulders_seen(pose):
        places = pose.points[:, :2].astype(np.float64)
        line = line_tilt_deg(places[LEFT_SHOULDER], places[RIGHT_SHOULDER])
    return angles_from_rotation(axes).lateral_deg, line


def _mean_deg(angles_deg: Float64) -> float | None:
    """The direction that they have in common; None when there are none."""
    known = np.radians(angles_deg[np.isfinite(angles_deg)])
    if not len(known):
        return None
    return float(np.degrees(np.arctan2(np.sin(known).mean(), np.cos(known).mean())))
