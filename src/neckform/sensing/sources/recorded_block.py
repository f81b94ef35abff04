"""One block of a landmark recording: its observations as bytes, and back, checked.

`recording` says how a block is laid out.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import STEADY, CameraMove, Face, Observation, Pose
from neckform.core.measure.plausible import are_near, have_depth, is_size
from neckform.core.measure.skeleton import MESH_POINTS, POSE_POINTS
from neckform.core.time import LONGEST_MS
from neckform.core.types import Float32
from neckform.core.wording import worded

_COUNTS = struct.Struct("<III")
_FACE, _POSE, _LOOKED, _STILL, _HEADS, _MOVED = 1, 2, 4, 8, 16, 32
_FACE_NUMBERS = 3 * MESH_POINTS
_POSE_NUMBERS = 7 * POSE_POINTS
_MOST_HEADS = 100
_LEAST_ZOOM = 0.01
_LARGEST_COUNT = 1000
"""Observations in a block that is read; far more than `BLOCK`, and still a bound."""
_ONE = 8 + 8 + 1 + 4 * (_FACE_NUMBERS + _POSE_NUMBERS)
LARGEST_BLOCK = _COUNTS.size + _LARGEST_COUNT * _ONE
"""Bytes of a block, packed or not: 6.6 MB."""


def pack(observations: list[Observation]) -> bytes:
    """A block of observations."""
    faces = [one.face.points.reshape(-1) for one in observations if one.face is not None]
    poses = [_pose_numbers(one.pose) for one in observations if one.pose is not None]
    flags = bytes(
        _FACE * (one.face is not None)
        | _POSE * (one.pose is not None)
        | _LOOKED * one.pose_looked
        | _STILL * (one.still_ms > 0)
        | _HEADS * bool(one.heads)
        | _MOVED * (one.camera != STEADY)
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
            _packed_cameras([one.camera for one in observations if one.camera != STEADY]),
        )
    )


def _packed_heads(counted: list[Observation]) -> tuple[bytes, bytes]:
    numbers = [(one.person, len(one.heads)) for one in counted]
    places = [place for one in counted for place in one.heads]
    return np.array(numbers, "<i4").tobytes(), np.array(places, "<f4").tobytes()


def decompressed(data: bytes) -> bytes:
    """A block, as far as a block can go: a few bytes may stand for gigabytes."""
    whole = zlib.decompressobj()
    block = whole.decompress(data, LARGEST_BLOCK)
    if not whole.eof:
        raise ValueError(
            worded("a block is cut short, or larger than {most:.1f} MB", most=LARGEST_BLOCK / 1e6)
        )
    return block


def unpack(data: bytes, last_ms: int) -> list[Observation]:
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
    whose, offset = _unpacked_heads(data, offset, sum(bool(flag & _HEADS) for flag in flags))
    cameras = _unpacked_cameras(data, offset, sum(bool(flag & _MOVED) for flag in flags))
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
            camera=next(cameras) if flag & _MOVED else STEADY,
            **(next(whose) if flag & _HEADS else {}),
        )
        for index, flag in enumerate(flags)
    ]


def _unpacked_heads(data: bytes, offset: int, counted: int) -> tuple[Iterator[dict[str, Any]], int]:
    """Whom each picture in which heads were counted is of, and where the heads are."""
    numbers = np.frombuffer(data, "<i4", 2 * counted, offset).reshape(-1, 2)
    if counted and not (
        numbers[:, 0].min() >= 0 and 1 <= numbers[:, 1].min() <= numbers[:, 1].max() <= _MOST_HEADS
    ):
        raise ValueError(worded("a block's heads make no sense"))
    offset += numbers.nbytes
    places = np.frombuffer(data, "<f4", int(numbers[:, 1].sum()), offset)
    if not are_near(places.astype(np.float32)):
        raise ValueError(worded("a head is nowhere near the picture"))
    ends = np.cumsum(numbers[:, 1])
    whose = [
        {"person": int(person), "heads": tuple(map(float, places[end - count : end]))}
        for (person, count), end in zip(numbers, ends, strict=True)
    ]
    return iter(whose), offset + places.nbytes


def _packed_cameras(cameras: list[CameraMove]) -> bytes:
    rows = [(one.x_px, one.y_px, one.turn_deg, one.zoom, one.lost) for one in cameras]
    return np.array(rows, "<f4").tobytes()


def _unpacked_cameras(data: bytes, offset: int, moved: int) -> Iterator[CameraMove]:
    """What the camera did, where it had moved."""
    if offset + 4 * 5 * moved != len(data):
        raise ValueError(worded("a block's length does not fit its counts"))
    rows = np.frombuffer(data, "<f4", 5 * moved, offset).reshape(-1, 5)
    if not are_near(rows.astype(np.float32)) or not (rows[:, 3] >= _LEAST_ZOOM).all():
        raise ValueError(worded("a camera's way makes no sense"))
    return (
        CameraMove(float(x), float(y), float(turn), float(zoom), bool(lost))
        for x, y, turn, zoom, lost in rows
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
