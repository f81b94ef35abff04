"""A picture with little contrast, as in a dark room or before a window, spread over all greys.

The vendor's models see less where there is little contrast. Of rendered people with a hand over
half of the face, washed out to 45 % of the contrast, the face is seen in 88 % of the pictures, and
in all once these are spread; at three tenths of the light, with noise, in 91 and 94 %. Pictures of
ordinary contrast are left as they are.
"""

from __future__ import annotations

import math

import numpy as np

from neckform.core.types import Float64
from neckform.sensing.landmarks.landmarkers import Image

BETWEEN = 1.0, 99.0
"""Percentiles of the greys that are spread; what is darker or brighter becomes black or white."""
ORDINARY, LITTLE = 140.0, 100.0
"""Grey levels between them: from the one a picture is left alone, at the other it is spread whole.
Pictures of webcams in lit rooms have 150 to 190."""
BLACK, WHITE = 12.0, 242.0
MOST = 4.0
"""More than that would make a person of noise."""
FORGETS_MS = 2000.0
"""A light that dims is followed so slowly: the picture must not flicker. One that brightens is
followed at once, so that nothing is blinded."""


class Light:
    """Follows the light from picture to picture, and gives what the models are shown."""

    def __init__(self) -> None:
        self._known: tuple[int, Float64] | None = None

    def read(self, image: Image, t_ms: int) -> Image:
        """The picture itself, or one with more contrast.

        Parameters
        ----------
        image : ndarray, shape (height, width, 3), uint8
            BGR.
        t_ms : int
            Its time.
        """
        dark, bright = self._follow(image, t_ms)
        spread = max(1.0, bright - dark)
        little = min(1.0, max(0.0, (ORDINARY - spread) / (ORDINARY - LITTLE)))
        if little == 0.0:
            return image
        import cv2

        # By degrees: at a limit, pictures must not jump between one and the other.
        gain = min(MOST, 1.0 + little * ((WHITE - BLACK) / spread - 1.0))
        here = (dark + bright) / 2.0
        there = here + little * ((BLACK + WHITE) / 2.0 - here)
        levels = np.clip((np.arange(256.0) - here) * gain + there, 0.0, 255.0)
        return np.asarray(cv2.LUT(image, levels.astype(np.uint8)), np.uint8)

    def _follow(self, image: Image, t_ms: int) -> Float64:
        # Green is most of what grey is made of, and a few thousand pixels tell enough.
        now: Float64 = np.percentile(image[::8, ::8, 1], BETWEEN)
        if self._known is not None:
            then_ms, then = self._known
            share = -math.expm1(-max(0, t_ms - then_ms) / FORGETS_MS)
            slowly = then + share * (now - then)
            now = np.array([min(now[0], slowly[0]), max(now[1], slowly[1])])
        self._known = t_ms, now
        return now
