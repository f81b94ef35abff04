"""A camera that shakes before a wall without a mark: told by the person, when nothing else tells.

What shakes the camera carries head and shoulders alike, to and fro. A body that sways turns about
the hips, so that its head goes further than its shoulders: 1.25 times and more in rendered and real
people who rock, lean or talk with their hands; 0.95 to 1.05 times before cameras that shake.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from neckform.core.measure.observation import Observation
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.measure.skeleton import LEFT_SHOULDER, RIGHT_SHOULDER
from neckform.core.types import Float64

WINDOW_MS = 5000
LEAST_LOOKS = 6
LEAST_SW = 0.015
"""From one look to the next, in shoulder widths: people who sit still read as 0.003 to 0.01."""
ALIKE = 0.55
"""How alike the ways of head and shoulders are, as a cosine; a head may also move by itself."""
AS_FAR = (0.65, 1.15)
"""How far the head goes with the shoulders, as a share of how far they go."""
TO_AND_FRO = 0.6
"""Of all the way that the shoulders go, the share by which they get away at most."""


class Shaking:
    """Says whether what carries a person to and fro is the camera."""

    def __init__(self) -> None:
        self._looks: deque[tuple[int, Float64, Float64, float]] = deque()
        self._shook_ms: int | None = None

    def read(self, observation: Observation, *, blind: bool) -> bool:
        """Whether the camera shakes, and nobody can say how.

        It begins where the background tells nothing, and lasts until the person was still for
        `WINDOW_MS`: a background that is found meanwhile tells of no way that began before it.

        Parameters
        ----------
        blind : bool
            Whether the background tells nothing.
        """
        t_ms, face, pose = observation.t_ms, observation.face, observation.pose
        if face is not None and pose is not None and shoulders_seen(pose):
            left, right = (pose.points[side][:2] for side in (LEFT_SHOULDER, RIGHT_SHOULDER))
            width = float(np.hypot(*(left - right)))
            middle = np.asarray((left + right) / 2.0, np.float64)
            head = face.points[:, :2].mean(axis=0, dtype=np.float64)
            self._looks.append((t_ms, head, middle, width))
            while t_ms - self._looks[0][0] > WINDOW_MS:
                self._looks.popleft()
            if (blind or self._shook_ms is not None) and self._shakes():
                self._shook_ms = t_ms
        if self._shook_ms is not None and t_ms - self._shook_ms > WINDOW_MS:
            self._shook_ms = None
        return self._shook_ms is not None

    def _shakes(self) -> bool:
        if len(self._looks) < LEAST_LOOKS:
            return False
        _, heads, middles, widths = zip(*self._looks, strict=True)
        width = float(np.median(widths))
        head, body = (np.diff(np.array(places), axis=0) / width for places in (heads, middles))
        path = float(np.hypot(*body.T).sum())
        away = float(np.hypot(*body.sum(axis=0)))
        own, others, common = (
            float((a * b).sum()) for a, b in ((body, body), (head, head), (head, body))
        )
        return (
            own >= len(body) * LEAST_SW**2
            and away <= TO_AND_FRO * path
            and common >= ALIKE * float(np.sqrt(own * others))
            and AS_FAR[0] <= common / own <= AS_FAR[1]
        )
