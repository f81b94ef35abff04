"""Starts small programs of neckform's own, which end with it, whatever ends it.

Each reads its standard input, which is a pipe, and ends where the pipe does: on every system a pipe
closes with the process that holds it, killed or not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def start(program: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a program in a group of its own: Ctrl-C is for neckform, which then ends it in order.

    Raises
    ------
    OSError
    """
    return _started([str(program), *arguments], subprocess.PIPE)


def start_module(name: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a module of neckform's own in the same way; what its libraries complain of is lost.

    Raises
    ------
    OSError
    """
    return _started(["-m", name, *arguments], subprocess.DEVNULL)


def _started(program: list[str], stderr: int) -> subprocess.Popen[bytes]:
    # -P: the folder of a program is no place to import from.
    command = [sys.executable, "-P", *program]
    if sys.platform == "win32":
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stderr=stderr,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
    return subprocess.Popen(command, stdin=subprocess.PIPE, stderr=stderr, process_group=0)
