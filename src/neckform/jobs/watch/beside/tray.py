"""The icon in the tray, a program of its own that steers the monitor which started it.

On macOS an icon needs a program's main thread, which the monitor needs itself. And whatever goes
wrong in a desktop's library does not end the monitor.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from neckform.config.settings import load_postures, own_settings_file
from neckform.core.errors import NeckformError
from neckform.jobs.watch.beside.background import start_own
from neckform.jobs.watch.beside.control import Control
from neckform.jobs.watch.beside.icon import NO_TRAY
from neckform.jobs.watch.command import running_folder
from neckform.showing.page.home_states import watch_state
from neckform.showing.tray.tray import Tray
from neckform.showing.words.telling import use_language

PATIENCE_S = 20.0
"""When somebody logs in, the tray may come up after the monitor."""
ROOMS = {"look": "sees", "open": "home"}


def main(language: str, *arguments: str) -> int:
    """Show the icon until the monitor ends; `arguments` go to the page that it opens."""
    use_language(language)
    control = Control(running_folder())
    names = load_postures(own_settings_file("postures.toml")).names
    ended = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=(ended,), daemon=True).start()

    def state() -> Mapping[str, Any] | None:
        now = control.state()
        return watch_state(now, language, names) if now["runs"] and not ended.is_set() else None

    tray = Tray(language, state, _chooser(control, arguments))
    until = time.monotonic() + PATIENCE_S
    while not tray.there_is_one():
        if ended.is_set():
            return 0
        if time.monotonic() > until:
            return NO_TRAY
        tray.wait(500)
    tray.run()
    return 0


def _chooser(control: Control, arguments: tuple[str, ...]) -> Callable[[str], None]:
    def choose(what: str) -> None:
        if what in ROOMS:
            start_own(["home", f"--room={ROOMS[what]}", *arguments], subprocess.DEVNULL)
            return
        # An answer takes its time, and a menu waits for nobody.
        threading.Thread(target=_give, args=(control, what), daemon=True).start()

    return choose


def _give(control: Control, what: str) -> None:
    with suppress(NeckformError):  # it has ended; so does this
        control.do(what)


def _wait_for_the_end(ended: threading.Event) -> None:
    """The monitor holds the other end of this pipe, whatever ends it."""
    while os.read(sys.stdin.fileno(), 64):  # Python's own reading would hold up its end
        pass
    ended.set()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
