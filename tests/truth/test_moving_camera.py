"""Rendered people before a camera that sways, pans or zooms: verdicts stay as they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import neckform.api
from clips import video_frames, write_video

pytestmark = [pytest.mark.truth, pytest.mark.slow]

CLIPS = ("trap_L_correct_anna", "lev_L_correct_mei", "para_C_correct_tom")
"""Three people, lights and rooms."""
FPS = 15
Image = NDArray[np.uint8]
Way = Callable[[float], tuple[float, float, float, float]]
"""At a time in seconds: to the right and down in pixels, turned in degrees, larger by."""


def hand(t_s: float) -> tuple[float, float, float, float]:
    """Up to 21 pixels either way: 0.12 shoulder widths."""
    return (
        14 * math.sin(2.0 * t_s) + 5 * math.sin(10.7 * t_s),
        16 * math.sin(1.4 * t_s) + 5 * math.sin(13.2 * t_s),
        1.5 * math.sin(2.5 * t_s),
        1.0,
    )


def pan(t_s: float) -> tuple[float, float, float, float]:
    there = min(1.0, max(0.0, (t_s - 6) / 6))
    return -30 * there, 24 * there, 0.0, 1.0


def framing(t_s: float) -> tuple[float, float, float, float]:
    return 0.0, 0.0, 0.0, 1.0 + 0.12 * min(1.0, max(0.0, (t_s - 5) / 4))


def before_a_wall(image: Image) -> Image:
    """Tom without his window and his plant: nothing is left that tells what a camera does."""
    height, width = image.shape[:2]
    y, x = np.mgrid[:height, :width]
    window = (x >= 12) & (x < 208) & (y < np.where(x < 190, 374, 358))
    plant = (x >= 464) & (x < 602) & (y >= 66) & (y < 464)
    plant &= (y < 378) | (x > 476 + 0.68 * (y - 378))  # his shoulder is in front of its pot
    wall = (y < 110) & (x > 211) & (x < 460) | (y < 330) & ((x >= 602) | (x < 12))
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1) / float(width)
    fitted, *_ = np.linalg.lstsq(terms[wall], image[wall].astype(float), rcond=None)
    smooth = np.clip(terms @ fitted, 0, 255).astype(np.uint8)
    return np.where((window | plant)[:, :, None], smooth, image)


WAYS: dict[str, Way] = {"hand": hand, "pan": pan, "framing": framing}


def as_it_is(image: Image) -> Image:
    return image


def filmed(clip: Path, path: Path, way: Way, changed: Callable[[Image], Image] = as_it_is) -> Path:
    def pictures() -> Any:
        for index, image in enumerate(map(changed, video_frames(clip))):
            x, y, turn_deg, zoom = way(index / FPS)
            height, width = image.shape[:2]
            moved = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1.12 * zoom)
            moved[:, 2] += [x, y]
            yield np.asarray(cv2.warpAffine(image, moved, (width, height)), np.uint8)

    return write_video(path, pictures(), fps=FPS)


def holds_of(report: Any) -> list[tuple[str, str | None, bool]]:
    return [(hold.stretch, hold.side, hold.completed) for hold in report.holds]


@pytest.mark.parametrize("name", CLIPS)
@pytest.mark.parametrize("way", WAYS)
def test_a_good_hold_stays_one(truth_data: Path, tmp_path: Path, name: str, way: str) -> None:
    clip = truth_data / "synthetic" / f"{name}.mp4"
    report = neckform.api.analyze(filmed(clip, tmp_path / "moved.mp4", WAYS[way]))
    still = neckform.api.analyze(clip)
    assert holds_of(report) == holds_of(still)
    assert not any(pause.reason.value.startswith("shoulder")
                   for hold in report.holds for pause in hold.pauses)  # fmt: skip
    assert not report.flags
    assert report.note is not None
    assert "the camera moved" in report.note
    assert "the camera moved" not in (still.note or "")


def test_shoulders_that_creep_up_do_so_before_a_swaying_camera(
    truth_data: Path, tmp_path: Path
) -> None:
    clip = truth_data / "synthetic" / "trap_L_hike_tom.mp4"
    report = neckform.api.analyze(filmed(clip, tmp_path / "moved.mp4", hand))
    assert not any(hold.completed for hold in report.holds)


@pytest.mark.parametrize("name", ["trap_L_hike_tom", "para_C_correct_tom"])
def test_before_a_wall_without_a_mark_a_shaking_camera_is_no_shoulder(
    truth_data: Path, tmp_path: Path, name: str
) -> None:
    clip = truth_data / "synthetic" / f"{name}.mp4"
    report = neckform.api.analyze(filmed(clip, tmp_path / "held.mp4", hand, before_a_wall))
    assert not any(hold.completed or hold.pauses for hold in report.holds)
    assert not any(missed.reason.value.startswith("shoulder") for missed in report.near_misses)
    assert report.note is not None
    assert "the background does not show what the camera did" in report.note
