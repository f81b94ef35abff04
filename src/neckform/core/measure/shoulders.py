"""From body landmarks to where the shoulders are, against the person's own neutral."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from neckform.core.measure.geometry import wrap_deg
from neckform.core.measure.observation import Baseline, Pose
from neckform.core.measure.skeleton import (
    ELBOWS,
    EYES,
    HANDS,
    HIPS,
    LEFT_SHOULDER,
    POSE_HEAD,
    RIGHT_SHOULDER,
    SHOULDERS,
)
from neckform.core.types import Float64, Side

WIDEST_TURN_DEG = 60.0
"""A reading beyond this is a mix-up of the model, not a person: nobody's trunk turns so far while
the face is seen."""
HAND_REACH_SW = 0.55
"""A hand nearer to the middle of the head than this lies on it. A head is about half a shoulder
width high."""
ELBOW_BELOW = 0.3
"""An elbow that hangs is further below its shoulder than this share of the shoulder width:
by about 0.7 of it."""


@dataclass(frozen=True, slots=True)
class ShoulderReading:
    """Shoulders as the pose model shows them, against the neutral; not yet corrected.

    Attributes
    ----------
    left_rise_sw, right_rise_sw : float
        Upward, in shoulder widths of the neutral.
    right_x_sw : float
        Their middle to the right of the picture (the person's left), in shoulder widths.
    tilt_deg : float
        + when the left shoulder is lower.
    wider : float
        Natural logarithm of the shoulder width over its width in the neutral.
    world_turn_deg : float
        Turn of the shoulder line in the model's world coordinates; + to the person's own left.
    eyes_x_sw : float
        How far the pose model's eyes have moved to the right of the picture against the shoulders'
        middle, in shoulder widths.
    hips_x_sw, hips_tilt_sw : float
        How far the hips' middle has moved to the right of the picture against the shoulders', and
        the left hip up against the right, in shoulder widths. Before a laptop the model guesses
        both, from the whole of the body that it sees; 0 where the neutral has none.
    """

    left_rise_sw: float
    right_rise_sw: float
    right_x_sw: float
    tilt_deg: float
    wider: float
    world_turn_deg: float
    eyes_x_sw: float = 0.0
    hips_x_sw: float = 0.0
    hips_tilt_sw: float = 0.0


def shoulders_seen(pose: Pose) -> bool:
    """Whether both shoulders are in the picture and not hidden."""
    return bool(pose.visible[SHOULDERS].all())


def world_turn_deg(pose: Pose) -> float:
    """Turn of the shoulder line in world coordinates; 0 is square to the camera, + own left."""
    line = pose.world[LEFT_SHOULDER] - pose.world[RIGHT_SHOULDER]
    return math.degrees(math.atan2(-float(line[2]), float(line[0])))


def line_tilt_deg(left: Float64, right: Float64) -> float:
    """Tilt of the shoulder line in the picture; + when the left shoulder is lower."""
    line = left - right
    return math.degrees(math.atan2(-float(line[1]), float(line[0])))


def read_shoulders(pose: Pose, scale: float, baseline: Baseline) -> ShoulderReading | None:
    """Read the shoulders against a baseline.

    Parameters
    ----------
    pose : Pose
    scale : float
        The baseline's picture size over this picture's.
    baseline : Baseline

    Returns
    -------
    ShoulderReading or None
        None when the shoulders are not seen, or when what is read cannot be a person.
    """
    if not shoulders_seen(pose):
        return None
    left = pose.points[LEFT_SHOULDER, :2].astype(np.float64) * scale
    right = pose.points[RIGHT_SHOULDER, :2].astype(np.float64) * scale
    width = float(np.linalg.norm(left - right))
    unit = baseline.shoulder_width_px
    neutral_tilt = line_tilt_deg(baseline.left_shoulder, baseline.right_shoulder)
    tilt = wrap_deg(line_tilt_deg(left, right) - neutral_tilt)
    turn = wrap_deg(world_turn_deg(pose) - baseline.shoulder_world_turn_deg)
    if width < 0.3 * unit or abs(tilt) > WIDEST_TURN_DEG:
        return None
    head = head_against_shoulders(pose, unit / scale) - baseline.pose_head
    hips_x, hips_tilt = 0.0, 0.0
    if baseline.pose_hips is not None:
        left_hip, right_hip = hips_against_shoulders(pose, unit / scale) - baseline.pose_hips
        hips_x = float(left_hip[0] + right_hip[0]) / 2.0
        hips_tilt = float(left_hip[1] - right_hip[1])
    moved_left, moved_right = left - baseline.left_shoulder, right - baseline.right_shoulder
    return ShoulderReading(
        left_rise_sw=float(moved_left[1]) / unit,
        right_rise_sw=float(moved_right[1]) / unit,
        right_x_sw=float(moved_left[0] + moved_right[0]) / (2.0 * unit),
        tilt_deg=tilt,
        wider=math.log(width / unit),
        world_turn_deg=min(WIDEST_TURN_DEG, max(-WIDEST_TURN_DEG, turn)),
        eyes_x_sw=float(head[EYES, 0].mean()),
        hips_x_sw=hips_x,
        hips_tilt_sw=hips_tilt,
    )


def head_against_shoulders(pose: Pose, shoulder_width_px: float) -> Float64:
    """Places of the pose model's face points from the shoulders' middle; shape (11, 2).

    In shoulder widths of `shoulder_width_px`, which is the neutral's at this picture's size.
    """
    return _against_shoulders(pose, shoulder_width_px)[POSE_HEAD]


def hips_against_shoulders(pose: Pose, shoulder_width_px: float) -> Float64:
    """The same of the left and right hip; shape (2, 2)."""
    return _against_shoulders(pose, shoulder_width_px)[HIPS]


def _against_shoulders(pose: Pose, shoulder_width_px: float) -> Float64:
    points = pose.points[:, :2].astype(np.float64)
    middle = (points[LEFT_SHOULDER] + points[RIGHT_SHOULDER]) / 2.0
    against: Float64 = (points - middle) / shoulder_width_px
    return against


def arm_raised(pose: Pose) -> bool:
    """Whether an elbow is nearly as high as the shoulders.

    Such an arm carries its shoulder forward and in. The model guesses the elbow where it is out of
    the picture.
    """
    shoulders = pose.points[SHOULDERS, :2]
    hanging = ELBOW_BELOW * float(np.linalg.norm(shoulders[0] - shoulders[1]))
    return bool((pose.points[ELBOWS, 1] > shoulders[:, 1] - hanging).any())


def hands_on_head(pose: Pose, scale: float, baseline: Baseline) -> frozenset[Side]:
    """Which hands lie on the head."""
    reach = HAND_REACH_SW * baseline.shoulder_width_px / scale
    head = pose.points[POSE_HEAD, :2].mean(axis=0)
    shoulders_px = pose.points[SHOULDERS, 1].max()

    def on_head(hand: list[int]) -> bool:
        if not pose.visible[hand].any() or pose.points[hand, 1].max() <= shoulders_px:
            return False
        return bool(np.linalg.norm(pose.points[hand, :2] - head, axis=1).min() < reach)

    return frozenset(side for side, hand in HANDS.items() if on_head(hand))
