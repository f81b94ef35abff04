"""Which way up a picture is, by who is seen in it: a phone may lie on its side, or upside down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.geometry import angles_from_rotation, wrap_deg
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import CameraMove, Face, Observation, Pose
from neckform.core.measure.shoulders import line_tilt_deg, shoulders_seen
from neckform.core.measure.skeleton import (
    LEFT_SHOULDER,
    MESH_MIRROR,
    NOSE,
    POSE_MIRROR,
    RIGHT_SHOULDER,
)
from neckform.core.types import Float32

LINE_DEG = 30.0
"""A shoulder line further than this from each quarter tells nothing."""
NECK_DEG = 60.0
"""Nor does a nose further than this from straight above the shoulders: with the back to the camera
it reads as below them."""
ALONE_DEG = 75.0
"""A face tilted further than this is no tilted head, even where no shoulders are seen."""
FEWEST = 3
"""So many pictures must agree before one is turned,"""
SHARE = 0.75
"""and this share of all in which somebody is seen."""
SURE = 12
"""With so many, nothing that comes later is waited for: three seconds at least."""


class WayUp:
    """Counts the ways up that the pictures of a recording show.

    The body says it: the pose model reads a body any way round, while the face model takes an
    upside-down face for an upright one. Faces alone are asked where no shoulders are ever seen.
    """

    def __init__(self) -> None:
        self._bodies, self._faces = [0, 0, 0, 0], [0, 0, 0, 0]

    def add(self, observation: Observation) -> None:
        """Take in the next observation."""
        pose = observation.pose
        if pose is not None and shoulders_seen(pose):
            _count(self._bodies, _by_body(pose))
        elif observation.face is not None and observation.pose_looked:
            _count(self._faces, _by_face(observation.face, observation.size))

    @property
    def quarters(self) -> int:
        """How many quarter turns, counter-clockwise, bring the heads up: 0 to 3.

        A picture that does not plainly lie on its side is taken as it is.
        """
        return self._plain_way[0]

    @property
    def is_sure(self) -> bool:
        """Whether the picture lies on its side, and no more need be seen to know it."""
        quarters, pictures = self._plain_way
        return quarters > 0 and pictures >= SURE

    @property
    def _plain_way(self) -> tuple[int, int]:
        """The quarters that most pictures ask for, and how many do; 0, 0 where few agree."""
        votes = self._bodies if sum(self._bodies) else self._faces
        most = max(range(4), key=votes.__getitem__)
        plain = votes[most] >= max(FEWEST, SHARE * sum(votes))
        return (most, votes[most]) if plain else (0, 0)


def quarters_to_head_up(observations: Iterable[Observation]) -> int:
    """As `WayUp.quarters`, over all observations, or as many as it takes to be sure."""
    way_up = WayUp()
    for observation in observations:
        way_up.add(observation)
        if way_up.is_sure:
            break
    return way_up.quarters


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
        camera=_turned_way(observation.camera, quarters),
    )


def _turned_way(camera: CameraMove, quarters: int) -> CameraMove:
    way = _turned(np.array([[camera.x_px, camera.y_px, 0.0]], np.float32), quarters)
    return replace(camera, x_px=float(way[0, 0]), y_px=float(way[0, 1]))


def mirrored(observation: Observation) -> Observation:
    """What would have been seen in the mirror image of the picture."""
    face, pose = observation.face, observation.pose
    return replace(
        observation,
        face=Face(_mirrored(face.points, MESH_MIRROR)) if face is not None else None,
        pose=Pose(
            _mirrored(pose.points, POSE_MIRROR),
            pose.visibility[POSE_MIRROR],
            _mirrored(pose.world, POSE_MIRROR),
        )
        if pose is not None
        else None,
        heads=tuple(-across for across in observation.heads),
        camera=replace(
            observation.camera,
            x_px=-observation.camera.x_px,
            turn_deg=-observation.camera.turn_deg,
        ),
    )


def _mirrored(points: Float32, others: NDArray[np.int_]) -> Float32:
    return points[others] * np.array([-1.0, 1.0, 1.0], np.float32)


def _turned(points: Float32, quarters: int) -> Float32:
    out = points.copy()
    x, y = points[:, 0], points[:, 1]
    out[:, 0], out[:, 1] = ((x, y), (-y, x), (-x, -y), (y, -x))[quarters % 4]
    return out


def _count(votes: list[int], quarters: int | None) -> None:
    if quarters is not None:
        votes[quarters] += 1


def _by_body(pose: Pose) -> int | None:
    places = pose.points[:, :2].astype(np.float64)
    left, right = places[LEFT_SHOULDER], places[RIGHT_SHOULDER]
    line_deg = line_tilt_deg(left, right)
    neck = places[NOSE] - (left + right) / 2.0
    neck_deg = float(np.degrees(np.arctan2(neck[0], neck[1])))
    quarters = round(line_deg / 90.0)
    square = abs(line_deg - 90.0 * quarters) <= LINE_DEG
    above = abs(wrap_deg(neck_deg - 90.0 * quarters)) <= NECK_DEG
    return quarters % 4 if square and above else None


def _by_face(face: Face, size: tuple[int, int]) -> int | None:
    axes = head_axes(face.points.astype(np.float64), size)
    tilt_deg = angles_from_rotation(axes).lateral_deg
    if abs(tilt_deg) > ALONE_DEG:
        return round(tilt_deg / 90.0) % 4
    return 0 if abs(tilt_deg) < 90.0 - ALONE_DEG else None
