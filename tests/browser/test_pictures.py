"""The README's pictures show the pages as they are."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

pytestmark = pytest.mark.slow

KEPT = Path(__file__).resolve().parents[2] / "docs" / "pictures"
NAMES = ("coach.webp", "home.webp", "report.webp")
LIKE = 5.0
"""Of 255, on average over a picture so small that letters are gone: other fonts survive it. Two of
the three pages differ by more than twice that, which is tested, too."""


def small(path: Path) -> list[NDArray[np.float64]]:
    """Each picture of a file, 32 x 18 grey points."""
    with Image.open(path) as image:
        frames = [frame.convert("L").resize((32, 18)) for frame in ImageSequence.Iterator(image)]
    return [np.asarray(frame, np.float64) for frame in frames]


def apart(one: Path, other: Path) -> float:
    """How far the nearest two pictures of two files are apart."""
    return min(float(np.abs(a - b).mean()) for a in small(one) for b in small(other))


def test_three_pages_are_told_apart() -> None:
    for place, name in enumerate(NAMES):
        for other in NAMES[place + 1 :]:
            assert apart(KEPT / name, KEPT / other) > 2 * LIKE, (name, other)


def test_the_moving_picture_moves() -> None:
    frames = small(KEPT / "coach.webp")
    assert len(frames) > 20
    assert float(np.abs(frames[0] - frames[-1]).mean()) > 0.5


@pytest.mark.skipif(
    not (shutil.which("chromium") or shutil.which("chromium-browser")), reason="needs Chromium"
)
def test_each_picture_shows_its_page_as_it_is(tmp_path: Path) -> None:
    runpy.run_path(str(KEPT / "make.py"))["make"](tmp_path, moving_s=1.0)
    for name in NAMES:
        assert apart(KEPT / name, tmp_path / name) < LIKE, name
