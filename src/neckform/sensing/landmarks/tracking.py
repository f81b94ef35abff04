"""One person's face followed through a video; `pose_tracking` follows the same one's pose.

Looking for several people in each frame would run the detectors each time (measured: face 3.6 ms a
frame looking for one, 7.4 for two, 10.0 for three; pose 19 and 34 ms), and following one that was
picked well costs nothing more. So several faces are looked for when nobody is being followed or the
followed one jumped or was lost, and else seldom, to know who else is there (`COUNT_MS`). The
largest and most central is chosen at first, or the one who is meant (`Whom`); later the nearest to
the last place who does not look like somebody else; and the followers see pictures with the others
painted over until they are on the right person again.

A small face is looked at in a square around it (`close_look`). One that is lost (far or strongly
flexed) is looked for once more in such a square around the head that the pose tells of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from neckform.core.measure.observation import Face
from neckform.core.types import Float32
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import ModelFile
from neckform.sensing.landmarks.close_look import SMALL, CloseReader
from neckform.sensing.landmarks.head_box import (
    Place,
    face_place,
    main_head,
    only_this_person,
    same_head,
    size_of,
)
from neckform.sensing.landmarks.landmarkers import FaceReader, Image
from neckform.sensing.landmarks.looks import KnownPeople, alike, look_of
from neckform.sensing.landmarks.rescue import FaceRescuer
from neckform.sensing.owner import Owner

FORGET_MS = 3000
"""A person unseen for this long has left, and a new one may be chosen."""

MOST_FACES = 4
"""How many faces are looked for when choosing."""

COUNT_MS = 2000
"""How often everybody in the picture is counted, which costs 4 to 10 ms."""
BESIDE_COUNT_MS = 1000
"""And how often while somebody else is there, or the followed one looks unlike before."""
CROSSING_COUNT_MS = 250
"""And while somebody is near enough to be mixed up with."""
CROSSING = 2.0
"""Head sizes between two heads that may be mixed up."""
REGAINED_MS = 400
"""Who is seen again after this long may be somebody else."""
LEAST_SIZE = 0.4
"""Heads that are smaller than this share of the followed one's are not counted."""
SAME_PLACE = 0.7
"""Head sizes within which a head stands where another one stood."""
JUMP = 0.6
"""Head sizes from one picture to the next; who jumps further may be somebody else."""
NEW_LIGHT_MS = 3000
"""A person who is alone, was followed without a break and looks unlike before for so long does so
because the light or the clothes have changed."""


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
    person : int
        Who is followed: another number is another person.
    heads : tuple of float
        Where everybody's head is in the camera frame, x in pixels, the followed one's first; empty
        where they were not counted in this picture.
    """

    face: Face | None
    place: Place | None
    others: tuple[Place, ...]
    person: int = 0
    heads: tuple[float, ...] = ()


class FaceFollower(Owner):
    """The face of one person through a video.

    Use as a context manager, in one thread. `read` is deterministic: the same pictures, times and
    heads give the same faces.

    Parameters
    ----------
    sparse : bool
        The pictures are far apart: each is looked at afresh. A mesh that is followed is looked for
        where the face was; half a second later a moving face is elsewhere, and the mesh creeps
        after it for seconds.
    closely : bool
        Whether a small face is looked at in a square of its own.
    """

    def __init__(
        self,
        model: ModelFile,
        whom: Whom | None = None,
        known: KnownPeople | None = None,
        *,
        sparse: bool = False,
        closely: bool = True,
    ) -> None:
        self._model = model
        self._whom = whom
        self._sparse = sparse
        tracker = FaceReader(model, video=not sparse)
        # Looks that are far apart judge who sits at a desk or lies before the camera. Who stands
        # far off is left alone there: looked at closely, one who bowed the head at first was then
        # told of a raised chin.
        self._tracker = CloseReader(tracker, small=SMALL if closely and not sparse else 0.0)
        self._finder = FaceReader(model, most=MOST_FACES, video=False)
        super().__init__(tracker, self._finder)
        self._rescuer: FaceRescuer | None = None
        self._place: Place | None = None
        self._seen_ms = 0
        self._others: tuple[Place, ...] = ()
        self._astray = False
        self._known = known or KnownPeople()
        self._person = 0
        self._counted_ms = 0
        self._heads: tuple[float, ...] = ()
        self._most = 0
        self._unlike_since_ms: int | None = None

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
            self._place, self._astray = None, False
            self._tracker.forget()
        size = size_of(image)
        self._heads = ()
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
        if self._whom is not None and not self._known.anybody:
            return self._look(None, t_ms, size_of(image))  # who is meant has not come yet
        if self._known.anybody and not self._is_the_same(image, t_ms, head):
            return self._look(None, t_ms, size_of(image))
        if self._place is None or same_head(head, self._place):
            # The person is still there with the face out of sight, so nobody else is chosen.
            self._place, self._seen_ms = head, t_ms
        if self._rescuer is None:
            self._rescuer = FaceRescuer(
                self._closing.enter_context(FaceReader(self._model, video=not self._sparse))
            )
        face = self._rescuer.read(image, t_ms, head)
        return self._look(face, t_ms, size_of(image))

    def _choose(self, image: Image, t_ms: int, size: tuple[int, int]) -> Face | None:
        faces, places = self._everybody(image, t_ms, size)
        if not faces:
            self._others = ()
            return None
        looks = [look_of(image, place) for place in places]
        chosen, self._person = self._pick(places, looks, size)
        if chosen is None:
            self._others = tuple(places)
            self._heads = _heads(self._others, size)
            return None
        return self._settle(image, t_ms, faces, places, chosen)

    def _pick(
        self, places: list[Place], looks: list[Float32 | None], size: tuple[int, int]
    ) -> tuple[int | None, int]:
        """Whom to follow from here, and who that is: the one who was lost, if that may be."""
        back = [
            index
            for index, place in enumerate(places)
            if self._known.anybody
            and self._known.is_alike(self._person, looks[index])
            and not self._was_anothers(place)
        ]
        if back:
            return back[main_head([places[index] for index in back], size)], self._person
        self._most = len(places)
        if self._whom is None:
            chosen: int | None = main_head(places, size)
        else:
            chosen = self._whom.pick([place.x for place in places], size[0] / 2)
        return chosen, self._person if chosen is None else self._who(looks[chosen])

    def _who(self, look: Float32 | None) -> int:
        """Who looks so: somebody who was followed before, or somebody new."""
        before = self._person if self._known.anybody else None
        known = self._known.whose(look, besides=before)
        return self._known.add(look) if known is None else known

    def _follow(self, image: Image, t_ms: int, size: tuple[int, int], known: Place) -> Face | None:
        if not self._known.anybody:  # the place is of a pose, and no face was seen before
            self._person = self._known.add(None)
        picture = only_this_person(image, known, self._others) if self._astray else image
        for face in self._tracker.read(picture, t_ms, known):
            place = face_place(face, size)
            if same_head(place, known) and self._is_the_same(image, t_ms, place):
                self._astray = False
                return self._checked(image, t_ms, size, face)
            self._astray = True
        if not self._astray:
            return None  # no face at all was found in the whole picture
        faces, places = self._everybody(image, t_ms, size)
        may_be = [
            index
            for index, place in enumerate(places)
            if (same_head(place, known) and self._is_the_same(image, t_ms, place))
            or self._is_back(image, place)
        ]
        if not may_be:
            self._others = tuple(places)
            return None
        chosen = min(may_be, key=lambda index: places[index].distance(known))
        self._others = _all_but(places, chosen)
        return faces[chosen]

    def _is_the_same(self, image: Image, t_ms: int, place: Place) -> bool:
        """Whether a head near the followed one's last place may be that one's."""
        jumped = self._place is None or place.distance(self._place) > JUMP * self._place.size
        if not jumped and t_ms - self._seen_ms < REGAINED_MS:
            return True
        return self._known.is_alike(self._person, look_of(image, place))

    def _is_back(self, image: Image, place: Place) -> bool:
        """Whether a head elsewhere is the followed one's, and nobody's who was there already."""
        if self._was_anothers(place):
            return False
        look = look_of(image, place)
        return look is not None and self._known.is_alike(self._person, look)

    def _was_anothers(self, place: Place) -> bool:
        return any(same_head(place, other, reach=SAME_PLACE) for other in self._others)

    def _everybody(
        self, image: Image, t_ms: int, size: tuple[int, int]
    ) -> tuple[tuple[Face, ...], list[Place]]:
        """All faces and where they are; the finder may find one twice."""
        self._counted_ms = t_ms
        faces: list[Face] = []
        places: list[Place] = []
        for face in self._finder.read(image, t_ms):
            place = face_place(face, size)
            if all(place.distance(other) > 0.5 * place.size for other in places):
                faces.append(face)
                places.append(place)
        return tuple(faces), places

    def _checked(self, image: Image, t_ms: int, size: tuple[int, int], face: Face) -> Face:
        """The followed face; or, where everybody is counted, whose face it ought to be."""
        place = face_place(face, size)
        lost_ms, since_ms = t_ms - self._seen_ms, t_ms - self._counted_ms
        self._known.followed(self._person, lost_ms)
        if lost_ms < REGAINED_MS and since_ms < self._count_ms(place):
            return face
        faces, places = self._everybody(image, t_ms, size)
        near = [index for index, other in enumerate(places) if same_head(other, place)]
        own = min(near, key=lambda index: places[index].distance(place), default=None)
        look, looks = look_of(image, place), [look_of(image, other) for other in places]
        better = self._better(look, places, looks, own, size)
        if better is not None:
            chosen, self._person = better
            self._astray = True
            self._now_followed(places, chosen, size)
            return faces[chosen]
        self._others = _all_but(places, own)
        self._notice(look, t_ms, alone=not self._others)
        self._heads = _heads((place, *self._others), size)
        return face

    def _count_ms(self, place: Place) -> int:
        if any(place.distance(other) < CROSSING * place.size for other in self._others):
            return CROSSING_COUNT_MS
        calm = not self._others and self._unlike_since_ms is None
        return COUNT_MS if calm else BESIDE_COUNT_MS

    def _better(
        self,
        look: Float32 | None,
        places: list[Place],
        looks: list[Float32 | None],
        own: int | None,
        size: tuple[int, int],
    ) -> tuple[int, int] | None:
        """Who else in the picture ought to be followed instead: index, and who that is."""
        for index, other in enumerate(looks):
            if index == own or other is None:
                continue
            # Two crossed, and the follower went with the wrong one.
            if not self._known.is_alike(self._person, look) and self._known.is_alike(
                self._person, other
            ):
                return index, self._person
            # Who was followed for longer is back.
            who = self._known.whose(other, besides=self._person)
            longer = who is not None and self._known.longer_than(who, self._person)
            if self._whom is None and who is not None and longer and not alike(look, other):
                return index, who
        if self._whom is None or len(places) <= self._most:
            return None
        # There are more people to choose from than before.
        self._most = len(places)
        chosen = self._whom.pick([place.x for place in places], size[0] / 2)
        if chosen is None or chosen == own:
            return None
        return chosen, self._who(looks[chosen])

    def _notice(self, look: Float32 | None, t_ms: int, *, alone: bool) -> None:
        """How the followed one looks now."""
        if self._known.is_alike(self._person, look):
            self._unlike_since_ms = None
            self._known.adapt(self._person, look)
        elif not alone or self._unlike_since_ms is None:
            self._unlike_since_ms = t_ms
        elif t_ms - self._unlike_since_ms >= NEW_LIGHT_MS:
            self._unlike_since_ms = None
            self._known.adapt(self._person, look, 1.0)

    def _settle(
        self,
        image: Image,
        t_ms: int,
        faces: tuple[Face, ...],
        places: list[Place],
        chosen: int,
    ) -> Face:
        """Put the tracker on the chosen face."""
        size = size_of(image)
        self._now_followed(places, chosen, size)
        picture = only_this_person(image, places[chosen], self._others) if self._others else image
        for face in self._tracker.read(picture, t_ms, places[chosen]):
            if same_head(face_place(face, size), places[chosen]):
                self._astray = False
                return face
        self._astray = bool(self._others)
        return faces[chosen]

    def _now_followed(self, places: list[Place], chosen: int, size: tuple[int, int]) -> None:
        self._others = _all_but(places, chosen)
        self._heads = _heads((places[chosen], *self._others), size)
        self._unlike_since_ms = None

    def _look(self, face: Face | None, t_ms: int, size: tuple[int, int]) -> FaceLook:
        if face is not None:
            self._place, self._seen_ms = face_place(face, size), t_ms
            if not self._known.anybody:  # found around the head of a pose
                self._person = self._known.add(None)
        return FaceLook(face, self._place, self._others, self._person, self._heads)


def _all_but(places: list[Place], chosen: int | None) -> tuple[Place, ...]:
    return tuple(place for index, place in enumerate(places) if index != chosen)


def _heads(places: Iterable[Place], size: tuple[int, int]) -> tuple[float, ...]:
    own, *others = places
    # A face on a picture on the wall, or of somebody far behind, is nobody to be mixed up with.
    near = (other for other in others if other.size >= LEAST_SIZE * own.size)
    return tuple(place.x - size[0] / 2 for place in (own, *near))
