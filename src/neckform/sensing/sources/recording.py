r"""Recordings of landmarks: what was observed, without a picture of anyone.

A ``.nfobs`` file replays exactly the observations that were written, bit for bit, in place of the
video that they came from.

Inside: eight bytes, ``NFOBS\r\n\x1a``; a header, which is JSON with the schema
``neckform/observations/2`` and facts about the models and the source; then blocks of up to `BLOCK`
observations. The header and each block are preceded by their length and CRC-32 (two unsigned
32-bit numbers; all numbers are little-endian). A block is compressed with zlib and holds: how many
observations, faces and poses; the times; the picture sizes; flags (1 face, 2 pose, 4 pose looked
for, 8 the picture is still the one before, 16 heads were counted); then all faces and all poses as
float32, stored as bit patterns minus the ones before, byte plane by byte plane, which compresses;
then, for each picture in which heads were counted, whom it is of and how many heads there are (two
signed 32-bit numbers), and then all their places (float32).
Whom a picture is of stands from there on. Version 1 had no heads, and is read.

Blocks are handed to the operating system as they fill, so that at most the last few seconds are
lost when the computer stops; a recording cut short replays up to its last whole block.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from neckform.core.errors import InputError, OutputError
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.measure.plausible import are_near, have_depth, is_size
from neckform.core.measure.skeleton import MESH_POINTS, POSE_POINTS
from neckform.core.time import LONGEST_MS
from neckform.core.types import Float32
from neckform.core.wording import why, worded
from neckform.files import parsed_json, partial_of

SCHEMA = "neckform/observations/2"
_READ = (SCHEMA, "neckform/observations/1")
SUFFIX = ".nfobs"
BLOCK = 50
"""Observations in a block: five seconds at the usual sampling."""

_MAGIC = b"NFOBS\r\n\x1a"
_FRAME = struct.Struct("<II")
_COUNTS = struct.Struct("<III")
_FACE, _POSE, _LOOKED, _STILL, _HEADS = 1, 2, 4, 8, 16
_FACE_NUMBERS = 3 * MESH_POINTS
_POSE_NUMBERS = 7 * POSE_POINTS
_LARGEST_HEADER = 1 << 20
_MOST_HEADS = 100
_LARGEST_COUNT = 1000
"""Observations in a block that is read; far more than `BLOCK`, and still a bound."""
_ONE = 8 + 8 + 1 + 4 * (_FACE_NUMBERS + _POSE_NUMBERS)
_LARGEST_BLOCK = _COUNTS.size + _LARGEST_COUNT * _ONE
"""Bytes of a block, packed or not: 6.6 MB."""


class Recorder:
    """Writes observations as they come; a context manager.

    Parameters
    ----------
    path : Path
        Replaced, when it exists, once the first block is whole.
    facts : mapping
        JSON-able facts for the header, such as the models' and the source's.
    lasting : bool
        It is kept, so that its size is worth some time; else it is written as fast as may be.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """

    def __init__(
        self, path: Path, facts: Mapping[str, Any] | None = None, *, lasting: bool = True
    ) -> None:
        self._level = 6 if lasting else 1
        self._path = Path(path)
        self._partial: Path | None = partial_of(self._path)
        self._facts = dict(facts or {})
        self._waiting: list[Observation] = []
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        header = json.dumps({**self._facts, "schema": SCHEMA}).encode()

        def begin() -> None:
            assert self._partial is not None
            self._partial.touch(mode=0o600)
            self._file = self._partial.open("wb")
            self._file.write(_MAGIC + _FRAME.pack(len(header), zlib.crc32(header)) + header)
            self._file.flush()

        try:
            self._trying(begin)
        except OutputError:
            self._leave_nothing()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is None:
            return
        try:
            if self._waiting:
                self._trying(self._flush)
        finally:
            file, self._file = self._file, None
            self._trying(file.close)
            if self._partial is not None:
                self._trying(self._name_empty)

    def append(self, observation: Observation) -> None:
        """Add the next observation; it is in the file at the latest when the block is left."""
        if self._file is None:
            raise RuntimeError("Recorder.append outside its with block")
        self._waiting.append(observation)
        if len(self._waiting) >= BLOCK:
            self._trying(self._flush)

    def _leave_nothing(self) -> None:
        """A file without its header is no recording."""
        if self._file is None or self._partial is None:  # it could not even be opened
            return
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._partial.unlink(missing_ok=True)
        self._file = None

    def _flush(self) -> None:
        if self._file is None:
            return
        data = zlib.compress(_pack(self._waiting), self._level)
        self._waiting = []
        self._file.write(_FRAME.pack(len(data), zlib.crc32(data)) + data)
        self._file.flush()
        if self._partial is not None:
            # Windows renames no open file.
            self._file.close()
            self._partial.replace(self._path)
            self._partial = None
            self._file = self._path.open("ab")

    def _name_empty(self) -> None:
        """A recording without an observation replaces nothing."""
        assert self._partial is not None
        if self._path.exists():
            self._partial.unlink()
        else:
            self._partial.replace(self._path)

    def _trying(self, action: Callable[[], None]) -> None:
        try:
            action()
        except OSError as error:
            raise OutputError(
                worded("{path} cannot be written: {reason}", path=self._path, reason=why(error))
            ) from error


def write(path: Path, facts: Mapping[str, Any] | None = None, *, lasting: bool = True) -> Recorder:
    """A `Recorder` for `path`; use it in a ``with`` block."""
    return Recorder(path, facts, lasting=lasting)


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that was recognised as one.

    Attributes
    ----------
    facts : mapping
        Its header.
    """

    path: Path
    facts: Mapping[str, Any]
    _start: int

    def __iter__(self) -> Iterator[Observation]:
        """Its observations, in order; ends early, without complaint, where the file is cut short.

        Raises
        ------
        InputError
            When a block is damaged rather than missing.
        """
        last_ms = stood_from_ms = -1
        person = 0
        with self.path.open("rb") as file:
            file.seek(self._start)
            while (data := _next_block(file, self.path)) is not None:
                try:
                    observations = _unpack(_decompressed(data), last_ms)
                except (zlib.error, struct.error, ValueError) as error:
                    raise InputError(
                        worded("{damaged} ({error})", damaged=_damaged(self.path), error=error)
                    ) from error
                if observations:
                    last_ms = observations[-1].t_ms
                for one in observations:
                    if not one.still_ms or stood_from_ms < 0:
                        stood_from_ms = one.t_ms
                    person = one.person if one.heads else person
                    yield replace(one, still_ms=one.t_ms - stood_from_ms, person=person)


