"""``neckform shortcut``: an icon on the desktop or in the menu that opens neckform.

Three small text files, one for each kind of system. The libraries that write such files write those
of the system that they run on alone; these can be looked at, and tested, on every system.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from neckform import showing
from neckform.core.errors import OutputError
from neckform.core.wording import why, worded
from neckform.files import cannot_be_written
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, language_tags, phrase
from neckform.terminal.echo import say

ICON = Path(showing.__file__).parent / "page" / "coach" / "icon.svg"
MARK = "neckform shortcut wrote this file"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One file that opens neckform when it is pressed."""

    path: Path
    content: str


def shortcuts(system: str, home: Path, desktop: Path, command: Sequence[str]) -> list[Shortcut]:
    """The files for a system.

    Parameters
    ----------
    system : str
        As `sys.platform` names it.
    home, desktop : Path
        The person's own folders.
    command : sequence of str
        What starts neckform.
    """
    if system == "win32":
        return [Shortcut(desktop / "neckform.cmd", _cmd(command))]
    if system == "darwin":
        return [Shortcut(desktop / "neckform.command", _command(command))]
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    places = [data / "applications" / "neckform.desktop"]
    if desktop.is_dir():
        places.append(desktop / "neckform.desktop")
    return [Shortcut(place, _desktop_entry(command)) for place in places]


def run(*, remove: bool) -> int:
    """Write the icon, or take it away; say where.

    Raises
    ------
    OutputError
    """
    from platformdirs import user_desktop_path

    # Not the name "neckform": what is found under it depends on the terminal.
    python = Path(sys.executable)
    if sys.platform == "win32":
        python = python.with_name("pythonw.exe")  # opens no black window
    command = [str(python), "-m", "neckform"]
    for one in shortcuts(sys.platform, Path.home(), user_desktop_path(), command):
        if remove:
            _remove(one.path)
        else:
            _write(one)
    return 0


def _write(one: Shortcut) -> None:
    try:
        if one.path.exists() and not _is_ours(one.path):
            raise OutputError(
                worded("{path} is not neckform's; it is left as it is", path=one.path)
            )
        one.path.parent.mkdir(parents=True, exist_ok=True)
        one.path.write_bytes(one.content.encode("utf-8"))
        one.path.chmod(0o755)
    except OSError as error:
        raise cannot_be_written(one.path, error) from error
    say(worded("Written: {path}", path=one.path))


def _remove(path: Path) -> None:
    try:
        if not path.exists():
            say(worded("Not there: {path}", path=path))
        elif not _is_ours(path):
            say(worded("Left as it is, not neckform's: {path}", path=path))
        else:
            path.unlink()
            say(worded("Removed: {path}", path=path))
    except OSError as error:
        raise OutputError(
            worded("{path}: cannot be removed ({reason})", path=path, reason=why(error))
        ) from error


def _is_ours(path: Path) -> bool:
    return MARK in path.read_text(encoding="utf-8", errors="replace")


def _desktop_entry(command: Sequence[str]) -> str:
    """As the Desktop Entry Specification wants it."""
    return "\n".join(
        (
            "[Desktop Entry]",
            f"# {MARK}",
            "Type=Application",
            "Version=1.0",
            "Name=neckform",
            f"Comment={phrase('shortcut', DEFAULT_LANGUAGE)}",
            *(
                f"Comment[{tag}]={phrase('shortcut', tag)}"
                for tag in language_tags()
                if tag != DEFAULT_LANGUAGE
            ),
            f"Exec={' '.join(map(_quoted_entry, command))}",
            f"Icon={_escaped(str(ICON))}",
            "Terminal=false",
            "Categories=Utility;",
            "Keywords=neck;posture;stretch;",
            "",
        )
    )


def _quoted_entry(argument: str) -> str:
    """One argument of Exec: quoted, and then escaped as every value is."""
    inside = argument.replace("\\", "\\\\")
    for sign in ('"', "`", "$"):
        inside = inside.replace(sign, f"\\{sign}")
    return _escaped(f'"{inside}"').replace("%", "%%")


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _command(command: Sequence[str]) -> str:
    return f"#!/bin/sh\n# {MARK}\nexec {shlex.join(command)}\n"


def _cmd(command: Sequence[str]) -> str:
    quoted = " ".join(f'"{argument}"' for argument in command).replace("%", "%%")
    lines = ("@echo off", f"rem {MARK}", "chcp 65001 >nul", f'start "" {quoted}', "")
    return "\r\n".join(lines)
