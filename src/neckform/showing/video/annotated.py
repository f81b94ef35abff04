"""Writes the annotated video, with each picture shown when it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from neckform.core.measure.observation import Pose
from neckform.showing.video.canvas import Image
from neckform.showing.video.film import Film
from neckform.showing.video.overlay import Moment, draw_overlay

_LONGEST_SIDE = 1280
"""Larger pictures are shrunk: the overlay stays legible and a 4K recording does not take hours."""

_SHORTEST_SIDE = 480
"""Smaller ones are enlarged, for the same legible overlay."""

_LAST_MS = 500
"""How long the last picture stays."""


class AnnotatedVideo:
    """A sink for annotated pictures, used as a context manager.

    The file appears under its name when it is complete; an error leaves none.

    Parameters
    ----------
    path : Path
        Where the video goes, ``.mp4``.
    names : mapping of str to str
        Each stretch's id to its name for people.
    """

    def __init__(self, path: Path, names: Mapping[str, str]) -> None:
        self.path = path
        self._names = names
        self._film: Film | None = None
        self._size = (0, 0)
        self._current: Image | None = None
        self._pose: Pose | None = None
        self._start_ms = 0
        self._last_ms = 0

    def __enter__(self) -> Self:
        return self

    def add(self, image: Image, moment: Moment) -> None:
        """Add one analysed picture: BGR, not mirrored; it is left as it is.

        Raises
        ------
        OutputError
        """
        t_ms = moment.observation.t_ms
        if self._film is None:
            self._size = _shown_size(image.shape[1], image.shape[0])
            self._film = Film(self.path, *self._size)
            self._start_ms = t_ms
        canvas = cv2.resize(image, self._size, interpolation=cv2.INTER_AREA)
        shown = np.ascontiguousarray(canvas, dtype=np.uint8)
        draw_overlay(shown, self._with_pose(moment), self._names)
        self._film.add(shown, t_ms - self._start_ms)
        self._current, self._last_ms = shown, t_ms

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        film, self._film = self._film, None
        if film is None:
            return
        # Ctrl-C keeps what was annotated so far; any other error leaves no half video behind.
        if kind is not None and not issubclass(kind, KeyboardInterrupt):
            film.discard()
            return
        try:
            if self._current is not None and not film.torn:
                film.add(self._current, self._last_ms - self._start_ms + _LAST_MS)
            film.close()
        except BaseException:
            film.discard()
            raise

    def _with_pose(self, moment: Moment) -> Moment:
        """The last pose stays drawn until the pose model looks again, which is not each time."""
        seen = moment.observation
        if seen.pose_looked:
            self._pose = seen.pose
        return replace(moment, observation=replace(seen, pose=self._pose))


def _shown_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the annotated video; even, as H.264 wants them."""
    scale = max(1.0, _SHORTEST_SIDE / min(width, height))
    scale = min(scale, _LONGEST_SIDE / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
