"""Small files by which a system starts neckform: from a menu, the desktop, or at login.

The libraries that write such files write those of the system that they run on alone; these can be
looked at, and tested, on every system.
"""

from __future__ import annotations

import plistlib
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from neckform.core.errors import OutputError
from neckform.core.wording import why, worded
from neckform.files import cannot_be_written, private

MARK = "neckform shortcut wrote this file"
PAGES_LANGUAGE = "NECKFORM_PAGES_LANGUAGE"
"""The environment variable by which a page tells what it starts in which language it is read."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One file that starts neckform."""

    path: Path
    content: str

    def write(self) -> str:
        """Write the file; the answer says where.

        Raises
        ------
        OutputError
        """
        try:
            if self.path.exists() and not self.is_ours:
                raise OutputError(
                    worded("{path} is not neckform's; it is left as it is", path=self.path)
                )
            self.path.parent.mkdir(parents=True, exist_ok=True)
            private(self.path).write_bytes(self.content.encode("utf-8"))
            self.path.chmod(0o700)  # its command may name a person
        except OSError as error:
            raise cannot_be_written(self.path, error) from error
        return worded("Written: {path}", path=self.path)

    def remove(self) -> str:
        """Take the file away, if it is neckform's; the answer says what was done.

        Raises
        ------
        OutputError
        """
        try:
            if not self.path.exists():
                return worded("Not there: {path}", path=self.path)
            if not self.is_ours:
                return worded("Left as it is, not neckform's: {path}", path=self.path)
            self.path.unlink()
        except OSError as error:
            raise OutputError(
                worded("{path}: cannot be removed ({reason})", path=self.path, reason=why(error))
            ) from error
        return worded("Removed: {path}", path=self.path)

    @property
    def is_ours(self) -> bool:
        """Whether the file that is there is neckform's."""
        return MARK in self.path.read_text(encoding="utf-8", errors="replace")


def own_command() -> list[str]:
    """What starts neckform without a terminal. Not its name: that depends on the terminal."""
    python = Path(sys.executable)
    if sys.platform == "win32":
        python = python.with_name("pythonw.exe")  # opens no black window
    # -P: a file of the folder where it starts, such as random.py, must not stand for a library.
    return [str(python), "-P", "-m", "neckform"]


def desktop_entry(command: Sequence[str], *lines: str) -> str:
    """A file as the Desktop Entry Specification wants it, with lines of one's own."""
    if set(command[0]) & _NOT_IN_A_PROGRAM:
        command = [*_ANY_PROGRAM, *command]
    return "\n".join(
        (
            "[Desktop Entry]",
            f"# {MARK}",
            "Type=Application",
            "Version=1.0",
            *lines,
            f"Exec={' '.join(map(_quoted_entry, command))}",
            "Terminal=false",
            "",
        )
    )


_NOT_IN_A_PROGRAM = set("%=")
"""GNOME looks for a program's file before it reads ``%%`` as ``%``; ``=`` is forbidden there."""
_ANY_PROGRAM = ("/bin/sh", "-c", 'exec "$0" "$@"')


def entry_value(value: str) -> str:
    """A value of a desktop entry, escaped."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def shell_script(command: Sequence[str]) -> str:
    """A script for a Unix shell."""
    return f"#!/bin/sh\n# {MARK}\nexec {shlex.join(command)}\n"


def batch_file(command: Sequence[str]) -> str:
    """A script for Windows."""
    quoted = " ".join(f'"{argument}"' for argument in command).replace("%", "%%")
    lines = ("@echo off", f"rem {MARK}", "chcp 65001 >nul", f'start "" {quoted}', "")
    return "\r\n".join(lines)


def launch_agent(label: str, command: Sequence[str]) -> str:
    """A property list for macOS's launchd: started once, when the person logs in."""
    agent = {
        "Label": label,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "LimitLoadToSessionType": "Aqua",
        # What it starts goes on when it has ended itself.
        "AbandonProcessGroup": True,
    }
    text = plistlib.dumps(agent).decode("utf-8")
    return text.replace("<plist", f"<!-- {MARK} -->\n<plist", 1)


def _quoted_entry(argument: str) -> str:
    """One argument of Exec: quoted, and then escaped as every value is."""
    inside = argument.replace("\\", "\\\\")
    for sign in ('"', "`", "$"):
        inside = inside.replace(sign, f"\\{sign}")
    return entry_value(f'"{inside}"').replace("%", "%%")
