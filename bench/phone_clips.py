"""Recordings as phones make them, from a clip with truth: larger, 30 pictures a second, noisy.

    python bench/phone_clips.py CLIP FOLDER      # or let bench/speed.py --phone do it

The clip's picture fills the height, between grey sides, in the proportions of a phone that lies.
Each picture has fresh noise, as a sensor gives it, so that a second takes the bytes of a phone's
second.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from neckform.sensing.sources.video import open_video

FPS = 30
NOISE_LEVELS = 3.0
"""One standard deviation of a pixel's noise, of 255."""
NOISES = 8
"""So many different noises take turns."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One way in which phones record.

    Attributes
    ----------
    codec : str
        An encoder of PyAV's.
    mbit_s : float
        Megabits a second, as phones of that size take.
    seconds : float
        How much of the clip is recorded.
    """

    name: str
    width: int
    height: int
    codec: str
    mbit_s: float
    seconds: float


PHONES = (
    Phone("720p30-h264", 1280, 720, "libx264", 8.0, 30.0),
    Phone("1080p30-h264", 1920, 1080, "libx264", 14.0, 30.0),
    Phone("1080p30-hevc", 1920, 1080, "libx265", 8.0, 30.0),
    Phone("2160p30-h264", 3840, 2160, "libx264", 40.0, 12.0),
)


def make(clip: Path, folder: Path, phone: Phone) -> Path:
    """The clip as that phone records it; made once in a folder."""
    path = folder / f"{clip.stem}-{phone.name}.mp4"
    if path.exists():
        return path
    unfinished = path.with_suffix(".unfinished.mp4")
    noises = _noises(phone.width, phone.height)
    with av.open(str(unfinished), "w") as file:
        stream = file.add_stream(phone.codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = phone.width, phone.height, "yuv420p"
        stream.bit_rate = round(phone.mbit_s * 1e6)
        stream.options = {"preset": "ultrafast" if phone.height > 1080 else "veryfast"}
        if phone.codec == "libx264":
            # Phones encode as they film: no picture waits for a later one.
            stream.options |= {"bf": "0", "g": str(FPS)}
        for index, image in enumerate(_pictures(clip, phone)):
            noisy = cv2.add(image, noises[index % NOISES], dtype=cv2.CV_8U)
            frame = av.VideoFrame.from_ndarray(noisy, format="bgr24")
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return unfinished.rename(path)


def _pictures(clip: Path, phone: Phone) -> Iterator[NDArray[np.uint8]]:
    """The clip's pictures at the phone's rate and size."""
    shown: NDArray[np.uint8] | None = None
    index = 0
    with open_video(clip, sample_fps=1000) as video:
        for frame in video:
            while shown is not None and index * 1000 / FPS < frame.t_ms:
                if index >= phone.seconds * FPS:
                    return
                yield shown
                index += 1
            shown = _fitted(frame.image, phone)


def _fitted(image: NDArray[np.uint8], phone: Phone) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    wide = round(width * phone.height / height)
    large = cv2.resize(image, (wide, phone.height), interpolation=cv2.INTER_CUBIC)
    canvas = np.full((phone.height, phone.width, 3), 128, np.uint8)
    left = (phone.width - wide) // 2
    canvas[:, left : left + wide] = large
    return canvas


def _noises(width: int, height: int) -> list[NDArray[np.int8]]:
    dice = np.random.default_rng(20261127)
    one = dice.normal(0.0, NOISE_LEVELS, (height, width, 3)).round().astype(np.int8)
    return [np.roll(one, 37 * number, axis=(0, 1)) for number in range(NOISES)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make recordings as phones make them.")
    parser.add_argument("clip", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for phone in PHONES:
        print(make(options.clip, options.folder, phone), flush=True)


if __name__ == "__main__":
    main()
