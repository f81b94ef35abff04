"""How a person looks in the picture, by the colours of head and clothes: who is who after a loss.

Places tell people apart while they are seen without a break. Where two cross, or where somebody is
back after a while, what they wear does. On clips of three rendered people in two lights, the same
one differs by 0.12 at most, two by 0.33 at least; two who wear the same are not told apart. The
face mesh does not tell them apart either: one person's, turned, differs more than two people's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from neckform.core.types import Float32
from neckform.sensing.landmarks.head_box import Place

UNLIKE = 0.25
"""Two looks that differ by more are two people's."""
_PARTS = ((-0.9, 0.5, 0.6), (0.8, 1.9, 0.9))
"""Head and clothes: top, bottom and half the width, from the face's middle, in face sizes."""
_LEAST_SHARE = 0.5
"""Of a part that must be in the picture."""
_ADAPTS = 0.3


def look_of(image: NDArray[np.uint8], place: Place) -> Float32 | None:
    """Colour histograms of both parts, shape (2, 56); None where they are not in the picture."""
    import cv2

    rows = []
    for above, below, aside in _PARTS:
        top, bottom = round(place.y + above * place.size), round(place.y + below * place.size)
        left, right = round(place.x - aside * place.size), round(place.x + aside * place.size)
        patch = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        inside = patch.shape[0] * patch.shape[1]
        if inside < _LEAST_SHARE * max(64, (bottom - top) * (right - left)):
            return None
        hsv = cv2.cvtColor(
            cv2.resize(patch, (32, 32), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2HSV
        )
        colours = cv2.calcHist([hsv], [0, 1], None, [12, 4], [0, 180, 0, 256]).ravel()
        lights = cv2.calcHist([hsv], [2], None, [8], [0, 256]).ravel()
        rows.append(np.concatenate([colours, lights]) / (2 * 32 * 32))
    return np.array(rows, np.float32)


def alike(one: Float32 | None, other: Float32 | None) -> bool:
    """Whether two looks may be one person's; what is not known may be."""
    return one is None or other is None or _difference(one, other) <= UNLIKE


class KnownPeople:
    """Those who were followed so far: how each looks, and for how long each was followed."""

    def __init__(self) -> None:
        self._looks: list[Float32 | None] = []
        self._followed_ms: list[int] = []

    def add(self, look: Float32 | None) -> int:
        """Somebody new; answers with their number, from 0."""
        self._looks.append(look)
        self._followed_ms.append(0)
        return len(self._looks) - 1

    @property
    def anybody(self) -> bool:
        return bool(self._looks)

    def is_alike(self, person: int, look: Float32 | None) -> bool:
        return alike(self._looks[person], look)

    def whose(self, look: Float32 | None, besides: int | None = None) -> int | None:
        """Who looks most like this, and enough so; the one who was followed longest, of equals."""
        if look is None:
            return None
        found = [
            (round(_difference(known, look), 1), -self._followed_ms[person], person)
            for person, known in enumerate(self._looks)
            if known is not None and person != besides and alike(known, look)
        ]
        return min(found)[2] if found else None

    def followed(self, person: int, lasted_ms: int) -> None:
        """Count the time for which somebody was followed."""
        self._followed_ms[person] += lasted_ms

    def longer_than(self, person: int, other: int) -> bool:
        return self._followed_ms[person] > self._followed_ms[other]

    def adapt(self, person: int, look: Float32 | None, share: float = _ADAPTS) -> None:
        """Light changes, and people move: follow with their look."""
        before = self._looks[person]
        if look is not None:
            self._looks[person] = look if before is None else before + share * (look - before)


def _difference(one: Float32, other: Float32) -> float:
    """Bhattacharyya: 0 is the same, 1 has nothing in common; the mean of both parts."""
    return float(1.0 - np.sqrt(one * other).sum(axis=1).mean())
