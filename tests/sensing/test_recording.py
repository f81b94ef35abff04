from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from neckform.core.errors import InputError, OutputError
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.sensing.sources.recording import (
    BLOCK,
    SCHEMA,
    InMemory,
    is_recording,
    open_recording,
    write,
)


def invented(count: int, seed: int = 1) -> list[Observation]:
    rng = np.random.default_rng(seed)

    def numbers(*shape: int) -> np.ndarray:
        return rng.normal(0, 100, shape).astype(np.float32)

    observations = []
    t_ms = 0
    for _ in range(count):
        t_ms += int(rng.integers(1, 400))
        looked = bool(rng.random() < 0.5)
        face = Face(numbers(468, 3)) if rng.random() < 0.8 else None
        pose = None
        if looked and rng.random() < 0.8:
            pose = Pose(numbers(33, 3), numbers(33), numbers(33, 3))
        observations.append(Observation(t_ms, (640, 480), face, pose, looked))
    return observations


def bits(observation: Observation) -> tuple[object, ...]:
    face, pose = observation.face, observation.pose
    return (
        observation.t_ms,
        observation.size,
        observation.pose_looked,
        None if face is None else face.points.tobytes(),
        None
        if pose is None
        else (pose.points.tobytes(), pose.visibility.tobytes(), pose.world.tobytes()),
    )


def record(path: Path, observations: list[Observation], **facts: object) -> Path:
    with write(path, facts) as recorder:
        for observation in observations:
            recorder.append(observation)
    return path


@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 7])
def test_replay_is_what_was_written_bit_for_bit(tmp_path: Path, count: int) -> None:
    observations = invented(count)
    path = record(tmp_path / "a.nfobs", observations)
    back = list(open_recording(path))
    assert [bits(one) for one in back] == [bits(one) for one in observations]
    assert all(one.face is None or one.face.points.dtype == np.float32 for one in back)


@pytest.mark.parametrize("count", [0, 1, BLOCK, 2 * BLOCK + 1])
def test_what_lies_in_memory_is_the_same_recording(tmp_path: Path, count: int) -> None:
    observations, facts = invented(count), {"source": {"sha256": "abc"}}
    memory = InMemory(facts)
    for observation in observations:
        memory.append(observation)
    path = tmp_path / "clip.nfobs"
    for _ in range(2):  # asked for again, it is the same
        path.write_bytes(memory.content())
        again = open_recording(path)
        assert again.facts == {**facts, "schema": SCHEMA}
        assert [bits(one) for one in again] == [bits(one) for one in observations]


def test_odd_numbers_survive(tmp_path: Path) -> None:
    points = np.random.default_rng(1).normal(0, 50, (468, 3)).astype(np.float32)
    points[:4, 0] = (-0.0, 1e-42, -1e-42, 99_999)
    observations = [Observation(t, (1, 1), Face(points), None, False) for t in (0, 1)]
    path = record(tmp_path / "a.nfobs", observations)
    assert [bits(one) for one in open_recording(path)] == [bits(one) for one in observations]


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 1e30])
def test_points_that_nobody_has_are_damage(tmp_path: Path, number: float) -> None:
    points = np.random.default_rng(1).normal(0, 50, (468, 3)).astype(np.float32)
    points[7, 1] = number
    path = record(tmp_path / "a.nfobs", [Observation(0, (1, 1), Face(points), None, False)])
    with pytest.raises(InputError, match="nowhere near"):
        list(open_recording(path))


def test_the_header_tells_where_it_came_from(tmp_path: Path) -> None:
    facts = {"models": {"face": "abc"}, "source": {"path": "é.mp4"}}
    recording = open_recording(record(tmp_path / "a.nfobs", [], **facts))
    assert recording.facts == {**facts, "schema": SCHEMA}


def test_what_was_appended_survives_a_crash(tmp_path: Path) -> None:
    observations = invented(2 * BLOCK + 5)
    path = tmp_path / "a.nfobs"
    recorder = write(path)
    with recorder:
        for observation in observations:
            recorder.append(observation)
        on_disk = list(open_recording(path))  # as if the computer had stopped here
        assert len(on_disk) == 2 * BLOCK
        assert [bits(one) for one in on_disk] == [bits(one) for one in observations[: 2 * BLOCK]]


def test_an_exception_leaves_everything_appended(tmp_path: Path) -> None:
    path = tmp_path / "a.nfobs"
    with pytest.raises(KeyboardInterrupt), write(path) as recorder:
        for observation in invented(7):
            recorder.append(observation)
        raise KeyboardInterrupt
    assert len(list(open_recording(path))) == 7


def test_a_recording_cut_short_replays_its_whole_blocks(tmp_path: Path) -> None:
    path = record(tmp_path / "a.nfobs", invented(2 * BLOCK))
    path.write_bytes(path.read_bytes()[:-100])
    assert len(list(open_recording(path))) == BLOCK


@pytest.mark.parametrize("at", [20, -100], ids=["header", "block"])
def test_damage_is_refused(tmp_path: Path, at: int) -> None:
    path = record(tmp_path / "a.nfobs", invented(10), source="clip.mp4")
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        list(open_recording(path))


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"NFOBS\r\n\x1a", b"NFOBS\r\n\x1a\0\0\0\0\0\0\0\0"]
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.nfobs"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_recording(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        open_recording(tmp_path / "none.nfobs")


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    header = b'{"schema": "neckform/observations/4"}'
    frame = struct.pack("<II", len(header), zlib.crc32(header))
    path = tmp_path / "a.nfobs"
    path.write_bytes(b"NFOBS\r\n\x1a" + frame + header)
    with pytest.raises(InputError, match="update neckform"):
        open_recording(path)


def test_recordings_are_known_by_their_content(tmp_path: Path, demo: Path) -> None:
    assert is_recording(record(tmp_path / "renamed.mp4", []))
    assert not is_recording(demo)
    assert not is_recording(tmp_path / "none")


def test_a_place_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), write(tmp_path / "no" / "a.nfobs"):
        pass


def test_appending_after_the_end_is_a_mistake(tmp_path: Path) -> None:
    with write(tmp_path / "a.nfobs") as recorder:
        pass
    with pytest.raises(RuntimeError):
        recorder.append(invented(1)[0])
