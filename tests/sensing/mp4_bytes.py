"""Changing what an MP4 file says about itself, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_FIXED_ONE = 0x00010000
_ROTATIONS = {
    90: (0, _FIXED_ONE, -_FIXED_ONE, 0),
    180: (-_FIXED_ONE, 0, 0, -_FIXED_ONE),
    270: (0, -_FIXED_ONE, _FIXED_ONE, 0),
}


def rotated(data: bytes, degrees: int) -> bytes:
    """The same video with a display matrix that turns it clockwise, as phones write it."""
    at = data.index(b"tkhd") + 44
    a, b, c, d = _ROTATIONS[degrees]
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 0x40000000)
    return data[:at] + matrix + data[at + 36 :]


def with_frame_times(data: bytes, durations: Sequence[int]) -> bytes:
    """The same video with each frame shown for so many ticks; the index must be at the end."""
    assert data.index(b"moov") > data.index(b"mdat"), "the index is not at the end"
    box = data.index(b"stts") - 4
    (size,) = struct.unpack_from(">I", data, box)
    entries = b"".join(struct.pack(">II", 1, duration) for duration in durations)
    new = struct.pack(">I4sII", 16 + len(entries), b"stts", 0, len(durations)) + entries
    changed = bytearray(data[:box] + new + data[box + size :])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        at = data.index(name) - 4
        (old,) = struct.unpack_from(">I", data, at)
        struct.pack_into(">I", changed, at, old + len(new) - size)
    # An edit list would end the film after its old length.
    return bytes(changed).replace(b"edts", b"free")


def timescale(data: bytes) -> int:
    """Ticks a second of the video track."""
    (ticks,) = struct.unpack_from(">I", data, data.index(b"mdhd") + 16)
    return int(ticks)
