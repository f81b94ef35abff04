"""A face that is lost in the full picture, looked for once more in a square around the head."""

from __future__ import annotations

import math

from neckform.core.measure.observation import Face
from neckform.sensing.landmarks.close_look import CloseReader
from neckform.sensing.landmarks.head_box import Place, face_place, same_head, size_of
from neckform.sensing.landmarks.landmarkers import FaceReader, Image

SAME_BODY_REACH = 0.8
"""Head sizes between a face and the pose's head up to which they are one person's; measured at
most 0.4 on people alone in the picture."""
RECENT_MS = 500
"""A face that was found so lately says better than the pose where it is."""


class FaceRescuer:
    """Looks for a face in a square around a head."""

    def __init__(self, reader: FaceReader) -> None:
        self._reader = CloseReader(reader, small=math.inf)
        self._last: Place | None = None
        self._last_ms = 0

    def read(self, image: Image, t_ms: int, head: Place) -> Face | None:
        near = head
        if self._last is None:
            self._reader.forget()
        elif t_ms - self._last_ms < RECENT_MS and same_head(self._last, head, reach=1.0):
            near = self._last
        size = size_of(image)
        for found in self._reader.read(image, t_ms, near):
            place = face_place(found, size)
            if same_head(place, head, reach=SAME_BODY_REACH):
                self._last, self._last_ms = place, t_ms
                return found
        self._last = None
        return None
