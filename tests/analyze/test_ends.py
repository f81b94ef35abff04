"""Ends from outside: requests of the system, a worker that is killed, a parent that is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import neckform
from neckform.jobs.demo.job import CLIP
from running import RUN, wait_until_gone, wait_until_seen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    made = [tmp_path / name for name in ("a.mp4", "b.mp4", "c.mp4")]
    for path in made:
        path.write_bytes(CLIP.read_bytes())
    return made


def begin(
    folder: Path, *arguments: str | Path, terminal: int | None = None
) -> subprocess.Popen[str]:
    """Start an analysis, and wait until it has seen something, which is long before its end.

    Parameters
    ----------
    terminal : int, optional
        Its terminal, whose first program it is; else its output can be read.
    """

    def take_terminal() -> None:
        if terminal is not None:
            import fcntl
            import termios

            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    seen_in = folder / "seen"
    seen_in.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "neckform", "analyze", *arguments],
        cwd=folder,
        env=os.environ
        | {
            "PYTHONPATH": str(Path(neckform.__file__).parents[1]),
            "TMPDIR": str(seen_in),
            RUN: str(folder),
        },
        stdin=terminal,
        stdout=subprocess.PIPE if terminal is None else terminal,
        stderr=subprocess.PIPE if terminal is None else terminal,
        text=True,
        start_new_session=terminal is not None,
        preexec_fn=take_terminal,  # noqa: PLW1509 - no other thread runs here
    )
    wait_until_seen(process, seen_in)
    return process


def workers(parent: int) -> Iterator[int]:
    """The processes of an analysis that analyse."""
    for entry in Path("/proc").iterdir():
        try:
            status = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            command = (entry / "cmdline").read_bytes()
            if int(status[1]) == parent and status[0] != "Z" and b"spawn_main" in command:
                yield int(entry.name)
        except OSError:
            continue


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_the_systems_requests_are_ctrl_c(tmp_path: Path, copies: list[Path], name: str) -> None:
    process = begin(tmp_path, copies[0], "--annotate")
    process.send_signal(getattr(signal, name))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "interrupted at" in out + err
    assert (tmp_path / "neckform-out" / "a" / "report.json").is_file()
    assert (tmp_path / "neckform-out" / "a" / "annotated.mp4").is_file()
    assert not list(tmp_path.rglob("*partial*"))


@pytest.mark.parametrize("further", [(), ("--jobs", "2")], ids=["one", "several"])
def test_a_terminal_that_closes_loses_nothing(
    tmp_path: Path, copies: list[Path], further: tuple[str, ...]
) -> None:
    """Its window is gone: what is printed from then on reaches nobody, and fails."""
    window, terminal = os.openpty()
    recordings = copies[:2] if further else copies[:1]
    process = begin(tmp_path, *recordings, "--annotate", *further, terminal=terminal)
    os.close(terminal)
    os.close(window)
    process.wait(timeout=60)
    assert process.returncode == 130
    for recording in recordings:
        folder = tmp_path / "neckform-out" / recording.stem
        assert (folder / "report.json").is_file()
        assert (folder / "annotated.mp4").is_file()
    assert not list(tmp_path.rglob("*partial*"))


def test_a_killed_worker_costs_its_own_recording_alone(tmp_path: Path, copies: list[Path]) -> None:
    process = begin(tmp_path, *copies, "--jobs", "2")
    os.kill(min(workers(process.pid)), signal.SIGKILL)
    out, err = process.communicate(timeout=180)
    assert process.returncode == 70, err
    assert out.count("unexpectedly") <= 1
    reports = [path.parent.name for path in (tmp_path / "neckform-out").glob("*/report.json")]
    assert len(reports) == 2
    assert (tmp_path / "neckform-out" / "overview.csv").is_file()


def test_workers_end_with_their_parent(tmp_path: Path, copies: list[Path]) -> None:
    process = begin(tmp_path, *copies, "--jobs", "2")
    assert len(list(workers(process.pid))) == 2
    process.kill()
    process.wait()
    wait_until_gone(str(tmp_path))
    assert not list(tmp_path.rglob("report.json")), "they ended with their work"
    process.communicate()
