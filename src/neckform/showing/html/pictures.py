"""The picture of each hold's best moment, for those who ask for pictures."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from neckform.core.stretch.status import HoldStatus
from neckform.core.types import Exercise, HoldState
from neckform.showing.video.canvas import Image
from neckform.showing.video.jpeg import jpeg

_LONGEST_PX = 480
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

    exercise: Exercise
    t_ms: int
    angle_deg: float
    jpeg: bytes

    @property
    def data_url(self) -> str:
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode("ascii")


class BestMoments:
    """Keeps the picture in which each hold went furthest without needing to ease off.

    Parameters
    ----------
    longest_px : int
        Of the longer side; a larger picture is made smaller.
    """

    def __init__(self, longest_px: int = _LONGEST_PX) -> None:
        self._longest_px = longest_px
        self._over: list[Picture] = []
        self._running: Exercise | None = None
        self._best: Picture | None = None

    def add(self, image: Image, t_ms: int, status: HoldStatus) -> None:
        """Look at one picture: BGR, not mirrored; it is left as it is."""
        running = None
        if status.state is not HoldState.REST and status.stretch is not None:
            running = Exercise(status.stretch, status.side)
        if running != self._running:
            self._over, self._running, self._best = self.taken(), running, None
        if running is None or status.state is not HoldState.HOLDING or status.ease_off:
            return
        angle_deg = None if status.shown is None else status.shown.angle_deg
        if angle_deg is None or (self._best is not None and angle_deg <= self._best.angle_deg):
            return
        small, _ = jpeg(image, self._longest_px, _QUALITY)
        self._best = Picture(running, t_ms, angle_deg, small)

    def taken(self) -> list[Picture]:
        """The picture of each hold so far, in order."""
        return self._over if self._best is None else [*self._over, self._best]
