"""The rendered clips as other cameras, lights and rooms might have shown them.

    python bench/accuracy.py --stress              # about half an hour
    python bench/accuracy.py --stress small        # the variations whose names contain this

Each variation makes other pictures of a clip's own; the truth stays (or is mirrored with it). No
constant is chosen by these numbers: they show what breaks, so that it can be mended where it comes
from. A crop or a border moves the middle of the picture, which is no camera's doing but what an
edited recording looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from neckform.jobs.analyze.sources import Change
from neckform.sensing.sources.video import Frame

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Variation:
    """Other pictures of the same clip; `fps` is how many a second are looked at."""

    name: str
    change: Change
    fps: float = 10.0
    mirrored: bool = False


def _each(change: Callable[[Picture], Picture]) -> Change:
    def changed(frames: Iterable[Frame]) -> Iterator[Frame]:
        for frame in frames:
            yield Frame(frame.t_ms, np.ascontiguousarray(change(frame.image)))

    return changed


def _unchanged(picture: Picture) -> Picture:
    return picture


def _mirror(picture: Picture) -> Picture:
    return picture[:, ::-1]


def _noisy(strength: float, light: float = 1.0) -> Change:
    """Sensor noise, as a standard deviation in grey levels, on a picture of less light."""

    def changed(frames: Iterable[Frame]) -> Iterator[Frame]:
        draw = np.random.default_rng(1)
        for frame in frames:
            noise = draw.normal(0.0, strength, frame.image.shape)
            picture = np.clip(frame.image * light + noise, 0, 255).astype(np.uint8)
            yield Frame(frame.t_ms, picture)

    return changed


def _blurred(picture: Picture) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.0), dtype=np.uint8)


def _compressed(picture: Picture) -> Picture:
    """As JPEG of low quality: blocks and smeared colours, as in a poor video call."""
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 12])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def _washed_out(picture: Picture) -> Picture:
    """Little contrast, as against a window."""
    return np.asarray(picture * 0.45 + 130.0, dtype=np.uint8)


def _scaled(factor: float) -> Change:
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR

    def change(picture: Picture) -> Picture:
        scaled = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)
        return np.asarray(scaled, dtype=np.uint8)

    return _each(change)


def _smaller(share: float) -> Change:
    """The same person, smaller in the same picture: as from further away."""

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        size = round(width * share), round(height * share)
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        left, top = (width - size[0]) // 2, height - size[1]  # people stay at the lower edge
        right = width - size[0] - left
        framed = cv2.copyMakeBorder(small, top, 0, left, right, cv2.BORDER_REPLICATE)
        return np.asarray(framed, dtype=np.uint8)

    return _each(change)


def _off_centre(picture: Picture) -> Picture:
    """Cut at one side, so that the person is left of the middle."""
    return picture[:, picture.shape[1] // 8 :]


def _uneven(frames: Iterable[Frame]) -> Iterator[Frame]:
    """Pictures lost at random, a third of them, as from a busy computer."""
    draw = np.random.default_rng(2)
    for index, frame in enumerate(frames):
        if index == 0 or draw.random() > 1 / 3:
            yield frame


VARIATIONS = (
    Variation("mirrored", _each(_mirror), mirrored=True),
    Variation("dark", _noisy(5.0, 0.3)),
    Variation("noisy", _noisy(16.0)),
    Variation("washed-out", _each(_washed_out)),
    Variation("blurred", _each(_blurred)),
    Variation("compressed", _each(_compressed)),
    Variation("small-320x240", _scaled(0.5)),
    Variation("large-1280x960", _scaled(2.0)),
    Variation("further-away", _smaller(0.7)),
    Variation("off-centre", _each(_off_centre)),
    Variation("uneven-times", _uneven),
    Variation("5-a-second", _each(_unchanged), fps=5.0),
    Variation("30-a-second", _each(_unchanged), fps=30.0),
)
