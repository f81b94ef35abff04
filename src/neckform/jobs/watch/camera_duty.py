"""Holds the camera while it is needed, lets it go otherwise, and takes it back."""

from __future__ import annotations

from enum import StrEnum

from neckform.core.errors import CameraError
from neckform.sensing.sources.camera import LiveSource
from neckform.sensing.sources.video import Frame

RETRY_MS = 10_000
"""A camera that is gone is tried again this often."""
PEEK_EVERY_MS = 20_000
"""The camera looks this often whether a person is back."""
PEEK_MS = 2_000
"""Such a look takes this long: a camera needs a moment to find its exposure."""


class CameraState(StrEnum):
    """What the camera does."""

    ON = "on"
    RESTING = "resting"
    """Nobody is there: the camera is let go, with a short look now and then."""
    LENT = "lent"
    """Others use a camera or share the screen: it is left to them."""
    GONE = "gone"
    PAUSED = "paused"
    OVER = "over"
    """A recording has ended."""


class Keeper:
    """The camera, and when it is held.

    Parameters
    ----------
    waits : bool
        Whether to wait for a camera that is not there at the start.

    Attributes
    ----------
    state : CameraState
    trouble : str or None
        Why the camera is gone, in words for the person.
    """

    def __init__(self, source: LiveSource, *, waits: bool = False) -> None:
        self._source = source
        self._waits = waits
        self.state = CameraState.ON
        self.trouble: str | None = None
        self._next_ms = 0
        self._opened_ms = 0

    def start(self, t_ms: int) -> None:
        """Take the camera for the first time.

        Raises
        ------
        CameraError
            The camera cannot be opened: there is nothing to watch yet.
        """
        try:
            self._source.open()
        except CameraError as error:
            if not self._waits:
                raise
            self._lose(t_ms, error)
        self._opened_ms = t_ms

    def picture(self, t_ms: int) -> Frame | None:
        """The picture of this moment; None while the camera is let go, gone, or at its end."""
        if self.state in (CameraState.PAUSED, CameraState.LENT, CameraState.OVER):
            return None
        if not self._source.is_open and (t_ms < self._next_ms or not self._open(t_ms)):
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
        """Learn whether a person is there; without one, the camera is let go after a look."""
        looked = t_ms - self._opened_ms >= PEEK_MS
        if there and self.state is CameraState.RESTING:
            self.state = CameraState.ON
        elif not there and looked and self.state in (CameraState.ON, CameraState.RESTING):
            self.state = CameraState.RESTING
            self._source.release()
            self._next_ms = t_ms + PEEK_EVERY_MS

    def pause(self) -> None:
        """Let the camera go until `resume`."""
        self._source.release()
        self.state = CameraState.PAUSED

    def lend(self, *, gives: bool) -> None:
        """Let the camera go while others need it, and take it back after; a pause stays one."""
        if gives and self.state not in (CameraState.PAUSED, CameraState.OVER):
            self._source.release()
            self.state = CameraState.LENT
        elif not gives and self.state is CameraState.LENT:
            self.resume()

    def resume(self) -> None:
        """Take the camera back with the next picture."""
        self.state, self._next_ms = CameraState.ON, 0

    def close(self) -> None:
        """Let the camera go for good."""
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
