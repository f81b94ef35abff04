"""The pose of the person whose face is followed."""

from __future__ import annotations

from neckform.core.measure.observation import Pose
from neckform.sensing.landmarks.bundles import ModelFile
from neckform.sensing.landmarks.head_box import (
    Place,
    only_this_person,
    pose_place,
    same_head,
    size_of,
)
from neckform.sensing.landmarks.landmarkers import Image, PoseReader
from neckform.sensing.landmarks.rescue import SAME_BODY_REACH
from neckform.sensing.landmarks.tracking import CROSSING, FORGET_MS, FaceLook
from neckform.sensing.owner import Owner


class PoseFollower(Owner):
    """The pose of the person whose face is followed. Context manager, one thread, deterministic."""

    def __init__(self, model: ModelFile) -> None:
        self._reader = PoseReader(model)
        super().__init__(self._reader)
        self._person = 0
        self._place: Place | None = None
        self._seen_ms = 0
        self._astray = False

    def read(self, image: Image, t_ms: int, look: FaceLook) -> Pose | None:
        """The followed person's pose in the next picture that poses are looked for in.

        Parameters
        ----------
        look : FaceLook
            What is known about faces in the same picture.
        """
        size = size_of(image)
        gone = self._place is not None and t_ms - self._seen_ms > FORGET_MS
        if gone or look.person != self._person:
            self._place, self._person = None, look.person
            self._reader.forget(image, t_ms)
        seen = look.place if look.face is not None else None
        known = seen or self._place or look.place
        # The model takes a neighbour's shoulder for this person's. Near a crossing, paint would
        # hide this person, too.
        apart = known is not None and all(
            known.distance(other) > CROSSING * known.size for other in look.others
        )
        choosing = self._place is None or apart
        painted = known is not None and ((bool(look.others) and choosing) or self._astray)
        picture = only_this_person(image, known, look.others) if known and painted else image
        pose = self._matching(picture, t_ms, known, face_seen=seen is not None)
        if pose is None and known is not None and self._astray and not painted:
            # Somebody else's: begin again, with nobody else to be seen. Costs 0.1 s, once.
            self._reader.__exit__(None, None, None)
            self._reader.__enter__()
            picture = only_this_person(image, known, look.others)
            pose = self._matching(picture, t_ms, known, face_seen=seen is not None)
        if pose is not None:
            self._place, self._seen_ms, self._astray = pose_place(pose, size), t_ms, False
        return pose

    def _matching(
        self, image: Image, t_ms: int, known: Place | None, *, face_seen: bool
    ) -> Pose | None:
        size = size_of(image)
        for pose in self._reader.read(image, t_ms):
            if known is None or _same_person(pose_place(pose, size), known, face_seen=face_seen):
                return pose
            self._astray = True
        return None


def _same_person(place: Place, known: Place, *, face_seen: bool) -> bool:
    if face_seen:
        return place.distance(known) <= SAME_BODY_REACH * max(place.size, known.size)
    return same_head(place, known)
