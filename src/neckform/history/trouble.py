"""What the database's own errors mean, in words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neckform.core.errors import HistoryError
from neckform.core.wording import why, worded

_ROOM = 64 * 1024
"""Bytes that SQLite needs beside the file to work with it at all: twice its shared index."""

DAMAGED = worded(
    "it is damaged; move it away, and a new one is made, or delete it with "
    "neckform history forget --all, and of a named person with --who NAME"
)
_BUSY = worded("another program is writing to it; try again in a moment")
_MEANINGS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: worded("it may be read, but not written"),
    sqlite3.SQLITE_CANTOPEN: worded("it cannot be opened or made; check the folder's permissions"),
    sqlite3.SQLITE_FULL: worded("the disk is full"),
    sqlite3.SQLITE_NOTADB: worded(
        "it is damaged, or no database; move it away, and a new one is made"
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_INTERRUPT: DAMAGED,  # see Store._is_endless
    sqlite3.SQLITE_IOERR: worded("the disk cannot be read or written"),
}

_PASSING = {kind for kind in _MEANINGS if _MEANINGS[kind] != DAMAGED} - {sqlite3.SQLITE_NOTADB}
"""Kinds of error that say nothing against the file itself."""


@contextmanager
def told_as_history_errors(path: Path) -> Iterator[None]:
    """Each failure of the database in the block is a `HistoryError` of the file."""
    try:
        yield
    except OSError as error:
        raise HistoryError(
            worded("{path} cannot be used: {reason}", path=path, reason=why(error))
        ) from error
    except UnicodeDecodeError as error:  # not even the layout's own names can be read
        raise HistoryError(
            worded("{path} cannot be used: {damaged}", path=path, damaged=DAMAGED), damaged=True
        ) from error
    except sqlite3.Error as error:
        kind = _kind(error)
        # SQLite calls it an error of the disk when it has no room for its shared index.
        if kind == sqlite3.SQLITE_IOERR and is_full(path.parent):
            kind = sqlite3.SQLITE_FULL
        if kind == sqlite3.SQLITE_READONLY and _has_unknown_format(path):
            kind = sqlite3.SQLITE_CORRUPT
        reason = _MEANINGS.get(kind, str(error))
        message = worded("{path} cannot be used: {reason}", path=path, reason=reason)
        damaged, busy = kind not in _PASSING, reason == _BUSY
        raise HistoryError(message, damaged=damaged, busy=busy) from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program has the file to itself."""
    return _MEANINGS.get(_kind(error)) == _BUSY


def is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False


def _has_unknown_format(path: Path) -> bool:
    """Whether the head asks of whoever writes what no SQLite can: it opens such a file to read."""
    try:
        with path.open("rb") as file:
            head = file.read(_WRITE_FORMAT + 1)
    except OSError:
        return False
    return len(head) > _WRITE_FORMAT and head[_WRITE_FORMAT] > _NEWEST_FORMAT


_WRITE_FORMAT, _NEWEST_FORMAT = 18, 2
"""The place of a byte, and its greatest value: https://www.sqlite.org/fileformat2.html, 1.3.3."""


def _kind(error: sqlite3.Error) -> int:
    """The lowest byte of the code is the kind of error, the rest its variety."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
