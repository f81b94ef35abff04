"""The database: safe against a killed process, a second writer and a newer neckform.

SQLite, through the standard library: one file that any tool opens, transactions that survive a
pulled plug, and nothing to install. An ORM would only hide the handful of statements here.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Self

from neckform.core.errors import HistoryError
from neckform.core.wording import worded
from neckform.files import make_folder
from neckform.history import migrations
from neckform.history.deleting import deleting, overwrite
from neckform.history.entry import (
    Entry,
    KeptFlag,
    KeptHold,
    KeptMiss,
    KeptPain,
    KeptReach,
    Scope,
)
from neckform.history.rows import TABLES, Row, Rows, columns, moment, read_rows
from neckform.history.trouble import DAMAGED, is_busy, told_as_history_errors

_OPERATIONS = 100_000
"""Steps of SQLite's own machine between two looks at the clock: a few milliseconds."""
_LONGEST_S = 2.0
"""Of the processor. A whole history of ten years takes a hundredth of it."""

PATIENCE_S = 10.0
"""How long to wait for another process to finish writing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a recording that the history was given.

    Attributes
    ----------
    day : date
        The day that it counts for.
    anew : bool
        Whether the recording was known already, and is now up to date.
    """

    day: date
    anew: bool


class Store:
    """An open history; a context manager.

    Parameters
    ----------
    path : Path
        Made when it does not exist, readable by its owner alone.
    patience_s : float
        How long to wait for another process.

    Raises
    ------
    HistoryError
        On entering, when it cannot be used; from any method, when the disk fails.
    """

    def __init__(self, path: Path, *, patience_s: float = PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s
        self._open: sqlite3.Connection | None = None
        self._began_s = 0.0

    def __enter__(self) -> Self:
        with self._errors():
            _make_private(self._path)
            # Transactions are begun by hand: Python's own would begin them late, and deadlock.
            connection = sqlite3.connect(self._path, timeout=self._patience_s, isolation_level=None)
            connection.text_factory = _text
            connection.set_progress_handler(self._is_endless, _OPERATIONS)
        try:
            with self._errors():
                self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._open = connection
        return self

    def _is_endless(self) -> bool:
        """End what goes round in circles: pages of a damaged file may lead to each other."""
        return time.thread_time() > self._began_s + _LONGEST_S

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def keep(self, entry: Entry, scope: Scope | None = None) -> Kept:
        """Keep a recording. One that is known already is brought up to date, never counted twice.

        Parameters
        ----------
        scope : Scope, optional
            What was looked for: it replaces what was known, the rest stays. Default: all.
        """
        scope = scope or Scope()
        with self.transaction() as connection:
            known = connection.execute(
                "SELECT id, made_at FROM recordings WHERE recording = ?", (entry.recording,)
            ).fetchone()
            # A copy may look younger than it is, never older: the earliest time is the best.
            made_at = entry.made_at
            if known is not None:
                with suppress(ValueError):  # a damaged time is mended so
                    made_at = min(made_at, moment(known[1]))
                _clear(connection, known[0], scope)
            connection.execute(
                "INSERT INTO recordings"
                " (recording, day, made_at, head_seen_s, unseen_s, neckform_version)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (recording) DO UPDATE SET day = excluded.day,"
                " made_at = excluded.made_at, head_seen_s = excluded.head_seen_s,"
                " unseen_s = excluded.unseen_s, neckform_version = excluded.neckform_version",
                (
                    entry.recording,
                    made_at.date().isoformat(),
                    made_at.isoformat(timespec="seconds"),
                    entry.head_seen_s,
                    entry.unseen_s,
                    entry.neckform_version,
                ),
            )
            (key,) = connection.execute(
                "SELECT id FROM recordings WHERE recording = ?", (entry.recording,)
            ).fetchone()
            if scope.stretches:
                _insert(connection, "holds", KeptHold, key, entry.holds)
                _insert(connection, "near_misses", KeptMiss, key, entry.near_misses)
            if scope.postures:
                _insert(connection, "flags", KeptFlag, key, entry.flags)
            _insert(connection, "reached", KeptReach, key, entry.reached)
            _insert(connection, "pain", KeptPain, key, entry.pain)
        return Kept(made_at.date(), anew=known is not None)

    def entries(self) -> list[Entry]:
        """All that is kept, the oldest first."""
        return list(self.rows().entries)

    def rows(self) -> Rows:
        """All that is kept, and what was passed over because it is damaged."""
        # One moment's state, whatever others write meanwhile; but no claim to write.
        with self.transaction("BEGIN") as connection:
            return read_rows(connection)

    def say_once(self, advice: str, since: date, today: date) -> bool:
        """Whether this advice has not been given yet; from now on it counts as given.

        Parameters
        ----------
        since : date
            The first day of the practice that it is about. Each practice has its own advice.
        """
        with self.transaction() as connection:
            done = connection.execute(
                "INSERT INTO advice (advice, since, said_on) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (advice, since.isoformat(), today.isoformat()),
            )
            return done.rowcount == 1

    def forget(self, day: date | None = None) -> int:
        """Delete a day, or everything, so that nothing of it is left in the files.

        Returns
        -------
        int
            How many recordings were known of.

        Raises
        ------
        HistoryError
            Also when another process keeps old pages in use; forget again once it has ended.
        """
        with self.transaction() as connection:
            if day is None:
                gone = connection.execute("DELETE FROM recordings").rowcount
                connection.execute("DELETE FROM advice")
                for table in TABLES:  # also of a recording that is lost
                    connection.execute(f"DELETE FROM {table}")
            else:
                text = (day.isoformat(),)
                gone = connection.execute("DELETE FROM recordings WHERE day = ?", text).rowcount
                connection.execute("DELETE FROM advice WHERE ? IN (since, said_on)", text)
        # Deleted rows are overwritten (secure_delete), but old pages may still stand in the log,
        # and texts between those of others: write the file anew, and empty the log.
        with self._errors():
            connection.execute("VACUUM")
            emptied = _empty_log(connection, self._patience_s)
        if not emptied:
            raise HistoryError(
                worded(
                    "{path}: deleted, but another program has the file open, so that traces are "
                    "left in it; end that program and forget again",
                    path=self._path,
                )
            )
        return gone

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if not migrations.is_ours(connection):
            raise HistoryError(
                worded(
                    "{path} is not a history of neckform; move it away, and a new one is made",
                    path=self._path,
                )
            )
        version = migrations.version_of(connection)
        if version > migrations.VERSION:
            raise HistoryError(
                worded(
                    "{path} was written by a newer neckform (layout {version}, this one knows "
                    "{ours}); update neckform. Nothing in it was changed",
                    path=self._path,
                    version=version,
                    ours=migrations.VERSION,
                )
            )
        _patiently(connection, "PRAGMA journal_mode = WAL", self._patience_s)
        # FULL: once kept, kept, even if the power fails. A few writes a day can afford it.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        migrations.migrate(connection)
        if not migrations.is_whole(connection):
            raise HistoryError(
                worded("{path} cannot be used: {damaged}", path=self._path, damaged=DAMAGED),
                damaged=True,
            )

    @contextmanager
    def transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """All of the block, or nothing of it; each failure of the database is a `HistoryError`."""
        connection = self._open
        if connection is None:
            raise RuntimeError("Store used outside its with block")
        with self._errors():
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        self._began_s = time.thread_time()
        with told_as_history_errors(self._path):
            yield


def forget_damaged(path: Path) -> bool:
    """Delete a history of ours that cannot be opened any more, its neighbours included.

    Returns
    -------
    bool
        False when the file is another program's: nothing was done.

    Raises
    ------
    HistoryError
    """
    with deleting(path):
        with path.open("r+b") as file:
            head = file.read(_HEAD)
            if head[:16] != b"SQLite format 3\0" or head[68:72] != _OURS:
                return False
            overwrite(file)  # as what is forgotten one by one is: see secure_delete
        for ending in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    return True


_HEAD = 100
_OURS = migrations.APPLICATION_ID.to_bytes(4, "big")


def _text(data: bytes) -> str:
    """A text of a row; one that is not UTF-8 is damaged, and costs its row alone."""
    return data.decode("utf-8", "replace")


def _make_private(path: Path) -> None:
    """Make the file, if it is not there, so that others on the computer cannot read it."""
    make_folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _patiently(connection: sqlite3.Connection, statement: str, patience_s: float) -> None:
    """Execute what SQLite refuses at once, rather than wait, while another process is busy."""
    end = time.monotonic() + patience_s
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _empty_log(connection: sqlite3.Connection, patience_s: float) -> bool:
    """Move the log into the file and cut it to nothing; False when others keep it in use."""
    end = time.monotonic() + patience_s
    # SQLite waits for readers, but not for another process that is doing the same.
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _clear(connection: sqlite3.Connection, key: int, scope: Scope) -> None:
    """Delete what is about to be replaced."""
    for table in ("holds", "near_misses") if scope.stretches else ():
        if not scope.only:
            connection.execute(f"DELETE FROM {table} WHERE recording_id = ?", (key,))
            continue
        connection.executemany(
            f"DELETE FROM {table} WHERE recording_id = ? AND stretch = ? AND side IS ?",
            [(key, stretch, side) for stretch, side in sorted(scope.only, key=str)],
        )
    if scope.postures:
        connection.execute("DELETE FROM flags WHERE recording_id = ?", (key,))
    for table in ("reached", "pain"):
        connection.execute(f"DELETE FROM {table} WHERE recording_id = ?", (key,))


def _insert(
    connection: sqlite3.Connection, table: str, kind: type[Row], key: int, rows: tuple[Row, ...]
) -> None:
    marks = ", ".join("?" for _ in fields(kind))
    connection.executemany(
        f"INSERT INTO {table} (recording_id, {columns(kind)}) VALUES (?, {marks})",
        [(key, *astuple(row)) for row in rows],
    )
