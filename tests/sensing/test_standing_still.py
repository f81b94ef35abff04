"""Whether a picture stands still: frozen ones do, living ones do not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import clips
from neckform.core.measure.observation import Observation
from neckform.sensing.sources import recording
from neckform.sensing.sources.video import open_video
from neckform.sensing.stillness.standing_still import StandingStill

FROZEN = Path(__file__).parents[1] / "data" / "odd" / "frozen_picture.mp4"
RNG = np.random.default_rng(11)


def longest_ms(images: list[np.ndarray], every_ms: int = 100) -> int:
    standing = StandingStill()
    return max(standing.read(image, index * every_ms) for index, image in enumerate(images))


def test_a_file_that_froze_stands_still_from_there_on() -> None:
    standing = StandingStill()
    with open_video(FROZEN) as video:
        still = {frame.t_ms: standing.read(frame.image, frame.t_ms) for frame in video}
    assert max(ms for t_ms, ms in still.items() if t_ms < 7900) < 500
    assert sum(ms >= 1000 for ms in still.values()) > 200


def test_a_living_picture_never_does() -> None:
    assert longest_ms(list(clips.demo_frames(0.0, 6.0))) < 500


def test_a_small_living_part_is_enough() -> None:
    slide = np.full((480, 640, 3), 200, np.uint8)
    images = []
    for image in clips.demo_frames(0.0, 4.0):
        slide[380:460, 500:606] = image[::6, ::6][:80, :106]
        images.append(slide.copy())
    assert longest_ms(images) < 500


@pytest.mark.parametrize("noise", [0, 1])
def test_compressing_again_makes_no_new_picture(noise: int) -> None:
    (image, *_) = clips.demo_frames(0.0, 1.0)
    images = [
        np.clip(image.astype(int) + RNG.integers(0, noise + 1, image.shape), 0, 255).astype(
            np.uint8
        )
        for _ in range(30)
    ]
    assert longest_ms(images) == 2900


def test_slow_movement_adds_up() -> None:
    images = [np.full((48, 64, 3), 50 + index // 5, np.uint8) for index in range(100)]
    assert longest_ms(images) < 1000


def test_a_picture_of_another_size_is_a_new_one() -> None:
    images = [np.zeros((48, 64, 3), np.uint8), np.zeros((64, 48, 3), np.uint8)]
    assert longest_ms(images) == 0


def test_a_landmark_recording_keeps_it_across_blocks(tmp_path: Path) -> None:
    still = [0, *range(100, 12_000, 100), 0, 0, 100]
    seen = [
        Observation(7 + 100 * index, (640, 480), None, None, True, ms)
        for index, ms in enumerate(still)
    ]
    with recording.write(tmp_path / "one.nfobs") as recorder:
        for one in seen:
            recorder.append(one)
    again = list(recording.open_recording(tmp_path / "one.nfobs"))
    assert [one.still_ms for one in again] == still


def test_a_landmark_recording_keeps_who_was_there(tmp_path: Path) -> None:
    seen = [
        Observation(100 * index, (640, 480), None, None, True, 0, int(index >= 60), heads)
        for index, heads in enumerate([(-120.5, 80.0), *[()] * 59, (80.0,), *[()] * 50])
    ]
    with recording.write(tmp_path / "one.nfobs") as recorder:
        for one in seen:
            recorder.append(one)
    again = list(recording.open_recording(tmp_path / "one.nfobs"))
    assert [(one.person, one.heads) for one in again] == [(one.person, one.heads) for one in seen]
