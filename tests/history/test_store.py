import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from histories import TODAY, ago, entry, full, hold, miss
from neckform.core.errors import HistoryError
from neckform.history import migrations
from neckform.history import store as store_module
from neckform.history.entry import KeptFlag, KeptPain, KeptReach, Scope
from neckform.history.store import Store, forget_damaged

FLAG = KeptFlag("slouch", None, 2, 33.5, 24.0)
REACH = KeptReach("left_lateral", 36.0, 2.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "history.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as store:
        yield store


def test_what_is_kept_comes_back_as_it_was(store: Store, path: Path) -> None:
    risen = replace(
        miss(), reason="shoulder-rise", axis=None, measured=0.12, limit=0.08, error=None,
        shoulder="right", start_s=50.0,
    )  # fmt: skip
    missed = (miss(), risen, miss("cervical-paraspinal", None))
    missed = tuple(sorted(missed, key=lambda one: one.start_s))
    first = entry(ago(3), full(), flags=(FLAG,), reached=(REACH,), near_misses=missed)
    first = replace(first, pain=(KeptPain(4, 2),))
    second = entry(TODAY, (hold(angle_deg=None, error_deg=None),))
    store.keep(second)
    kept = store.keep(first)
    assert (kept.day, kept.anew) == (ago(3), False)
    assert store.entries() == [first, second]
    with Store(path) as other:
        assert other.entries() == [first, second]


def test_a_recording_counts_once(store: Store) -> None:
    store.keep(entry(holds=(hold(held_s=12),), flags=(FLAG,), reached=(REACH,)))
    kept = store.keep(entry(holds=(hold(held_s=31),), reached=(REACH,)))
    assert kept.anew
    (found,) = store.entries()
    assert [one.held_s for one in found.holds] == [31]
    assert found.flags == ()
    assert found.reached == (REACH,)


def test_a_narrower_look_leaves_what_it_did_not_look_for(store: Store) -> None:
    both = (miss(), miss(side="right"))
    store.keep(entry(holds=full(), flags=(FLAG,), near_misses=both))
    left = frozenset({("upper-trapezius", "left")})
    store.keep(entry(holds=(), flags=()), Scope(only=left, postures=False))
    (found,) = store.entries()
    assert {one.exercise for one in found.holds} == {one.exercise for one in full()} - left
    assert found.near_misses == (miss(side="right"),)
    assert found.flags == (FLAG,)
    paraspinal = frozenset({("cervical-paraspinal", None)})
    store.keep(entry(holds=()), Scope(only=paraspinal, postures=False))
    assert len(store.entries()[0].holds) == 3
    # Postures alone: the stretches stay.
    store.keep(entry(holds=(), flags=()), Scope(stretches=False))
    assert len(store.entries()[0].near_misses) == 1
    (found,) = store.entries()
    assert len(found.holds) == 3
    assert found.flags == ()


def test_the_earliest_time_of_a_recording_is_the_best_known(store: Store) -> None:
    made_at = datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=1)))
    first = replace(entry(), made_at=made_at)
    copy = replace(first, made_at=made_at + timedelta(days=2))
    store.keep(copy)
    assert store.keep(first).day == ago(3)
    # An hour later in Greenwich it would be another day: the day is the person's.
    assert store.keep(copy).day == made_at.date()
    (found,) = store.entries()
    assert found.made_at == made_at


def test_advice_is_said_once_for_each_practice(store: Store) -> None:
    assert store.say_once("fortnight", ago(20), TODAY)
    assert not store.say_once("fortnight", ago(20), TODAY + timedelta(days=5))
    assert store.say_once("fortnight", TODAY, TODAY + timedelta(days=14))


def test_nothing_is_kept_of_a_write_that_fails(store: Store) -> None:
    store.keep(entry(ago(1)))
    broken = replace(hold(), ended_by=None)  # type: ignore[arg-type]
    with pytest.raises(HistoryError):
        store.keep(entry(holds=(hold(), broken)))
    assert store.entries() == [entry(ago(1))]
    store.keep(entry())
    assert len(store.entries()) == 2


# --- forgetting ------------------------------------------------------------------------------


