"""Draws head and shoulder landmarks, and where the shoulders rested."""

from __future__ import annotations

import numpy as np

from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.skeleton import (
    MESH_LEFT_EYE,
    MESH_MOUTH,
    MESH_NOSE,
    MESH_OVAL,
    MESH_RIGHT_EYE,
    SHOULDERS,
    WRISTS,
)
from neckform.core.types import Sample
from neckform.showing.video.canvas import (
    BLUE,
    WHITE,
    Canvas,
    Colour,
)
from neckform.showing.video.pixels import to_pixels


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
        seen = [index for index in SHOULDERS if observation.pose.visible[index]]
        if seen == SHOULDERS:
            canvas.line(places[seen], WHITE, 2)
        for index in seen:
            canvas.circle(places[index], 5, colour)
        for side in sample.hands_on_head if sample is not None else ():
            canvas.circle(places[WRISTS[side]], 7, BLUE, 2)
    if observation.face is not None:
        mesh = to_pixels(observation.face.points, observation.size, scale)
        canvas.line(mesh[MESH_OVAL], colour, 1.5, closed=True)
        for outline in (MESH_RIGHT_EYE, MESH_LEFT_EYE, MESH_MOUTH):
            canvas.line(mesh[outline], WHITE, 1, closed=True)
        canvas.line(mesh[MESH_NOSE], WHITE, 1)


def _draw_rest(canvas: Canvas, baseline: Baseline, scale: float) -> None:
    """Rings where the shoulders were in the neutral, as wide as what they may move."""
    for shoulder in (baseline.left_shoulder, baseline.right_shoulder):
        centre = to_pixels(np.asarray(shoulder), baseline.size, scale)
        canvas.circle(centre, 12, WHITE, 1.5)
