"""Starts a monitor that needs no terminal and runs on without who started it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from neckform.config.launchers import PAGES_LANGUAGE, own_command
from neckform.config.paths import data_folder, made
from neckform.core.errors import NeckformError
from neckform.core.wording import named, worded
from neckform.files import private
from neckform.jobs.watch.running import is_running, read_status, runs_already

PATIENCE_S = 30.0
"""The monitor has loaded its models and taken the camera by then."""


def start(arguments: Sequence[str], language: str | None = None) -> subprocess.Popen[bytes]:
    """Start a monitor of its own; what it says is written into a file.

    Parameters
    ----------
    language : str, optional
        The language of the page that starts it. Without one, it is the person's own.
    """
    how: dict[str, Any] = {}
    if language is not None:
        how["env"] = os.environ | {PAGES_LANGUAGE: language}
    if sys.platform == "win32":
        how["creationflags"] = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    with log_file().open("wb") as output:
        return start_own(["watch", *arguments], output, **how)


def start_own(
    arguments: Sequence[str], output: IO[bytes] | int, **how: Any
) -> subprocess.Popen[bytes]:
    """Start a neckform that goes on without this one.

    Parameters
    ----------
    output : file or int
        Takes all that it says; or `subprocess.DEVNULL`.
    how
        More for `subprocess.Popen`: what Windows wants to know.

    Raises
    ------
    OSError
    """
    return subprocess.Popen(
        [*own_command(), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # which Windows does not know, and passes over
        **how,
    )


def log_file() -> Path:
    """The file for what a monitor without a terminal says."""
    folder = made(data_folder(), worded("what the monitor says is written there"))
    return private(folder / "watch.log")


def start_and_see(folder: Path, arguments: Sequence[str]) -> str:
    """Start a monitor and wait until it watches; the answer says so.

    Parameters
    ----------
    folder : Path
        Of the lock and the status.

    Raises
    ------
    NeckformError
        Another one runs already, or it did not start; with its exit code.
    """
    if is_running(folder):
        raise NeckformError(runs_already(folder))
    started = start(arguments)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if started.poll() is not None:
            raise failed(started.returncode)
        if watches(folder, started):
            return worded(
                "watching in the background (process {number}); end it with neckform watch --stop",
                number=started.pid,
            )
        time.sleep(0.1)
    return worded("starting in the background; look with neckform watch --status")


def watches(folder: Path, started: subprocess.Popen[bytes]) -> bool:
    """Whether this monitor has taken the camera and hears orders."""
    return is_running(folder) and read_status(folder).get("pid") == started.pid


def failed(code: int) -> NeckformError:
    """Why a monitor has ended with this exit code."""
    lines = log_file().read_text(encoding="utf-8", errors="replace").strip().splitlines()
    said = lines[-1].removeprefix("neckform: ") if lines else f"exit {code}"
    error = NeckformError(named(said))
    error.exit_code = code if code > 0 else 1
    return error
