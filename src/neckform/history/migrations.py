"""The layout of the database, as the steps that lead from each version to the next.

A step that has been released is never changed: it has made people's histories. A change is
a new step at the end. ``PRAGMA user_version`` says how many steps a file has taken.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

APPLICATION_ID = 0x6E656366
"""``necf``, in the file's header, so that no other program's database is taken for ours."""

_FIRST = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE recordings (
        id INTEGER PRIMARY KEY,
        recording TEXT NOT NULL UNIQUE,  -- SHA-256 of its content
        day TEXT NOT NULL,               -- of made_at, where it was made: YYYY-MM-DD
        made_at TEXT NOT NULL,           -- ISO 8601, with the offset from UTC
        head_seen_s REAL NOT NULL,
        unseen_s REAL NOT NULL,
        neckform_version TEXT NOT NULL
    )
    """,
    "CREATE INDEX recordings_by_day ON recordings (day)",
    """
    CREATE TABLE holds (
        recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
        stretch TEXT NOT NULL,
        side TEXT,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL,
        held_s REAL NOT NULL,
        target_s REAL NOT NULL,
        completed INTEGER NOT NULL,
        ended_by TEXT NOT NULL,
        angle_deg REAL,
        angle_error_deg REAL,
        flexion_deg REAL NOT NULL,
        rotation_deg REAL NOT NULL,
        lateral_deg REAL NOT NULL
    )
    """,
    "CREATE INDEX holds_of_recording ON holds (recording_id)",
    """
    CREATE TABLE flags (
        recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
        flag TEXT NOT NULL,
        side TEXT,
        times INTEGER NOT NULL,
        total_s REAL NOT NULL,
        peak_deg REAL
    )
    """,
    "CREATE INDEX flags_of_recording ON flags (recording_id)",
    """
    CREATE TABLE reached (
        recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
        direction TEXT NOT NULL,
        reached_deg REAL NOT NULL,
        uncertainty_deg REAL NOT NULL
    )
    """,
    "CREATE INDEX reached_of_recording ON reached (recording_id)",
)

_ADVICE = (
    """
    CREATE TABLE advice (
        advice TEXT NOT NULL,
        since TEXT NOT NULL,  -- the first day of the practice that it was about
        said_on TEXT NOT NULL,
        PRIMARY KEY (advice, since)
    )
    """,
)

_NEAR_MISSES = (
    """
    CREATE TABLE near_misses (
        recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
        stretch TEXT NOT NULL,
        side TEXT,
        start_s REAL NOT NULL,
        end_s REAL NOT NULL,
        near_s REAL NOT NULL,
        reason TEXT NOT NULL,
        axis TEXT,
        measured REAL NOT NULL,
        "limit" REAL NOT NULL,
        error REAL,
        shoulder TEXT
    )
    """,
    "CREATE INDEX near_misses_of_recording ON near_misses (recording_id)",
)

_PAIN = (
    """
    CREATE TABLE pain (
        recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
        before INTEGER NOT NULL,  -- 0 to 10
        after INTEGER             -- the same, once it was told
    )
    """,
    "CREATE INDEX pain_of_recording ON pain (recording_id)",
)

_NAMES = (  # what a stretch was called, for those that no settings know any more
    "ALTER TABLE holds ADD COLUMN name TEXT",
    "ALTER TABLE near_misses ADD COLUMN name TEXT",
)

STEPS = (_FIRST, _ADVICE, _NEAR_MISSES, _PAIN, _NAMES)
VERSION = len(STEPS)


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps a file has taken; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a file is a history, or empty and may become one."""
    # In this order: another process may make it one in between.
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if int(tables) == 0 and version_of(connection) == 0:
        return True
    number = connection.execute("PRAGMA application_id").fetchone()[0]
    return int(number) == APPLICATION_ID


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that a file lacks: all of them, or, when anything goes wrong, none."""
    if version_of(connection) >= VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been here while this one waited for its turn.
        for step in STEPS[version_of(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether every table is there with its columns, and nothing else acts when one is used.

    A view in a table's place may have rows without end, and a trigger may keep rows from being
    forgotten. Neither is neckform's.
    """
    if connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone()[
        0
    ]:
        return False
    there = _columns(connection)
    return all(names <= there.get(table, frozenset()) for table, names in _layout().items())


@cache
def _layout() -> dict[str, frozenset[str]]:
    """The columns of each table of a new history."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return _columns(fresh)


def _columns(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    columns = "SELECT name FROM pragma_table_info(?)"
    return {
        table: frozenset(name for (name,) in connection.execute(columns, (table,)))
        for (table,) in tables
    }
