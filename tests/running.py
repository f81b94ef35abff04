"""Runs neckform's command line in this process, or waits for one that runs in its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from neckform import cli

RUN = "NECKFORM_TEST_RUN"
"""In a program's environment, which its workers have from it: whose they are."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.strip()]


class Runner:
    """Runs a command; output is caught where native libraries write, too."""

    def __init__(self, capfd: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capfd = capfd
        self._patch = patch

    def __call__(self, *arguments: str | Path) -> Ran:
        self._patch.setattr(sys, "argv", ["neckform", *map(str, arguments)])
        self._capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self._capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, out, err)


def answers(pid: int, number: signal.Signals) -> bool:
    """Whether a program answers a signal in its own way by now; Linux alone tells."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("SigCgt:"):
            return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return True


def alive(run: str) -> Iterator[str]:
    """The programs with this `RUN`, wherever they have gone; Linux alone tells."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if f"{RUN}={run}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                    yield (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue


def wait_until_gone(run: str) -> None:
    """Wait until none of them is left."""
    for _ in range(600):
        if not (left := list(alive(run))):
            return
        time.sleep(0.05)
    raise AssertionError(f"left running: {left}")


def wait_until_seen(process: subprocess.Popen[str], temporary: Path) -> None:
    """Wait until an analysis has seen something: while the models look, that grows in a file.

    Parameters
    ----------
    temporary : Path
        The process's folder for temporary files.
    """
    for _ in range(600):
        if any(growing.stat().st_size > 100_000 for growing in temporary.rglob("*.nfobs*")):
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("nothing was seen")
