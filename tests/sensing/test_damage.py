"""Damage in the middle of a recording: what follows it is read, and what was lost is said."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from neckform.jobs.demo.job import CLIP
from neckform.sensing.sources.damage import GAP_MS, HELD_BACK, Damage
from neckform.sensing.sources.track import Track
from neckform.sensing.sources.video import open_video

pytestmark = pytest.mark.slow


def remade(path: Path, codec: str, pix_fmt: str = "yuv420p", **options: str) -> Path:
    """The packaged clip's first 10 s, in another container or by another encoder."""
    with av.open(str(CLIP)) as clip, av.open(str(path), "w") as file:
        stream: Any = file.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt = 640, 480, pix_fmt
        stream.options = options
        for index, frame in enumerate(clip.decode(video=0)):
            if index == 120:
                break
            again = av.VideoFrame.from_ndarray(frame.to_ndarray(format="rgb24"), format="rgb24")
            again.pts, again.time_base = index, Fraction(1, 12)
            file.mux(stream.encode(again))
        file.mux(stream.encode(None))
    return path


def read(path: Path) -> tuple[list[int], str]:
    with open_video(path, 60) as video:
        return [frame.t_ms for frame in video], video.note or ""


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "libx264"), ("a.avi", "mpeg4"), ("a.ts", "libx264")]
)
def test_what_a_decoder_patches_up_is_said(tmp_path: Path, name: str, codec: str) -> None:
    path = remade(tmp_path / name, codec)
    assert "damaged" not in read(path)[1]
    data, dice = bytearray(path.read_bytes()), random.Random(4)
    for _ in range(12):
        data[dice.randrange(len(data) // 3, len(data) // 2)] ^= dice.randrange(1, 256)
    path.write_bytes(data)
    times, note = read(path)
    assert len(times) > 90
    assert times[-1] > 9000
    assert f"{name} is damaged" in note
    assert "may be measured wrongly" in note


def test_pictures_that_were_lost_without_a_word_are_said(tmp_path: Path) -> None:
    path = remade(
        tmp_path / "a.mp4",
        "libx265",
        preset="ultrafast",
        **{"x265-params": "keyint=40:log-level=none"},
    )
    whole, note = read(path)
    assert note == ""
    data = bytearray(path.read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)
    times, note = read(path)
    assert len(times) < len(whole)
    assert times[-1] > 9000
    assert "is damaged" in note


class Disk(io.FileIO):
    """Fails once, far into a file, as a bad sector or a network does."""

    failed = False

    def read(self, size: int | None = -1, /) -> bytes:
        if not Disk.failed and self.tell() > 200_000:
            Disk.failed = True
            raise OSError(5, "Input/output error")
        return super().read(size) or b""


def test_a_fault_of_the_disk_does_not_end_what_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = remade(tmp_path / "a.mkv", "mjpeg", pix_fmt="yuvj420p")
    assert path.stat().st_size > 600_000
    usual = Path.open

    def opened(self: Path, mode: str = "r", *rest: Any, **options: Any) -> Any:
        return Disk(str(self)) if mode == "rb" else usual(self, mode, *rest, **options)

    monkeypatch.setattr(Path, "open", opened)
    times, note = read(path)
    assert Disk.failed
    assert len(times) > 90
    assert times[-1] > 9000
    assert "is damaged" in note


class Surprised:
    """A container in whose middle a track begins that PyAV did not know of at first."""

    def __init__(self, container: Any) -> None:
        self._container, self._surprises = container, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._container, name)

    def demux(self, stream: Any) -> Iterator[Any]:
        for number, packet in enumerate(self._container.demux(stream)):
            yield packet
            if number == 40 and not self._surprises:
                self._surprises += 1
                raise IndexError


def test_a_track_that_comes_late_ends_nothing(tmp_path: Path) -> None:
    path = remade(tmp_path / "late.ts", "mpeg2video")
    whole, _ = read(path)
    track = Track(path)
    track._container = Surprised(track._container)
    assert [t_ms for t_ms, _ in track.pictures()] == whole
    assert track.notes() == []
    track.close()


@pytest.mark.parametrize(
    ("gap_ms", "packets", "lost"),
    [(GAP_MS, 100, False), (GAP_MS + 1, HELD_BACK, False), (GAP_MS + 1, HELD_BACK + 1, True)],
)
def test_a_pause_between_pictures_is_no_loss(gap_ms: int, packets: int, lost: bool) -> None:
    damage = Damage()
    for _ in range(packets):
        damage.packet(decoded=True)
    damage.frame(gap_ms, 0, patched=False)
    assert (damage.note("a.mp4") is not None) == lost
