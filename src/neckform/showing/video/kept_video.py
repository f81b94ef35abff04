"""Keeps the picture of a sitting as it was, for somebody who asked for that."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from neckform.showing.video.film import Film


class KeptVideo:
    """A film of what the camera saw, neither mirrored nor drawn upon; a context manager.

    Whatever ends the sitting, what was filmed until then can be played.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._film: Film | None = None
        self._size = (0, 0)
        self._start_ms = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        film, self._film = self._film, None
        if film is not None:
            film.close()

    def add(self, image: NDArray[np.uint8], t_ms: int) -> None:
        """Add a picture; those of another size than the first are left out.

        Raises
        ------
        OutputError
        """
        height, width = (side - side % 2 for side in image.shape[:2])
        if self._film is None:
            self._size, self._start_ms = (width, height), t_ms
            self._film = Film(self._path, width, height, survives=True)
        if (width, height) == self._size:
            self._film.add(image[:height, :width], t_ms - self._start_ms)
