"""What only the pixels show: how light the place is, and how many people are there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neckform.core.coach.framing import Scene
from neckform.core.measure.observation import Face
from neckform.sensing.landmarks.bundles import ModelFile
from neckform.sensing.landmarks.landmarkers import FaceReader
from neckform.sensing.owner import Owner
from neckform.sensing.sources.video import Frame

COUNT_EVERY_MS = 1000
"""How often faces are counted: that costs a search through the whole picture, 10 ms."""
MOST_FACES = 3


class SceneReader(Owner):
    """Looks at the light and counts faces; context manager, one thread."""

    def __init__(self, model: ModelFile) -> None:
        self._counter = FaceReader(model, most=MOST_FACES, video=False)
        super().__init__(self._counter)
        self._counted_ms: int | None = None
        self._people = 1

    def look(self, frame: Frame, face: Face | None) -> Scene:
        """Look at one picture.

        Parameters
        ----------
        face : Face or None
            The face of the followed person in the same picture.
        """
        if self._counted_ms is None or frame.t_ms - self._counted_ms >= COUNT_EVERY_MS:
            self._counted_ms = frame.t_ms
            self._people = len(self._counter.read(frame.image, frame.t_ms))
        face_light = None if face is None else _face_light(frame.image, face)
        return Scene(face_light, float(frame.image[::4, ::4].mean()), self._people)


def _face_light(image: NDArray[np.uint8], face: Face) -> float | None:
    height, width = image.shape[:2]
    low, high = face.points[:, :2].min(axis=0), face.points[:, :2].max(axis=0)
    # Beyond the edge there is no light to read, and a negative end would count from behind.
    columns = slice(
        max(0, round(float(low[0]) + width / 2)), max(0, round(float(high[0]) + width / 2))
    )
    rows = slice(
        max(0, round(height / 2 - float(high[1]))), max(0, round(height / 2 - float(low[1])))
    )
    part = image[rows, columns]
    return float(part.mean()) if part.size else None
