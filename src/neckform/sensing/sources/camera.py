"""Live pictures: a camera that is taken and let go again, or a recording that plays as one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from neckform.core.errors import CameraError
from neckform.core.plain_text import one_line
from neckform.core.wording import worded
from neckform.sensing.quiet import hush_video
from neckform.sensing.sources.clock import Clock
from neckform.sensing.sources.upright import AS_SHOWN, Way
from neckform.sensing.sources.video import Frame, VideoSource, open_video

WIDTH, HEIGHT = 640, 480
"""What is asked of a camera: the models see no more, and every camera can do it."""
WAITED_S = 0.004
"""A grab that took this long has waited for its picture, so that it is fresh."""
MOST_STALE = 6
"""Pictures that a driver may have kept from before; they are thrown away."""


class LiveSource(Protocol):
    """Pictures of the present, on demand.

    Attributes
    ----------
    name : str
        For a person: ``camera 0``.
    is_open : bool
        Whether it is held at the moment.
    """

    name: str

    @property
    def is_open(self) -> bool: ...

    def open(self) -> None:
        """Take it.

        Raises
        ------
        CameraError
            One line: what is wrong, and what to do.
        """

    def read(self) -> Frame | None:
        """The picture of this moment; None when there will be no more.

        Raises
        ------
        CameraError
            It is gone.
        """

    def release(self) -> None:
        """Let it go, so that other programs can have it; may be called again."""


class Camera:
    """A camera of this computer.

    Parameters
    ----------
    index : int
        0 is the first.
    clock : Clock
        Whose time the pictures carry.
    """

    def __init__(self, index: int, clock: Clock) -> None:
        self.name = f"camera {index}"
        self._index = index
        self._clock = clock
        self._capture: Any = None

    @property
    def is_open(self) -> bool:
        return self._capture is not None

    def open(self) -> None:
        if self._capture is None:
            self._capture = _take(self._index)

    def read(self) -> Frame | None:
        if self._capture is None:
            raise RuntimeError(f"{self.name} was read before it was opened")
        grabbed = _grab_fresh(self._capture)
        t_ms = self._clock.now_ms()
        read, image = self._capture.retrieve() if grabbed else (False, None)
        if not read or image is None or image.ndim != 3:
            self.release()
            raise CameraError(
                worded(
                    "{name} gives no picture any more; was it unplugged, or taken by another "
                    "program?",
                    name=self.name,
                )
            )
        return Frame(t_ms, np.asarray(image[:, :, :3], dtype=np.uint8))

    def release(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()


class RecordedCamera:
    """A recording, played on a clock as if it were the camera.

    It begins with the first picture that is read. While it is released it goes on, as the world
    does before a camera.

    Parameters
    ----------
    way : Way
        What is done to what a player shows.

    Attributes
    ----------
    at_ms : int or None
        The recording's own time of the picture that was read last.
    """

    def __init__(self, path: Path, clock: Clock, way: Way = AS_SHOWN) -> None:
        self.name = path.name
        self.at_ms: int | None = None
        self._path = path
        self._way = way
        self._clock = clock
        self._video: VideoSource | None = None
        self._frames: Iterator[Frame] = iter(())
        self._began_ms: int | None = None
        self._first_ms: int | None = None
        self._held = False

    @property
    def is_open(self) -> bool:
        return self._held

    def open(self) -> None:
        if self._video is None:
            # Every frame, so that the one of the moment is at hand.
            self._video = open_video(self._path, sample_fps=60.0, way=self._way)
            self._frames = iter(self._video)
        self._held = True

    def read(self) -> Frame | None:
        if not self._held:
            raise RuntimeError(f"{self.name} was read before it was opened")
        now_ms = self._clock.now_ms()
        if self._began_ms is None:
            self._began_ms = now_ms
        for frame in self._frames:
            if self._first_ms is None:
                self._first_ms = frame.t_ms
            t_ms = self._began_ms + frame.t_ms - self._first_ms
            if t_ms >= now_ms:
                self.at_ms = frame.t_ms
                return Frame(t_ms, frame.image)
        self.close()
        return None

    def release(self) -> None:
        self._held = False

    def close(self) -> None:
        """End the playing for good."""
        self._held = False
        self._frames = iter(())
        if self._video is not None:
            self._video.close()


def camera_probe(index: int = 0) -> str:
    """Open a camera, read one picture, and let it go.

    Returns
    -------
    str
        The size of its pictures, such as ``640 x 480``.

    Raises
    ------
    CameraError
        When there is no such camera, or it gives no picture; says what to look at.
    """
    capture = _take(index)
    try:
        height, width = capture.read()[1].shape[:2]
    finally:
        capture.release()
    return f"{width} x {height}"


def known_cameras() -> list[tuple[int, str]]:
    """The number and the name of each camera that Linux knows; other systems tell no program.

    One camera has several devices; the first of them gives the pictures.
    """
    found = []
    for device in _DEVICES.glob("video*"):
        number = device.name.removeprefix("video")
        with suppress(OSError):
            if number.isdecimal() and (device / "index").read_text("ascii").strip() == "0":
                name = one_line((device / "name").read_text("utf-8", "replace"))
                found.append((int(number), name[:_LONGEST_NAME]))
    return sorted(found)


_DEVICES = Path("/sys/class/video4linux")
_LONGEST_NAME = 60


def _take(index: int) -> Any:
    """An open capture that has given a picture."""
    # With these on, Windows takes up to 20 s to open a camera; read when cv2 is first imported.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    import cv2

    hush_video()
    refused = _refused(index)
    if refused is not None:
        raise CameraError(refused)
    capture = cv2.VideoCapture(index)
    if not capture.isOpened():
        capture.release()
        raise CameraError(
            worded("camera {index} cannot be opened; {reason}", index=index, reason=_why(index))
        )
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
    # Where the driver obeys, no picture waits from before.
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    read, image = capture.read()
    if not read or image is None:
        capture.release()
        raise CameraError(
            worded(
                "camera {index} opens but gives no picture; close other programs that use it, "
                "such as a video call",
                index=index,
            )
        )
    return capture


def _grab_fresh(capture: Any) -> bool:
    """Grab until the camera had to be waited for: what came at once was kept from before."""
    for _ in range(MOST_STALE):
        begin = time.perf_counter()
        if not capture.grab():
            return False
        if time.perf_counter() - begin >= WAITED_S:
            break
    return True


def _device(index: int) -> Path | None:
    """Its file, on Linux."""
    return Path(f"/dev/video{index}") if sys.platform.startswith("linux") else None


def _refused(index: int) -> str | None:
    """Why Linux would not let us near the camera; the others are asked by opening it."""
    device = _device(index)
    if device is None or not device.exists() or os.access(device, os.R_OK | os.W_OK):
        return None
    return worded(
        "camera {index} is refused to you. {how_to_allow}",
        index=index,
        how_to_allow=_how_to_allow(),
    )


def _why(index: int) -> str:
    device = _device(index)
    if device is not None and not device.exists():
        return worded("there is no {device}: plug one in, or choose another camera", device=device)
    if device is not None:
        return worded("another program may be using it: close that one, such as a video call")
    return worded(
        "is it plugged in, free of other programs, and is this program allowed to use "
        "it? {how_to_allow}",
        how_to_allow=_how_to_allow(),
    )


def _how_to_allow() -> str:
    if sys.platform == "darwin":
        return worded(
            "To allow it: System Settings, Privacy & Security, Camera, switch on your "
            "terminal program, and start that again."
        )
    if sys.platform == "win32":
        return worded(
            "To allow it: Settings, Privacy & security, Camera, switch on camera access "
            "for desktop apps."
        )
    return worded("To allow it: sudo usermod -aG video $USER, then log in again.")
