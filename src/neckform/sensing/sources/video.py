"""Recorded video: pictures at their true times.

Frames are decoded in order, without seeking: otherwise presentation times are wrong in files with a
variable frame rate. Frames between the sampled ones are decoded, but not converted to
pictures.
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
from neckform.sensing.landmarks.head_box import size_of
from neckform.sensing.quiet import hush_video

DEFAULT_SAMPLE_FPS = 10.0

SMALL_PX = 640 * 480
"""Pictures up to this many pixels are decoded by one thread: handing them around among several
costs a fifth more, and takes processors away from the models. Larger ones are worth it."""

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
        Of its pictures, upright.
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

    def __init__(self, path: Path, sample_fps: float) -> None:
        if not (math.isfinite(sample_fps) and sample_fps > 0):
            raise ValueError(f"sample_fps must be above 0, not {sample_fps}")
        self._interval_ms = 1000.0 / sample_fps
        self._capture, self._nominal_fps = _open(path)
        self.frames_read = 0
        self.read_ms: int | None = None
        self._finished = False
        self._first = self._retrieve() if self._grab() else None
        if self._first is None:
            self.close()
            raise InputError(_unreadable(path))
        height, width = self._first.shape[:2]
        self._scale = min(1.0, LONGEST_SIDE_PX / max(width, height))
        frame_width, frame_height = self._scaled_size(width, height)
        self.info = VideoInfo(
            path, width, height, frame_width, frame_height, self._claimed_duration_s()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; may be called again."""
        self._capture.release()

    def __iter__(self) -> Iterator[Frame]:
        """Each first frame at or after every due time, so that sampling does not drift."""
        image, self._first = self._first, None
        if image is None or self.read_ms is None:
            return
        start_ms = self.read_ms
        yield Frame(start_ms, self._fit(image))
        turn = 1
        while self._grab():
            # Half a millisecond: times are rounded, due times are not.
            if self.read_ms - start_ms + 0.5 < turn * self._interval_ms:
                continue
            image = self._retrieve()
            if image is None:
                continue
            turn = math.floor((self.read_ms - start_ms + 0.5) / self._interval_ms) + 1
            yield Frame(self.read_ms, self._fit(image))
        self._finished = True

    @property
    def note(self) -> str | None:
        """What the person should be told about the file once it was read, or None."""
        claimed = self.info.duration_s
        if not self._finished or claimed is None or self.read_ms is None:
            return None
        read_s = self.read_ms / 1000 + 1 / self._nominal_fps
        if claimed - read_s <= max(0.5, 0.05 * claimed):
            return None
        return (
            f"{self.info.path.name} says it lasts {claimed:.1f} s, but only the first "
            f"{read_s:.1f} s could be read: it may be cut short"
        )

    def _grab(self) -> bool:
        import cv2

        if not self._capture.grab():
            return False
        self.frames_read += 1
        shown_ms = float(self._capture.get(cv2.CAP_PROP_POS_MSEC))
        last = self.read_ms
        if last is None:
            self.read_ms = max(0, round(shown_ms))
        elif shown_ms > 0 and round(shown_ms) > last:
            self.read_ms = round(shown_ms)
        elif shown_ms > 0:
            self.read_ms = last + 1
        else:  # a container without times: by its frame rate
            self.read_ms = last + max(1, round(1000 / self._nominal_fps))
        return True

    def _retrieve(self) -> NDArray[np.uint8] | None:
        retrieved, image = self._capture.retrieve()
        if not retrieved or image is None or image.size == 0 or image.ndim != 3:
            return None
        return np.asarray(image[:, :, :3], dtype=np.uint8)

    def _fit(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if self._scale == 1.0:
            return image
        import cv2

        size = self._scaled_size(image.shape[1], image.shape[0])
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    def _scaled_size(self, width: int, height: int) -> tuple[int, int]:
        return max(1, round(width * self._scale)), max(1, round(height * self._scale))

    def _claimed_duration_s(self) -> float | None:
        import cv2

        count = float(self._capture.get(cv2.CAP_PROP_FRAME_COUNT))
        if not (math.isfinite(count) and count > 0):
            return None
        return count / self._nominal_fps


def open_video(path: Path, sample_fps: float = DEFAULT_SAMPLE_FPS) -> VideoSource:
    """Open a video file in any container that OpenCV reads.

    Parameters
    ----------
    path : Path
    sample_fps : float
        How many frames a second to give out at most.

    Raises
    ------
    InputError
        When there is nothing that can be read as video; one line, for the person.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder, not a video file")
        if not path.exists():
            raise InputError(f"{path} does not exist; check the name")
        if not path.is_file():
            raise InputError(f"{path} is not a file; give a video file")
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror or error}") from error
    if empty:
        raise InputError(f"{path} is empty; record or copy it again")
    return VideoSource(path, sample_fps)


def _open(path: Path) -> tuple[Any, float]:
    hush_video()
    import cv2

    # FFmpeg alone: the others would take "a01.jpg" for a numbered series. The absolute path keeps
    # names such as "http:a" from being taken for addresses.
    name, one_thread = str(path.resolve()), [cv2.CAP_PROP_N_THREADS, 1]
    capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG, one_thread)
    size = capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if size[0] * size[1] > SMALL_PX:
        capture.release()
        capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
    if not capture.isOpened():
        capture.release()
        raise InputError(_unreadable(path))
    fps = float(capture.get(cv2.CAP_PROP_FPS))
    return capture, fps if math.isfinite(fps) and 0.1 <= fps <= 1000 else 25.0


def _unreadable(path: Path) -> str:
    return (
        f"{path} holds no video that can be read: it is not a video, has sound only, or is damaged"
    )
