"""Opens what a person at the camera needs: a page or the terminal, the camera, and a voice."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from neckform import showing
from neckform.app.desk import Desk
from neckform.app.front import Front, PageFront
from neckform.app.outside import Outside
from neckform.app.serving import Serving
from neckform.app.state_board import StateBoard
from neckform.app.terminal_front import TerminalFront
from neckform.core.errors import CameraError
from neckform.core.wording import worded
from neckform.sensing.landmarks.vendor import load_vision
from neckform.sensing.sources.camera import (
    Camera,
    LiveSource,
    RecordedCamera,
    camera_probe,
)
from neckform.sensing.sources.clock import Clock, RealClock, Stopwatch
from neckform.sensing.sources.upright import Way
from neckform.sensing.sources.video import open_video
from neckform.showing.voice.speaker import Speaker
from neckform.showing.words.telling import told
from neckform.terminal.echo import say
from neckform.terminal.interrupt import INTERRUPTED, Stop, stop_on_interrupt
from neckform.terminal.screen import there_is_a_screen

PAGES = Path(showing.__file__).parent / "page" / "coach"


class AtCamera(Protocol):
    """The options that each command at a camera has."""

    @property
    def camera(self) -> int: ...
    @property
    def source(self) -> Path | None: ...
    @property
    def turn(self) -> str: ...
    @property
    def mirrored(self) -> bool: ...
    @property
    def text(self) -> bool: ...
    @property
    def voice(self) -> bool: ...
    @property
    def port(self) -> int: ...
    @property
    def browser(self) -> bool: ...


@contextmanager
def open_desk(job: str, options: AtCamera) -> Iterator[Desk]:
    """Open a page or the terminal, a voice, and the way out with Ctrl-C."""
    clock = Stopwatch(RealClock())
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_interrupt())
        front = stack.enter_context(_open_front(options, stop))
        warm_up()
        speaker = stack.enter_context(Speaker())
        camera = str(told(worded("camera {number}", number=options.camera)))
        if options.source is not None:
            camera = options.source.name
        aloud = options.text and options.voice
        outside = stack.enter_context(Outside())
        yield Desk(job, front, clock, stop, camera, speaker=speaker, aloud=aloud, outside=outside)


def exit_code(desk: Desk) -> int:
    """The exit code of a command that ends.

    Raises
    ------
    CameraError
        The camera gave no picture at the end.
    SettingsError
        The questions were not answered.
    """
    if desk.stop():
        return INTERRUPTED
    if desk.trouble is not None:
        raise CameraError(desk.trouble)
    if isinstance(desk.front, TerminalFront):
        desk.front.complain_unanswered(desk.job)
    return 0


@contextmanager
def _open_front(options: AtCamera, stop: Stop) -> Iterator[Front]:
    """The terminal, or the page: served, and opened in the browser or its address printed."""
    if options.text:
        with TerminalFront(say, stop) as front:
            yield front
        return
    board = StateBoard()
    with Serving(board, PAGES, options.port) as serving:
        file = serving.entrance.file
        say(worded("neckform's page: {address} (works once)", address=serving.entrance.address))
        if file is not None:
            say(worded("To open it again: {as_uri}", as_uri=file.as_uri()))
        say(
            worded(
                "It is for you alone, on this computer. Ctrl-C ends it, and keeps what was done."
            )
        )
        if options.browser and file is not None and there_is_a_screen():
            # Before any model is created: a browser should not inherit the privacy guard's proxy.
            # In a thread of its own: some browsers keep the caller waiting until they are closed.
            threading.Thread(target=_open, args=(file.as_uri(),), daemon=True).start()
        yield PageFront(board)


def new_source(options: AtCamera, clock: Clock) -> LiveSource:
    """The camera, or a recording in its place, from its beginning."""
    if options.source is None:
        return Camera(options.camera, clock)
    return RecordedCamera(options.source, clock, Way(int(options.turn), options.mirrored))


def try_camera(options: AtCamera) -> None:
    """Refuse at once what would otherwise show only after seven questions.

    The page can say what is wrong with a camera and wait until it works; the terminal cannot.

    Raises
    ------
    InputError, CameraError
    """
    if options.source is not None:
        open_video(options.source).close()
    elif options.text:
        camera_probe(options.camera)


def warm_up() -> None:
    """Import the slow modules while the person still reads."""

    def load() -> None:
        # Whatever is wrong is said where they are needed.
        with suppress(Exception):
            import cv2  # noqa: F401

            load_vision()

    threading.Thread(target=load, name="neckform-warm-up", daemon=True).start()


def _open(address: str) -> None:
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
