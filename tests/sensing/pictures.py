"""Pictures and the names of their types, for the tests of sensing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
WriteClip = Callable[..., Path]


def grey(level: float, width: int = 64, height: int = 48) -> Image:
    return np.full((height, width, 3), round(level), np.uint8)
