"""Holds the camera while it is needed, lets it go when it is not, and takes it back."""

from __future__ import annotations

from enum import StrEnum

from neckform.core.errors import CameraError
from neckform.sensing.camera import LiveSource
from neckform.sensing.video import Frame

RETRY_MS = 10_000
"""How often a camera that is gone is tried again."""
PEEK_EVERY_MS = 20_000
"""How often to look whether somebody has come back."""
PEEK_MS = 2_000
"""How long such a look takes: a camera needs a moment to find its exposure."""


class CameraState(StrEnum):
    """What the camera is doing."""

    ON = "on"
    RESTING = "resting"
    """Nobody is there: let go, but for a short look now and then."""
    GONE = "gone"
    PAUSED = "paused"
    OVER = "over"
    """A recording has ended."""


class Keeper:
    """The camera and when to hold it.

    Attributes
    ----------
    state : CameraState
    trouble : str or None
        Why it is gone, in words for the person.
    """

    def __init__(self, source: LiveSource) -> None:
        self._source = source
        self.state = CameraState.ON
        self.trouble: str | None = None
        self._next_ms = 0
        self._opened_ms = 0

    def start(self, t_ms: int) -> None:
        """Take the camera for the first time.

        Raises
        ------
        CameraError
            At the start there is nothing to go on with.
        """
        self._source.open()
        self._opened_ms = t_ms

    def picture(self, t_ms: int) -> Frame | None:
        """The picture of this moment; None while the camera is let go, gone, or at its end."""
        if self.state in (CameraState.PAUSED, CameraState.OVER):
            return None
        if not self._source.is_open:
            if t_ms < self._next_ms:
                return None
            if not self._open(t_ms):
                return None
        try:
            frame = self._source.read()
        except CameraError as error:
            self._lose(t_ms, error)
            return None
        if frame is None:
            self.state = CameraState.OVER
        elif self.state is CameraState.GONE:
            self.state, self.trouble = CameraState.ON, None
        return frame

    def somebody(self, t_ms: int, *, there: bool) -> None:
        """Tell what the last picture showed."""
        if there:
            self.state = CameraState.ON if self.state is CameraState.RESTING else self.state
            return
        if (
            self.state in (CameraState.ON, CameraState.RESTING)
            and t_ms - self._opened_ms >= PEEK_MS
        ):
            self.state = CameraState.RESTING
            self._source.release()
            self._next_ms = t_ms + PEEK_EVERY_MS

    def pause(self) -> None:
        """Let the camera go until `resume`."""
        self._source.release()
        self.state = CameraState.PAUSED

    def resume(self) -> None:
        """Take it back with the next picture."""
        self.state, self._next_ms = CameraState.ON, 0

    def close(self) -> None:
        """Let it go for good."""
        self._source.release()

    def _open(self, t_ms: int) -> bool:
        try:
            self._source.open()
        except CameraError as error:
            self._lose(t_ms, error)
            return False
        self._opened_ms = t_ms
        return True

    def _lose(self, t_ms: int, error: CameraError) -> None:
        self._source.release()
        self.state, self.trouble = CameraState.GONE, str(error)
        self._next_ms = t_ms + RETRY_MS
