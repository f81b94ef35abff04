"""The file by which a system starts the monitor when somebody logs in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from neckform.config.launchers import Shortcut, batch_file, desktop_entry, launch_agent
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, language_tags, phrase

LABEL = "neckform.watch"
COMMENT = "page.home.watch-text"


def login_item(system: str, home: Path, command: Sequence[str]) -> Shortcut:
    """The file of a system.

    Parameters
    ----------
    system : str
        As `sys.platform` names it.
    home : Path
        The person's own folder.
    command : sequence of str
        What starts the monitor.
    """
    if system == "win32":
        roaming = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
        startup = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup"
        return Shortcut(startup / "neckform-watch.cmd", batch_file(command))
    if system == "darwin":
        agents = home / "Library" / "LaunchAgents"
        return Shortcut(agents / f"{LABEL}.plist", launch_agent(LABEL, command))
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    entry = desktop_entry(
        command,
        "Name=neckform watch",
        f"Comment={phrase(COMMENT, DEFAULT_LANGUAGE)}",
        *(
            f"Comment[{tag}]={phrase(COMMENT, tag)}"
            for tag in language_tags()
            if tag != DEFAULT_LANGUAGE
        ),
        "X-GNOME-Autostart-enabled=true",
    )
    return Shortcut(configuration / "autostart" / "neckform-watch.desktop", entry)
