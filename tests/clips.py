"""Recordings for tests, made from the packaged clip, each wrong or odd in one way."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from neckform.jobs.demo.job import CLIP
from neckform.sensing.quiet import hush_video

# FFmpeg reads how loud it may be once per process, and here tests may come before neckform.
hush_video()

Image = NDArray[np.uint8]
FPS = 12


def demo_frames(start_s: float = 0.0, end_s: float = 1e9) -> Iterator[Image]:
    """Pictures of the packaged clip between two times."""
    for index, image in enumerate(video_frames(CLIP)):
        if index >= end_s * FPS:
            return
        if index >= start_s * FPS:
            yield image


def video_frames(path: Path) -> Iterator[Image]:
    """All pictures of a clip."""
    capture = cv2.VideoCapture(str(path))
    while True:
        read, image = capture.read()
        if not read:
            capture.release()
            return
        yield np.asarray(image, np.uint8)


def write_video(path: Path, frames: Iterable[Image], fps: float = FPS) -> Path:
    writer = None
    for image in frames:
        if writer is None:
            size = (image.shape[1], image.shape[0])
            writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
            assert writer.isOpened()
        writer.write(image)
    assert writer is not None
    writer.release()
    return path


def short(path: Path) -> Path:
    """The neutral, and five seconds of a stretch to the left."""
    return write_video(path, demo_frames(0, 9))


def empty_file(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def text_file(path: Path) -> Path:
    path.write_text("This is no video, whatever its name says.\n" * 50, encoding="utf-8")
    return path


def truncated(path: Path) -> Path:
    """The first quarter of the clip's bytes; its header promises all of it."""
    whole = CLIP.read_bytes()
    path.write_bytes(whole[: len(whole) // 4])
    return path


def sound_only(path: Path) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = 8000 * np.sin(np.arange(16_000) * 0.3)
        sound.writeframes(tone.astype("<i2").tobytes())
    return path


def empty_room(path: Path) -> Path:
    """The clip's own room, without the person: its left quarter, stretched."""

    def room() -> Iterator[Image]:
        for image in demo_frames(0, 4):
            yield np.asarray(cv2.resize(image[:120, :130], (640, 480)), dtype=np.uint8)

    return write_video(path, room())


def two_people(path: Path) -> Path:
    """The clip's person stretching, and beside them a smaller one who sits still."""
    still = list(demo_frames(0, 2.5))

    def both() -> Iterator[Image]:
        for index, image in enumerate(demo_frames(0, 9)):
            canvas = np.full((480, 960, 3), 140, np.uint8)
            canvas[:, :640] = image
            small = cv2.resize(still[index % len(still)], (320, 240))
            canvas[240:, 640:] = small
            yield canvas

    return write_video(path, both())


def shorter_than_a_second(path: Path) -> Path:
    return write_video(path, demo_frames(0, 0.5))


def one_frame(path: Path) -> Path:
    return write_video(path, islice(demo_frames(), 1))


def ten_pixels(path: Path) -> Path:
    return write_video(path, (_sized(image, 10, 10) for image in demo_frames(0, 3)))


def four_k(path: Path) -> Path:
    return write_video(path, (_sized(image, 3840, 2160) for image in demo_frames(0, 2)))


def _sized(image: Image, width: int, height: int) -> Image:
    return np.asarray(cv2.resize(image, (width, height)), dtype=np.uint8)


Maker = Callable[[Path], Path]
