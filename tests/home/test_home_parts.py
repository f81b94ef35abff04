"""The parts of home, each by itself: files that come in, the count of what goes out, the timer."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

import neckform
from neckform.app.heat import LONGEST_MIN, HeatTimer
from neckform.app.incoming import CLOSED_S, LARGEST_PIECE, SILENT_S, Incoming
from neckform.app.outside import Outside
from neckform.core.errors import InputError
from neckform.jobs.home.looking import Looking

NUMBER = "0b0c5a52-9f0e-4f7a-8f4e-1f0e8a6b7c11"


def test_a_file_comes_in_piece_by_piece_and_is_gone_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    with Incoming(tmp_path / "own") as incoming:
        incoming.take(NUMBER, 0, b"abc")
        incoming.take(NUMBER, 3, b"def")
        incoming.take(NUMBER, 3, b"def")  # the answer was lost, so it came again
        path = incoming.path(NUMBER)
        assert path is not None
        assert path.read_bytes() == b"abcdef"
        if sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        named = incoming.name(path, "../../my film:\u202e1.mp4")
        assert named.parent.parent == path.parent
        assert named.name.endswith("1.mp4")
        assert named.read_bytes() == b"abcdef"
    assert list((tmp_path / "own").iterdir()) == []


def test_a_copy_that_comes_no_further_is_deleted_and_one_that_is_whole_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = [0.0]
    monkeypatch.setattr("neckform.app.incoming.time.monotonic", lambda: now_s[0])
    others = [NUMBER[:-1] + digit for digit in "234"]
    with Incoming(tmp_path) as incoming:

        def there() -> list[bool]:
            paths = [incoming.path(number) for number in others]
            return [path is not None and path.exists() for path in paths]

        for number in (NUMBER, *others):
            incoming.take(number, 0, b"abc")
        copy = incoming.path(NUMBER)
        assert copy is not None
        named = incoming.name(copy, "film.mp4")
        incoming.forget(others[0])  # cancelled
        incoming.forget("../../etc/passwd")
        assert there() == [False, True, True]
        now_s[0] = CLOSED_S + 1
        incoming.take(others[1], 3, b"def")
        incoming.forget_silent(0.0)  # the page is open, and its disk may be slow
        assert there() == [False, True, True]
        incoming.forget_silent(now_s[0])  # it was closed when nothing had come
        assert there() == [False, True, False]
        now_s[0] += SILENT_S + 1
        incoming.forget_silent(0.0)
        assert there() == [False, False, False]
        assert named.read_bytes() == b"abc"


def left(under: Path, name: str, *, age_s: float = 0.0, lock: bool = False) -> Path:
    """A folder of copies whose program was killed."""
    folder = under / f"taken-in-{name}"
    folder.mkdir()
    (folder / "film").write_bytes(b"somebody")
    if lock:
        (folder / ".neckform.lock").touch()
    os.utime(folder, (time.time() - age_s,) * 2)
    return folder


def test_copies_of_a_program_that_was_killed_are_deleted_by_the_next(tmp_path: Path) -> None:
    killed, old = left(tmp_path, "killed", lock=True), left(tmp_path, "old", age_s=100)
    being_made = left(tmp_path, "being-made")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").touch()
    if sys.platform != "win32":
        (tmp_path / "taken-in-link").symlink_to(elsewhere)
    with Incoming(tmp_path) as first:
        assert not killed.exists()
        assert not old.exists()
        assert being_made.exists()
        first.take(NUMBER, 0, b"abc")
        with Incoming(tmp_path):  # a second neckform takes nothing from the first
            path = first.path(NUMBER)
            assert path is not None
            assert path.read_bytes() == b"abc"
    assert list(elsewhere.iterdir()) == [elsewhere / "mine"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.slow
def test_a_killed_program_leaves_its_copies_until_the_next_one(tmp_path: Path) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from neckform.app.incoming import Incoming
with Incoming(Path(sys.argv[1])) as incoming:
    incoming.take("0b0c5a52-9f0e", 0, b"somebody")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", program, tmp_path], env=environment, check=False)
    assert [path.name for path in tmp_path.rglob("0b0c5a52-9f0e")] == ["0b0c5a52-9f0e"]
    with Incoming(tmp_path):
        assert list(tmp_path.rglob("0b0c5a52-9f0e")) == []


@pytest.mark.parametrize("number", ["", "../secret", "a/b", None, 7, "x" * 50])
def test_a_copy_has_a_number_and_no_path(tmp_path: Path, number: object) -> None:
    with Incoming(tmp_path) as incoming:
        assert incoming.path(number) is None
        with pytest.raises(ValueError, match="no such file"):
            incoming.take(str(number), 0, b"abc")


@pytest.mark.parametrize(("offset", "size"), [(-1, 3), (4, 3), (0, LARGEST_PIECE + 1)])
def test_a_piece_that_does_not_follow_is_refused(tmp_path: Path, offset: int, size: int) -> None:
    with Incoming(tmp_path) as incoming:
        incoming.take(NUMBER, 0, b"abc")
        with pytest.raises(ValueError, match="missing"):
            incoming.take(NUMBER, offset, bytes(size))


def turn_to(address: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own, suppress(OSError):
        own.connect((address, 9))


def test_what_goes_to_another_computer_is_counted() -> None:
    with Outside() as outside:
        turn_to("127.0.0.1")
        assert outside.connections == 0
        turn_to("192.0.2.1")  # for documentation: nobody is there, and nothing is sent
        assert outside.connections == 1
    with Outside() as later:
        assert later.connections == 0


def test_the_heat_timer_is_never_longer_than_the_skin_can_take() -> None:
    timer = HeatTimer()
    for wrong in (LONGEST_MIN + 1, 0, -5, "15", None, 2.5):
        timer.start(wrong)
        assert timer.state()["left_ms"] is None
    timer.start(LONGEST_MIN)
    assert LONGEST_MIN * 60_000 - 5000 < timer.state()["left_ms"] <= LONGEST_MIN * 60_000
    timer.stop()
    assert timer.state()["left_ms"] is None


def test_what_cannot_be_looked_at_is_said_and_costs_nothing_else(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("no film")
    over = threading.Event()
    with Looking() as looking:
        (tmp_path / "empty").mkdir()
        with pytest.raises(InputError):
            looking.add(tmp_path / "empty", tmp_path / "out", history=False)
        looking.add(text, tmp_path / "out", history=False, after=over.set)
        assert looking.busy
        assert over.wait(120)
        while looking.busy:
            over.wait(0.05)
        (item,) = looking.state("en")
        assert item["state"] == "failed"
        assert item["notes"][0].startswith("notes.mp4 ")
        assert looking.page_of(item["id"]) is None


def test_earlier_results_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out" / "notes").mkdir(parents=True)
    text = tmp_path / "notes.mp4"
    text.write_text("no film")
    with Looking() as looking:
        for _ in range(2):
            looking.add(text, tmp_path / "out", history=False)
        folders = [Path(item["folder"]).name for item in looking.state("en")]
    assert folders == ["notes-2", "notes-3"]
