"""The camera, tried at once: a person sees whether it works before anything depends on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Self

from neckform.core.errors import NeckformError
from neckform.sensing.sources.camera import LiveSource, RecordedCamera, known_cameras
from neckform.sensing.sources.video import Frame

AGAIN_S = 1.0
"""From one try to the next."""
EVERY_S = 0.05
DARK = 12.0
"""A picture whose mean is below this, of 255, shows nothing: a closed shutter, or the night."""

TRYING, SEEN, DARK_PICTURE, NONE = "trying", "seen", "dark", "none"


class FirstLook:
    """Looks through a camera in a thread of its own, for as long as it is asked for.

    A camera takes its time to open, and another program may let it go meanwhile.

    Parameters
    ----------
    aside : callable
        Makes the context manager that keeps others from the camera.
    """

    def __init__(self, aside: Callable[[], Any]) -> None:
        self._aside = aside
        self._held = ExitStack()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._now: tuple[str, Frame | None, str | None] = (TRYING, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def frame(self) -> Frame | None:
        """The latest picture."""
        return self._now[1]

    def begin(self, source: LiveSource) -> None:
        """Look through this camera from now on, and through no other."""
        self.end()
        self._held.enter_context(self._aside())
        self._stop, self._now = threading.Event(), (TRYING, None, None)
        arguments = (source, self._stop)
        self._thread = threading.Thread(target=self._look, args=arguments, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let the camera go."""
        if self._thread is not None:
            self._stop.set()
            self._thread.join()
            self._thread = None
        self._held.close()

    def state(self) -> Mapping[str, Any]:
        """What is seen, why nothing is, and which cameras there are."""
        what, _, trouble = self._now
        cameras = [{"index": index, "name": name} for index, name in known_cameras()]
        return {"sees": what, "trouble": trouble, "cameras": cameras}

    def _look(self, source: LiveSource, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                source.open()
                while not stop.wait(EVERY_S):
                    frame = source.read()
                    if frame is None:
                        return  # a recording is over
                    dark = float(frame.image[::8, ::8].mean()) < DARK
                    self._now = (DARK_PICTURE if dark else SEEN, frame, None)
            except NeckformError as error:
                self._now = (NONE, None, str(error))
            finally:
                source.release()
            stop.wait(AGAIN_S)
        if isinstance(source, RecordedCamera):
            source.close()
