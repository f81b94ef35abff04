r"""Recordings of landmarks: what was observed, without a picture of anyone.

A ``.nfobs`` file replays exactly the observations that were written, bit for bit, in place of the
video that they came from.

Inside: eight bytes, ``NFOBS\r\n\x1a``; a header, which is JSON with the schema
``neckform/observations/3`` and facts about the models and the source; then blocks of up to `BLOCK`
observations. The header and each block are preceded by their length and CRC-32 (two unsigned
32-bit numbers; all numbers are little-endian). A block is compressed with zlib and holds: how many
observations, faces and poses; the times; the picture sizes; flags (1 face, 2 pose, 4 pose looked
for, 8 the picture is still the one before, 16 heads were counted); then all faces and all poses as
float32, stored as bit patterns minus the ones before, byte plane by byte plane, which compresses;
then, for each picture in which heads were counted, whom it is of and how many heads there are (two
signed 32-bit numbers), and then all their places (float32); then, for each picture whose camera had
moved (flag 32), what it did: x, y, turn, zoom and whether that is lost (float32).
Whom a picture is of stands from there on. Versions 1 (no heads) and
2 (no camera) are read.

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

from neckform.core.errors import InputError, OutputError
from neckform.core.measure.observation import Observation
from neckform.core.wording import why, worded
from neckform.files import parsed_json, partial_of
from neckform.sensing.sources.recorded_block import LARGEST_BLOCK, decompressed, pack, unpack

SCHEMA = "neckform/observations/3"
_READ = (SCHEMA, "neckform/observations/2", "neckform/observations/1")
SUFFIX = ".nfobs"
BLOCK = 50
"""Observations in a block: five seconds at the usual sampling."""

_MAGIC = b"NFOBS\r\n\x1a"
_FRAME = struct.Struct("<II")
_LARGEST_HEADER = 1 << 20
_FAST = 1
"""How hard zlib tries where time counts for more than room."""


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
        self._level = 6 if lasting else _FAST
        self._path = Path(path)
        self._partial: Path | None = partial_of(self._path)
        self._facts = dict(facts or {})
        self._waiting: list[Observation] = []
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        def begin() -> None:
            assert self._partial is not None
            self._partial.touch(mode=0o600)
            self._file = self._partial.open("wb")
            self._file.write(_beginning(self._facts))
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
        self._file.write(_block(self._waiting, self._level))
        self._waiting = []
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


class InMemory:
    """A recording that lies in no file: it is gone with the program, unless somebody asks for it.

    Parameters
    ----------
    facts : mapping
        For the header, see `Recorder`.
    """

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._parts = [_beginning(facts)]
        self._waiting: list[Observation] = []

    def append(self, observation: Observation) -> None:
        """Add the next observation."""
        self._waiting.append(observation)
        if len(self._waiting) >= BLOCK:
            self._pack()

    def content(self) -> bytes:
        """All of it, as a ``.nfobs`` file has it."""
        self._pack()
        return b"".join(self._parts)

    def _pack(self) -> None:
        if self._waiting:
            self._parts.append(_block(self._waiting, _FAST))
            self._waiting = []


def _beginning(facts: Mapping[str, Any]) -> bytes:
    header = json.dumps({**facts, "schema": SCHEMA}).encode()
    return _MAGIC + _FRAME.pack(len(header), zlib.crc32(header)) + header


def _block(observations: list[Observation], level: int) -> bytes:
    data = zlib.compress(pack(observations), level)
    return _FRAME.pack(len(data), zlib.crc32(data)) + data


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
                    observations = unpack(decompressed(data), last_ms)
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


def _next_block(file: BinaryIO, path: Path, largest: int = LARGEST_BLOCK) -> bytes | None:
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
