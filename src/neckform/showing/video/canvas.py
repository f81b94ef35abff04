"""Small drawing tools: text with true fonts, contrast panels, everything in one unit.

A length is given in units of 1/480 of the picture's short side, so that an overlay looks the same
on a webcam picture and on a portrait phone video.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from neckform.showing.video.pixels import PIXEL_SHIFT, fixed_point

Image = NDArray[np.uint8]
Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
PALE: Colour = (205, 205, 205)
DARK: Colour = (24, 20, 18)
GREEN: Colour = (110, 215, 120)
AMBER: Colour = (60, 185, 255)
RED: Colour = (90, 100, 250)
BLUE: Colour = (245, 190, 110)
GREY: Colour = (150, 150, 150)

_PANEL_OPACITY = 0.72
_LEAST_TEXT_PX = 11


@cache
def _font() -> Any:
    # OpenCV's own variable-weight font: the same on each system, with accents and the degree sign.
    return cv2.FontFace("sans")


class Canvas:
    """A picture to draw on, in place.

    Parameters
    ----------
    image : ndarray, shape (height, width, 3), uint8
        BGR.
    """

    def __init__(self, image: Image) -> None:
        self.image = image
        self.height, self.width = image.shape[:2]
        self.unit = min(self.width, self.height) / 480

    def px(self, units: float) -> int:
        """Units to whole pixels, at least one."""
        return max(1, int(units * self.unit + 0.5))

    def text_px(self, units: float) -> int:
        return max(_LEAST_TEXT_PX, int(units * self.unit + 0.5))

    def panel(self, left: int, top: int, right: int, bottom: int) -> None:
        """Darken a rectangle so that text on it is legible on any picture."""
        area = self.image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        if area.size:
            dark = np.full_like(area, DARK)
            cv2.addWeighted(dark, _PANEL_OPACITY, area, 1 - _PANEL_OPACITY, 0, dst=area)

    def text_width(self, text: str, size_px: int, weight: int = 400) -> int:
        box = cv2.getTextSize((0, 0), text, (0, 0), _font(), size_px, weight)
        return int(box[2])

    def text(
        self,
        text: str,
        x: int,
        baseline: int,
        size_px: int,
        *,
        colour: Colour = WHITE,
        weight: int = 400,
        width: int | None = None,
        align: str = "left",
    ) -> None:
        """Write one line; too long for `width` pixels, it shrinks, and at last is cut short."""
        if width is not None:
            while size_px > _LEAST_TEXT_PX and self.text_width(text, size_px, weight) > width:
                size_px -= 1
            if self.text_width(text, size_px, weight) > width:
                while text and self.text_width(text + "...", size_px, weight) > width:
                    text = text[:-1]
                text = text.rstrip() + "..." if text else ""
        drawn = self.text_width(text, size_px, weight) if align != "left" else 0
        start = x - {"left": 0, "centre": drawn // 2, "right": drawn}[align]
        cv2.putText(self.image, text, (start, baseline), colour, _font(), size_px, weight)

    def line(
        self, points: NDArray[np.float64], colour: Colour, units: float, *, closed: bool = False
    ) -> None:
        """A smooth line through points of shape (n, 2), picture coordinates."""
        cv2.polylines(
            self.image,
            [fixed_point(points)],
            closed,
            colour,
            self.px(units),
            cv2.LINE_AA,
            PIXEL_SHIFT,
        )

    def circle(
        self, centre: NDArray[np.float64], radius: float, colour: Colour, units: float = 0
    ) -> None:
        """A ring of the given thickness, or a disc for thickness 0."""
        x, y = fixed_point(centre)
        cv2.circle(
            self.image,
            (int(x), int(y)),
            round(radius * self.unit * (1 << PIXEL_SHIFT)),
            colour,
            self.px(units) if units else -1,
            cv2.LINE_AA,
            PIXEL_SHIFT,
        )

    def rectangle(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        if right > left and bottom > top:
            cv2.rectangle(self.image, (left, top), (right - 1, bottom - 1), colour, -1)

    def arc(self, centre: tuple[int, int], radius: int, share: float, colour: Colour) -> None:
        """A part of a ring, clockwise from the top; `share` from 0 to 1."""
        if share > 0:
            cv2.ellipse(
                self.image,
                centre,
                (radius, radius),
                -90,
                0,
                360 * min(1.0, share),
                colour,
                self.px(5),
                cv2.LINE_AA,
            )
