"""Recordings whose times are odd: cut at the beginning, joined, with wrong ones among them."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from neckform.core.errors import InputError
from neckform.sensing.sources.stamps import Stamps
from neckform.sensing.sources.video import open_video


@dataclass
class Shown:
    """A frame that says when it is shown, and when it came out of the decoder."""

    pts: int | None
    dts: int | None = None
    time_base: Fraction | None = Fraction(1, 1000)


def times_of(frames: list[Shown], rate: float | None = 10.0) -> tuple[list[int], Stamps]:
    stamps = Stamps(Path("a.mkv"), rate, is_bare=False)
    return [t_ms for t_ms, _ in stamps.timed(iter(frames))], stamps


STEADY = [*range(0, 3000, 100)]


@pytest.mark.parametrize("odd_ms", [23_000, -20_000, 10**9])
@pytest.mark.parametrize("at", [1, 12, 28])
def test_a_single_time_that_leaps_is_a_mistake(at: int, odd_ms: int) -> None:
    told = [*STEADY]
    told[at] = odd_ms
    times, stamps = times_of([Shown(each) for each in told])
    assert times == STEADY
    assert not stamps.is_joined


def test_a_pause_is_none() -> None:
    told = [each + 7000 * (each >= 1500) for each in STEADY]
    times, stamps = times_of([Shown(each) for each in told])
    assert times == told
    assert not stamps.is_joined


def test_times_that_begin_anew_twice_go_on() -> None:
    times, stamps = times_of([Shown(each % 1500) for each in range(0, 4500, 100)])
    assert times == [*range(0, 4500, 100)]
    assert stamps.is_joined


def test_seldom_pictures_keep_their_times() -> None:
    assert times_of([Shown(each) for each in range(0, 60_000, 5000)])[0] == [
        *range(0, 60_000, 5000)
    ]


def test_times_of_reordered_frames_are_those_of_the_decoder() -> None:
    """As FFmpeg tells them of an H.264 in AVI: each a step after it is decoded."""
    shown = [1, 4, 3, 5, 2, 8, 7, 9, 6, 12, 11, 13, 10, 16, 15, 17, 14]
    frames = [Shown(100 * pts, 100 * (2 + index)) for index, pts in enumerate(shown)]
    times, stamps = times_of(frames)
    assert not stamps.is_ordered
    assert not stamps.is_joined
    assert times[-1] == pytest.approx(1600, abs=200)
    assert set(np.diff(times[4:])) == {100}


def test_a_frame_without_a_time_is_a_step_after_the_one_before() -> None:
    times, stamps = times_of([Shown(0), Shown(None), Shown(200)], rate=None)
    assert times == [0, 40, 200]
    assert stamps.is_assumed


def picture(number: int, size: tuple[int, int]) -> Any:
    width, height = size
    image = np.full((height, width, 3), 60 + 2 * number, np.uint8)
    image[: height // 2, : width // 2] = 255
    return av.VideoFrame.from_ndarray(image, format="bgr24")


def packets_of(codec: str, numbers: range, size: tuple[int, int], **options: str) -> list[Any]:
    """Coded pictures, ten a second."""
    coder: Any = av.CodecContext.create(codec, "w")
    coder.width, coder.height, coder.pix_fmt = *size, "yuv420p"
    coder.time_base, coder.framerate, coder.options = Fraction(1, 10), 10, options
    packets: list[Any] = []
    for number in numbers:
        frame = picture(number, size)
        frame.pts, frame.time_base = number, Fraction(1, 10)
        packets += coder.encode(frame)
    return packets + coder.encode(None)


def muxed(path: Path, packets: list[Any], codec: str, **options: str) -> Path:
    with av.open(str(path), "w", options=options) as file:
        stream: Any = file.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for packet in packets:
            packet.stream = stream
            packet.time_base = Fraction(1, 10)
            file.mux(packet)
    return path


def encoded(path: Path, count: int = 30, **options: str) -> Path:
    with av.open(str(path), "w") as file:
        stream: Any = file.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.options = options
        for number in range(count):
            file.mux(stream.encode(picture(number, (160, 120))))
        file.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("ending", ["avi", "mp4"])
def test_frames_that_were_reordered_where_the_file_does_not_tell(
    tmp_path: Path, ending: str
) -> None:
    packets = packets_of("libx264", range(40), (160, 120), bf="3")
    for number, packet in enumerate(packets):
        packet.pts = packet.dts = number
    path = muxed(tmp_path / f"dashcam.{ending}", packets, "libx264")
    with open_video(path, 60) as video:
        times = [frame.t_ms for frame in video]
        assert len(times) >= 38
        assert times[-1] == pytest.approx(3900, abs=250)
        assert max(np.diff(times)) <= 300
        assert video.note is None


def test_joined_parts_last_as_long_as_all_of_them(tmp_path: Path) -> None:
    part = encoded(tmp_path / "part.ts").read_bytes()
    whole = tmp_path / "joined.ts"
    whole.write_bytes(3 * part)
    with open_video(whole, 60) as video:
        times = [frame.t_ms for frame in video]
        assert (len(times), times[-1]) == (90, 8900)
        assert video.duration_s == pytest.approx(9.0, abs=0.2)
        assert video.note == (
            "the times in joined.ts begin anew: its parts were taken one after another"
        )


def test_a_beginning_that_was_cut_off_is_told_as_such(tmp_path: Path) -> None:
    whole = encoded(tmp_path / "whole.ts", 60, g="30").read_bytes()
    path = tmp_path / "cut.ts"
    path.write_bytes(whole[188 * 20 :])
    with open_video(path, 60) as video:
        times = [frame.t_ms for frame in video]
        assert (times[0], times[-1]) == (0, 2900)
        assert "cut at its beginning: its first 2." in (video.note or "")
        assert "cut short" not in (video.note or "")
        assert video.duration_s == pytest.approx(3.0, abs=0.2)


def test_an_old_recorder_that_was_cut_off_is_told(tmp_path: Path) -> None:
    whole = muxed(
        tmp_path / "whole.avi", packets_of("mpeg4", range(60), (160, 120), g="1"), "mpeg4"
    ).read_bytes()
    path = tmp_path / "cut.avi"
    path.write_bytes(whole[: len(whole) // 2])
    with open_video(path, 60) as video:
        assert 20 < len(list(video)) < 45
        assert "says it lasts 6.0 s" in (video.note or "")


def test_a_song_with_a_cover_is_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as file:
        sound: Any = file.add_stream("aac", rate=8000, layout="mono")
        cover: Any = file.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 160, 120, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 16_000), np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate = 8000
        file.mux(cover.encode(picture(1, (160, 120))))
        file.mux(cover.encode(None))
        file.mux(sound.encode(frame))
        file.mux(sound.encode(None))
    with pytest.raises(InputError, match="has sound only"):
        open_video(path)


def test_a_list_of_edits_that_leaves_nothing_is_passed_over(tmp_path: Path) -> None:
    data = bytearray(encoded(tmp_path / "whole.mp4", bf="0").read_bytes())
    edit = data.index(b"elst") + 12
    struct.pack_into(">I", data, edit, 0)
    path = tmp_path / "edited.mp4"
    path.write_bytes(data)
    with open_video(path, 60) as video:
        assert len(list(video)) == 30
        assert video.note == (
            "edited.mp4 tells players to show nothing of it: all that it holds was analysed"
        )


def test_a_picture_that_changes_its_size_keeps_its_place(tmp_path: Path) -> None:
    """As calls do, whose pictures grow and shrink with the network, and turn with a phone."""
    packets = packets_of("libvpx", range(10), (160, 120))
    packets += packets_of("libvpx", range(10, 20), (320, 240))
    packets += packets_of("libvpx", range(20, 30), (90, 120))
    path = muxed(tmp_path / "call.webm", packets, "libvpx")
    with open_video(path, 60) as video:
        images = [frame.image for frame in video]
    assert {image.shape for image in images} == {(120, 160, 3)}
    for index, corner in ((5, 0), (15, 0), (25, 35)):
        assert images[index][20, corner + 10].min() > 230
        assert images[index][100, corner + 10].max() < 160
    assert images[25][:, :30].max() < 20
    assert images[25][:, 130:].max() < 20
