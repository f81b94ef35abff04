"""Whether the picture itself stands still, as of a frozen camera or call.

A person is never still to the pixel, and a camera's noise never is. The picture is compared by
parts, so that a small person before a still background, as in a recorded call, counts as moving.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SAME = 0.6
"""Mean difference in a part, in grey levels of 255, up to which two pictures are the same one.

With this, nine clips of real and rendered people, few bits and a small recorded call among them,
stand still for 0.2 s at most; a frozen one, compressed again in three ways, for 13 s and more at a
time: a key picture may begin a new stand."""
PARTS = (12, 9)
"""Into how many parts a picture is divided, across and down."""


class StandingStill:
    """Says of each picture how long it has been the same."""

    def __init__(self) -> None:
        self._first: NDArray[np.uint8] | None = None
        self._first_ms = 0

    def read(self, image: NDArray[np.uint8], t_ms: int) -> int:
        """How long the same picture has been there, in milliseconds; 0 when it is a new one.

        The picture is compared with the one that began the stand, so that slow movement adds up.
        """
        # Green is most of what grey is made of.
        green = np.ascontiguousarray(image[::2, ::2, 1])
        if self._first is not None and _difference(green, self._first) <= SAME:
            return t_ms - self._first_ms
        self._first, self._first_ms = green, t_ms
        return 0


def _difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean difference in the part that differs most."""
    import cv2

    if one.shape != other.shape:
        return float("inf")
    change = cv2.absdiff(one, other).astype(np.float32)
    return float(cv2.resize(change, PARTS, interpolation=cv2.INTER_AREA).max())
