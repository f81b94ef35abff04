"""Runs neckform on a damaged input: it must answer with a line and a documented exit code.

Within five seconds, within a gigabyte, without a traceback, with nothing raw on the terminal.
"""

from __future__ import annotations

import faulthandler
import io
import re
import shutil
import signal
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "core"))
from people import observation

from neckform import cli
from neckform.core.types import Angles
from neckform.sensing.sources.recording import write
from running import Ran

LONGEST_S = 5
MOST_BYTES = 1_000_000_000
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069]")
_STATUS = Path("/proc/self/status")


class TooSlowError(Exception):
    """It takes longer than `LONGEST_S`."""


class Doors:
    """Where damaged inputs are tried.

    Attributes
    ----------
    recording : Path
        Of a made-up person; a good one.
    data : Path
        What ``NECKFORM_DATA`` names.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.data, self._patch = folder, folder / "data", patch
        self.data.mkdir()
        work = folder / "work"
        work.mkdir()
        patch.chdir(work)
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(folder / "home"))
        self.recording = folder / "good.nfobs"
        with write(self.recording) as recorder:
            for number in range(30):
                turned = Angles(0, 0, max(0, number - 10))
                recorder.append(observation(100 * number, turned))

    def empty_data(self) -> None:
        shutil.rmtree(self.data)
        self.data.mkdir()

    def run(self, *arguments: str | Path, codes: Collection[int]) -> Ran:
        """Run a command; it must end with one of the codes, and with a line when that is not 0."""
        # Each test has its own folder for data; all inputs of a module share this one.
        self._patch.setenv("NECKFORM_DATA", str(self.data))
        self._patch.setattr(sys, "argv", ["neckform", *map(str, arguments)])
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with bounded(), redirect_stdout(out), redirect_stderr(err):
            try:
                cli.main()
            except SystemExit as ended:
                code = ended.code
        ran = Ran(int(code or 0), _written(out), _written(err))
        assert ran.code in codes, ran
        assert "Traceback" not in ran.out + ran.err
        assert not RAW.search(ran.out + ran.err), ran
        assert len(ran.err) < 20_000
        if ran.code > 1:
            assert re.search("^(neckform: |Error: )", ran.err, re.M), ran
        return ran


@contextmanager
def bounded() -> Iterator[None]:
    """Refuse what takes too long or too much memory."""
    _begin_peak()
    held = _peak()
    with ExitStack() as stack:
        if hasattr(signal, "setitimer"):
            # Its own seconds count, so that other work on the computer does not.
            stack.enter_context(_timer())
        # What no signal reaches, such as a query without end, ends everything, and says where.
        faulthandler.dump_traceback_later(12 * LONGEST_S, exit=True)
        stack.callback(faulthandler.cancel_dump_traceback_later)
        yield
    assert _peak() - held < MOST_BYTES


@contextmanager
def _timer() -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_slow(*_: object) -> None:
    raise TooSlowError(f"longer than {LONGEST_S} s")


def _begin_peak() -> None:
    """Linux alone can measure the memory of one input."""
    if _STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    if not _STATUS.exists():
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text())
    assert found is not None
    return int(found[1]) * 1024


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