def raw(path: Path) -> bytes:
    """Every byte that lies in the history's files."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_a_forgotten_day_is_in_none_of_the_files(store: Store, path: Path) -> None:
    odd = "stretch-of-that-day"
    for days in range(40):
        name = odd if days == 7 else "upper-trapezius"
        store.keep(entry(ago(days), (hold(name),) * 30, near_misses=(miss(name),) * 9))
    store.say_once("fortnight", ago(7), TODAY)
    store.say_once("fortnight", ago(30), ago(7))
    secret = [odd, ago(7).isoformat(), entry(ago(7)).recording]
    assert all(text.encode() in raw(path) for text in secret)
    assert store.forget(ago(7)) == 1
    assert [text for text in secret if text.encode() in raw(path)] == []
    assert len(store.entries()) == 39
    assert entry(ago(8)).recording.encode() in raw(path)


def test_everything_forgotten_leaves_a_store_that_goes_on(store: Store, path: Path) -> None:
    for days in range(40):
        missed = (miss(),) * 9
        store.keep(entry(ago(days), full(), flags=(FLAG,), reached=(REACH,), near_misses=missed))
    store.say_once("fortnight", ago(39), TODAY)
    assert store.forget() == 40
    left = raw(path)
    for text in (
        "2026-",
        "slouch",
        "trapezius",
        "left_lateral",
        "angle-low",
        entry(ago(3)).recording,
    ):
        assert text.encode() not in left
    assert store.entries() == []
    store.keep(entry())
    assert store.entries() == [entry()]
    assert store.say_once("fortnight", ago(39), TODAY)


def test_forgetting_nothing_is_no_error(store: Store) -> None:
    store.keep(entry())
    assert store.forget(ago(5)) == 0
    assert len(store.entries()) == 1


def test_forgetting_says_when_another_program_keeps_traces(path: Path) -> None:
    with Store(path, patience_s=0.2) as store:
        store.keep(entry())
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM recordings").fetchall()
            with pytest.raises(HistoryError, match="traces"):
                store.forget()
        assert store.entries() == []
        assert store.forget() == 0
        assert entry().recording.encode() not in raw(path)


# --- layouts ---------------------------------------------------------------------------------

VERSION_1 = """
PRAGMA application_id = 0x6E656366;
CREATE TABLE recordings (id INTEGER PRIMARY KEY, recording TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL, made_at TEXT NOT NULL, head_seen_s REAL NOT NULL, unseen_s REAL NOT NULL,
    neckform_version TEXT NOT NULL);
CREATE INDEX recordings_by_day ON recordings (day);
CREATE TABLE holds (recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
    stretch TEXT NOT NULL, side TEXT, start_s REAL NOT NULL, end_s REAL NOT NULL,
    held_s REAL NOT NULL, target_s REAL NOT NULL, completed INTEGER NOT NULL,
    ended_by TEXT NOT NULL, angle_deg REAL, angle_error_deg REAL, flexion_deg REAL NOT NULL,
    rotation_deg REAL NOT NULL, lateral_deg REAL NOT NULL);
CREATE INDEX holds_of_recording ON holds (recording_id);
CREATE TABLE flags (recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
    flag TEXT NOT NULL, side TEXT, times INTEGER NOT NULL, total_s REAL NOT NULL, peak_deg REAL);
CREATE INDEX flags_of_recording ON flags (recording_id);
CREATE TABLE reached (recording_id INTEGER NOT NULL REFERENCES recordings ON DELETE CASCADE,
    direction TEXT NOT NULL, reached_deg REAL NOT NULL, uncertainty_deg REAL NOT NULL);
CREATE INDEX reached_of_recording ON reached (recording_id);
INSERT INTO recordings VALUES (1, 'abc', '2026-11-20', '2026-11-20T08:30:00+00:00', 100, 3, '0.1');
INSERT INTO holds VALUES
    (1, 'upper-trapezius', 'left', 5, 36, 31, 30, 1, 'angle', 30, 3, 1, 2, 30);
