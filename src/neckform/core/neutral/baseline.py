"""From a still, upright, forward-facing second to the neutral that all angles are relative to.

`NeutralSearch` finds one in a stream of observations, with the same contract as the other machines;
`baseline_from` makes one of a span that the person named, and says what is not ideal about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from neckform.core.errors import NoNeutralError
from neckform.core.measure.camera_motion import steadied
from neckform.core.measure.frozen import is_frozen, unless_frozen
from neckform.core.measure.geometry import angles_from_rotation, shape_of, similarity_fit
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Baseline, Observation, Pose
from neckform.core.measure.shoulders import (
    head_against_shoulders,
    hips_against_shoulders,
    shoulders_seen,
    world_turn_deg,
)
from neckform.core.measure.skeleton import LEFT_SHOULDER, POSE_HEAD, POSE_POINTS, RIGHT_SHOULDER
from neckform.core.types import Angles, Float64
from neckform.core.wording import worded

WINDOW_MS = 1000
"""A neutral lasts at least this long."""
LEAST_FACES = 4
"""Fewer pictures of a face cannot show that it is still."""
STILL_DEG = 4.0
"""How far a still head may stray from its own mean. People tremble by 1 to 2 degrees."""
STILL_SHARE = 0.12
"""How far a still head may wander in the picture, in face sizes."""
FORWARD_DEG = 20.0
"""A head turned further than this to the camera is not facing forward."""
UPRIGHT_DEG = 15.0
"""A head tilted further than this to a side is not upright."""
ON_ITS_SIDE_DEG = 60.0
"""Nobody tilts the head so far: it is the picture that lies."""
LEVEL_DEG = (-35.0, 25.0)
"""Apparent extension and flexion of a level head: the camera may stand low or high."""
SHOULDERS_FROM_FACE = (2.05, 1.95)
"""How far below the middle of the face the shoulders are, and how far to either side of it, in face
sizes; the median of rendered and real people."""
TAKEN_EVERY_MS = 90
"""Faces that enter a search are at least this far apart: its memory is bounded at any rate."""


class NotNeutral(StrEnum):
    """Why a span will not do as a neutral."""

    FACE_UNSEEN = "face-unseen"
    SHOULDERS_UNSEEN = "shoulders-unseen"
    NOT_STILL = "not-still"
    TURNED = "turned"
    TILTED = "tilted"
    BENT = "bent"
    FROZEN = "frozen"
    ON_ITS_SIDE = "on-its-side"
    NOT_UPRIGHT = "not-upright"


@dataclass(frozen=True, slots=True)
class NeutralSearch:
    """State of the search for a neutral.

    Attributes
    ----------
    window : tuple of Observation
        The last `WINDOW_MS`.
    trouble : NotNeutral or None
        Why the last full window would not do.
    """

    window: tuple[Observation, ...] = ()
    trouble: NotNeutral | None = None


def step(search: NeutralSearch, observation: Observation) -> tuple[NeutralSearch, Baseline | None]:
    """Take in one observation; answers with a baseline as soon as there is one."""
    window, observation = search.window, steadied(observation)
    if window and (observation.size != window[-1].size or observation.person != window[-1].person):
        window = ()
    if not window or observation.t_ms - window[-1].t_ms >= TAKEN_EVERY_MS or observation.pose:
        window = (*window, observation)
    # One older than the window is kept, so that the window always spans its full length.
    while len(window) > 1 and observation.t_ms - window[1].t_ms >= WINDOW_MS:
        window = window[1:]
    search = replace(search, window=window)
    if observation.t_ms - window[0].t_ms < WINDOW_MS:
        return search, None
    trouble = why_not_neutral(window)
    if trouble is not None:
        return replace(search, trouble=trouble), None
    return search, neutral_of(window, "held")


def baseline_from(
    observations: Sequence[Observation], kind: str, elsewhere: Pose | None = None
) -> tuple[Baseline, NotNeutral | None]:
    """Make a baseline of a span that the person named, who knows best where the neutral is.

    Parameters
    ----------
    observations : sequence of Observation
        Those within the span.
    kind : str
        ``span`` or ``profile``.
    elsewhere : Pose, optional
        Shows the shoulders, for a span that does not.

    Returns
    -------
    Baseline
    NotNeutral or None
        What is not ideal about it.

    Raises
    ------
    NoNeutralError
        There is no face in it.
    """
    if not observations:
        raise NoNeutralError(worded("the span that was named as neutral has no pictures"))
    trouble = why_not_neutral(observations)
    observations = [unless_frozen(one) for one in observations]
    if not any(o.face is not None for o in observations):
        raise NoNeutralError(worded("no face is seen in the span that was named as neutral"))
    return averaged(observations, kind, elsewhere), trouble


def why_not_neutral(observations: Sequence[Observation]) -> NotNeutral | None:
    """Say why these will not do as a neutral; None when they will."""
    if any(is_frozen(one) for one in observations):
        return NotNeutral.FROZEN
    meshes = [o.face.points.astype(np.float64) for o in observations if o.face is not None]
    if len(meshes) < LEAST_FACES or len(meshes) < 0.7 * len(observations):
        return NotNeutral.FACE_UNSEEN
    if not any(o.pose is not None and shoulders_seen(o.pose) for o in observations):
        return NotNeutral.SHOULDERS_UNSEEN
    mean = np.mean(meshes, axis=0)
    points = angles_from_rotation(head_axes(mean, observations[0].size))
    if abs(points.lateral_deg) > ON_ITS_SIDE_DEG:
        return NotNeutral.ON_ITS_SIDE
    whole, shapes = shape_of(mean), [shape_of(mesh) for mesh in meshes]
    strays_deg = max(_turn_deg(similarity_fit(whole, each)[0]) for each in shapes)
    centres = np.array([each.middle[:2] for each in shapes])
    wander_px = float(np.linalg.norm(centres - centres.mean(axis=0), axis=1).max())
    if strays_deg > STILL_DEG or wander_px > STILL_SHARE * whole.size:
        return NotNeutral.NOT_STILL
    return why_not_level(points)


def why_not_level(points: Angles) -> NotNeutral | None:
    """Say why a head at these angles to the camera will not do; None when it will."""
    if abs(points.rotation_deg) > FORWARD_DEG:
        return NotNeutral.TURNED
    if abs(points.lateral_deg) > UPRIGHT_DEG:
        return NotNeutral.TILTED
    if not LEVEL_DEG[0] <= points.flexion_deg <= LEVEL_DEG[1]:
        return NotNeutral.BENT
    return None


def neutral_of(observations: Sequence[Observation], kind: str) -> Baseline:
    """Average these into a baseline, whatever they show; see `baseline_from` for the checks.

    Raises
    ------
    ValueError
        No face, or no shoulders, in any of them.
    """
    baseline = averaged(observations, kind)
    if not any(o.pose is not None and shoulders_seen(o.pose) for o in observations):
        raise ValueError("a baseline needs both shoulders")
    return baseline


def averaged(
    observations: Sequence[Observation], kind: str, elsewhere: Pose | None = None
) -> Baseline:
    """Like `neutral_of`, where the shoulders may be out of the picture.

    Parameters
    ----------
    elsewhere : Pose, optional
        Shows the shoulders when these observations do not. With neither, they are taken to be where
        people's shoulders are on average: nothing is read of them, but they give the scale.

    Raises
    ------
    ValueError
        No face in any of them.
    """
    meshes = [o.face.points.astype(np.float64) for o in observations if o.face is not None]
    if not meshes:
        raise ValueError("a baseline needs a face")
    poses = [o.pose for o in observations if o.pose is not None and shoulders_seen(o.pose)]
    if not poses and elsewhere is not None:
        poses = [elsewhere]
    mesh = np.mean(meshes, axis=0)
    shape = shape_of(mesh)
    below, aside = SHOULDERS_FROM_FACE
    left = shape.middle[:2] + shape.size * np.array([aside, -below])
    right = shape.middle[:2] + shape.size * np.array([-aside, -below])
    if poses:
        seen = _mean_place(poses, LEFT_SHOULDER), _mean_place(poses, RIGHT_SHOULDER)
        if np.linalg.norm(seen[0] - seen[1]) >= shape.size:
            left, right = seen
        else:
            poses = []  # no shoulders are closer together than a third of a face
    width = float(np.linalg.norm(left - right))
    return Baseline(
        kind=kind,
        start_ms=observations[0].t_ms,
        end_ms=observations[-1].t_ms,
        size=observations[0].size,
        mesh=mesh,
        left_shoulder=left,
        right_shoulder=right,
        shoulder_width_px=width,
        shoulder_world_turn_deg=float(np.mean([world_turn_deg(pose) for pose in poses] or [0.0])),
        pose_head=np.mean(
            [head_against_shoulders(pose, width) for pose in poses]
            or [np.zeros((POSE_POINTS, 2))[POSE_HEAD]],
            axis=0,
        ),
        pose_hips=np.mean([hips_against_shoulders(pose, width) for pose in poses], axis=0)
        if poses
        else None,
    )


def _mean_place(poses: Sequence[Pose], index: int) -> Float64:
    places = np.array([pose.points[index, :2] for pose in poses], dtype=np.float64)
    return np.asarray(places.mean(axis=0))


def _turn_deg(rotation: Float64) -> float:
    """Angle of a rotation about its own axis, degrees."""
    cosine = (float(np.trace(rotation)) - 1.0) / 2.0
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
