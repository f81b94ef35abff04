"""A damaged history: what is whole in it is shown, and all of it can be forgotten."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from door_runs import Doors
from hostile import TEXTS, damaged
from hypothesis import given
from hypothesis import strategies as st

from histories import ago, entry, full, hold
from neckform.history import migrations
from neckform.history.entry import KeptFlag, KeptReach
from neckform.history.store import Store

HOW = [(), ("--json",), ("--csv",), ("--html", "page.html")]
VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.sampled_from([0, 1, -1, 1e308]),
    st.text(max_size=20), st.binary(max_size=20),
    st.sampled_from(["9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "2026-11-20",
                     "2026-11-20T10:00:00", "nan", "left", "1970-01-01T00:00:00+00:00:01"]),
    st.sampled_from(TEXTS).map(lambda text: text.encode("utf-8", "replace").decode()),
)  # fmt: skip
ENDLESS = "WITH RECURSIVE e(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM e) SELECT n FROM e"
LAYOUTS = (
    "DROP TABLE {table}",
    "ALTER TABLE {table} RENAME TO other",
    "ALTER TABLE {table} RENAME COLUMN {column} TO other",
    "ALTER TABLE {table} ADD COLUMN other",
    "DROP TABLE {table}; CREATE VIEW {table} AS SELECT {columns} FROM (" + ENDLESS + ")",
    "CREATE TRIGGER t BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'never'); END",
    "CREATE TRIGGER t BEFORE DELETE ON {table} BEGIN INSERT INTO advice SELECT n, n, n FROM ("
    + ENDLESS + "); END",
    "CREATE INDEX i ON {table} ({column})",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 99",
    "PRAGMA user_version = -1",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA encoding = 'UTF-16'",
    "PRAGMA page_size = 512; PRAGMA journal_mode = DELETE; VACUUM",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = CAST(x'ff00fe' AS TEXT)",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = CAST(x'ff' AS TEXT)",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No bytes: hypothesis prints what a test is given, and so many in place of what is wrong."""
    path = tmp_path_factory.mktemp("history") / "history.db"
    flags = (
        KeptFlag("chin-to-chest", None, 2, 30.0, 41.0),
        KeptFlag("side-tilt", "left", 1, 9.0, None),
    )
    with Store(path) as store:
        for days in (0, 1, 2, 9, 20):
            reached = (KeptReach("flexion", 40.0, 3.0),)
            store.keep(entry(ago(days), full(), flags=flags, reached=reached))
        store.keep(entry(ago(3), (hold(angle_deg=None),)))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return [name for (name,) in rows if not name.startswith("sqlite_")]


STEPS = st.lists(st.tuples(*[st.integers(0, 99)] * 3, VALUES), min_size=1, max_size=4)
"""Which table, which column, what, and a value."""


def spoil(path: Path, steps: list[tuple[int, int, int, object]]) -> None:
    """Change values and the layout, as another program would that knows SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in steps:
            began_s = time.thread_time()
            connection.set_progress_handler(lambda: time.thread_time() > began_s + 1, 100_000)  # noqa: B023
            with suppress(sqlite3.Error, UnicodeDecodeError, ZeroDivisionError):
                _spoil(connection, *step)


def _spoil(connection: sqlite3.Connection, which: int, where: int, how: int, value: object) -> None:
    names = sorted(tables(connection))
    table = names[which % len(names)]
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    column = columns[where % len(columns)]
    if how < 70:
        rows = " WHERE rowid % 3 = 1" if how % 2 else ""
        connection.execute(f"UPDATE {table} SET {column} = ?{rows}", (value,))
        return
    named = ", ".join(f"1 AS {name}" for name in columns)
    layout = LAYOUTS[how % len(LAYOUTS)]
    connection.executescript(layout.format(table=table, column=column, columns=named))


def look_and_forget(doors: Doors, path: Path, how: tuple[str, ...]) -> None:
    ours = path.read_bytes()[:16] == b"SQLite format 3\0"
    ran = doors.run("history", *how, codes={0, 2})
    assert ran.code == 0 or "history.db" in ran.err
    kept = doors.run("analyze", doors.recording, "--no-html", codes={0})  # an own one is kept
    assert "history" in kept.out + kept.err
    # What is not known for neckform's own is never deleted.
    newer = int.from_bytes(path.read_bytes()[60:64], "big", signed=True) > migrations.VERSION
    codes = {0} if ours and not newer and path.read_bytes()[68:72] == b"necf" else {0, 2}
    if doors.run("history", "forget", "--all", codes=codes).code == 0:
        assert doors.run("history", codes={0}).err == ""


@given(st.data())
def test_a_history(doors: Doors, whole: Path, data: st.DataObject) -> None:
    content = whole.read_bytes()
    bytes_and_log = st.tuples(damaged(content), st.binary(max_size=100))
    how, odd = data.draw(
        st.tuples(st.sampled_from(HOW), st.one_of(STEPS, STEPS, STEPS, bytes_and_log))
    )
    doors.empty_data()
    path = doors.data / "history.db"
    path.write_bytes(content)
    if isinstance(odd, list):
        spoil(path, odd)
    else:
        for file, written in zip((path, doors.data / "history.db-wal"), odd, strict=True):
            file.write_bytes(written)
    look_and_forget(doors, path, how)
