"""Processes that are killed while they write, and processes that write at once."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import neckform
from histories import full
from neckform.history.store import Store

pytestmark = pytest.mark.slow

KILLS = 100
AT_ONCE = 4


def writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("writing.py")), path, name, str(count)],
        env=os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # what is read here is not read in advance
    )


def lines_of(process: subprocess.Popen[bytes], count: int) -> bytes:
    """What a writer tells first; that is waited for."""
    assert process.stdout is not None
    return b"".join(process.stdout.readline() for _ in range(count))


def kept(path: Path) -> set[str]:
    """All recordings in the store, each of them whole."""
    with Store(path) as store:
        entries = store.entries()
    assert all(entry.holds == full() for entry in entries)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return {entry.recording for entry in entries}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_hundred_kills_in_the_middle_of_writes_lose_nothing(tmp_path: Path) -> None:
    """Four write at a time, and all are killed, at any moment from their start on.

    How far they are is told by themselves, since a busy machine has its own idea of a moment.
    """
    path = tmp_path / "history.db"
    chance = random.Random(20261123)
    told: set[str] = set()
    killed_while_writing = 0
    for turn in range(KILLS // AT_ONCE):
        processes = [writer(path, f"{turn} {which}", 100_000) for which in range(AT_ONCE)]
        read = dict.fromkeys(range(AT_ONCE), b"")
        # A fifth are killed while they start and make or open the store.
        if chance.random() < 0.8:
            for which in chance.sample(range(AT_ONCE), chance.randint(1, AT_ONCE)):
                read[which] = lines_of(processes[which], chance.randint(1, 10))
        for process in processes:
            time.sleep(chance.uniform(0.0, 0.06))
            os.kill(process.pid, signal.SIGKILL)
        for which, process in enumerate(processes):
            out, err = process.communicate()
            assert err == b"", err.decode()
            assert process.returncode == -signal.SIGKILL
            lines = [line for line in (read[which] + out).decode().split("\n") if len(line) == 64]
            killed_while_writing += bool(lines)
            told.update(lines)
        if turn % 8 == 7:
            lost = told - kept(path)
            assert not lost, f"{len(lost)} lost after turn {turn}"
    assert told <= kept(path)
    # The test is worth something only if most were really at it.
    assert killed_while_writing > KILLS / 2
    assert len(told) > 2 * KILLS


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """They even make the store at once."""
    path = tmp_path / "history.db"
    processes = [writer(path, name, 60) for name in "abc"]
    told: set[str] = set()
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b""), err.decode()
        told.update(out.decode().split())
    assert len(told) == 180
    assert kept(path) == told
