"""The monitor, steered from home: a program of its own, which runs on when the page is closed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from neckform.jobs.home.options import HomeOptions
from neckform.jobs.watch.beside import background
from neckform.jobs.watch.beside.control import Control
from neckform.jobs.watch.command import running_folder
from neckform.jobs.watch.options import WatchOptions
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.running import ANSWER_S
from neckform.terminal.click_options import arguments
from neckform.terminal.interrupt import INTERRUPTED


class Watching(Control):
    """Starts the monitor, too, and shows what it sees where the person asks for it."""

    def __init__(self, options: HomeOptions) -> None:
        super().__init__(running_folder())
        self._options = options
        self._started: subprocess.Popen[bytes] | None = None
        self._trouble: str | None = None

    def use(self, options: HomeOptions) -> None:
        """Start the next monitor with these."""
        self._options = options

    def do(self, what: Any, language: str | None = None) -> None:
        """As of every control; and start a monitor, or look at what it sees, or no longer.

        Parameters
        ----------
        language : str, optional
            What a monitor that is started speaks.

        Raises
        ------
        NeckformError
        """
        if what == "start":
            if not self.runs and not self._starting():
                self._start(language)
        elif what in ("look", "look-away"):
            self.looking = what == "look"
        elif what == Order.STOP and self._starting() and self._started is not None:
            self._started.terminate()  # it hears no orders yet
            with suppress(subprocess.TimeoutExpired):
                self._started.wait(ANSWER_S)
            what = None
        super().do(what)

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """As of every control; one that only starts is let take the camera first."""
        until = time.monotonic() + background.PATIENCE_S
        while self._starting() and time.monotonic() < until:
            time.sleep(0.05)
        with super().set_aside():
            yield

    def _start(self, language: str | None) -> None:
        self._trouble = None
        chosen = self._options
        self._started = background.start(
            arguments(
                WatchOptions(
                    camera=chosen.camera,
                    source=chosen.source,
                    turn=chosen.turn,
                    mirrored=chosen.mirrored,
                )
            ),
            language,
        )

    def _starting(self) -> bool:
        """Whether the monitor that was started here loads, and hears no orders yet."""
        started = self._started
        if started is None or background.watches(self._folder, started):
            return False
        code = started.poll()
        if code is None:
            return True
        self._started = None
        if code > 0 and code != INTERRUPTED:  # nobody has ended it
            self._trouble = str(background.failed(code))
        return False

    def _look(self) -> Mapping[str, Any]:
        starting = self._starting()
        state = super()._look()
        trouble = None if starting or state["runs"] else self._trouble
        return {**state, "runs": state["runs"] or starting, "trouble": trouble}
