"""Damaged recordings of landmarks: never more than a line, and never more than there is in them."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from door_runs import Doors, observation
from hostile import changed, damaged, numbers
from hypothesis import given
from hypothesis import strategies as st

from neckform.core.measure.observation import Observation
from neckform.core.types import Angles
from neckform.sensing.sources.recording import write

MAGIC = b"NFOBS\r\n\x1a"
CODES = {0, 3, 4}
HEADER = {
    "schema": "neckform/observations/1",
    "source": {"duration_s": 3.0, "sha256": "0" * 64},
    "models": {"pose": {"name": "pose", "sha256": "1" * 64}, "face": {"name": "f", "sha256": ""}},
}
TIMES = st.one_of(
    st.sampled_from([-(2**63), -1, 0, 1, 2**31, 2**32, 2**62, 2**63 - 1, 86_400_000]),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(0, 10**12),
)


def framed(data: bytes) -> bytes:
    return struct.pack("<II", len(data), zlib.crc32(data)) + data


def seen(number: int) -> list[Observation]:
    return [
        replace(
            observation(100 * place, Angles(0, 0, place % 30), looked=place % 2 == 0),
            heads=(0.0, 80.0) if place % 10 == 0 else (),
            person=place // 40,
            still_ms=100 * (place % 3),
        )
        for place in range(number)
    ]


def written(path: Path, observations: list[Observation]) -> Path:
    with write(path, HEADER) as recorder:
        for one in observations:
            recorder.append(one)
    return path


def parts(data: bytes) -> list[bytes]:
    """The header and the blocks, unpacked."""
    found, place = [], len(MAGIC)
    while place < len(data):
        length, _ = struct.unpack_from("<II", data, place)
        found.append(data[place + 8 : place + 8 + length])
        place += 8 + length
    return [found[0], *map(zlib.decompress, found[1:])]


COUNTS = (0, 1, 50, 999, 1000, 1001, 2**31, 2**32 - 1)


@st.composite
def other_blocks(draw: st.DrawFn, file: bytes) -> bytes:
    """Damage inside, with the right length and sum of each block."""
    header, *blocks = parts(file)
    kind = draw(st.sampled_from(["header", "front", "block", "packed", "bomb", "order"]))
    packed = [zlib.compress(block, 1) for block in blocks]
    if kind == "header":
        header = json.dumps(draw(changed(HEADER))).encode()
    elif kind == "front":  # counts, times, sizes and flags
        front = 12 + 17 * 50
        packed[0] = zlib.compress(draw(damaged(blocks[0][:front])) + blocks[0][front:], 1)
    elif kind == "block":
        packed[0] = zlib.compress(draw(damaged(blocks[0])), 1)
    elif kind == "packed":
        packed[0] = draw(damaged(packed[0]))
    elif kind == "bomb":
        size = draw(st.sampled_from([10**6, 7 * 10**6, 10**8, 2 * 10**8]))
        counts = struct.pack("<III", *draw(st.tuples(*[st.sampled_from(COUNTS)] * 3)))
        packed[0] = zlib.compress(counts + bytes(size), 1)
    else:
        packed = draw(st.lists(st.sampled_from(packed), max_size=4))
    return MAGIC + framed(header) + b"".join(map(framed, packed))


@st.composite
def other_values(draw: st.DrawFn) -> list[Observation]:
    """Observations that cannot be."""
    observations = seen(30)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, 29))
        observations[place] = wrong(draw, observations[place])
    return observations


def wrong(draw: st.DrawFn, one: Observation) -> Observation:
    kind = draw(st.sampled_from(["time", "size", "face", "pose", "seen", "world"]))
    if kind == "time":
        return replace(one, t_ms=draw(TIMES))
    if kind == "size":
        side = st.one_of(st.sampled_from([0, 1, -1, 2**31 - 1]), st.integers(-(2**31), 2**31 - 1))
        return replace(one, size=(draw(side), draw(side)))
    if kind == "face" and one.face is not None:
        return replace(one, face=replace(one.face, points=points(draw, one.face.points)))
    if one.pose is None:
        return replace(one, face=None)
    field = {"pose": "points", "seen": "visibility"}.get(kind, "world")
    return replace(one, pose=replace(one.pose, **{field: points(draw, getattr(one.pose, field))}))


def points(draw: st.DrawFn, before: np.ndarray) -> np.ndarray:
    after = before.copy()
    with np.errstate(over="ignore"):
        number = np.float32(min(1e300, max(-1e300, float(draw(floats)))))
    what = draw(st.sampled_from(["one", "all", "axis", "scaled", "moved"]))
    if what == "one":
        after.reshape(-1)[draw(st.integers(0, after.size - 1))] = number
    elif what == "all":
        after[...] = number
    elif what == "axis":
        after[..., draw(st.integers(0, after.shape[-1] - 1))] = number
    else:
        with np.errstate(all="ignore"):
            after = (after * number if what == "scaled" else after + number).astype(np.float32)
    return after


floats = st.one_of(
    st.floats(width=32), st.floats(-2, 2, width=32), numbers.filter(lambda n: abs(n) < 10**300)
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No bytes: hypothesis prints what a test is given, and so many in place of what is wrong."""
    return written(tmp_path_factory.mktemp("landmarks") / "whole.nfobs", seen(60))


@given(st.data())
def test_a_recording(doors: Doors, whole: Path, data: st.DataObject) -> None:
    content = whole.read_bytes()
    odd = data.draw(st.one_of(damaged(content), other_blocks(content), other_values()))
    path = doors.folder / "odd.nfobs"
    if isinstance(odd, bytes):
        path.write_bytes(odd)
    else:
        written(path, odd)
    doors.run("analyze", path, "--no-history", codes=CODES)
