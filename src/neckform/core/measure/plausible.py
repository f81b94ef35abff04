"""What a face, a body and a picture can be at all; what is read from a file is held against it.

The models never give such points. A damaged file does, and a point at 1e308 or a face without
depth ends in a search without end or a division by nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FARTHEST = 1e5
"""No coordinate goes further than this, in pixels, in metres, or in shoulder widths."""

LARGEST_SIDE_PX = 32_768
"""No picture is wider or higher than this."""

_LEAST_SPREAD_PX = 0.01
_LEAST_DEPTH = 0.01
"""Depth of a face over its width. A real one has about a third."""


def are_near(numbers: NDArray[np.floating]) -> bool:
    """Whether all are finite, and none goes further than `FARTHEST`."""
    return bool((np.abs(numbers) <= FARTHEST).all())  # NaN compares as False


def is_size(width: int, height: int) -> bool:
    """Whether a picture can be that large, in pixels."""
    return 1 <= width <= LARGEST_SIDE_PX and 1 <= height <= LARGEST_SIDE_PX


def have_depth(meshes: NDArray[np.floating]) -> bool:
    """Whether each of several face meshes fills space; points on a line or a plane are no face.

    Parameters
    ----------
    meshes : ndarray, shape (n, 468, 3)
        Near; see `are_near`.
    """
    apart = np.asarray(meshes, np.float64)
    apart = apart - apart.mean(axis=1, keepdims=True)
    spread = np.linalg.eigvalsh(apart.transpose(0, 2, 1) @ apart / apart.shape[1])
    least, most = np.sqrt(np.maximum(spread[:, 0], 0)), np.sqrt(np.maximum(spread[:, 2], 0))
    return bool(((most >= _LEAST_SPREAD_PX) & (least >= _LEAST_DEPTH * most)).all())
