import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import neckform
from neckform.jobs import heat
from running import Runner


class Clock:
    """Time that passes only by waiting; a step of `asleep_ms` comes after `sleeps_at_ms`."""

    def __init__(self, sleeps_at_ms: int | None = None, asleep_ms: int = 0) -> None:
        self.now = 5_000_000
        self.begin = self.now
        self._sleeps_at_ms = sleeps_at_ms
        self._asleep_ms = asleep_ms

    def now_ms(self) -> int:
        return self.now

    def sleep_until(self, t_ms: int) -> None:
        assert t_ms > self.now
        assert t_ms - self.now <= 1000, "Ctrl-C would have to wait"
        self.now = t_ms
        if self._sleeps_at_ms is not None and self.now - self.begin >= self._sleeps_at_ms:
            self.now += self._asleep_ms
            self._sleeps_at_ms = None


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("COLUMNS", "100")
    return Runner(capfd, monkeypatch)


@pytest.mark.parametrize("minutes", [1, 15, 20])
def test_it_says_when_the_time_is_over(
    minutes: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    clock = Clock()
    assert heat.run(minutes, clock) == 0
    assert clock.now - clock.begin == minutes * 60_000
    lines = capsys.readouterr().out.splitlines()
    unit = "minute" if minutes == 1 else "minutes"
    assert lines[0].startswith(f"Heat for {minutes} {unit};")
    assert "to spare the skin" in lines[0]
    assert lines[-1] == f"{minutes} {unit}: take the pack off now."
    # Piped, a line for every five minutes, and nothing for a terminal.
    left = [line for line in lines if line.endswith("left")]
    assert left == [f"{number} minutes left" for number in range(5, minutes, 5)][::-1]
    assert "\x1b" not in "".join(lines)
    assert "\a" not in "".join(lines)


def test_a_computer_that_slept_beyond_twenty_minutes_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert heat.run(15, Clock(sleeps_at_ms=600_000, asleep_ms=900_000)) == 0
    said = words(capsys.readouterr().out)
    assert "25 minutes have gone by, longer than 20: take it off at once." in said


@pytest.mark.parametrize("minutes", ["21", "90", "0", "-5"])
def test_more_than_twenty_minutes_are_refused_with_the_reason(
    command: Runner, minutes: str
) -> None:
    ran = command("heat", "--minutes", minutes)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.complaints
    assert "choose 1 to 20" in line
    assert "spare the skin" in line


def test_fifteen_minutes_unless_told(command: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(heat, "run", lambda minutes: asked.append(minutes) or 0)
    assert command("heat").code == 0
    assert asked == [15]
    help_text = words(command("heat", "--help").out)
    assert "default: 15" in help_text
    assert "spare the skin" in help_text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_it_at_once_and_cleanly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "neckform", "heat", "--minutes", "3"],
        env=os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first.startswith("Heat for 3 minutes;")
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    begin = time.perf_counter()
    out, err = process.communicate(timeout=20)
    assert time.perf_counter() - begin < 2
    assert (process.returncode, err) == (130, "")
    assert "Stopped after less than a minute." in words(out)


def everything(terminal: int) -> str:
    """What was written to a terminal that is closed by now; one read may bring a part of it."""
    found = b""
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:  # Linux's way to say that there is no more
            part = b""
        if not part:
            return found.decode()
        found += part


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_the_time_left_counts_down_and_a_bell_rings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pty

    ours, theirs = pty.openpty()
    with open(theirs, "w", encoding="utf-8", closefd=True) as stream:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setenv("TERM", "xterm")
        clock = Clock()
        started = time.monotonic()

        def wait(t_ms: int) -> None:
            clock.now = t_ms
            if (t_ms - clock.begin) % 10_000 == 0:
                time.sleep(0.1)  # rich draws in real time

        monkeypatch.setattr(clock, "sleep_until", wait)
        assert heat.run(1, clock) == 0
        stream.flush()
    assert time.monotonic() - started < 10
    shown = everything(ours)
    os.close(ours)
    assert re.search(r"0:[0-5]\d left", shown)
    assert shown.rstrip().endswith("\a")
    assert "take the pack off now" in shown
