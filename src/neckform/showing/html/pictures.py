"""The picture of each hold's best moment, for those who ask for pictures."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import cv2
import numpy as np

from neckform.core.types import Exercise, HoldState, HoldStatus, Side
from neckform.showing.canvas import Image

_WIDTH = 480
_QUALITY = 78


@dataclass(frozen=True, slots=True)
class Picture:
    """One moment of a hold.

    Attributes
    ----------
    angle_deg : float
        The stretch's main angle at that moment, + toward its side.
    jpeg : bytes
    """

    stretch: str
    side: Side | None
    t_ms: int
    angle_deg: float
    jpeg: bytes

    @property
    def data_url(self) -> str:
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode("ascii")


class BestMoments:
    """Keeps the picture in which a hold went furthest without needing to ease off.

    Only one picture is held in memory; it becomes a small JPEG when its attempt is over.
    """

    def __init__(self) -> None:
        self._taken: list[Picture] = []
        self._running: Exercise | None = None
        self._best: tuple[int, float, Image] | None = None

    def add(self, image: Image, t_ms: int, status: HoldStatus) -> None:
        """Look at one picture: BGR, not mirrored; it is left as it is."""
        if status.state is HoldState.REST or status.stretch is None:
            self._close()
            return
        running = Exercise(status.stretch, status.side)
        if running != self._running:
            self._close()
            self._running = running
        if status.state is not HoldState.HOLDING or status.ease_off or status.angle_deg is None:
            return
        if self._best is None or status.angle_deg > self._best[1]:
            self._best = t_ms, status.angle_deg, _small(image)

    def taken(self) -> list[Picture]:
        """All pictures; ends the running attempt."""
        self._close()
        return list(self._taken)

    def _close(self) -> None:
        if self._best is not None and self._running is not None:
            t_ms, angle_deg, image = self._best
            encoded, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
            if encoded:
                self._taken.append(Picture(*self._running, t_ms, angle_deg, data.tobytes()))
        self._running = self._best = None


def _small(image: Image) -> Image:
    height, width = image.shape[:2]
    scale = min(1.0, _WIDTH / width, _WIDTH / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
