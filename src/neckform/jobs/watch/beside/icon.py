"""Starts the icon in the tray, and says why there is none."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from typing import Self

from neckform.core.errors import SettingsError
from neckform.core.wording import Worded, worded
from neckform.showing.companion import start_module
from neckform.terminal.screen import there_is_a_screen

PROGRAM = "neckform.jobs.watch.beside.tray"
NO_TRAY = 3
"""The exit code of the icon's program where the desktop has no tray."""


class Icon:
    """The icon's program; a context manager.

    Parameters
    ----------
    wanted : bool or None
        None: where its library is installed.
    arguments : sequence of str
        The language, and options for the page that it opens.

    Raises
    ------
    SettingsError
        It is wanted, and its library is not installed.
    """

    def __init__(self, wanted: bool | None, *arguments: str) -> None:
        installed = find_spec("PySide6") is not None
        if wanted and not installed:
            line = worded("needs another package; install it with pip install 'neckform[tray]'")
            raise SettingsError("--tray", [line])
        self._asked = wanted is True
        self._wanted = installed if wanted is None else wanted
        self._arguments = arguments
        self._program: subprocess.Popen[bytes] | None = None
        self._trouble: Worded | None = None

    def __enter__(self) -> Self:
        if not self._wanted:
            return self
        if not there_is_a_screen():
            if self._asked:
                self._trouble = worded("there is no desktop here, so no icon is shown")
            return self
        try:
            self._program = start_module(PROGRAM, *self._arguments)
        except OSError:
            self._trouble = worded("the icon in the tray could not be started; watching goes on")
        return self

    def __exit__(self, *_: object) -> None:
        program = self._program
        if program is None or program.stdin is None:
            return
        program.stdin.close()  # which ends it
        try:
            program.wait(2.0)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

    def trouble(self) -> Worded | None:
        """Why there is no icon, in one sentence; once."""
        if self._program is not None and self._program.poll():
            self._trouble = (
                worded("this desktop has no tray for icons, so none is shown; watching goes on")
                if self._program.returncode == NO_TRAY
                else worded("the icon in the tray could not be started; watching goes on")
            )
            self._program = None
        told, self._trouble = self._trouble, None
        return told
