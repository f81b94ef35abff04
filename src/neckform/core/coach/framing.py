"""Whether a person can be judged as they sit there, and what to change when not.

One look at one observation: ``checks(observation, scene)``. The limits are those within which the
angles were measured (``docs/accuracy.md``): 45 cm to 1.2 m away, up to 20 degrees above or below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from neckform.core.coach.cues import CueKind
from neckform.core.measure.geometry import angles_from_rotation
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Face, Observation
from neckform.core.measure.shoulders import line_tilt_deg, shoulders_seen
from neckform.core.measure.skeleton import LEFT_SHOULDER, NOSE, RIGHT_SHOULDER, SHOULDERS
from neckform.core.types import Float32

SMALLEST, LARGEST = 0.08, 0.27
"""Height of a face as a share of the picture's diagonal. Rendered people 55 to 70 cm away: 0.17 to
0.19; real ones about 1.2 m away: 0.08 to 0.10. At 45 cm it would be about 0.27."""
FURTHEST_ASIDE = 0.22
"""Of the face from the middle of the picture, as a share of its width: room to tilt either way."""
LEAST_ABOVE = 0.02
"""Least room above the face, as a share of the picture's height."""
CAMERA_BELOW_DEG, CAMERA_ABOVE_DEG = -25.0, 20.0
"""How a level head may appear: extended when the camera stands low, flexed when it stands high."""
CAMERA_ROLL_DEG = 10.0
DARKEST = 45.0
"""Mean brightness of a face, of 255, below which the models begin to lose it."""
BACKLIT = 0.45
"""A face less bright than this share of the whole picture is in front of a window."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What pixels show and landmarks do not.

    Attributes
    ----------
    face_light, surround_light : float or None
        Mean brightness of the face and of the whole picture, 0 to 255; None without a face.
    people : int
        How many faces there are.
    """

    face_light: float | None = None
    surround_light: float | None = None
    people: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be right.

    Attributes
    ----------
    id : str
        ``head``, ``shoulders``, ``distance``, ``middle``, ``light``, ``alone`` or ``level``.
    cue : CueKind or None
        What to say when it is not right; None when it is.
    known : bool
        False: nobody is in view yet, so nothing is known.
    """

    id: str
    cue: CueKind | None
    known: bool = True

    @property
    def ok(self) -> bool:
        return self.known and self.cue is None


IDS = ("head", "shoulders", "distance", "middle", "light", "alone", "level")


def checks(observation: Observation, scene: Scene) -> tuple[Check, ...]:
    """Check one moment; the most important check comes first."""
    face, pose = observation.face, observation.pose
    if face is None:
        rest = (Check(name, None, known=False) for name in IDS[1:])
        return (Check("head", CueKind.COME_INTO_VIEW), *rest)
    found = (
        None,
        _shoulders(observation),
        _distance(face, observation.size),
        _middle(face, observation.size),
        _light(scene),
        CueKind.ONE_PERSON if scene.people > 1 else None,
        _level(observation, face),
    )
    unknown = {"shoulders"} if pose is None and not observation.pose_looked else set()
    return tuple(
        Check(name, cue, known=name not in unknown) for name, cue in zip(IDS, found, strict=True)
    )


def all_right(found: tuple[Check, ...]) -> bool:
    return bool(found) and all(check.ok for check in found)


def first_wrong(found: tuple[Check, ...]) -> CueKind | None:
    """What to say first, if anything is wrong."""
    return next((check.cue for check in found if check.cue is not None), None)


def why_unseen(observation: Observation, scene: Scene) -> CueKind:
    """What to say to somebody who was well in view, and is not any more."""
    face, pose = observation.face, observation.pose
    if face is not None:
        found = checks(observation, scene)
        placed = tuple(check for check in found if check.id not in ("alone", "level"))
        return first_wrong(placed) or CueKind.NOT_SEEN
    if pose is None:
        return CueKind.COME_INTO_VIEW if observation.pose_looked else CueKind.NOT_SEEN
    if _outside(pose.points[NOSE, :2], observation.size):
        return CueKind.MOVE_TO_MIDDLE
    dark = scene.surround_light is not None and scene.surround_light < DARKEST
    return CueKind.MORE_LIGHT if dark else CueKind.NOT_SEEN


def _shoulders(observation: Observation) -> CueKind | None:
    pose = observation.pose
    if pose is None:
        return CueKind.SHOW_SHOULDERS if observation.pose_looked else None
    if _outside(pose.points[SHOULDERS, :2], observation.size) or not shoulders_seen(pose):
        return CueKind.SHOW_SHOULDERS
    return None


def _outside(places: Float32, size: tuple[int, int]) -> bool:
    """Whether any of these points, pixels from the middle, lies beyond the picture."""
    return bool((np.abs(places) > np.array(size) / 2).any())


def _distance(face: Face, size: tuple[int, int]) -> CueKind | None:
    low, high = face.points[:, :2].min(axis=0), face.points[:, :2].max(axis=0)
    share = float(high[1] - low[1]) / math.hypot(*size)
    if share < SMALLEST:
        return CueKind.COME_CLOSER
    return CueKind.MOVE_BACK if share > LARGEST else None


def _middle(face: Face, size: tuple[int, int]) -> CueKind | None:
    width, height = size
    low, high = face.points[:, :2].min(axis=0), face.points[:, :2].max(axis=0)
    aside = abs(float(low[0] + high[0])) / 2 / width
    above = (height / 2 - float(high[1])) / height
    return CueKind.MOVE_TO_MIDDLE if aside > FURTHEST_ASIDE or above < LEAST_ABOVE else None


def _light(scene: Scene) -> CueKind | None:
    if scene.face_light is None:
        return None
    backlit = scene.surround_light and scene.face_light < BACKLIT * scene.surround_light
    return CueKind.MORE_LIGHT if scene.face_light < DARKEST or backlit else None


def _level(observation: Observation, face: Face) -> CueKind | None:
    """Where the camera looks from, judged by a head that should be level."""
    angles = angles_from_rotation(head_axes(face.points.astype(float), observation.size))
    if not CAMERA_BELOW_DEG <= angles.flexion_deg <= CAMERA_ABOVE_DEG:
        return CueKind.LEVEL_CAMERA
    pose = observation.pose
    if pose is None or not shoulders_seen(pose):
        return None
    left, right = pose.points[LEFT_SHOULDER, :2], pose.points[RIGHT_SHOULDER, :2]
    tilt_deg = line_tilt_deg(left.astype(float), right.astype(float))
    return CueKind.LEVEL_CAMERA if abs(tilt_deg) > CAMERA_ROLL_DEG else None
