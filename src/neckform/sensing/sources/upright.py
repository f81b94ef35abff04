"""Frames to pictures as a player shows them: pixels square, turned and mirrored as told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Way:
    """How pictures are to be shown, beyond what their file says.

    Attributes
    ----------
    turn_deg : int
        Turned clockwise by 0, 90, 180 or 270 degrees.
    mirrored : bool
        They are mirror images: once turned, they are mirrored back.
    """

    turn_deg: int = 0
    mirrored: bool = False

    def turned_on(self, quarters: int) -> Way:
        """Turned further, counter-clockwise by a number of quarter turns."""
        # What is mirrored last turns the other way round.
        further = quarters if self.mirrored else -quarters
        return replace(self, turn_deg=(self.turn_deg + 90 * further) % 360)


AS_SHOWN = Way()
"""As a player shows them."""


class Upright:
    """Makes pictures of one recording's frames.

    Parameters
    ----------
    first : av.VideoFrame
        Its display matrix is that of all.
    pixel_shape : float
        Width of a pixel over its height.
    longest_px : int
        Larger pictures are made smaller while they are converted.
    way : Way
        What is done to what a player shows.

    Attributes
    ----------
    shown : tuple of int
        Width and height in pixels of the first picture, before it is made smaller.
    """

    def __init__(
        self, first: Any, pixel_shape: float, longest_px: int, way: Way = AS_SHOWN
    ) -> None:
        from av.video.reformatter import VideoReformatter

        self._pixel_shape = pixel_shape
        self._longest_px = longest_px
        # One for all frames: to make one anew for each takes as long as the picture itself.
        self._reformatter = VideoReformatter()
        quarters, mirrored = quarters_and_mirror(display_matrix(first))
        quarters -= way.turn_deg // 90
        # To mirror what was turned is to mirror first and turn the other way round.
        self._quarters = (-quarters if way.mirrored else quarters) % 4
        self._mirrored = mirrored != way.mirrored
        self._first_size = self._small(first)
        self.shown = self._turned(self._square(first))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures that are made of frames."""
        return self._turned(self._first_size)

    def image(self, frame: Any) -> NDArray[np.uint8]:
        """A frame as BGR, shape (height, width, 3).

        One of another size than the first, as calls have them, is fitted into that with black bars.
        """
        width, height = self._fitted(frame)
        grows = width > frame.width or height > frame.height
        converted = self._reformatter.reformat(
            frame,
            width=width,
            height=height,
            format="bgr24",
            interpolation="BICUBIC" if grows else "AREA",
            threads=1,
        )
        image = np.asarray(converted.to_ndarray(), dtype=np.uint8)
        if (width, height) != self._first_size:
            image = self._barred(image)
        if self._mirrored:
            image = image[:, ::-1]
        return np.ascontiguousarray(np.rot90(image, self._quarters))

    def _square(self, frame: Any) -> tuple[int, int]:
        """The size with square pixels: the longer way of a pixel is what grows."""
        width, height, shape = frame.width, frame.height, self._pixel_shape
        if shape >= 1.0:
            return max(1, round(width * shape)), height
        return width, max(1, round(height / shape))

    def _fitted(self, frame: Any) -> tuple[int, int]:
        """The size at which a frame fills the first one's place."""
        width, height = self._small(frame)
        across, along = self._first_size
        scale = min(across / width, along / height)
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _barred(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        across, along = self._first_size
        height, width = image.shape[:2]
        whole = np.zeros((along, across, 3), dtype=np.uint8)
        top, left = (along - height) // 2, (across - width) // 2
        whole[top : top + height, left : left + width] = image
        return whole

    def _small(self, frame: Any) -> tuple[int, int]:
        width, height = self._square(frame)
        scale = min(1.0, self._longest_px / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _turned(self, size: tuple[int, int]) -> tuple[int, int]:
        return (size[1], size[0]) if self._quarters % 2 else size


def display_matrix(frame: Any) -> NDArray[np.float64] | None:
    """The upper left 2 x 2 of a frame's display matrix, or None where there is none."""
    from av.sidedata.sidedata import Type

    for data in frame.side_data:
        if data.type == Type.DISPLAYMATRIX:
            numbers = np.frombuffer(bytes(data), dtype=np.int32).astype(np.float64) / 65536.0
            return np.array([[numbers[0], numbers[1]], [numbers[3], numbers[4]]])
    return None


def quarters_and_mirror(matrix: NDArray[np.float64] | None) -> tuple[int, bool]:
    """What brings the stored picture up: first a mirror (left to right), then quarter turns.

    Parameters
    ----------
    matrix : ndarray, shape (2, 2), or None
        Rows: where the stored picture's x and y axis go, y down.

    Returns
    -------
    int, bool
        Quarter turns, counter-clockwise, and whether it is mirrored before them.
    """
    if matrix is None or not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-6:
        return 0, False
    mirrored = bool(np.linalg.det(matrix) < 0)
    along = -matrix[0] if mirrored else matrix[0]
    # y goes down in a picture: a positive angle is clockwise as it is seen.
    clockwise = np.degrees(np.arctan2(along[1], along[0]))
    return round(-clockwise / 90.0) % 4, mirrored
