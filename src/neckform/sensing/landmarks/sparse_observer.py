"""One picture now and then: the cheapest honest look at one person, in one thread.

A face costs 3 ms and a pose 17 (measured at two pictures a second on the machine that the other
figures are from), so the face is looked for in each picture, and the pose, which gives the
shoulders, in every other one. When the face is lost, the pose is looked for at once: it tells a
dropped head from an empty chair, and says where to look for the face again.
"""

from __future__ import annotations

from typing import Self

from neckform.core.measure.observation import Observation
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.head_box import pose_place
from neckform.sensing.landmarks.light import Light
from neckform.sensing.landmarks.pose_tracking import PoseFollower
from neckform.sensing.landmarks.tracking import FaceFollower
from neckform.sensing.memory import give_back
from neckform.sensing.owner import Owner
from neckform.sensing.sources.video import Frame
from neckform.sensing.stillness.standing_still import StandingStill

POSE_MS = 900
"""A pose is due after this long: in every other picture at two a second. The core carries what it
showed for one second, so that shoulders are known throughout."""
LOST_POSE_MS = 400
"""And after this long while the face is lost: in every picture at two a second."""


class Glancer(Owner):
    """Looks at single pictures of one person; context manager, one thread, deterministic."""

    def __init__(self, models: Models, pose_ms: int = POSE_MS, whom: Whom | None = None) -> None:
        self._faces = FaceFollower(models.face, whom, sparse=True)
        self._poses = PoseFollower(models.pose)
        self._pose_ms = pose_ms
        self._standing = StandingStill()
        self._light = Light()
        self._posed_ms: int | None = None
        super().__init__(self._faces, self._poses)

    def __enter__(self) -> Self:
        import cv2

        # The little that OpenCV does here is done by one thread; waking others costs more.
        cv2.setNumThreads(1)
        return super().__enter__()

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        give_back()

    def look(self, frame: Frame) -> Observation:
        """Look at one picture; times must increase from call to call."""
        t_ms = frame.t_ms
        still_ms = self._standing.read(frame.image, t_ms)
        image = self._light.read(frame.image, t_ms)
        look = self._faces.read(image, t_ms)
        if self._posed_ms is None:
            self._posed_ms = t_ms - self._pose_ms
        due = t_ms - self._posed_ms >= self._pose_ms
        looked = due or (look.face is None and t_ms - self._posed_ms >= LOST_POSE_MS)
        pose = None
        if looked:
            self._posed_ms = t_ms
            pose = self._poses.read(image, t_ms, look)
            if look.face is None and pose is not None:
                look = self._faces.rescue(image, t_ms, pose_place(pose, frame.size))
        return Observation(
            t_ms, frame.size, look.face, pose, looked, still_ms, look.person, look.heads
        )
