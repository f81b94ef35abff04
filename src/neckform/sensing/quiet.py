"""Keeps the output of native libraries away from the person.

mediapipe writes lines such as ``W0000 ... inference_feedback_manager.cc`` straight to file
descriptor 2, some of them at any picture, and none of its settings stops it; what OpenCV and FFmpeg
write, settings do stop.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_STDERR = 2
_lock = threading.Lock()
_inside = 0
_kept: int | None = None
_twin: TextIO | None = None
_python_stderr: TextIO | None = None


@contextmanager
def native_quiet() -> Iterator[None]:
    """Let nothing that native code writes to descriptor 2 reach the person.

    Python's own ``sys.stderr`` goes on working inside, in all threads. May be nested and entered
    from several threads at once: descriptor 2 comes back when the last one leaves. The program
    holds it around each command, and its children inherit it. For users of the library, who own
    their descriptors, only the few calls that always chatter are inside. A native crash inside is
    silent: its exit code alone tells of it.
    """
    with _lock:
        _enter()
    try:
        yield
    finally:
        with _lock:
            _leave()


def _enter() -> None:
    global _inside, _kept  # noqa: PLW0603 - a descriptor belongs to the process, so does its state
    _inside += 1
    if _inside > 1:
        return
    try:
        _kept = os.dup(_STDERR)
    except OSError:  # there is no stderr, as under pythonw: nothing to keep quiet
        return
    _divert_python(_kept)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)


def _leave() -> None:
    global _inside, _kept  # noqa: PLW0603
    _inside -= 1
    if _inside or _kept is None:
        return
    os.dup2(_kept, _STDERR)
    _restore_python()
    os.close(_kept)
    _kept = None


def _divert_python(descriptor: int) -> None:
    """Give ``sys.stderr`` a twin on the true stderr, if it writes to descriptor 2 at all."""
    global _twin, _python_stderr  # noqa: PLW0603
    stream = sys.stderr
    try:
        if stream is None or stream.fileno() != _STDERR:
            return
        stream.flush()
    except (OSError, ValueError):  # not a file, or closed
        return
    _twin = open(  # noqa: SIM115 - on a descriptor, for as long as it is diverted
        descriptor,
        "w",
        buffering=1,
        encoding=stream.encoding,
        errors="backslashreplace",
        closefd=False,
    )
    _python_stderr = stream
    sys.stderr = _twin


def _restore_python() -> None:
    global _twin, _python_stderr  # noqa: PLW0603
    if _twin is None:
        return
    if sys.stderr is _twin:
        sys.stderr = _python_stderr
    with suppress(OSError):
        _twin.flush()
    _twin = _python_stderr = None


def hush_video() -> None:
    """Stop OpenCV's and FFmpeg's messages, unless the person asked for them by their variables.

    Must come before the first video of the process is opened: FFmpeg's is read once.
    """
    # -8 is FFmpeg's own name for quiet.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    if "OPENCV_LOG_LEVEL" not in os.environ:
        import cv2

        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
