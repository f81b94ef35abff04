"""Recordings as people bring them, each odd in one way: read as any player shows them."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from neckform.core.errors import InputError
from neckform.sensing.sources.upright import Upright, Way, quarters_and_mirror
from neckform.sensing.sources.video import open_video

Stamps = list[int | None]


def picture(width: int = 160, height: int = 120, shade: int = 0) -> np.ndarray[Any, Any]:
    """White in the upper left corner, grey elsewhere."""
    image = np.full((height, width, 3), 60 + shade, np.uint8)
    image[: height // 2, : width // 2] = 255
    return image


def write(
    path: Path,
    stamps: list[int],
    *,
    shape: Fraction | None = None,
    cover: bool = False,
    size: tuple[int, int] = (160, 120),
    container: str | None = None,
) -> Path:
    """A recording whose pictures are shown at `stamps`, in hundredths of a second."""
    with av.open(str(path), "w", format=container) as file:
        if cover:
            still = file.add_stream("mjpeg", rate=25)
            still.width, still.height, still.pix_fmt = 320, 320, "yuvj420p"
        stream = file.add_stream("mpeg4", rate=25)
        stream.width, stream.height = size
        stream.time_base = stream.codec_context.time_base = Fraction(1, 100)
        if shape is not None:
            stream.codec_context.sample_aspect_ratio = shape
        if cover:
            page = av.VideoFrame.from_ndarray(picture(320, 320), format="bgr24")
            page.pts, page.time_base = 0, Fraction(1, 25)
            file.mux(still.encode(page))
            file.mux(still.encode(None))
        for index, stamp in enumerate(stamps):
            frame = av.VideoFrame.from_ndarray(picture(*size, shade=index), format="bgr24")
            frame.pts, frame.time_base = stamp, Fraction(1, 100)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def test_pixels_that_are_wide_are_shown_wide(tmp_path: Path) -> None:
    path = write(tmp_path / "dv.mkv", [0, 10, 20], shape=Fraction(4, 3))
    with open_video(path) as video:
        assert (video.info.width, video.info.height) == (213, 120)
        assert {frame.size for frame in video} == {(213, 120)}


def test_pixels_that_are_tall_are_shown_tall(tmp_path: Path) -> None:
    path = write(tmp_path / "tall.mkv", [0, 10, 20], shape=Fraction(1, 2))
    with open_video(path) as video:
        assert (video.info.width, video.info.height) == (160, 240)


def test_a_cover_is_not_the_recording(tmp_path: Path) -> None:
    path = write(tmp_path / "cover.mkv", [0, 10, 20, 30], cover=True)
    with open_video(path) as video:
        assert (video.info.width, video.info.height) == (160, 120)
        assert [frame.t_ms for frame in video] == [0, 100, 200, 300]


def test_a_track_that_nobody_can_read_beside_it_costs_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "beside.mkv", [0, 10, 20, 30], cover=True)
    path.write_bytes(path.read_bytes().replace(b"V_MJPEG", b"V_NOBOD"))
    with open_video(path) as video:
        assert [frame.t_ms for frame in video] == [0, 100, 200, 300]
        assert video.note is None


def test_times_that_begin_late_begin_at_zero(tmp_path: Path) -> None:
    path = write(tmp_path / "late.mkv", [360_000, 360_010, 360_020])
    with open_video(path) as video:
        assert [frame.t_ms for frame in video] == [0, 100, 200]
        assert video.duration_s == pytest.approx(0.3, abs=0.15)
        assert video.note is None


def test_a_stream_without_times_goes_by_its_rate(tmp_path: Path) -> None:
    path = write(tmp_path / "bare.m4v", [*range(0, 40, 10)], container="m4v")
    with open_video(path, 60) as video:
        times = [frame.t_ms for frame in video]
    assert times[0] == 0
    assert len(set(np.diff(times))) == 1


@pytest.mark.parametrize(("codec", "container"), [("libx264", "h264"), ("libx265", "hevc")])
def test_a_bare_stream_goes_by_the_rate_in_its_own_header(
    tmp_path: Path, codec: str, container: str
) -> None:
    bare = tmp_path / f"bare.{container}"
    with av.open(str(bare), "w", format=container) as file:
        stream = file.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
        for index in range(36):
            frame = av.VideoFrame.from_ndarray(picture(shade=index), format="bgr24")
            frame.pts, frame.time_base = index, Fraction(1, 12)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    with open_video(bare, 60) as video:
        times = [frame.t_ms for frame in video]
    assert times == [round(index * 1000 / 12) for index in range(36)]
    assert video.duration_s == pytest.approx(3.0, abs=0.01)
    assert video.note is None


@pytest.mark.parametrize("ending", ["mjpeg", "mjpg"])
def test_where_nothing_tells_the_rate_it_is_said_which_was_assumed(
    tmp_path: Path, ending: str
) -> None:
    bare = tmp_path / f"camera.{ending}"
    bare.write_bytes(jpegs(160, 120, 50))
    with open_video(bare, 60) as video:
        times = [frame.t_ms for frame in video]
    assert (len(times), times[-1]) == (50, 1960)
    assert video.note == (
        f"camera.{ending} tells no times for its pictures: 25 a second were assumed"
    )


def jpegs(width: int, height: int, count: int) -> bytes:
    """Pictures of a small camera, one after another."""
    coder = av.CodecContext.create("mjpeg", "w")
    coder.width, coder.height, coder.pix_fmt = width, height, "yuvj420p"
    coder.time_base = Fraction(1, 25)
    packets: list[Any] = []
    for index in range(count):
        frame = av.VideoFrame.from_ndarray(picture(width, height, shade=index), format="bgr24")
        frame.pts, frame.time_base = index, Fraction(1, 25)
        packets += coder.encode(frame)
    packets += coder.encode(None)
    return b"".join(bytes(packet) for packet in packets)


def beyond_all_bounds() -> bytes:
    """A picture of 16000 x 16000, as its header says."""
    data = bytearray(jpegs(160, 120, 1))
    size = data.index(b"\xff\xc0") + 5
    data[size : size + 4] = (16000).to_bytes(2, "big") * 2
    return bytes(data)


@pytest.mark.parametrize("large", [jpegs(9000, 96, 3), 3 * beyond_all_bounds()])
def test_a_picture_that_grows_in_the_middle_is_passed_over(tmp_path: Path, large: bytes) -> None:
    path = tmp_path / "grows.mjpeg"
    path.write_bytes(jpegs(160, 120, 20) + large + jpegs(160, 120, 20))
    with open_video(path, 60) as video:
        assert {frame.size for frame in video} == {(160, 120)}
        assert video.frames_read == 40
        assert "damaged in 3 places" in (video.note or "")


def test_a_picture_beyond_all_bounds_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "huge.gif"
    path.write_bytes(b"GIF89a" + (16000).to_bytes(2, "little") * 2 + b"\x80\0\0" + b"\0" * 60)
    with pytest.raises(InputError, match="8192"):
        open_video(path)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    plain = write(tmp_path / "plain.mkv", [0, 10, 20])
    odd = tmp_path / os.fsdecode(b"caf\xe9.mkv")
    plain.rename(odd)
    with open_video(odd) as video:
        assert len(list(video)) == 3


def test_a_playlist_opens_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "part.ts", [0, 10, 20], container="mpegts")
    playlist = tmp_path / "list.m3u8"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\npart.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(InputError, match="no video that can be read"):
        open_video(playlist)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (None, (0, False)),
        ([[1, 0], [0, 1]], (0, False)),
        ([[0, 1], [-1, 0]], (3, False)),
        ([[-1, 0], [0, -1]], (2, False)),
        ([[0, -1], [1, 0]], (1, False)),
        ([[-1, 0], [0, 1]], (0, True)),
        ([[1, 0], [0, -1]], (2, True)),
        ([[0, 0], [0, 0]], (0, False)),
    ],
)
def test_the_whole_display_matrix_is_obeyed(
    matrix: list[list[int]] | None, expected: tuple[int, bool]
) -> None:
    read = None if matrix is None else np.array(matrix, dtype=float)
    assert quarters_and_mirror(read) == expected


@pytest.mark.parametrize(
    "matrix", [[[0, 1], [-1, 0]], [[0, -1], [1, 0]], [[-1, 0], [0, 1]], [[0, 1], [1, 0]]]
)
def test_a_corner_goes_where_the_matrix_sends_it(matrix: list[list[int]]) -> None:
    axes = np.array(matrix, dtype=float)
    quarters, mirrored = quarters_and_mirror(axes)
    stored = picture()
    shown = np.rot90(stored[:, ::-1] if mirrored else stored, quarters)
    corner = np.array([-1.0, -1.0]) @ axes  # the upper left of the stored picture, y down
    row = 0 if corner[1] < 0 else -1
    column = 0 if corner[0] < 0 else -1
    assert shown[row, column, 0] == 255


@pytest.mark.parametrize("matrix", [[[1, 0], [0, 1]], [[0, 1], [-1, 0]], [[-1, 0], [0, 1]]])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_what_a_player_shows_is_turned_and_then_mirrored(
    turn_deg: int, mirrored: bool, matrix: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = av.VideoFrame.from_ndarray(picture(), format="bgr24")
    told = np.array(matrix, dtype=float)
    monkeypatch.setattr("neckform.sensing.sources.upright.display_matrix", lambda _: told)
    way = Way(turn_deg, mirrored)
    by_hand = np.rot90(Upright(stored, 1.0, 1280).image(stored), -turn_deg // 90)
    by_hand = by_hand[:, ::-1] if mirrored else by_hand
    wanted = Upright(stored, 1.0, 1280, way)
    np.testing.assert_array_equal(wanted.image(stored), by_hand)
    assert wanted.shown == by_hand.shape[1::-1]
    further = Upright(stored, 1.0, 1280, way.turned_on(1))
    np.testing.assert_array_equal(further.image(stored), np.rot90(by_hand))


DAMAGES = 60


@pytest.mark.parametrize("container", ["mkv", "mp4", "avi", "mpegts"])
def test_damage_is_one_line_or_a_shorter_recording(tmp_path: Path, container: str) -> None:
    good = write(tmp_path / f"good.{container}", [*range(0, 120, 4)], container={
        "mkv": "matroska"
    }.get(container, container)).read_bytes()  # fmt: skip
    chance = np.random.default_rng(20261127)
    for number in range(DAMAGES):
        data = bytearray(good)
        if number % 3 == 0:
            data = data[: int(chance.integers(1, len(data)))]
        for _ in range(int(chance.integers(1, 30))):
            head = number % 3 == 1
            place = int(chance.integers(0, min(len(data), 400) if head else len(data)))
            data[place] = int(chance.integers(0, 256))
        path = tmp_path / f"bad.{container}"
        path.write_bytes(data)
        try:
            with open_video(path) as video:
                times = [frame.t_ms for frame in video]
                assert times == sorted(set(times))
        except InputError as error:
            assert "\n" not in str(error)