def is_recording(path: Path) -> bool:
    """Whether a file is a recording of landmarks, whatever its name."""
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def open_recording(path: Path) -> Recording:
    """Open a recording of landmarks.

    Raises
    ------
    InputError
        When it is none, is damaged, or was written by a newer neckform.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise InputError(
                    worded(
                        "{path} is not a recording of landmarks ({suffix})",
                        path=path,
                        suffix=SUFFIX,
                    )
                )
            header = _next_block(file, path, _LARGEST_HEADER)
            start = file.tell()
    except OSError as error:
        raise InputError(
            worded("{path} cannot be opened: {reason}", path=path, reason=why(error))
        ) from error
    try:
        facts = parsed_json(header or b"")
        schema = facts["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(_damaged(path)) from error
    if schema not in _READ:
        raise InputError(
            worded(
                "{path} was written as {schema}, this neckform reads {ours}; update neckform",
                path=path,
                schema=schema,
                ours=SCHEMA,
            )
        )
    return Recording(path, facts, start)


def _next_block(file: BinaryIO, path: Path, largest: int = _LARGEST_BLOCK) -> bytes | None:
    """The next whole block, or None where the file ends or is cut short."""
    frame = file.read(_FRAME.size)
    if len(frame) < _FRAME.size:
        return None
    length, checksum = _FRAME.unpack(frame)
    if length > largest:
        raise InputError(_damaged(path))
    data = file.read(length)
    if len(data) < length:
        return None
    if zlib.crc32(data) != checksum:
        raise InputError(_damaged(path))
    return data


def _damaged(path: Path) -> str:
    return worded(
        "{path} is a damaged recording; analyse the video again, or record again", path=path
    )


def _pack(observations: list[Observation]) -> bytes:
    faces = [one.face.points.reshape(-1) for one in observations if one.face is not None]
    poses = [_pose_numbers(one.pose) for one in observations if one.pose is not None]
    flags = bytes(
        _FACE * (one.face is not None)
        | _POSE * (one.pose is not None)
        | _LOOKED * one.pose_looked
        | _STILL * (one.still_ms > 0)
        | _HEADS * bool(one.heads)
        for one in observations
    )
    return b"".join(
        (
            _COUNTS.pack(len(observations), len(faces), len(poses)),
            np.array([one.t_ms for one in observations], "<i8").tobytes(),
            np.array([one.size for one in observations], "<i4").tobytes(),
            flags,
            _squeeze(faces, _FACE_NUMBERS),
            _squeeze(poses, _POSE_NUMBERS),
            *_packed_heads([one for one in observations if one.heads]),
        )
    )


def _packed_heads(counted: list[Observation]) -> tuple[bytes, bytes]:
    numbers = [(one.person, len(one.heads)) for one in counted]
    places = [place for one in counted for place in one.heads]
    return np.array(numbers, "<i4").tobytes(), np.array(places, "<f4").tobytes()


def _decompressed(data: bytes) -> bytes:
    """A block, as far as a block can go: a few bytes may stand for gigabytes."""
    whole = zlib.decompressobj()
    block = whole.decompress(data, _LARGEST_BLOCK)
    if not whole.eof:
        raise ValueError(
            worded(
                "a block is cut short, or larger than {most:.1f} MB",
                most=_LARGEST_BLOCK / 1e6,
            )
        )
    return block


def _unpack(data: bytes, last_ms: int) -> list[Observation]:
    """The observations of a block, checked; `last_ms` is the time of the one before."""
    count, face_count, pose_count = _COUNTS.unpack_from(data)
    if count > _LARGEST_COUNT or face_count > count or pose_count > count:
        raise ValueError(worded("a block's counts make no sense"))
    offset = _COUNTS.size
    times = np.frombuffer(data, "<i8", count, offset)
    offset += 8 * count
    sizes = np.frombuffer(data, "<i4", 2 * count, offset).reshape(-1, 2)
    offset += 8 * count
    flags = data[offset : offset + count]
    offset += count
    all_faces = _expand(data, offset, face_count, _FACE_NUMBERS)
    offset += 4 * face_count * _FACE_NUMBERS
    all_poses = _expand(data, offset, pose_count, _POSE_NUMBERS)
    offset += 4 * pose_count * _POSE_NUMBERS
    whose = _unpacked_heads(data, offset, sum(bool(flag & _HEADS) for flag in flags))
    _check_times(times, last_ms)
    _check_flags(np.frombuffer(flags, np.uint8), face_count, pose_count)
    _check_points(sizes, all_faces, all_poses)
    faces, poses = iter(all_faces), iter(all_poses)
    return [
        Observation(
            t_ms=int(times[index]),
            size=(int(sizes[index, 0]), int(sizes[index, 1])),
            face=Face(next(faces).reshape(-1, 3)) if flag & _FACE else None,
            pose=_pose(next(poses)) if flag & _POSE else None,
            pose_looked=bool(flag & _LOOKED),
            still_ms=int(flag & _STILL),
            **(next(whose) if flag & _HEADS else {}),
        )
        for index, flag in enumerate(flags)
    ]


def _unpacked_heads(data: bytes, offset: int, counted: int) -> Iterator[dict[str, Any]]:
    """Whom each picture in which heads were counted is of, and where the heads are."""
    numbers = np.frombuffer(data, "<i4", 2 * counted, offset).reshape(-1, 2)
    if counted and not (
        numbers[:, 0].min() >= 0 and 1 <= numbers[:, 1].min() <= numbers[:, 1].max() <= _MOST_HEADS
    ):
        raise ValueError(worded("a block's heads make no sense"))
    offset += numbers.nbytes
    places = np.frombuffer(data, "<f4", int(numbers[:, 1].sum()), offset)
    if offset + places.nbytes != len(data):
        raise ValueError(worded("a block's length does not fit its counts"))
    if not are_near(places.astype(np.float32)):
        raise ValueError(worded("a head is nowhere near the picture"))
    ends = np.cumsum(numbers[:, 1])
    return iter(
        [
            {"person": int(person), "heads": tuple(map(float, places[end - count : end]))}
            for (person, count), end in zip(numbers, ends, strict=True)
        ]
    )


def _check_times(times: NDArray[np.int64], last_ms: int) -> None:
    if not len(times):
        return
    # Compared, not subtracted: a difference of two such numbers may not fit into one.
    if times[0] <= last_ms or (times[1:] <= times[:-1]).any():
        raise ValueError(worded("its times do not increase"))
    if times[-1] > LONGEST_MS:
        raise ValueError(worded("it is longer than ten years"))


def _check_flags(flags: NDArray[np.uint8], face_count: int, pose_count: int) -> None:
    said = [int(np.count_nonzero(flags & flag)) for flag in (_FACE, _POSE)]
    if said != [face_count, pose_count]:
        raise ValueError(worded("its flags do not fit its faces and poses"))


def _check_points(sizes: NDArray[np.int32], faces: Float32, poses: Float32) -> None:
    if not all(is_size(int(width), int(height)) for width, height in sizes):
        raise ValueError(worded("a picture's size makes no sense"))
    if not (are_near(faces) and are_near(poses)):
        raise ValueError(worded("a landmark is nowhere near the picture"))
    if len(faces) and not have_depth(faces.reshape(len(faces), MESH_POINTS, 3)):
        raise ValueError(worded("a face is flat"))


def _pose_numbers(pose: Pose) -> Float32:
    return np.concatenate((pose.points.reshape(-1), pose.visibility, pose.world.reshape(-1)))


def _pose(numbers: Float32) -> Pose:
    split = 3 * POSE_POINTS
    return Pose(
        points=numbers[:split].reshape(-1, 3),
        visibility=numbers[split : split + POSE_POINTS],
        world=numbers[split + POSE_POINTS :].reshape(-1, 3),
    )


def _squeeze(rows: list[Float32], width: int) -> bytes:
    """Bit patterns minus those of the row before (modulo 2^32), byte plane by byte plane."""
    if not rows:
        return b""
    bits = np.stack(rows).astype("<f4").view("<u4").reshape(len(rows), width)
    change = bits.copy()
    change[1:] -= bits[:-1]
    return change.reshape(-1, 1).view(np.uint8).T.tobytes()


def _expand(data: bytes, offset: int, rows: int, width: int) -> Float32:
    planes: NDArray[np.uint8] = np.frombuffer(data, np.uint8, 4 * rows * width, offset)
    change = np.ascontiguousarray(planes.reshape(4, -1).T).view("<u4").reshape(rows, width)
    bits = np.cumsum(change, axis=0, dtype="<u4")
    return bits.view("<f4").astype(np.float32)
