"""Frames in, observations out: three threads, in order, always the same.

One thread decodes, one reads faces, one reads poses; the native calls let go of Python's lock, so
that they run side by side. What is looked for when is decided by the frames alone, never by which
thread was faster.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import CameraMove, Observation, Pose
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.head_box import Place, pose_place
from neckform.sensing.landmarks.landmarkers import Image
from neckform.sensing.landmarks.light import Light
from neckform.sensing.landmarks.looks import KnownPeople
from neckform.sensing.landmarks.pose_tracking import PoseFollower
from neckform.sensing.landmarks.tracking import FaceFollower, FaceLook
from neckform.sensing.memory import give_back
from neckform.sensing.sources.video import Frame
from neckform.sensing.stillness.background import Background
from neckform.sensing.stillness.shaking import Shaking
from neckform.sensing.stillness.standing_still import StandingStill

SWITCH_S = 0.0005

LOOK_AHEAD = 24
"""Frames that may be under way at once: three poses' worth at rest, so that the next pose is asked
for before the last is done, and faces go on while the first, slow one is looked for; few enough for
memory, 22 MB at 640 x 480."""


@dataclass(frozen=True, slots=True)
class PosePace:
    """How often the pose, the costliest part, is looked for.

    The picture is compared with the one of the last pose as a grey thumbnail. While little has
    changed, poses come at the resting pace; else at the moving one. Measured on thirteen clips,
    rendered and real, against a pose on every frame: 60 % of the runs of a steady 2.5 a second on
    still people, and about two thirds of its error on moving ones.

    Attributes
    ----------
    resting_ms : int
        Longest time between poses.
    moving_ms : int
        Shortest time between poses.
    change : float
        Mean difference of the thumbnails, in grey levels of 255, that counts as movement.
    """

    resting_ms: int = 667
    moving_ms: int = 250
    change: float = 1.5

    def __post_init__(self) -> None:
        if not 0 < self.moving_ms <= self.resting_ms:
            raise ValueError("moving_ms must be above 0 and at most resting_ms")


EVERY_FRAME = PosePace(resting_ms=1, moving_ms=1)
"""A pose on each frame: slow, for measuring against."""


class _Decoded(NamedTuple):
    frame: Frame
    clear: Image
    thumbnail: NDArray[np.int16]
    still_ms: int


class _Begun(NamedTuple):
    frame: Frame
    seen: FaceLook
    pose: Future[Pose | None] | None
    still_ms: int
    camera: CameraMove
    blind: bool


def observe(
    frames: Iterable[Frame],
    models: Models,
    *,
    whom: Whom | None = None,
    known: KnownPeople | None = None,
    pace: PosePace | None = None,
    look_ahead: int = LOOK_AHEAD,
    closely: bool = True,
) -> Generator[tuple[Frame, Observation]]:
    """Observe one person through a video.

    A generator: closing it, or leaving its loop by an exception, ends the threads and closes the
    landmarkers, in their own threads, before it returns. Hold it in `contextlib.closing` where it
    may be left early, and close the source of the frames only after it.

    Parameters
    ----------
    frames : iterable of Frame
        Read ahead, in another thread.
    models : Models
    whom : Whom, optional
        Which of several people to follow.
    known : KnownPeople, optional
        Those who were followed before, by this or an earlier call.
    pace : PosePace, optional
        How often to look for the pose.
    look_ahead : int
        How many frames to be ahead of the consumer at most.
    closely : bool
        Whether a small face is looked at in a square of its own; the fit does without it, too.

    Yields
    ------
    tuple of Frame and Observation
        In the order of the frames; the same frames always give the same observations.
    """
    if look_ahead < 1:
        raise ValueError("look_ahead must be at least 1")
    faces = FaceFollower(models.face, whom, known, closely=closely)
    with (
        _prompt_threads(),
        _Threads(iter(frames), faces, PoseFollower(models.pose), pace or PosePace()) as threads,
    ):
        shaking = Shaking()
        under_way = deque(threads.submit() for _ in range(look_ahead))
        try:
            threads.check()
            while True:
                while len(under_way) < look_ahead:
                    under_way.append(threads.submit())
                look = under_way.popleft().result()
                if look is None:
                    return
                seen = _observation(look)
                if shaking.read(seen, blind=look.blind):
                    seen = replace(seen, camera=CameraMove(lost=True))
                yield look.frame, seen
        finally:
            for future in under_way:
                future.cancel()


@contextmanager
def _prompt_threads() -> Iterator[None]:
    """Let the threads take turns promptly, and OpenCV start none of its own.

    A thread that comes back from a model waits for Python's lock, by default up to 5 ms, longer
    than a face takes; and OpenCV's helpers only take processors away from the models. Both are
    settings of the whole process, and are put back.
    """
    import cv2

    interval_s, helpers = sys.getswitchinterval(), cv2.getNumThreads()
    sys.setswitchinterval(SWITCH_S)
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        sys.setswitchinterval(interval_s)
        cv2.setNumThreads(helpers)


def _observation(look: _Begun) -> Observation:
    pose = look.pose.result() if look.pose is not None else None
    frame, looked = look.frame, look.pose is not None
    seen = look.seen
    return Observation(
        t_ms=frame.t_ms,
        size=frame.size,
        face=seen.face,
        pose=pose,
        pose_looked=looked,
        still_ms=look.still_ms,
        person=seen.person,
        heads=seen.heads,
        camera=look.camera,
    )


class _Threads:
    """The three threads and what lives in them."""

    def __init__(
        self, frames: Iterator[Frame], faces: FaceFollower, poses: PoseFollower, pace: PosePace
    ) -> None:
        self._frames = frames
        self._pace = pace
        self._standing = StandingStill()
        self._light = Light()
        self._background = Background()
        self._faces = faces
        self._poses = poses
        self._read_thread = ThreadPoolExecutor(1, "neckform-read")
        self._face_thread = ThreadPoolExecutor(1, "neckform-face")
        self._pose_thread = ThreadPoolExecutor(1, "neckform-pose")
        self._last: Future[Pose | None] | None = None
        self._last_ms = 0
        self._size = (0, 0)
        self._thumbnail: NDArray[np.int16] | None = None
        self._lost = False
        self._over = False

    def __enter__(self) -> _Threads:
        # Not waited for: faces are read while the pose's model, the slower one, is made.
        self._made = (
            self._face_thread.submit(self._faces.__enter__),
            self._pose_thread.submit(self._poses.__enter__),
        )
        return self

    def check(self) -> None:
        """Wait until all landmarkers are made; raises what kept one from it."""
        for made in self._made:
            made.result()

    def __exit__(self, *_: object) -> None:
        # Each thread finishes the call that it is in, drops the rest, and closes its own; in this
        # order, because faces may be waiting for a picture or a pose.
        self._over = True
        self._read_thread.shutdown(wait=True)
        for thread, follower in (
            (self._face_thread, self._faces),
            (self._pose_thread, self._poses),
        ):
            closing = thread.submit(follower.__exit__, None, None, None)
            thread.shutdown(wait=True)
            closing.result()
        give_back()

    def submit(self) -> Future[_Begun | None]:
        """The next frame's look, to come; None when there are no more frames."""
        return self._face_thread.submit(self._next, self._read_thread.submit(self._take))

    def _take(self) -> _Decoded | None:
        """In the reading thread."""
        frame = None if self._over else next(self._frames, None)
        if frame is None:
            self._over = True
            return None
        still_ms = self._standing.read(frame.image, frame.t_ms)
        clear = self._light.read(frame.image, frame.t_ms)
        return _Decoded(frame, clear, _thumbnail(frame.image), still_ms)

    def _next(self, coming: Future[_Decoded | None]) -> _Begun | None:
        """In the face thread: a frame's face, with its pose begun where one is due."""
        picture = coming.result()
        if picture is None:
            return None
        frame = picture.frame
        self._size = frame.size
        look = self._faces.read(picture.clear, frame.t_ms)
        before = self._last
        due = self._pose_due(picture, lost=look.face is None and self._lost)
        if due:
            self._begin_pose(picture, look)
        if look.face is None:
            # The pose before this frame's, so that the two threads need not wait for each other.
            head = self._head(before or self._last)
            if head is not None:
                look = self._faces.rescue(picture.clear, frame.t_ms, head)
        self._lost = look.face is None
        people = look.others if look.place is None else (look.place, *look.others)
        camera = self._background.read(frame.image, frame.t_ms, people, due=due)
        pose = self._last if due else None
        return _Begun(frame, look, pose, picture.still_ms, camera, self._background.blind)

    def _head(self, future: Future[Pose | None] | None) -> Place | None:
        pose = future.result() if future is not None else None
        return pose_place(pose, self._size) if pose is not None else None

    def _begin_pose(self, picture: _Decoded, look: FaceLook) -> None:
        t_ms = picture.frame.t_ms
        self._last = self._pose_thread.submit(self._poses.read, picture.clear, t_ms, look)
        self._last_ms = t_ms

    def _pose_due(self, picture: _Decoded, *, lost: bool) -> bool:
        since_ms = picture.frame.t_ms - self._last_ms
        if self._last is None or self._thumbnail is None or since_ms >= self._pace.resting_ms:
            due = True
        elif since_ms < self._pace.moving_ms:
            due = False
        else:
            there = lost and self._last.result() is not None
            due = there or self._changed(picture.thumbnail, self._thumbnail)
        if due:
            self._thumbnail = picture.thumbnail
        return due

    def _changed(self, now: NDArray[np.int16], then: NDArray[np.int16]) -> bool:
        return float(np.abs(now - then).mean()) > self._pace.change


def _thumbnail(image: NDArray[np.uint8]) -> NDArray[np.int16]:
    import cv2

    # Green is most of what grey is made of, and every other pixel will do: half the time.
    green = image[::2, ::2, 1]
    return np.asarray(cv2.resize(green, (64, 48), interpolation=cv2.INTER_AREA), dtype=np.int16)
