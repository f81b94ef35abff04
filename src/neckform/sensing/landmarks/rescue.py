"""A face that is lost in the full picture, looked for once more in a square around the head."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Face
from neckform.sensing.landmarks.head_box import Place, face_place, same_head, size_of
from neckform.sensing.landmarks.landmarkers import FaceReader, Image

CROP_SIZES = 2.6
"""Side of the square that a lost face is looked for in, in head sizes."""

SAME_BODY_REACH = 0.8
"""Head sizes between a face and the pose's head up to which they are one person's; measured at
most 0.4 on people alone in the picture."""


class FaceRescuer:
    """Looks for a face in a square around a head."""

    def __init__(self, reader: FaceReader) -> None:
        self._reader = reader
        self._crop: Place | None = None
        self._last: Place | None = None
        self._last_ms = 0

    def read(self, image: Image, t_ms: int, head: Place) -> Face | None:
        # The square stands still while the face stays well inside: the tracker's memory is in its
        # coordinates.
        target = self._last if self._last is not None and t_ms - self._last_ms < 500 else head
        if not same_head(target, head, reach=1.0):
            target = head
        crop = self._crop
        if crop is None or target.distance(crop) > 0.4 * crop.size or not _alike(target, crop):
            crop = self._crop = target
        size = size_of(image)
        square = _cut(image, crop)
        if self._last is None:
            self._reader.forget(square, t_ms)
        for face in self._reader.read(square, t_ms):
            found = _uncut(face, crop, size)
            place = face_place(found, size)
            if same_head(place, head, reach=SAME_BODY_REACH):
                self._last, self._last_ms = place, t_ms
                return found
        self._last = None
        return None


def _alike(one: Place, other: Place) -> bool:
    return 0.75 <= one.size / max(other.size, 1e-6) <= 1.33


def _corner_and_side(crop: Place) -> tuple[int, int, int]:
    side = max(32, round(CROP_SIZES * crop.size))
    return round(crop.x - side / 2), round(crop.y - side / 2), side


def _cut(image: Image, crop: Place) -> Image:
    """The square around a head; black where it reaches beyond the picture."""
    left, top, side = _corner_and_side(crop)
    height, width = image.shape[:2]
    square: NDArray[np.uint8] = np.zeros((side, side, 3), np.uint8)
    x0, x1 = max(left, 0), min(left + side, width)
    y0, y1 = max(top, 0), min(top + side, height)
    if x0 < x1 and y0 < y1:
        square[y0 - top : y1 - top, x0 - left : x1 - left] = image[y0:y1, x0:x1]
    return square


def _uncut(face: Face, crop: Place, size: tuple[int, int]) -> Face:
    """From the square's camera frame to the picture's; the scale, z's too, is the same."""
    left, top, side = _corner_and_side(crop)
    width, height = size
    shift = np.array([left + side / 2 - width / 2, height / 2 - (top + side / 2), 0.0], np.float32)
    return Face(face.points + shift)
