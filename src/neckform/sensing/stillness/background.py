"""What the camera does, read off the background: a phone in a hand is no rising shoulder.

Each picture's background is laid on that of a key picture (`alignment`). That costs half a
millisecond to one, so it is done when a pose is due, and in each picture only while the camera
moves. A camera that stands still gives exactly `STEADY`. Where the background shows nothing (a
plain wall, a dark room) nothing is known (`Background.blind`), and a camera that was never seen to
move is taken for one that stands still, unless the person tells otherwise (`shaking`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import STEADY, CameraMove
from neckform.core.types import Float32, Float64
from neckform.sensing.landmarks.head_box import Place
from neckform.sensing.stillness.alignment import Aligned, KeyPicture, OnBackground, after, inverse

SIDE_PX = 160
"""Longer side of the picture that is laid on another."""
MOVES = 0.006
"""A camera that carries the picture further than this share of its diagonal moves: 0.02 sw of a
person at a laptop, where a shoulder may rise by 0.08."""
SURE = MOVES / 2
"""The answer's own error, in diagonals, up to which it is one. A camera moves when it carries the
picture further than `MOVES` and twice this error."""
CALM_MS = 5000
"""A camera that did not move on for so long is looked at less often again."""
LOST_MS = 3000
"""After this long without an answer, a new key picture is taken where the camera is then."""
SELDOM, LATEST = 0.7, 0.2
"""A background that answers fewer looks than this tells nothing; so much counts the latest look."""
FORGET_MS = 3000
"""Where nobody was for so long, and the background is then not found, another scene begins."""
LEAST_SHARE, TOO_FEW = 0.6, 0.3
"""Of the key picture's edges that must be in view: with fewer, a new one is taken; none serves."""
_WIDEST_ZOOM = 4.0
_STILL: Float64 = np.eye(2, 3)


class Background:
    """Says of each picture what the camera has done since the first one."""

    def __init__(self) -> None:
        self._key: KeyPicture | None = None
        self._key_way = _STILL
        self._way = _STILL
        self._camera = STEADY
        self._moved_ms: int | None = None
        self._known_ms = 0
        self._tells = 1.0
        self._there_ms = 0

    @property
    def blind(self) -> bool:
        """Whether the pictures of late hardly told what the camera does."""
        return self._tells < SELDOM

    def read(
        self, image: NDArray[np.uint8], t_ms: int, people: Sequence[Place], *, due: bool
    ) -> CameraMove:
        """What the camera has done.

        Parameters
        ----------
        people : sequence of Place
            The heads in the picture: people are no background.
        due : bool
            Whether it is time to look.
        """
        if not people:
            return self._camera
        away_ms, self._there_ms = t_ms - self._there_ms, t_ms
        back = away_ms >= FORGET_MS
        moving = self._moved_ms is not None and t_ms - self._moved_ms < CALM_MS
        if not (due or back or moving or self._camera.lost):
            return self._camera
        small, scale = _small(image)
        heads = [Place(*(value / scale for value in one)) for one in people]
        # That a camera moves at all needs better evidence than how it moves.
        background = _without(heads, wary=self._camera is STEADY)
        if self._key is not None and self._key.shape != small.shape:
            self._begin_anew()
        if self._key is None:
            self._take_key(small, heads, t_ms)
            self._told(self._key is not None)
            return self._camera
        found = self._found(self._key, small, background)
        self._told(found is not None)
        if found is None:
            if back:
                self._begin_anew()
            self._lose(small, heads, t_ms)
            return self._camera
        way, self._known_ms = after(found.way, self._key_way), t_ms
        steady = self._camera is STEADY
        error = found.error_px / math.hypot(*small.shape)
        if steady and _far(way, _STILL, small) <= MOVES + 2 * error:
            return STEADY
        if steady or _far(way, self._way, small) > MOVES / 2:
            self._moved_ms = t_ms
        self._way, self._camera = way, _camera(way, small, scale)
        if found.share < LEAST_SHARE:
            self._take_key(small, heads, t_ms)
        return self._camera

    def _told(self, answer: bool) -> None:
        self._tells += LATEST * (answer - self._tells)

    def _begin_anew(self) -> None:
        """Another place, or another picture: nothing leads from the one before to it."""
        self._key, self._key_way, self._way, self._camera = None, _STILL, _STILL, STEADY

    def _found(
        self, key: KeyPicture, small: NDArray[np.uint8], background: OnBackground
    ) -> Aligned | None:
        found = key.find(small, background, after(self._way, inverse(self._key_way)))
        if found is None or found.error_px > SURE * math.hypot(*small.shape):
            return None
        zoom = math.hypot(found.way[0, 0], found.way[1, 0])
        usual = 1 / _WIDEST_ZOOM < zoom < _WIDEST_ZOOM
        return found if usual and found.share >= TOO_FEW else None

    def _take_key(self, small: NDArray[np.uint8], heads: Sequence[Place], t_ms: int) -> None:
        key = KeyPicture(small, _without(heads, wary=False))
        if key.shows_enough:
            self._key, self._key_way, self._known_ms = key, self._way, t_ms

    def _lose(self, small: NDArray[np.uint8], heads: Sequence[Place], t_ms: int) -> None:
        """Nothing can be said: a camera that stood still does so; of one that moves, it is lost."""
        if self._camera is not STEADY:
            self._camera = CameraMove(lost=True)
        if self._key is None or t_ms - self._known_ms >= LOST_MS:
            self._take_key(small, heads, t_ms)


