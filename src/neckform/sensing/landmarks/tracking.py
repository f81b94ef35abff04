"""One person followed through a video: the face of the one who was chosen, and the same one's pose.

Looking for several people in each frame would run the detectors each time (measured: face 3.6 ms a
frame looking for one, 7.4 for two, 10.0 for three; pose 19 and 34 ms), and following one that was
picked well costs nothing more. So several faces are looked for only when nobody is being followed
or the followed one jumped; the largest and most central is chosen at first, the nearest to the
last place later; and the followers see pictures with the others painted over until they are on
the right person again.

A face that is lost in the full picture (small, far or strongly flexed) is looked for once more in
a square cut around the head that the pose tells of, where it is larger in the model's eyes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Face, Pose
from neckform.sensing.landmarks.bundles import ModelFile
from neckform.sensing.landmarks.head_box import (
    Place,
    face_place,
    main_head,
    only_this_person,
    pose_place,
    same_head,
    size_of,
)
from neckform.sensing.landmarks.landmarkers import FaceReader, Image, PoseReader
from neckform.sensing.owner import Owner

FORGET_MS = 3000
"""A person unseen for this long has left, and a new one may be chosen."""

MOST_FACES = 4
"""How many faces are looked for when choosing."""

CROP_SIZES = 2.6
"""Side of the square that a lost face is looked for in, in head sizes."""

SAME_BODY_REACH = 0.8
"""Head sizes between a face and the pose's head up to which they are one person's; measured at
most 0.4 on people alone in the picture."""


@dataclass(frozen=True, slots=True)
class FaceLook:
    """What one picture shows of faces.

    Attributes
    ----------
    face : Face or None
        The followed person's.
    place : Place or None
        Where that face is; when it was not seen, where the person was last.
    others : tuple of Place
        Heads of other people, as last seen.
    """

    face: Face | None
    place: Place | None
    others: tuple[Place, ...]


class FaceFollower(Owner):
    """The face of one person through a video.

    Use as a context manager, in one thread. `read` is deterministic: the same pictures, times and
    heads give the same faces.
    """

    def __init__(self, model: ModelFile) -> None:
        self._model = model
        self._tracker = FaceReader(model)
        self._finder = FaceReader(model, most=MOST_FACES, video=False)
        super().__init__(self._tracker, self._finder)
        self._rescuer: _Rescuer | None = None
        self._place: Place | None = None
        self._seen_ms = 0
        self._others: tuple[Place, ...] = ()
        self._astray = False

    def read(self, image: Image, t_ms: int) -> FaceLook:
        """The followed person's face in the next picture.

        Parameters
        ----------
        image : ndarray, shape (height, width, 3), uint8
            BGR, never mirrored.
        t_ms : int
            Its time; must increase.
        """
        if self._place is not None and t_ms - self._seen_ms > FORGET_MS:
            self._place, self._others, self._astray = None, (), False
            self._tracker.forget(image, t_ms)
        size = size_of(image)
        if self._place is None:
            face = self._choose(image, t_ms, size)
        else:
            face = self._follow(image, t_ms, size, self._place)
        return self._look(face, t_ms, size)

    def rescue(self, image: Image, t_ms: int, head: Place) -> FaceLook:
        """Look once more for a face that `read` did not see in this picture.

        Parameters
        ----------
        image, t_ms
            As for `read`.
        head : Place
            Where the followed person's pose says that the head is, now or a moment ago.
        """
        if self._place is None or same_head(head, self._place):
            # The person is still there with the face out of sight, so nobody else is chosen.
            self._place, self._seen_ms = head, t_ms
        if self._rescuer is None:
            self._rescuer = _Rescuer(self._closing.enter_context(FaceReader(self._model)))
        face = self._rescuer.read(image, t_ms, head)
        return self._look(face, t_ms, size_of(image))

    def _choose(self, image: Image, t_ms: int, size: tuple[int, int]) -> Face | None:
        faces = self._finder.read(image, t_ms)
        if not faces:
            return None
        places = [face_place(face, size) for face in faces]
        chosen = main_head(places, size)
        return self._settle(image, t_ms, faces, places, chosen)

    def _follow(self, image: Image, t_ms: int, size: tuple[int, int], known: Place) -> Face | None:
        picture = only_this_person(image, known, self._others) if self._astray else image
        for face in self._tracker.read(picture, t_ms):
            if same_head(face_place(face, size), known):
                self._astray = False
                return face
            self._astray = True
        if not self._astray:
            return None  # no face at all was found in the whole picture
        faces = self._finder.read(image, t_ms)
        places = [face_place(face, size) for face in faces]
        near = [index for index, place in enumerate(places) if same_head(place, known)]
        if not near:
            self._others = tuple(places)
            return None
        chosen = min(near, key=lambda index: places[index].distance(known))
        self._others = _all_but(places, chosen)
        return faces[chosen]

    def _settle(
        self,
        image: Image,
        t_ms: int,
        faces: tuple[Face, ...],
        places: list[Place],
        chosen: int,
    ) -> Face:
        """Put the tracker on the chosen face."""
        self._others = _all_but(places, chosen)
        picture = only_this_person(image, places[chosen], self._others) if self._others else image
        size = size_of(image)
        for face in self._tracker.read(picture, t_ms):
            if same_head(face_place(face, size), places[chosen]):
                self._astray = False
                return face
        self._astray = bool(self._others)
        return faces[chosen]

    def _look(self, face: Face | None, t_ms: int, size: tuple[int, int]) -> FaceLook:
        if face is not None:
            self._place, self._seen_ms = face_place(face, size), t_ms
        return FaceLook(face, self._place, self._others)


class _Rescuer:
    """Looks for a face in a square around a head."""

    def __init__(self, reader: FaceReader) -> None:
        self._reader = reader
        self._crop: Place | None = None
        self._last: Place | None = None
        self._last_ms = 0

    def read(self, image: Image, t_ms: int, head: Place) -> Face | None:
        # The square stands still while the face stays well inside: the tracker's memory is in its
        # coordinates.
        target = self._last if self._last is not None and t_ms - self._last_ms < 500 else head
        if not same_head(target, head, reach=1.0):
            target = head
        crop = self._crop
        if crop is None or target.distance(crop) > 0.4 * crop.size or not _alike(target, crop):
            crop = self._crop = target
        size = size_of(image)
        square = _cut(image, crop)
        if self._last is None:
            self._reader.forget(square, t_ms)
        for face in self._reader.read(square, t_ms):
            found = _uncut(face, crop, size)
            place = face_place(found, size)
            if same_head(place, head, reach=SAME_BODY_REACH):
                self._last, self._last_ms = place, t_ms
                return found
        self._last = None
        return None


class PoseFollower(Owner):
    """The pose of the person whose face is followed. Context manager, one thread, deterministic."""

    def __init__(self, model: ModelFile) -> None:
        self._reader = PoseReader(model)
        super().__init__(self._reader)
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
        if self._place is not None and t_ms - self._seen_ms > FORGET_MS:
            self._place = None
            self._reader.forget(image, t_ms)
        seen = look.place if look.face is not None else None
        known = seen or self._place or look.place
        choosing = self._place is None and bool(look.others)
        painted = known is not None and (choosing or self._astray)
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


def _all_but(places: list[Place], chosen: int) -> tuple[Place, ...]:
    return tuple(place for index, place in enumerate(places) if index != chosen)


def _alike(one: Place, other: Place) -> bool:
    return 0.75 <= one.size / max(other.size, 1e-6) <= 1.33


def _corner_and_side(crop: Place) -> tuple[int, int, int]:
    side = max(32, round(CROP_SIZES * crop.size))
    return round(crop.x - side / 2), round(crop.y - side / 2), side


def _cut(image: Image, crop: Place) -> Image:
    """The square around a head; black where it reaches beyond the picture."""
    left, top, side = _corner_and_side(crop)
    height, width = image.shape[:2]
    square: NDArray[np.uint8] = np.zeros((side, side, 3), np.uint8)
    x0, x1 = max(left, 0), min(left + side, width)
    y0, y1 = max(top, 0), min(top + side, height)
    if x0 < x1 and y0 < y1:
        square[y0 - top : y1 - top, x0 - left : x1 - left] = image[y0:y1, x0:x1]
    return square


def _uncut(face: Face, crop: Place, size: tuple[int, int]) -> Face:
    """From the square's camera frame to the picture's; the scale, z's too, is the same."""
    left, top, side = _corner_and_side(crop)
    width, height = size
    shift = np.array([left + side / 2 - width / 2, height / 2 - (top + side / 2), 0.0], np.float32)
    return Face(face.points + shift)
