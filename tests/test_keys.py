"""Single keys from a real terminal."""

from __future__ import annotations

import os
import sys
import time

import pytest

from neckform.terminal.keys import Keys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals as on Unix")

CHILD = """
import sys, time
from neckform.terminal.keys import Keys
with Keys() as keys:
    print("there" if keys.there else "not there", flush=True)
    got = ""
    until = time.monotonic() + 10
    while len(got) < 3 and time.monotonic() < until:
        got += keys.pressed()
        time.sleep(0.01)
    print("got", got, flush=True)
import termios
print("line by line" if termios.tcgetattr(0)[3] & termios.ICANON else "broken", flush=True)
"""


def test_keys_are_read_one_by_one_and_the_terminal_is_left_as_it_was() -> None:
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", CHILD])
    shown = b""
    until = time.monotonic() + 20
    sent = False
    while time.monotonic() < until:
        try:
            shown += os.read(terminal, 1000)
        except OSError:  # the child has ended
            break
        if b"there" in shown and not sent:
            os.write(terminal, b"sPq")
            sent = True
    os.waitpid(child, 0)
    os.close(terminal)
    lines = shown.decode().splitlines()
    assert lines == ["there", "got spq", "line by line"]


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull, encoding="ascii") as nothing:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdin", nothing)
        with Keys() as keys:
            assert not keys.there
            assert keys.pressed() == ""


def test_without_any_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with Keys() as keys:
        assert not keys.there
