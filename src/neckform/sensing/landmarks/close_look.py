"""A face that is small in the picture, looked at in the square around the head.

The vendor's face detector sees every picture at the same small size, and was made for faces that
fill a good part of it. Of one that does not, it finds the place so roughly that the mesh slips to
chin and neck: rendered people, pasted into larger empty pictures, are off by 1.9, 2.3, 3.2 and 4.6
degrees of flexion where the face is 0.21, 0.14, 0.07 and 0.05 of the picture's longer side. In the
square it is as large as before a laptop.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Face
from neckform.sensing.landmarks.head_box import Place, size_of
from neckform.sensing.landmarks.landmarkers import FaceReader, Image

SQUARE_SIZES = 2.6
"""Side of the square, in head sizes."""
SMALL = 0.15
"""Share of the picture's longer side; most faces before a laptop are larger."""
LARGER = 1.25
"""A face that was small stays so until it is so much larger: the mesh must not jump to and fro."""


class CloseReader:
    """Faces in the square around a small head, else in the whole picture.

    Parameters
    ----------
    small : float
        Faces below this share of the picture's longer side are looked at in the square.
    """

    def __init__(self, reader: FaceReader, *, small: float = SMALL) -> None:
        self._reader = reader
        self._small = small
        self._square: Place | None = None
        self._forgets = False

    def read(self, image: Image, t_ms: int, head: Place) -> tuple[Face, ...]:
        """The faces in one picture, in its camera frame.

        Parameters
        ----------
        image, t_ms
            As for `FaceReader.read`.
        head : Place
            Where the head was last, or is thought to be.
        """
        before, self._square = self._square, self._around(head, size_of(image))
        picture = image if self._square is None else _cut(image, self._square)
        # What the reader follows is remembered in the coordinates of what it was shown.
        if self._forgets or self._square != before:
            self._reader.forget(picture, t_ms)
        self._forgets = False
        faces = self._reader.read(picture, t_ms)
        if self._square is None:
            return faces
        return tuple(_uncut(face, self._square, size_of(image)) for face in faces)

    def forget(self) -> None:
        """Follow nobody into the next picture; see `FaceReader.forget`."""
        self._square, self._forgets = None, True

    def _around(self, head: Place, size: tuple[int, int]) -> Place | None:
        """The square's middle and its head; it stands still while the head stays well inside."""
        now = self._square
        small = self._small * (1.0 if now is None else LARGER)
        if head.size >= small * max(size):
            return None
        stays = now is not None and head.distance(now) <= 0.4 * now.size and _alike(head, now)
        return now if stays else head


def _alike(one: Place, other: Place) -> bool:
    return 0.75 <= one.size / max(other.size, 1e-6) <= 1.33


def _corner_and_side(square: Place) -> tuple[int, int, int]:
    side = max(32, round(SQUARE_SIZES * square.size))
    return round(square.x - side / 2), round(square.y - side / 2), side


def _cut(image: Image, square: Place) -> Image:
    """The square around a head; black where it reaches beyond the picture."""
    left, top, side = _corner_and_side(square)
    width, height = size_of(image)
    cut: NDArray[np.uint8] = np.zeros((side, side, 3), np.uint8)
    x0, x1 = max(left, 0), min(left + side, width)
    y0, y1 = max(top, 0), min(top + side, height)
    if x0 < x1 and y0 < y1:
        cut[y0 - top : y1 - top, x0 - left : x1 - left] = image[y0:y1, x0:x1]
    return cut


def _uncut(face: Face, square: Place, size: tuple[int, int]) -> Face:
    """From the square's camera frame to the picture's; the scale, z's too, is the same."""
    left, top, side = _corner_and_side(square)
    width, height = size
    shift = np.array([left + side / 2 - width / 2, height / 2 - (top + side / 2), 0.0], np.float32)
    return Face(face.points + shift)
