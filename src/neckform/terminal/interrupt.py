"""Ctrl-C as a request to stop, which the work sees between two pictures and ends cleanly.

So are the system's requests to end (SIGTERM), and a terminal that closes (SIGHUP).
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TextIO

INTERRUPTED = 130
"""The exit code after Ctrl-C, as in a shell; after the other requests to end, too."""

Stop = Callable[[], bool]
"""Whether the work is to end after this picture."""

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""By name: no system has all of them."""


@contextmanager
def stop_on_interrupt() -> Iterator[Stop]:
    """Turn the first Ctrl-C into a flag. A second Ctrl-C ends the work at once.

    Signals arrive in the main thread only; in another thread the flag is never set.
    """
    asked = threading.Event()

    def ask(number: int, _frame: FrameType | None) -> None:
        # Who closes a terminal or shuts down often asks twice: only a person's second means it.
        if number == signal.SIGINT and asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        _without_terminal(number)

    with _answered_by(ask):
        yield asked.is_set


@contextmanager
def end_as_ctrl_c() -> Iterator[None]:
    """Let the system's requests to end raise what Ctrl-C does: nothing stays half done."""

    def end(number: int, _frame: FrameType | None) -> None:
        _without_terminal(number)
        raise KeyboardInterrupt

    with _answered_by(end):
        yield


def ignore_requests_to_end() -> None:
    """For a program that ends anyway: one that comes now would take its exit code away."""
    for name in _SIGNALS:
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def _answered_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # What is ignored stays so: ``nohup neckform ...`` lives on without its terminal.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _without_terminal(number: int) -> None:
    """After the terminal has closed, let what is still printed go nowhere instead of failing."""
    if number != getattr(signal, "SIGHUP", None):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2, _descriptor_of(sys.stderr)):
        try:
            closed = stat.S_ISCHR(os.fstat(descriptor).st_mode)
        except OSError:
            closed = True
        if closed:
            os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _descriptor_of(stream: TextIO | None) -> int:
    """Where it writes to, which is no longer descriptor 2 while native code is kept quiet."""
    try:
        return stream.fileno() if stream is not None else 2
    except (OSError, ValueError):
        return 2
