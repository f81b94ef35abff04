"""Rendered people before a camera that sways, pans or zooms: verdicts stay as they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import neckform.api
from clips import video_frames, write_video

pytestmark = [pytest.mark.truth, pytest.mark.slow]

CLIPS = ("trap_L_correct_anna", "lev_L_correct_mei", "para_C_correct_tom")
"""Three people, lights and rooms."""
FPS = 15
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


WAYS: dict[str, Way] = {"hand": hand, "pan": pan, "framing": framing}


def filmed(clip: Path, path: Path, way: Way) -> Path:
    def pictures() -> Any:
        for index, image in enumerate(video_frames(clip)):
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
