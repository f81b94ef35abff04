"""The one way back from the camera frame to pixels, for drawing only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PIXEL_SHIFT = 3
"""OpenCV draws lines and circles at 1/8 pixel when coordinates carry three more bits."""


def to_pixels(
    points: NDArray[np.floating], size: tuple[int, int], scale: float = 1.0
) -> NDArray[np.float64]:
    """Camera frame to picture coordinates.

    Parameters
    ----------
    points : ndarray, shape (..., 2) or (..., 3)
        Camera frame: x right, y up, pixels, origin at the middle of the picture.
    size : tuple of int
        Width and height in pixels of the picture that the points were found in.
    scale : float
        Size of the picture drawn on, relative to that one.

    Returns
    -------
    ndarray, shape (..., 2), float64
        x right, y down, pixels of the picture drawn on, origin at its top left corner.
    """
    width, height = size
    flat = np.asarray(points, dtype=np.float64)
    return np.stack([flat[..., 0] + width / 2, height / 2 - flat[..., 1]], axis=-1) * scale


def fixed_point(points: NDArray[np.float64]) -> NDArray[np.int32]:
    """Picture coordinates as OpenCV's fixed-point integers (see `PIXEL_SHIFT`)."""
    # Far outside the picture nothing is drawn anyway, and OpenCV wants 32 bits.
    clipped = np.clip(np.nan_to_num(points), -30_000, 30_000)
    return np.rint(clipped * (1 << PIXEL_SHIFT)).astype(np.int32)
