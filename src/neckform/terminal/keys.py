"""Single keys from the terminal."""

from __future__ import annotations

import io
import os
import sys
from contextlib import ExitStack
from typing import Self


class Keys:
    """A context manager that reads keys without waiting and without Enter.

    Attributes
    ----------
    there : bool
        Whether standard input is a terminal, where a person can press a key.
    """

    def __init__(self) -> None:
        self.there = False
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        try:
            self.there = sys.stdin is not None and sys.stdin.isatty() and _in_front()
        except ValueError:  # closed
            self.there = False
        if self.there and sys.platform != "win32":
            import termios
            import tty

            descriptor = sys.stdin.fileno()
            before = termios.tcgetattr(descriptor)
            self._closing.callback(termios.tcsetattr, descriptor, termios.TCSADRAIN, before)
            tty.setcbreak(descriptor)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def pressed(self) -> str:
        """The key that was pressed since the last call, in lower case; empty if there was none."""
        if not self.there:
            return ""
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch().lower() if msvcrt.kbhit() else ""
        import select

        # The system stops a background program that reads the terminal.
        if not _in_front() or not select.select([sys.stdin], [], [], 0)[0]:
            return ""
        read = os.read(sys.stdin.fileno(), 1)
        if not read:
            self.there = False  # the terminal is gone
        return read.decode("ascii", "ignore").lower()


def line_comes() -> bool:
    """Whether somebody may answer on standard input: a person, or a program that has done so.

    A program that keeps its end open and says nothing would be waited for without end.
    """
    try:
        if sys.stdin.isatty():
            return _in_front()
        if sys.platform == "win32":
            return False
        import select

        return bool(select.select([sys.stdin], [], [], 0)[0])
    except io.UnsupportedOperation:  # a text in place of a file
        return True
    except (ValueError, AttributeError):  # closed, or none at all
        return False


def _in_front() -> bool:
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return False
