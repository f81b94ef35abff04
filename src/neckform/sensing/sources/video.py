"""Recorded video: pictures at their true times.

Frames are decoded in order, without seeking: otherwise presentation times are wrong in files with a
variable frame rate. Of the frames between the sampled ones, those that no other is made from are
not decoded, and none is converted to a picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from neckform.core.errors import InputError
from neckform.core.wording import listed, why, worded
from neckform.sensing.landmarks.head_box import size_of
from neckform.sensing.sources.track import TOLD_S, Track, unreadable
from neckform.sensing.sources.upright import AS_SHOWN, Upright, Way

DEFAULT_SAMPLE_FPS = 10.0

LONGEST_SIDE_PX = 1280
"""Larger pictures are made smaller before the models see them: those look at 256 x 256 pixels of a
person at most, and a 4K picture costs more to copy than to read."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture and when it was shown.

    Attributes
    ----------
    t_ms : int
        Presentation time; strictly increasing.
    image : ndarray, shape (height, width, 3), uint8
        BGR, upright, never mirrored.
    """

    t_ms: int
    image: NDArray[np.uint8]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return size_of(self.image)


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a video file says about itself.

    Attributes
    ----------
    width, height : int
        Of its pictures as a player shows them, and turned as asked.
    frame_width, frame_height : int
        Of the frames that are given out, smaller where the video is very large.
    duration_s : float or None
        As the file claims; None when it does not say.
    """

    path: Path
    width: int
    height: int
    frame_width: int
    frame_height: int
    duration_s: float | None


class VideoSource:
    """An open video file; iterate it once for its sampled frames.

    Attributes
    ----------
    info : VideoInfo
    frames_read : int
        How many frames were decoded so far.
    read_ms : int or None
        Time of the last decoded frame.
    """

    def __init__(
        self, path: Path, sample_fps: float, way: Way = AS_SHOWN, *, seldom: bool = False
    ) -> None:
        if not (math.isfinite(sample_fps) and sample_fps > 0):
            raise ValueError(f"sample_fps must be above 0, not {sample_fps}")
        self._interval_ms = 1000.0 / sample_fps
        self._finished = False
        self._track = Track(path)
        self._pictures = self._track.pictures(self._interval_ms, seldom=seldom)
        first = next(self._pictures, None)
        if first is None and self._track.is_cut_out:
            self.close()
            self._track = Track(path, whole=True)
            self._pictures = self._track.pictures(self._interval_ms, seldom=seldom)
            first = next(self._pictures, None)
        if first is None:
            self.close()
            raise InputError(unreadable(path))
        self._first: tuple[int, Any] | None = first
        self._upright = Upright(first[1], self._track.pixel_shape, LONGEST_SIDE_PX, way)
        self.info = VideoInfo(
            path, *self._upright.shown, *self._upright.size, self._track.duration_s
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; may be called again."""
        self._track.close()

    @property
    def frames_read(self) -> int:
        return self._track.frames_read

    @property
    def read_ms(self) -> int | None:
        return self._track.read_ms

    @property
    def duration_s(self) -> float | None:
        """As the file claims; as it was read where it claims nothing, or less than there was."""
        claimed, read_s = self.info.duration_s, self._read_s()
        if not self._finished:
            return claimed
        lost_s = self._track.lost_at_first_s
        if claimed is not None and lost_s <= TOLD_S and read_s <= claimed + TOLD_S:
            return claimed
        return max(read_s, (claimed or 0.0) - lost_s)

    def __iter__(self) -> Iterator[Frame]:
        """Each first frame at or after every due time, so that sampling does not drift."""
        first, self._first = self._first, None
        if first is None:
            return
        start_ms, picture = first
        yield Frame(start_ms, self._upright.image(picture))
        turn = 1
        for t_ms, picture in self._pictures:
            # Half a millisecond: times are rounded, due times are not.
            if t_ms - start_ms + 0.5 < turn * self._interval_ms:
                continue
            turn = math.floor((t_ms - start_ms + 0.5) / self._interval_ms) + 1
            yield Frame(t_ms, self._upright.image(picture))
        self._finished = True

    @property
    def note(self) -> str | None:
        """What the person should be told about the file once it was read, or None."""
        if not self._finished:
            return None
        name, notes = self.info.path.name, self._track.notes()
        claimed, read_s = self.info.duration_s, self._read_s()
        missing_s = 0.0 if claimed is None else claimed - self._track.lost_at_first_s - read_s
        if claimed is not None and missing_s > max(TOLD_S, 0.05 * claimed):
            notes.append(
                worded(
                    "{name} says it lasts {claimed:.1f} s, but only the first {read_s:.1f} s could "
                    "be read: it may be cut short",
                    name=name,
                    claimed=claimed,
                    read_s=read_s,
                )
            )
        return listed(notes) if notes else None

    def _read_s(self) -> float:
        return (self.read_ms or 0) / 1000 + 1 / self._track.rate


def open_video(
    path: Path,
    sample_fps: float = DEFAULT_SAMPLE_FPS,
    way: Way = AS_SHOWN,
    *,
    seldom: bool = False,
) -> VideoSource:
    """Open a video file in any container that FFmpeg reads.

    Parameters
    ----------
    path : Path
    sample_fps : float
        How many frames a second to give out at most.
    way : Way
        What is done to what a player shows.
    seldom : bool
        Fewer frames will do, where they are much cheaper: see `Track.pictures`.

    Raises
    ------
    InputError
        When there is nothing that can be read as video; one line, for the person.
    """
    path = Path(path)
    check_file(path)
    return VideoSource(path, sample_fps, way, seldom=seldom)


def check_file(path: Path) -> None:
    """Refuse what is no file with content: to open a pipe, say, would wait for ever.

    Raises
    ------
    InputError
        One line, for the person.
    """
    try:
        if path.is_dir():
            raise InputError(worded("{path} is a folder, not a video file", path=path))
        if not path.exists():
            raise InputError(worded("{path} does not exist; check the name", path=path))
        if not path.is_file():
            raise InputError(worded("{path} is not a file; give a video file", path=path))
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise InputError(
            worded("{path} cannot be opened: {reason}", path=path, reason=why(error))
        ) from error
    if empty:
        raise InputError(worded("{path} is empty; record or copy it again", path=path))