INSERT INTO flags VALUES (1, 'slouch', NULL, 2, 33.5, 24);
PRAGMA user_version = 1;
"""
"""As the first step made it: written out again, because a released step must never change."""


def made_by_version_1(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return migrations.version_of(connection)


def test_a_store_of_version_1_is_taken_over_with_all_that_is_in_it(path: Path) -> None:
    made_by_version_1(path)
    with Store(path) as store:
        (found,) = store.entries()
        assert found.recording == "abc"
        assert found.made_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
        assert found.holds == (hold(),)
        assert found.flags == (FLAG,)
        assert store.say_once("fortnight", ago(20), TODAY)
        store.keep(entry())
        assert len(store.entries()) == 2
    assert version(path) == migrations.VERSION


def test_the_layout_is_the_same_whichever_way_a_store_came(path: Path, tmp_path: Path) -> None:
    def layout(of: Path) -> list[str]:
        with closing(sqlite3.connect(of)) as connection:
            rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
        lines = (line.split("--")[0] for (sql,) in rows for line in [*sql.splitlines(), ";"])
        text = "".join("".join(line.split()) for line in lines)
        return sorted(text.split(";"))

    made_by_version_1(path)
    fresh = tmp_path / "fresh.db"
    for one in (path, fresh):
        with Store(one):
            pass
    assert layout(path) == layout(fresh)


def test_a_step_that_fails_leaves_the_store_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by_version_1(path)
    broken = (*migrations.STEPS, ("CREATE TABLE more (a)", "CREATE NONSENSE"))
    monkeypatch.setattr(migrations, "STEPS", broken)
    monkeypatch.setattr(migrations, "VERSION", len(broken))
    with pytest.raises(HistoryError), Store(path):
        pass
    assert version(path) == 1
    monkeypatch.undo()
    with Store(path) as store:
        assert len(store.entries()) == 1


def test_a_newer_store_is_refused_and_left_alone(path: Path) -> None:
    with Store(path) as store:
        store.keep(entry())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match=r"newer neckform \(layout 99.*update neckform"):  # noqa: SIM117
        with Store(path):
            pass
    assert path.read_bytes() == before


def test_another_program_s_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="not a history of neckform"), Store(path):
        pass
    assert path.read_bytes() == before


# --- what can go wrong -----------------------------------------------------------------------


def test_a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("This is no database, whatever its name says.\n" * 40)
    with pytest.raises(HistoryError, match="damaged, or no database"), Store(path):
        pass


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryError, match="cannot be used"), Store(tmp_path / "file" / "h.db"):
        pass


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
@pytest.mark.parametrize("begun", [False, True])
def test_a_read_only_folder(path: Path, begun: bool) -> None:
    path.parent.mkdir()
    if begun:
        with Store(path) as store:
            store.keep(entry())
        path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with pytest.raises(HistoryError, match="cannot be used"), Store(path) as store:
            store.keep(entry(ago(1)))
    finally:
        path.parent.chmod(0o700)


def test_one_that_is_being_written_to_for_too_long(path: Path) -> None:
    with Store(path, patience_s=0.1) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="another program is writing"):
            store.keep(entry())
        other.rollback()
        store.keep(entry())


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_on_the_computer_can_read_it(store: Store, path: Path) -> None:
    store.keep(entry())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_once_kept_it_is_on_the_disk(store: Store) -> None:
    """WAL with full synchronisation; rows that refer to nothing and traces are not possible."""
    with store.transaction() as connection:
        for pragma, value in (
            ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1),
        ):  # fmt: skip
            assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "a whim"),
        ("axis", "sideways"),
        ("side", "up"),
        ("measured", 9e9),
        ("shoulder", 7),
    ],
)
def test_a_damaged_near_miss_costs_itself_alone(
    store: Store, path: Path, column: str, value: object
) -> None:
    store.keep(entry(near_misses=(miss(), miss(side="right"))))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE near_misses SET {column} = ? WHERE side = 'right'", (value,))
        connection.commit()
    rows = store.rows()
    (found,) = rows.entries
    assert (found.near_misses, found.holds) == ((miss(),), (hold(),))
    (said,) = rows.damaged
    assert said.startswith(f"near_misses: {column}: must be")


@pytest.mark.parametrize(
    "spoilt",
    [
        "DROP TABLE holds; CREATE VIEW holds AS WITH RECURSIVE e(n) AS (SELECT 1 UNION ALL SELECT n"
        " + 1 FROM e) SELECT n AS recording_id, n AS stretch FROM e",
        "CREATE TRIGGER t BEFORE DELETE ON holds BEGIN SELECT RAISE(IGNORE); END",
        "DROP TABLE flags",
        "ALTER TABLE reached RENAME COLUMN direction TO other",
    ],
)
def test_another_layout_is_damage_and_can_be_forgotten(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "history.db"
    with Store(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(spoilt)
    with pytest.raises(HistoryError, match="damaged") as raised, Store(path):
        pass
    assert raised.value.damaged
    assert forget_damaged(path)
    assert not path.exists()


@pytest.mark.parametrize(("place", "ours"), [(16, True), (0, False), (68, False)])
def test_a_damaged_head_can_be_forgotten_while_it_says_whose_it_is(
    tmp_path: Path, place: int, ours: bool
) -> None:
    """SQLite takes a size of pages that it does not know for no database at all."""
    path = tmp_path / "history.db"
    with Store(path) as store:
        store.keep(entry())
    content = bytearray(path.read_bytes())
    content[16] = 0xFF
    content[place] = 0xFF
    path.write_bytes(content)
    with pytest.raises(HistoryError, match="damaged, or no database") as raised, Store(path):
        pass
    assert raised.value.damaged
    assert forget_damaged(path) == ours
    assert path.exists() != ours


def test_a_head_that_lets_nobody_write_is_damage(tmp_path: Path) -> None:
    """SQLite opens a file to read whose format for writing it does not know."""
    path = tmp_path / "history.db"
    with Store(path) as store:
        store.keep(entry())
    content = bytearray(path.read_bytes())
    content[18] = 0xFF
    path.write_bytes(content)
    with pytest.raises(HistoryError, match="is damaged") as raised, Store(path) as store:
        store.keep(entry())
    assert raised.value.damaged
    assert forget_damaged(path)
    assert not path.exists()


def test_a_query_without_end_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a damaged file may lead to each other, and no signal reaches what follows them."""
    endless = "WITH RECURSIVE e(n) AS (SELECT 1 UNION ALL SELECT n FROM e) SELECT sum(n) FROM e"
    monkeypatch.setattr(store_module, "_LONGEST_S", 0.2)
    began_s = time.thread_time()
    with (
        Store(tmp_path / "history.db") as store,
        pytest.raises(HistoryError) as raised,
        store.transaction("BEGIN") as connection,
    ):
        connection.execute(endless)
    assert raised.value.damaged
    assert time.thread_time() - began_s < 1.0
