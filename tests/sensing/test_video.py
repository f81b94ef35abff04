from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import cv2
import numpy as np
import pytest
from mp4_bytes import rotated, timescale, with_frame_times
from pictures import WriteClip, grey

from neckform.core.errors import InputError
from neckform.sensing.sources.video import LONGEST_SIDE_PX, Frame, open_video


def levels(frames: list[Frame]) -> list[int]:
    """Which picture each frame is: pictures below are numbered by their grey level."""
    return [round(float(frame.image.mean()) / 8) for frame in frames]


def numbered(count: int) -> list[np.ndarray]:
    return [grey(8 * number) for number in range(count)]


def read(path: Path, sample_fps: float = 1000) -> list[Frame]:
    with open_video(path, sample_fps) as video:
        return list(video)


# --- times ---


@pytest.mark.parametrize("name", ["a.mp4", "a.avi", "a.mkv", "Übung am Morgen 1.mp4"])
def test_each_frame_comes_at_its_time(write_clip: WriteClip, name: str) -> None:
    frames = read(write_clip(numbered(20), name, fps=25))
    assert [frame.t_ms for frame in frames] == [40 * number for number in range(20)]
    assert levels(frames) == list(range(20))


@pytest.mark.parametrize(
    ("fps", "sample_fps", "expected"),
    [
        (30, 10, [0, 3, 6, 9, 12, 15, 18, 21, 24, 27]),
        (15, 10, [0, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24, 26, 27, 29]),
        (5, 10, list(range(30))),
    ],
)
def test_sampling_takes_the_first_frame_at_or_after_each_due_time(
    write_clip: WriteClip, fps: int, sample_fps: int, expected: list[int]
) -> None:
    path = write_clip(numbered(30), fps=fps)
    with open_video(path, sample_fps) as video:
        frames = list(video)
        assert video.frames_read == 30
    assert levels(frames) == expected
    assert [frame.t_ms for frame in frames] == [round(number * 1000 / fps) for number in expected]


def test_sampling_does_not_drift(write_clip: WriteClip) -> None:
    # 24 does not divide by 10: rounding each wait up to whole frames would give 8 a second.
    frames = read(write_clip([grey(100)] * 240, fps=24), sample_fps=10)
    assert len(frames) == 100


def test_times_of_a_variable_frame_rate(write_clip: WriteClip) -> None:
    path = write_clip(numbered(8), fps=10)
    data = path.read_bytes()
    tick_ms = 1000 / timescale(data)
    waits_ms = [100, 30, 700, 40, 40, 1000, 33, 100]
    path.write_bytes(with_frame_times(data, [round(wait / tick_ms) for wait in waits_ms]))

    frames = read(path)
    expected = np.cumsum([0, *waits_ms[:-1]])
    assert [frame.t_ms for frame in frames] == pytest.approx(expected, abs=1)
    assert levels(frames) == list(range(8))
    sampled = read(path, sample_fps=10)
    assert levels(sampled) == [0, 1, 3, 5, 6]


def test_a_file_may_be_left_early_and_closed_twice(demo: Path) -> None:
    video = open_video(demo)
    assert next(iter(video)).t_ms == 0
    video.close()
    video.close()


def test_sampling_must_be_positive(demo: Path) -> None:
    with pytest.raises(ValueError, match="sample_fps"):
        open_video(demo, 0)


