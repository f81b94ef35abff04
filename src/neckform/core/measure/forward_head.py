"""How the head is carried above the shoulders: sunk toward them, nearer to the camera, or dropped.

A trunk that slumps forward tips the head with it. From in front this shows only in sizes: the
shoulders look wider, and the head, at the end of the lever, grows more than they do. A chair that
rolls nearer makes both grow alike, and is no lean.
"""

from __future__ import annotations

import math

import numpy as np

from neckform.core.measure.geometry import FOCAL_DIAGONALS, Shape
from neckform.core.measure.observation import Baseline, Pose
from neckform.core.measure.shoulders import ShoulderReading
from neckform.core.measure.skeleton import LEFT_SHOULDER, NOSE, RIGHT_SHOULDER
from neckform.core.types import ForwardHead

TRUNK_SW = 1.7
"""Height of the shoulders above the hips, about which a trunk leans, in widths between the shoulder
joints: about 50 cm and 30 cm in adults."""
ROLLED = 1.15
"""The head grows by this much more than the shoulders when both come nearer: it starts nearer."""
AHEAD_FROM, AHEAD_TO = 0.05, 0.15
"""A head that grows by more than that is carried ahead: up to the first not at all, from the second
on for certain. Natural logarithms; at 60 cm they are 3 and 9 cm."""
STEEPEST_LEAN_DEG = 20.0
"""A person who sits leans no further toward a screen."""


def read_forward_head(
    face: Shape | None,
    pose: Pose | None,
    shoulders: ShoulderReading | None,
    baseline: Baseline,
    neutral: Shape,
) -> ForwardHead | None:
    """Read how the head is carried.

    Parameters
    ----------
    face, pose : Shape or None, Pose or None
        Of one picture; the face's mesh in the baseline's pixels.
    shoulders : ShoulderReading or None
        As last seen.
    neutral : Shape
        Of the baseline's mesh.

    Returns
    -------
    ForwardHead or None
        None when the shoulders are not known, or neither face nor nose.
    """
    if shoulders is None:
        return None
    if face is None:
        return None if pose is None else ForwardHead(_nose_height(pose, baseline), None)
    nearer = math.log(max(face.size, 1.0) / neutral.size)
    return ForwardHead(
        height=_face_height(face, shoulders, baseline, neutral),
        nearer=nearer,
        lean_deg=_lean_deg(nearer, shoulders.wider, baseline),
    )


def _face_height(
    face: Shape, shoulders: ShoulderReading, baseline: Baseline, neutral: Shape
) -> float:
    unit = baseline.shoulder_width_px
    line_px = float(baseline.left_shoulder[1] + baseline.right_shoulder[1]) / 2.0
    neutral_sw = (float(neutral.middle[1]) - line_px) / unit
    risen_sw = (shoulders.left_rise_sw + shoulders.right_rise_sw) / 2.0
    now_sw = (float(face.middle[1]) - line_px) / unit - risen_sw
    return _share(now_sw / math.exp(shoulders.wider), neutral_sw)


def _nose_height(pose: Pose, baseline: Baseline) -> float:
    left, right = pose.points[LEFT_SHOULDER, :2], pose.points[RIGHT_SHOULDER, :2]
    width = float(np.linalg.norm(left - right))
    height = float(pose.points[NOSE, 1] - (left[1] + right[1]) / 2.0)
    return _share(height / max(width, 1.0), float(baseline.pose_head[NOSE, 1]))


def _share(now_sw: float, neutral_sw: float) -> float:
    # A neutral with the head hardly above the shoulders is a view from above: it shows nothing.
    return now_sw / neutral_sw if neutral_sw > 0.1 else 1.0


def _lean_deg(nearer: float, wider: float, baseline: Baseline) -> float:
    """How far the shoulders have come forward about the hips, as an angle."""
    focal_px = FOCAL_DIAGONALS * math.hypot(*baseline.size)
    away_sw = focal_px / baseline.shoulder_width_px
    forward = -math.expm1(-max(wider, 0.0)) * away_sw / TRUNK_SW
    lean_deg = min(math.degrees(math.asin(min(forward, 1.0))), STEEPEST_LEAN_DEG)
    ahead = nearer - ROLLED * max(wider, 0.0)
    certain = (ahead - AHEAD_FROM) / (AHEAD_TO - AHEAD_FROM)
    return lean_deg * min(1.0, max(0.0, certain))
