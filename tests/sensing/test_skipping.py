"""Frames that nobody needs are not decoded, and those that are needed are none the worse."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from neckform.sensing.sources.video import open_video


def _made(path: Path, codec: str, stamps_ms: list[int], bf: str) -> Path:
    with av.open(str(path), "w") as file:
        stream: Any = file.add_stream(codec, rate=30)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        stream.options = {"bf": bf, "x265-params": f"bframes={bf}:log-level=none"}
        dice = np.random.default_rng(5)
        ground = dice.integers(0, 256, (120, 190, 3), dtype=np.uint8)
        for index, stamp in enumerate(stamps_ms):
            moved = np.ascontiguousarray(ground[:, index % 30 : index % 30 + 160])
            frame = av.VideoFrame.from_ndarray(moved, format="bgr24")
            frame.pts, frame.time_base = stamp, Fraction(1, 1000)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


STEADY = [round(index * 1000 / 30) for index in range(90)]
UNSTEADY = np.cumsum(np.random.default_rng(6).choice([17, 33, 33, 90, 400], 90)).tolist()


@pytest.mark.parametrize("stamps_ms", [STEADY, UNSTEADY], ids=["steady", "unsteady"])
@pytest.mark.parametrize("sample_fps", [10.0, 7.3, 3.0])
@pytest.mark.parametrize(("codec", "bf"), [("libx264", "3"), ("libx265", "4"), ("libx264", "0")])
def test_frames_that_are_not_decoded_change_nothing_in_those_that_are(
    tmp_path: Path, codec: str, bf: str, sample_fps: float, stamps_ms: list[int]
) -> None:
    path = _made(tmp_path / "film.mkv", codec, stamps_ms, bf)
    with open_video(path, sample_fps=1000) as video:
        every = list(video)
        assert video.frames_read == len(stamps_ms)
    due, turn = [], 0
    for frame in every:
        if frame.t_ms - every[0].t_ms + 0.5 >= turn * 1000 / sample_fps:
            due.append(frame)
            turn = int((frame.t_ms - every[0].t_ms + 0.5) * sample_fps / 1000) + 1
    with open_video(path, sample_fps) as video:
        sampled = list(video)
        assert video.note is None
        if bf != "0":
            assert video.frames_read < len(stamps_ms)
    assert [frame.t_ms for frame in sampled] == [frame.t_ms for frame in due]
    for one, other in zip(sampled, due, strict=True):
        np.testing.assert_array_equal(one.image, other.image)


@pytest.mark.parametrize(
    ("suffix", "every", "keys_alone"),
    # Matroska's index is not read before its end: all that other frames are made from is decoded.
    [(".mp4", 30, True), (".mp4", 300, False), (".mkv", 30, False)],
)
def test_a_sleeper_is_seen_on_key_frames_alone_where_they_come_often(
    tmp_path: Path, suffix: str, every: int, keys_alone: bool
) -> None:
    """One each second of 30 frames is enough; one each ten seconds is not."""
    path = tmp_path / f"film{suffix}"
    with av.open(str(path), "w") as file:
        stream: Any = file.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.options = {"g": str(every), "keyint_min": str(every), "sc_threshold": "0"}
        for index in range(900):
            grey = np.full((120, 160, 3), index % 200, np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="bgr24")))
        file.mux(stream.encode(None))
    with open_video(path, sample_fps=1) as video:
        looked = list(video)
        read = video.frames_read
    assert len(looked) == 30
    with open_video(path, sample_fps=1, seldom=True) as video:
        seldom = list(video)
        assert video.note is None
        assert video.frames_read == (30 if keys_alone else read)
    assert [frame.t_ms for frame in seldom] == [frame.t_ms for frame in looked]
    for one, other in zip(seldom, looked, strict=True):
        np.testing.assert_array_equal(one.image, other.image)
