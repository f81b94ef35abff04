"""What can be asked of home, for Python and the command line.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neckform.terminal.click_options import option, refuse_wrong
from neckform.terminal.way_options import mirrored_option, turn_option

SEES = "sees"


@dataclass(frozen=True, slots=True)
class HomeOptions:
    """All choices of ``neckform home``; ``neckform`` alone is the same without any."""

    camera: int = option("Which camera; 0 is the first.", 0, low=0, high=99, shows_default=True)
    source: Path | None = option(
        "Play this recording as if it were the camera, to try things out. Nothing of it is kept in "
        "your history.",
        metavar="VIDEO",
    )
    turn: str = turn_option()
    mirrored: bool = mirrored_option()
    room: str = option(
        "Which door is open at once; sees is the monitor's, with what it sees drawn.",
        "home",
        choices=("home", "look", "watch", SEES, "care", "settings"),
        shows_default=True,
    )
    browser: bool = option("Open the page in your browser, or only print its address.", True)
    port: int = option("Port of the page.  [default: a free one]", 0, low=0, high=65535)

    def __post_init__(self) -> None:
        refuse_wrong(self)

    @property
    def first_room(self) -> str:
        """The room of the page."""
        return "watch" if self.room == SEES else self.room

    text = False
    """Home is a page: what the terminal offers instead is the other commands."""
    voice = True
