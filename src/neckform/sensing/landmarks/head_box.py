"""Where heads are in a picture, and which head is whose. Numbers only, no model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Face, Pose
from neckform.core.measure.skeleton import POSE_HEAD
from neckform.core.types import Float32

FACE_PER_POSE_SPAN = 1.4
"""A face mesh's extent over that of the pose model's face points; 1.2 to 1.9 in 60 clips of
rendered and real people, about 1.4 in the middle."""

REACH = 1.5
"""Head sizes that a head may have moved since it was last seen and still be taken for the same:
people sitting side by side are further apart than that."""


class Place(NamedTuple):
    """A head in a picture: its middle and the longer side of the face's box, in pixels.

    x goes right and y down from the picture's top left corner, as in image arrays.
    """

    x: float
    y: float
    size: float

    def distance(self, other: Place) -> float:
        """Between the middles, in pixels."""
        return math.hypot(self.x - other.x, self.y - other.y)


def size_of(image: NDArray[np.uint8]) -> tuple[int, int]:
    """Width and height of a picture, pixels."""
    height, width = image.shape[:2]
    return width, height


def face_place(face: Face, size: tuple[int, int]) -> Place:
    """Place of a face mesh in a picture of `size` (width, height)."""
    return _place(face.points, 1.0, size)


def pose_place(pose: Pose, size: tuple[int, int]) -> Place:
    """Place of the head, from the face points of the pose."""
    return _place(pose.points[POSE_HEAD], FACE_PER_POSE_SPAN, size)


def same_head(place: Place, known: Place, reach: float = REACH) -> bool:
    """Whether two places may be one head's: near, and of like size."""
    near = place.distance(known) <= reach * max(place.size, known.size)
    return near and 0.5 <= place.size / max(known.size, 1e-6) <= 2.0


def main_head(places: Sequence[Place], size: tuple[int, int]) -> int:
    """Index of the largest and most central head.

    A head at the very edge counts for half its size, so that somebody close to the camera but
    passing at the side does not win over the person in the middle.
    """
    width, height = size

    def weight(place: Place) -> float:
        off_x = abs(place.x - width / 2) / (width / 2)
        off_y = abs(place.y - height / 2) / (height / 2)
        return place.size * (1.0 - 0.5 * min(1.0, max(off_x, off_y)))

    return max(range(len(places)), key=lambda index: weight(places[index]))


def only_this_person(
    image: NDArray[np.uint8], keep: Place, others: Sequence[Place]
) -> NDArray[np.uint8]:
    """A copy of the picture with other people painted over, in grey.

    Where others are known, everything beyond the halfway line to those beside is painted, and the
    heads of those above or below; where none are, everything further than two and a half head
    sizes to the side.
    """
    height, width = image.shape[:2]
    left, right = 0.0, float(width)
    boxes = []
    for other in others:
        if abs(other.x - keep.x) < 0.8 * keep.size:
            boxes.append(other)
        elif other.x < keep.x:
            left = max(left, (other.x + keep.x) / 2)
        else:
            right = min(right, (other.x + keep.x) / 2)
    if not others:
        left, right = keep.x - 2.5 * keep.size, keep.x + 2.5 * keep.size
    painted = image.copy()
    grey = 127
    painted[:, : _within(left, width)] = grey
    painted[:, _within(right, width) :] = grey
    for box in boxes:
        half = 0.6 * box.size
        rows = slice(_within(box.y - half, height), _within(box.y + half, height))
        painted[rows, _within(box.x - half, width) : _within(box.x + half, width)] = grey
    return painted


def _place(points: Float32, scale: float, size: tuple[int, int]) -> Place:
    width, height = size
    low = points[:, :2].min(axis=0)
    high = points[:, :2].max(axis=0)
    middle = (low + high) / 2
    return Place(
        float(middle[0]) + width / 2,
        height / 2 - float(middle[1]),
        scale * float((high - low).max()),
    )


def _within(value: float, limit: int) -> int:
    return min(limit, max(0, round(value)))
