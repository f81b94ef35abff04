"""When a recording was made, and the sum that it is recognised by."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

from neckform.core.errors import InputError
from neckform.core.wording import why, worded

_BEFORE_ALL_PHONES = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH_OF_MP4 = datetime(1904, 1, 1, tzinfo=UTC)
_BOX = struct.Struct(">I4s")


class Made(NamedTuple):
    """When a recording was made, in the local time zone, and who says so.

    Attributes
    ----------
    says : str
        ``recording``; ``file`` where the recording itself says nothing; ``camera`` of a routine.
    """

    at: datetime
    says: str

    @property
    def iso(self) -> str:
        """The time as files have it."""
        return self.at.isoformat(timespec="seconds")


def made(path: Path, now: datetime, noted: Mapping[str, object] | None = None) -> Made:
    """When a recording was made.

    What an MP4 or MOV file says about itself, as phones write it; otherwise when the file was last
    changed, which most ways of copying keep. Neither is later than `now`.

    Parameters
    ----------
    noted : mapping, optional
        What a landmark recording says of its source: ``recorded_at`` and ``recorded_from``.

    Raises
    ------
    InputError
        When the file has gone.
    """
    try:
        said = _creation_time(path) if noted is None else _moment(noted.get("recorded_at"))
        if said is not None and _BEFORE_ALL_PHONES <= said <= now:
            says = "recording" if noted is None else noted.get("recorded_from")
            return Made(said.astimezone(), str(says) if says in ("file", "camera") else "recording")
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise InputError(
            worded("{path} cannot be opened: {reason}", path=path, reason=why(error))
        ) from error
    return Made(min(changed, now).astimezone(), "file")


def _moment(text: object) -> datetime | None:
    try:
        said = datetime.fromisoformat(text) if isinstance(text, str) else None
        return said if said is not None and said.utcoffset() is not None else None
    except ValueError:
        return None


def content_sum(path: Path) -> str:
    """SHA-256 of a file's content, which stays when it is renamed or copied.

    Raises
    ------
    InputError
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            worded("{path} cannot be opened: {reason}", path=path, reason=why(error))
        ) from error


def _creation_time(path: Path) -> datetime | None:
    """The creation time in the movie header (ISO/IEC 14496-12, 8.2.2); None where there is none.

    OpenCV does not give it, and it is not worth a second video library.
    """
    with path.open("rb") as file:
        end = file.seek(0, 2)
        movie = _box(file, b"moov", 0, end)
        header = None if movie is None else _box(file, b"mvhd", *movie)
        if header is None:
            return None
        file.seek(header[0])
        data = file.read(12)
    if len(data) < 12:
        return None
    (seconds,) = struct.unpack_from(">Q" if data[0] == 1 else ">I", data, 4)
    try:
        return _EPOCH_OF_MP4 + timedelta(seconds=seconds) if seconds else None
    except OverflowError:
        return None


def _box(file: BinaryIO, name: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Start and end of the content of the first box called `name`."""
    while start + _BOX.size <= end:
        file.seek(start)
        size, kind = _BOX.unpack(file.read(_BOX.size))
        content = start + _BOX.size
        if size == 1:  # a large box: its size follows
            large = file.read(8)
            if len(large) < 8:
                return None
            (size,) = struct.unpack(">Q", large)
            content += 8
        elif size == 0:  # to the end
            size = end - start
        if size < content - start:
            return None
        if kind == name:
            return content, min(end, start + size)
        start += size
    return None