# --- pictures ---


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_metadata_is_obeyed(demo: Path, tmp_path: Path, degrees: int) -> None:
    turned = tmp_path / "phone.mp4"
    turned.write_bytes(rotated(demo.read_bytes(), degrees))
    with open_video(demo) as video:
        upright = next(iter(video)).image
    with open_video(turned) as video:
        image = next(iter(video)).image
        info = video.info
    expected = np.rot90(upright, -degrees // 90)
    assert image.shape == expected.shape
    assert (info.width, info.height) == (image.shape[1], image.shape[0])
    difference = np.abs(image.astype(int) - expected).mean()
    assert difference < 2, f"turned the wrong way? mean difference {difference}"


def test_large_pictures_are_made_smaller_and_the_original_size_is_told(
    write_clip: WriteClip,
) -> None:
    path = write_clip([grey(90, 3840, 2160)] * 3)
    with open_video(path) as video:
        frames = list(video)
        info = video.info
    assert (info.width, info.height) == (3840, 2160)
    assert (info.frame_width, info.frame_height) == (LONGEST_SIDE_PX, 720)
    assert {frame.size for frame in frames} == {(LONGEST_SIDE_PX, 720)}


def test_tiny_pictures(write_clip: WriteClip) -> None:
    frames = read(write_clip([grey(90, 10, 10)] * 3))
    assert [frame.size for frame in frames] == [(10, 10)] * 3


def test_a_single_frame(write_clip: WriteClip) -> None:
    frames = read(write_clip([grey(90)]))
    assert [frame.t_ms for frame in frames] == [0]


def test_an_animated_gif(tmp_path: Path) -> None:
    animation = cv2.Animation()
    animation.frames = [grey(60), grey(120), grey(180)]
    animation.durations = [200, 200, 200]
    path = tmp_path / "moving.gif"
    assert cv2.imwriteanimation(str(path), animation)
    frames = read(path)
    assert [frame.t_ms for frame in frames] == [0, 200, 400]
    assert [round(float(frame.image.mean()) / 60) for frame in frames] == [1, 2, 3]


# --- what cannot be read ---


def not_a_video(folder: Path, what: str) -> Path:
    path = folder / f"{what}.mp4"
    if what == "a folder":
        path.mkdir()
    elif what == "empty":
        path.touch()
    elif what == "text":
        path.write_text("this is not a video\n" * 1000)
    elif what == "sound only":
        with wave.open(str(path), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(bytes(16000))
    return path


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("missing", "does not exist"),
        ("a folder", "is a folder"),
        ("empty", "is empty"),
        ("text", "holds no video"),
        ("sound only", "holds no video"),
    ],
)
def test_one_clear_line_for_what_is_no_video(tmp_path: Path, what: str, expected: str) -> None:
    path = not_a_video(tmp_path, what)
    with pytest.raises(InputError, match=expected) as caught:
        open_video(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_whose_index_was_cut_off(write_clip: WriteClip) -> None:
    path = write_clip(numbered(20))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])
    with pytest.raises(InputError, match="damaged"):
        open_video(path)


def test_what_is_left_of_a_cut_file_is_read_and_said(demo: Path, tmp_path: Path) -> None:
    data = demo.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(data[: len(data) // 2])
    with open_video(cut) as video:
        assert video.note is None, "nothing can be said before it was read"
        frames = list(video)
        note = video.note
        claimed = video.info.duration_s
    assert claimed == pytest.approx(75, abs=0.5)
    assert 10 < frames[-1].t_ms / 1000 < 65
    assert note is not None
    assert "75.0 s" in note
    assert "cut short" in note


def test_a_whole_file_needs_no_note(demo: Path) -> None:
    with open_video(demo, 1) as video:
        assert len(list(video)) == 75
        assert video.note is None


def test_native_messages_do_not_reach_the_person(demo: Path, tmp_path: Path) -> None:
    # In a process of its own: FFmpeg is told to be quiet before its first file or never.
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(demo.read_bytes()[:100_000])
    paths = [not_a_video(tmp_path, "text"), not_a_video(tmp_path, "sound only"), cut]
    script = """
import sys
from pathlib import Path
from neckform.core.errors import InputError
from neckform.sensing.sources.video import open_video

for path in sys.argv[1:]:
    try:
        with open_video(Path(path)) as video:
            print(len(list(video)) > 0)
    except InputError:
        print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["refused", "refused", "True"]
    assert done.stderr == ""
