"""What waits for a history that another program has to itself."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from histories import TODAY, entry, full, hold
from neckform.core.types import Exercise, Side
from neckform.history.entry import Entry, KeptFlag, Scope
from neckform.history.store import Store
from neckform.history.waiting import anything_waits, forget_waiting, put_off, take_in
from neckform.jobs.analyze.earlier import earlier_deg
from neckform.jobs.coach.history_writer import HistoryWriter
from neckform.jobs.own_history import is_anything_kept, own_history
from neckform.sensing.sources.recording import write
from running import Runner

sys.path.append(str(Path(__file__).parents[1] / "core"))
from people import observation

pytestmark = pytest.mark.slow

SOON_S = 5.0


@contextmanager
def kept_by_another(path: Path) -> Iterator[None]:
    """A program that lets nobody read or write."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM advice")
        yield
        other.execute("ROLLBACK")


def entries(path: Path) -> list[Entry]:
    with Store(path) as store:
        return store.entries()


def test_what_waits_is_taken_in_as_it_was_told_last(tmp_path: Path) -> None:
    folder = tmp_path / "waiting"
    assert not anything_waits(folder)
    for holds in (full()[:1], full()[:3], full()):
        put_off(folder, entry(holds=holds, name="routine"))
    put_off(folder, entry(name="another"))
    assert anything_waits(folder)
    with Store(tmp_path / "history.db") as store:
        assert take_in(store, folder) == []
        assert {len(one.holds) for one in store.entries()} == {1, len(full())}
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_it_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = put_off(tmp_path / "waiting", entry())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_damaged_one_is_passed_over_with_a_line_and_can_be_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "waiting"
    bad = put_off(folder, entry(name="bad"))
    bad.write_bytes(b"no database" * 1000)
    put_off(folder, entry(name="good"))
    with Store(tmp_path / "history.db") as store:
        (line,) = take_in(store, folder)
        assert str(bad) in line
        assert len(store.entries()) == 1
    forget_waiting(folder)
    assert list(folder.iterdir()) == []


LEFT = Exercise("upper-trapezius", Side.LEFT)
FLAGS = (KeptFlag("chin-to-chest", None, 2, 30.0, 41.0),)


@pytest.mark.parametrize(
    ("scope", "holds", "flags"),
    [(Scope(), 1, 0), (Scope(postures=False), 1, 1), (Scope(only=frozenset({LEFT})), 5, 0)],
)
def test_what_waits_replaces_what_was_looked_for_and_no_more(
    tmp_path: Path, scope: Scope, holds: int, flags: int
) -> None:
    with Store(tmp_path / "history.db") as store:
        store.keep(entry(holds=full(), flags=FLAGS))
        put_off(tmp_path / "waiting", entry(holds=(hold(),)), scope)
        assert take_in(store, tmp_path / "waiting") == []
        (kept,) = store.entries()
    assert (len(kept.holds), len(kept.flags)) == (holds, flags)


def test_what_does_not_say_what_was_looked_for_is_passed_over(tmp_path: Path) -> None:
    path = put_off(tmp_path / "waiting", entry())
    with Store(tmp_path / "history.db") as store:
        for text in ("no json", "[]", '[true, [["upper-trapezius", "up"]], true]', None):
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("DELETE FROM looked_for")
                if text is not None:
                    other.execute("INSERT INTO looked_for VALUES (?)", (text,))
            (line,) = take_in(store, path.parent)
            assert str(path) in line
        assert store.entries() == []


def test_what_is_being_written_is_not_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "waiting"
    whole = put_off(folder, entry())
    whole.rename(folder / f".{whole.name}.0123456789ab.partial")
    assert not anything_waits(folder)


def test_whoever_tells_a_history_that_is_not_free_is_told_so_soon(own_data: Path) -> None:
    history = own_data / "history.db"
    with Store(history) as store:
        store.keep(entry(TODAY - timedelta(days=1), full()))
    writer = HistoryWriter(TODAY)
    began = time.monotonic()
    with kept_by_another(history):
        for holds in (full()[:2], full()):
            writer.tell(entry(holds=holds))
            assert writer.wait(SOON_S) is None
        assert is_anything_kept()
        assert len(list((own_data / "waiting").iterdir())) == 1
    assert time.monotonic() - began < 2 * SOON_S
    assert len(entries(history)) == 1
    # Any command that opens the history takes it in.
    with own_history() as store:
        assert [len(one.holds) for one in store.entries()] == [len(full())] * 2
    assert not list((own_data / "waiting").iterdir())


def test_it_comes_in_with_what_is_told_next(own_data: Path) -> None:
    put_off(own_data / "waiting", entry(TODAY - timedelta(days=1), full()))
    writer = HistoryWriter(TODAY)
    writer.tell(entry(holds=full()))
    standing = writer.wait(SOON_S)
    assert standing is not None
    assert standing.streak_days == 2


def test_a_report_waits_for_nobody(own_data: Path) -> None:
    """It is made without the person's earlier best."""
    with Store(own_data / "history.db") as store:
        store.keep(entry(holds=(hold(),)))
    with kept_by_another(own_data / "history.db"):
        began = time.monotonic()
        assert earlier_deg(datetime.now(UTC), "0" * 64, None) == {}
        assert time.monotonic() - began < 1.5


def test_an_analysis_waits_for_nobody(
    own_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Its results are there, and what it would have kept comes in later."""
    monkeypatch.chdir(tmp_path)
    neckform = Runner(capfd, monkeypatch)
    with write(tmp_path / "seen.nfobs") as recorder:
        for number in range(30):
            recorder.append(observation(100 * number))
    with Store(own_data / "history.db") as store:
        store.keep(entry(TODAY - timedelta(days=1)))
    with kept_by_another(own_data / "history.db"):
        began = time.monotonic()
        ran = neckform("analyze", "seen.nfobs", "--history")
        assert time.monotonic() - began < SOON_S
    assert (ran.code, ran.err) == (0, "")
    assert f"waits in {own_data / 'waiting'}" in " ".join(ran.out.split())
    assert (tmp_path / "neckform-out" / "seen" / "report.json").is_file()
    assert len(entries(own_data / "history.db")) == 1
    assert neckform("history").err == ""
    assert len(entries(own_data / "history.db")) == 2
    assert not list((own_data / "waiting").iterdir())
