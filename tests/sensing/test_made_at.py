import os
import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

import clips
from neckform.core.errors import InputError
from neckform.sensing.sources.made_at import content_sum, made

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MADE = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
CHANGED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECONDS_TO_1970 = 2_082_844_800


def dated(data: bytes, seconds: int) -> bytes:
    """The same video, made so many seconds after 1904, as phones write it."""
    at = data.index(b"mvhd") + 8
    return data[:at] + struct.pack(">I", seconds) + data[at + 4 :]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return clips.one_frame(tmp_path / "clip.mp4")


def changed(path: Path, when: datetime = CHANGED) -> Path:
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def after_1904(when: datetime) -> int:
    return round(when.timestamp()) + SECONDS_TO_1970


def test_what_the_recording_says(clip: Path) -> None:
    clip.write_bytes(dated(clip.read_bytes(), after_1904(MADE)))
    found = made(changed(clip), NOW).at
    assert found == MADE
    assert found.utcoffset() == MADE.astimezone().utcoffset()


@pytest.mark.parametrize(
    "seconds", [0, 86_400, after_1904(NOW) + 1], ids=["none", "a reset clock", "the future"]
)
def test_when_it_says_nothing_or_nonsense_the_file_s_time(clip: Path, seconds: int) -> None:
    clip.write_bytes(dated(clip.read_bytes(), seconds))
    assert made(changed(clip), NOW).at == CHANGED


def box(kind: bytes, content: bytes, *, large: bool = False) -> bytes:
    if large:
        return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content
    return struct.pack(">I4s", 8 + len(content), kind) + content


def test_a_header_of_64_bits_behind_a_large_box(tmp_path: Path) -> None:
    header = box(b"mvhd", struct.pack(">B3xQQ", 1, after_1904(MADE), 0) + bytes(80))
    data = box(b"ftyp", b"isom" * 2) + box(b"mdat", bytes(1000), large=True) + box(b"moov", header)
    path = tmp_path / "a.mov"
    path.write_bytes(data)
    assert made(changed(path), NOW).at == MADE
    # A box that reaches to the end says so with 0.
    path.write_bytes(data.replace(struct.pack(">I4s", 8 + len(header), b"moov"), b"\0\0\0\0moov"))
    assert made(changed(path), NOW).at == MADE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"abc",
        b"\0\0\0\4moov" * 3,
        b"\0\0\0\1moov\0",
        box(b"moov", box(b"mvhd", b"\1")),
        box(b"moov", box(b"mvhd", b"\1\0\0\0" + b"\xff" * 20)),
        b"RIFF" + bytes(200),
    ],
)
def test_what_is_no_movie_or_a_broken_one_has_the_file_s_time(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.mp4"
    path.write_bytes(data)
    assert made(changed(path), NOW).at == CHANGED


def test_no_recording_is_made_in_the_future(clip: Path) -> None:
    assert made(changed(clip, NOW + timedelta(days=3)), NOW).at == NOW


def test_the_sum_is_the_content_s(clip: Path, tmp_path: Path) -> None:
    assert content_sum(clip) == sha256(clip.read_bytes()).hexdigest()
    with pytest.raises(InputError, match="cannot be opened"):
        content_sum(tmp_path / "gone.mp4")
    with pytest.raises(InputError, match="cannot be opened"):
        made(tmp_path / "gone.mp4", NOW)
