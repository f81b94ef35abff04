"""Draws head and shoulder landmarks, and where the shoulders rested."""

from __future__ import annotations

import numpy as np

from neckform.core.observation import Baseline, Observation
from neckform.core.types import Sample, Side
from neckform.showing.canvas import BLUE, WHITE, Canvas, Colour
from neckform.showing.pixels import to_pixels

# Outlines by point number of MediaPipe's 468-point face mesh
# (its canonical face model, "FACEMESH_FACE_OVAL" and so on).
# fmt: off
OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
         152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
_RIGHT_EYE = (33, 160, 158, 133, 153, 144)
_LEFT_EYE = (263, 387, 385, 362, 380, 373)
_MOUTH = (61, 39, 0, 269, 291, 405, 17, 181)
_NOSE = (168, 6, 197, 195, 5, 4, 1)
# fmt: on

SHOULDER = {Side.LEFT: 11, Side.RIGHT: 12}
_WRIST = {Side.LEFT: 15, Side.RIGHT: 16}
SEEN = 0.5


def draw_landmarks(
    canvas: Canvas,
    observation: Observation,
    sample: Sample | None,
    baseline: Baseline | None,
    colour: Colour,
) -> None:
    """Head outline, shoulder line, shoulder rest circles and hands at the head."""
    scale = canvas.width / observation.size[0]
    if baseline is not None:
        _draw_rest(canvas, baseline, scale)
    if observation.pose is not None:
        places = to_pixels(observation.pose.points, observation.size, scale)
        visible = observation.pose.visibility >= SEEN
        seen = [index for index in SHOULDER.values() if visible[index]]
        if len(seen) == len(SHOULDER):
            canvas.line(places[seen], WHITE, 2)
        for index in seen:
            canvas.circle(places[index], 5, colour)
        for side in sample.hands_on_head if sample is not None else ():
            canvas.circle(places[_WRIST[side]], 7, BLUE, 2)
    if observation.face is not None:
        mesh = to_pixels(observation.face.points, observation.size, scale)
        canvas.line(mesh[list(OVAL)], colour, 1.5, closed=True)
        for outline in (_RIGHT_EYE, _LEFT_EYE, _MOUTH):
            canvas.line(mesh[list(outline)], WHITE, 1, closed=True)
        canvas.line(mesh[list(_NOSE)], WHITE, 1)


def _draw_rest(canvas: Canvas, baseline: Baseline, scale: float) -> None:
    """Rings where the shoulders were in the neutral, as wide as what they may move."""
    for shoulder in (baseline.left_shoulder, baseline.right_shoulder):
        centre = to_pixels(np.asarray(shoulder), baseline.size, scale)
        canvas.circle(centre, 12, WHITE, 1.5)
