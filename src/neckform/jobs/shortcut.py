"""``neckform shortcut``: an icon on the desktop or in the menu that opens neckform."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from neckform import showing
from neckform.config.launchers import (
    Shortcut,
    batch_file,
    desktop_entry,
    entry_value,
    own_command,
    shell_script,
)
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, language_tags, phrase
from neckform.terminal.echo import say

ICON = Path(showing.__file__).parent / "page" / "coach" / "icon.svg"


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
        return [Shortcut(desktop / "neckform.cmd", batch_file(command))]
    if system == "darwin":
        return [Shortcut(desktop / "neckform.command", shell_script(command))]
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

    for one in shortcuts(sys.platform, Path.home(), user_desktop_path(), own_command()):
        say(one.remove() if remove else one.write())
    return 0


def _desktop_entry(command: Sequence[str]) -> str:
    return desktop_entry(
        command,
        "Name=neckform",
        f"Comment={phrase('shortcut', DEFAULT_LANGUAGE)}",
        *(
            f"Comment[{tag}]={phrase('shortcut', tag)}"
            for tag in language_tags()
            if tag != DEFAULT_LANGUAGE
        ),
        f"Icon={entry_value(str(ICON))}",
        "Categories=Utility;",
        "Keywords=neck;posture;stretch;",
    )
