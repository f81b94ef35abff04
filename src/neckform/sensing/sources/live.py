"""The pictures of a live source, one after the other, each as fresh as it can be.

There is no queue: a slow caller takes its next picture later, and those between are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from neckform.core.errors import CameraError
from neckform.core.measure.observation import Observation
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.looks import KnownPeople
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources.camera import LiveSource
from neckform.sensing.sources.clock import Clock
from neckform.sensing.sources.video import Frame

LEAST_MS = 30
"""Between two pictures: about 30 a second are enough, and cameras give no more."""
RETRY_MS = 1500
"""How often a lost camera is tried again."""
ASK_MS = 100
"""How often the caller has a say meanwhile."""


@dataclass(frozen=True, slots=True)
class Look:
    """One moment before the source.

    Attributes
    ----------
    t_ms : int
    frame, observation : Frame and Observation, or None
        None while there is no picture.
    trouble : str or None
        Why there is none, and what to do.
    """

    t_ms: int
    frame: Frame | None
    observation: Observation | None
    trouble: str | None = None


def looks(
    source: LiveSource,
    clock: Clock,
    models: Models,
    stop: Callable[[], bool],
    began: Callable[[], None] = lambda: None,
    *,
    whom: Whom | None = None,
) -> Generator[Look]:
    """Look until `stop` says so or a recording ends; a lost camera is waited for.

    A generator, to be closed; it takes the source, and lets it go.

    Parameters
    ----------
    began : callable
        Called once, when the first picture is about to be read: the models are ready by then.
    whom : Whom, optional
        Which of several people to follow.
    """
    first = [began]
    people = KnownPeople()  # who was there before a lost camera is the same one after it
    try:
        while not stop():
            trouble = yield from _while_there(
                source, clock, models, stop, first, people=people, whom=whom
            )
            if trouble is None:
                return
            source.release()
            again_ms = clock.now_ms() + RETRY_MS
            while not stop() and clock.now_ms() < again_ms:
                yield Look(clock.now_ms(), None, None, trouble)
                clock.sleep_until(clock.now_ms() + ASK_MS)
    finally:
        source.release()


def _while_there(
    source: LiveSource,
    clock: Clock,
    models: Models,
    stop: Callable[[], bool],
    first: list[Callable[[], None]],
    *,
    people: KnownPeople,
    whom: Whom | None,
) -> Generator[Look, None, str | None]:
    """Look until the source is lost; answers why, or None at the end."""
    try:
        source.open()
        frames = _frames(source, clock, stop, first)
        # One frame ahead and no more: what is judged is what is there.
        with closing(observe(frames, models, whom=whom, known=people, look_ahead=1)) as seen:
            for frame, observation in seen:
                yield Look(frame.t_ms, frame, observation)
    except CameraError as error:
        return str(error)
    return None


def _frames(
    source: LiveSource,
    clock: Clock,
    stop: Callable[[], bool],
    first: list[Callable[[], None]],
) -> Iterator[Frame]:
    while first:
        first.pop()()
    while not stop():
        frame = source.read()
        if frame is None:
            return
        # A recording's picture may be due in a moment; a camera's is of the past.
        clock.sleep_until(frame.t_ms)
        yield frame
        clock.sleep_until(frame.t_ms + LEAST_MS)
