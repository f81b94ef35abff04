"""Whether the neutral still fits: ``step(fit, baseline, observation)``.

A chair or a screen that is moved takes head **and** shoulders to another place in the picture, or
makes both larger or smaller by as much. A slouch does not: the head moves and the shoulders stay.
When both have been elsewhere for minutes, every angle against the old neutral is doubtful, and the
person should be asked for a new neutral.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from neckform.core.measure.correction import shoulders_up_sw
from neckform.core.measure.geometry import shape_of
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.shoulders import read_shoulders
from neckform.core.time import watched_ms

MOVED_SW = 0.35
"""Head and shoulders this far from their places in the neutral have moved, in shoulder widths: some
14 cm. People who sit and work stray by half as much."""
RESIZED = 0.2
"""Natural logarithm of the size: a fifth nearer or further, 11 cm at 60 cm."""
FADE_MS = 120_000.0
"""The share of misfitting time fades this fast: in minutes, so that reaching for something does not
count."""
ASK_SHARE = 0.8
"""Ask when the share rises above this: after 3.2 minutes elsewhere without a break."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The fading share of time in which the neutral does not fit, and whether that was said."""

    share: float = 0.0
    last_ms: int | None = None
    asked: bool = False


def step(fit: Fit, baseline: Baseline, observation: Observation) -> tuple[Fit, bool]:
    """Take in one observation; the answer is whether to ask for a new neutral now, once."""
    elsewhere = misfits(baseline, observation)
    if elsewhere is None:
        return fit, False
    # Poses come now and then: each stands for the time since the pose before it.
    fade = math.exp(-watched_ms(fit.last_ms, observation.t_ms) / FADE_MS)
    share = fit.share * fade + (1.0 - fade) * elsewhere
    ask = share >= ASK_SHARE and not fit.asked
    return replace(fit, share=share, last_ms=observation.t_ms, asked=fit.asked or ask), ask


def misfits(baseline: Baseline, observation: Observation) -> bool | None:
    """Whether head and shoulders together are elsewhere; None when not both were seen."""
    if observation.face is None or observation.pose is None:
        return None
    scale = math.hypot(*baseline.size) / math.hypot(*observation.size)
    shoulders = read_shoulders(observation.pose, scale, baseline)
    if shoulders is None:
        return None
    face = shape_of(observation.face.points.astype(np.float64) * scale)
    neutral = shape_of(baseline.mesh)
    moved = (face.middle - neutral.middle)[:2] / baseline.shoulder_width_px
    nearer = math.log(face.size / neutral.size)
    body = np.array([shoulders.right_x_sw, shoulders_up_sw(shoulders)])
    # What head and body share is the shift of the person or of the camera; the rest is posture.
    resized = min(abs(nearer), abs(shoulders.wider)) if nearer * shoulders.wider > 0 else 0.0
    common = [min(abs(a), abs(b)) if a * b > 0 else 0.0 for a, b in zip(moved, body, strict=True)]
    return resized >= RESIZED or math.hypot(*common) >= MOVED_SW
