"""The monitor, steered from home: a program of its own, which runs on when the page is closed."""

from __future__ import annotations

from typing import Any

from neckform.jobs.home.options import HomeOptions
from neckform.jobs.watch.beside import background
from neckform.jobs.watch.beside.control import Control
from neckform.jobs.watch.command import running_folder
from neckform.jobs.watch.options import WatchOptions
from neckform.terminal.click_options import arguments


class Watching(Control):
    """Starts the monitor, too, and shows what it sees where the person asks for it."""

    def __init__(self, options: HomeOptions) -> None:
        super().__init__(running_folder())
        self._options = options

    def use(self, options: HomeOptions) -> None:
        """Start the next monitor with these."""
        self._options = options

    def do(self, what: Any) -> None:
        """As of every control; and start a monitor, or look at what it sees, or no longer.

        Raises
        ------
        NeckformError
        """
        if what == "start" and not self.runs:
            chosen = self._options
            background.start(
                arguments(
                    WatchOptions(
                        camera=chosen.camera,
                        source=chosen.source,
                        turn=chosen.turn,
                        mirrored=chosen.mirrored,
                    )
                )
            )
        elif what in ("look", "look-away"):
            self.looking = what == "look"
        super().do(what)