def _small(image: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], float]:
    """A small grey picture, and how many of the picture's pixels one of its own is."""
    import cv2

    height, width = image.shape[:2]
    scale = max(1.0, max(height, width) / SIDE_PX)
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    # Green is most of what grey is made of.
    green = np.ascontiguousarray(image[:, :, 1])
    return np.asarray(cv2.resize(green, size, interpolation=cv2.INTER_AREA), np.uint8), scale


def _without(people: Sequence[Place], *, wary: bool) -> OnBackground:
    """Where the background is: not the heads, and not the bodies below them.

    Parameters
    ----------
    wary : bool
        Whether hair, sleeves and shadows beside them are none either.
    """
    head, body = (1.4, 2.4) if wary else (1.0, 1.8)

    def outside(x: Float32, y: Float32) -> NDArray[np.bool_]:
        free = np.ones(x.shape, bool)
        for person in people:
            across, down = np.abs(x - person.x) / person.size, (y - person.y) / person.size
            free &= ~((across < head) & (down > -head) & (down < 0.6))
            free &= ~((across < body) & (down > 0.4))
        return free

    return outside


def _far(way: Float64, other: Float64, small: NDArray[np.uint8]) -> float:
    """How far two ways lead apart at most, where people are; in diagonals of the picture."""
    height, width = small.shape
    places = np.array([[0.5, 0.5], [0.25, 0.75], [0.75, 0.75]]) * [width, height]
    apart = places @ (way - other)[:, :2].T + (way - other)[:, 2]
    return float(np.linalg.norm(apart, axis=1).max() / math.hypot(width, height))


def _camera(way: Float64, small: NDArray[np.uint8], scale: float) -> CameraMove:
    """The way in the camera frame: about the picture's middle, y up."""
    height, width = small.shape
    middle = np.array([width / 2, height / 2])
    x, y = (way[:, :2] @ middle + way[:, 2] - middle) * scale
    turn_deg = -math.degrees(math.atan2(way[1, 0], way[0, 0]))
    zoom = math.hypot(way[0, 0], way[1, 0])
    # As exact as a landmark recording keeps it, so that its replay is judged the same.
    return CameraMove(*np.array([x, -y, turn_deg, zoom], np.float32).tolist())
