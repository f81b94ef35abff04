"""Opens the front that was asked for: a page that is served here, or the terminal."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from neckform import showing
from neckform.live.board import Board
from neckform.live.front import Front, PageFront
from neckform.live.serving import Serving
from neckform.live.terminal_front import TerminalFront
from neckform.sensing.camera import Camera, LiveSource, RecordedCamera, camera_probe
from neckform.sensing.clock import Clock
from neckform.sensing.video import open_video

PAGES = Path(showing.__file__).parent / "coach_page"


@contextmanager
def open_front(clock: Clock, *, text: bool, port: int, browser: bool) -> Iterator[Front]:
    """The terminal, or the page: served, and opened in the browser or its address printed."""
    if text:
        with TerminalFront(_print) as front:
            yield front
        return
    board = Board()
    with Serving(board, clock, PAGES, port) as serving:
        click.echo(
            f"neckform's page: {serving.address}\n"
            "It is for this computer alone. Ctrl-C ends it, and keeps what was done."
        )
        sys.stdout.flush()
        if browser and _there_is_a_screen():
            # Before any model is created: a browser should not inherit the privacy guard's proxy.
            # In a thread of its own: some browsers keep the caller waiting until they are closed.
            threading.Thread(target=_open, args=(serving.address,), daemon=True).start()
        yield PageFront(board)


def camera_name(source: Path | None, index: int) -> str:
    return f"camera {index}" if source is None else source.name


def new_source(source: Path | None, index: int, clock: Clock) -> LiveSource:
    """The camera, or a recording in its place, from its beginning."""
    return Camera(index, clock) if source is None else RecordedCamera(source, clock)


def try_camera(source: Path | None, index: int, *, text: bool) -> None:
    """Refuse at once what would only be found out after seven questions.

    The page can say what is wrong with a camera, and wait until it is mended; the terminal cannot.

    Raises
    ------
    InputError, CameraError
    """
    if source is not None:
        open_video(source).close()
    elif text:
        camera_probe(index)


def warm_up() -> None:
    """Import what takes a second to import, while the person still reads."""

    def load() -> None:
        with suppress(ImportError):
            import cv2  # noqa: F401
            import mediapipe.tasks.python.vision  # noqa: F401

    threading.Thread(target=load, name="neckform-warm-up", daemon=True).start()


def _print(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()


def _open(address: str) -> None:
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)


def _there_is_a_screen() -> bool:
    """On a Linux computer without one, a text browser would take over the terminal."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
