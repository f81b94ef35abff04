"""The positions as pictures of pixels, for whoever sends them on."""

from __future__ import annotations

import cv2
import numpy as np

from neckform.showing.lying.drawings import CARD, TIMES, colours, looks, words_of
from neckform.showing.lying.positions import HEIGHT, Position, shapes
from neckform.showing.video.canvas import Canvas, Colour, Image
from neckform.showing.video.pixels import PIXEL_SHIFT, fixed_point

SCALE = 2
"""Pixels for each unit of a card."""


def picture_png(position: Position, language: str) -> bytes:
    """The same card as `drawings.picture_svg`."""
    size = (CARD[1] * SCALE, CARD[0] * SCALE, 3)
    image: Image = np.full(size, 255, np.uint8)
    image[: HEIGHT * TIMES * SCALE] = _bgr(colours()["figure-back"])
    canvas, times = Canvas(image), TIMES * SCALE
    for shape in shapes(position):
        look = looks()[shape.part]
        points = fixed_point(np.array(shape.points) * times)
        if look.fill is not None:
            cv2.fillPoly(image, [points], _bgr(look.fill), cv2.LINE_AA, PIXEL_SHIFT)
        if look.line is not None:
            wide = round(look.wide * times)
            cv2.polylines(
                image, [points], shape.closed, _bgr(look.line), wide, cv2.LINE_AA, PIXEL_SHIFT
            )
    for line in words_of(position, language):
        canvas.text(
            line.text, 24 * SCALE, line.y * SCALE, line.size * SCALE,
            colour=_bgr(line.colour), weight=600 if line.bold else 400,
            width=(CARD[0] - 48) * SCALE,
        )  # fmt: skip
    return bytes(cv2.imencode(".png", image)[1])


def _bgr(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return blue, green, red
