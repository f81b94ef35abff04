"""Writes the annotated video, with each picture shown when it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np

from neckform.core.errors import OutputError
from neckform.core.types import Pose
from neckform.showing.canvas import Image
from neckform.showing.overlay import Moment, draw_overlay

_RATE = 20
"""Pictures per second written. OpenCV writes constant rates only and analysed pictures come at
irregular times, so each is repeated until the next is due: at most 1/20 s off, never adding up."""

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
        self._partial = path.with_name(f".{path.stem}.partial{path.suffix}")
        self._writer: Any = None
        self._size = (0, 0)
        self._current: Image | None = None
        self._pose: Pose | None = None
        self._start_ms = 0
        self._written = 0
        self._last_ms = 0

    def __enter__(self) -> Self:
        return self

    def add(self, image: Image, moment: Moment) -> None:
        """Add one analysed picture: BGR, not mirrored; it is left as it is."""
        t_ms = moment.observation.t_ms
        if self._writer is None:
            self._open(image)
            self._start_ms = t_ms
        else:
            self._repeat_until(t_ms)
        canvas = cv2.resize(image, self._size, interpolation=cv2.INTER_AREA)
        shown = np.ascontiguousarray(canvas, dtype=np.uint8)
        draw_overlay(shown, self._with_pose(moment), self._names)
        self._current, self._last_ms = shown, t_ms

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer is None:
            return
        # Ctrl-C keeps what was annotated so far; any other error leaves no half video behind.
        keep = kind is None or issubclass(kind, KeyboardInterrupt)
        if keep:
            self._repeat_until(self._last_ms + _LAST_MS)
        self._writer.release()
        self._writer = None
        if keep:
            self._partial.replace(self.path)
        else:
            self._partial.unlink(missing_ok=True)

    def _with_pose(self, moment: Moment) -> Moment:
        """The last pose stays drawn until the pose model looks again, which is not each time."""
        seen = moment.observation
        if seen.pose_looked:
            self._pose = seen.pose
        return replace(moment, observation=replace(seen, pose=self._pose))

    def _repeat_until(self, t_ms: int) -> None:
        due = (t_ms - self._start_ms) * _RATE // 1000
        while self._written < due:
            self._writer.write(self._current)
            self._written += 1

    def _open(self, image: Image) -> None:
        height, width = image.shape[:2]
        self._size = _shown_size(width, height)
        for codec in ("avc1", "mp4v"):
            writer = _open_writer(self._partial, codec, self._size)
            if writer.isOpened():
                self._writer = writer
                return
            writer.release()
            self._partial.unlink(missing_ok=True)
        raise OutputError(
            f"{self.path}: the annotated video cannot be written: the folder refuses it, or this "
            "OpenCV has no encoder for it. Choose another --out, or leave out --annotate."
        )


def _shown_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the annotated video; even, as MPEG-4 and H.264 want them."""
    scale = max(1.0, _SHORTEST_SIDE / min(width, height))
    scale = min(scale, _LONGEST_SIDE / max(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _open_writer(path: Path, codec: str, size: tuple[int, int]) -> Any:
    """A writer, opened or not: not every OpenCV has an H.264 encoder."""
    return cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), float(_RATE), size)
