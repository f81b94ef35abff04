"""The frozen data that travels through neckform.

One picture becomes one `Observation`; one observation, seen against a `Baseline`, becomes one
`Sample`; samples become `Event` objects; a finished hold is a `Hold`. Nothing here computes more
than a property, and nothing here knows where a picture came from.

Frames, signs and units are those of ``docs/conventions.md``. In short: x right in the image, y up,
z toward the viewer; left and right are the person's own; times are integer milliseconds on one
strictly increasing clock; ``sw`` are shoulder widths of the person's neutral.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

MESH_POINTS = 468
POSE_POINTS = 33


class Side(StrEnum):
    """The person's own side."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Evidence(StrEnum):
    """Three values: unseen earns no hold time and is never reported as good posture."""

    IN = "in"
    OUT = "out"
    UNSEEN = "unseen"


class Reason(StrEnum):
    """Why a hold is paused or has ended."""

    ANGLE_LOW = "angle-low"
    ANGLE_HIGH = "angle-high"
    CROSS_AXIS = "cross-axis"
    SHOULDER_RISE = "shoulder-rise"
    SHOULDER_DRIFT = "shoulder-drift"
    TRUNK_LEAN = "trunk-lean"
    TRUNK_TURN = "trunk-turn"
    UNSEEN = "unseen"


class HeadSource(StrEnum):
    """Which model's landmarks a head angle came from."""

    FACE = "face"
    POSE = "pose"


# --- what was seen -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face mesh.

    Attributes
    ----------
    points : ndarray, shape (468, 3), float32
        Camera frame, pixels, origin at the middle of the image; z relative to the head's centre.
    """

    points: Float32

    def __post_init__(self) -> None:
        _expect_shape(self.points, (MESH_POINTS, 3), "Face.points")


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Body landmarks.

    Attributes
    ----------
    points : ndarray, shape (33, 3), float32
        Camera frame, pixels, origin at the middle of the image; z relative to the hips' middle.
    visibility : ndarray, shape (33,), float32
        The model's own estimate, 0 to 1, that a point is in the picture and not hidden.
    world : ndarray, shape (33, 3), float32
        The model's world coordinates: camera axes, metres, origin between the hips.
    """

    points: Float32
    visibility: Float32
    world: Float32

    def __post_init__(self) -> None:
        _expect_shape(self.points, (POSE_POINTS, 3), "Pose.points")
        _expect_shape(self.visibility, (POSE_POINTS,), "Pose.visibility")
        _expect_shape(self.world, (POSE_POINTS, 3), "Pose.world")


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What the landmark models saw in one picture.

    Attributes
    ----------
    t_ms : int
        Presentation time of the picture (files) or monotonic time at grab (cameras).
    size : tuple of int
        Width and height of the picture in pixels, after its rotation metadata was obeyed.
    face, pose : Face or None, Pose or None
        None when nothing was found.
    pose_looked : bool
        Whether the pose model ran on this picture. It may run less often than the face model;
        ``pose is None`` means "nobody there" only when this is true.
    """

    t_ms: int
    size: tuple[int, int]
    face: Face | None
    pose: Pose | None
    pose_looked: bool


# --- what it means -------------------------------------------------------------------------


class Angles(NamedTuple):
    """Head relative to trunk, relative to the person's own neutral, in degrees."""

    flexion_deg: float
    """Positive: chin down. Negative: chin up (extension)."""
    rotation_deg: float
    """Positive: turned to the person's own left."""
    lateral_deg: float
    """Positive: tilted toward the person's own left shoulder."""

    def mirrored(self) -> Angles:
        """The same movement to the other side."""
        return Angles(self.flexion_deg, -self.rotation_deg, -self.lateral_deg)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head is in one sample.

    Attributes
    ----------
    angles : Angles
        As judged: corrected and smoothed.
    raw : Angles
        As measured: neither corrected nor smoothed.
    uncertainty : Angles
        One standard error of `angles` in degrees; truth lies within twice of it in about 95 %.
    source : HeadSource
        ``POSE`` is a coarse direction only: it tells "still down there" from absence.
    quality : float
        0 (worthless) to 1 (as good as the models get).
    """

    angles: Angles
    raw: Angles
    uncertainty: Angles
    source: HeadSource
    quality: float


@dataclass(frozen=True, slots=True)
class Shoulders:
    """Where the shoulders are in one sample, relative to the baseline.

    Attributes
    ----------
    left_rise_sw, right_rise_sw : float
        Each shoulder's height above its place in the neutral, in shoulder widths; + is up.
    drift_sw : float
        Sideways place of their middle against the neutral, in shoulder widths; + is toward the
        person's own left.
    tilt_deg : float
        Shoulder line against the neutral's; + when the left shoulder is lower (a lean to the left).
    turn_deg : float
        The trunk's turn about its long axis against the neutral; + to the person's own left.
    """

    left_rise_sw: float
    right_rise_sw: float
    drift_sw: float
    tilt_deg: float
    turn_deg: float


@dataclass(frozen=True, slots=True)
class Carriage:
    """How the head is carried above the shoulders, against the neutral.

    Attributes
    ----------
    height : float
        How high it is above the shoulder line, as a share of the neutral's height, both in the
        shoulder widths of their own moment: 1 as in the neutral, less when it has sunk or bent
        down. Of the face's middle, or of the pose's nose when the face is lost.
    nearer : float or None
        Natural logarithm of the face's size over its size in the neutral; None without a face.
    lean_deg : float
        About how far the trunk itself leans forward and tips the head with it; 0 or more.
    """

    height: float
    nearer: float | None
    lean_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment, ready to be judged. None means unseen, which is neither good nor bad."""

    t_ms: int
    head: Head | None
    shoulders: Shoulders | None
    hands_on_head: frozenset[Side] = frozenset()
    carriage: Carriage | None = None


# --- holds ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pause:
    """A lapse inside a hold that was too long to ignore and too short to end it."""

    start_ms: int
    end_ms: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Range:
    """Mean, least and greatest of one quantity over the time in form."""

    mean: float
    min: float
    max: float


@dataclass(frozen=True, slots=True)
class Hold:
    """One attempt at a stretch that lasted long enough to be reported.

    Attributes
    ----------
    start_ms, end_ms : int
        From the first moment in form to the last.
    held_ms : int
        The time in form of this attempt, counting on after the target until it ends.
    completed : bool
        Whether `held_ms` reached `target_ms`.
    ended_by : str
        ``angle``, a `Reason` of the shoulders or trunk or ``cross-axis``, ``unseen``, or ``end``
        (of the recording).
    uncertainty : Angles
        Mean standard error of the angles over the time in form, in degrees.
    left_rise_sw, right_rise_sw, drift_sw : float or None
        The furthest excursion from where they rested before the head left neutral (signed);
        None when they were never seen.
    hand_on_head : frozenset of Side
        Hands that were at the head for most of the hold.
    """

    stretch: str
    side: Side | None
    start_ms: int
    end_ms: int
    held_ms: int
    target_ms: int
    completed: bool
    ended_by: str
    pauses: tuple[Pause, ...]
    flexion_deg: Range
    rotation_deg: Range
    lateral_deg: Range
    uncertainty: Angles
    left_rise_sw: float | None
    right_rise_sw: float | None
    drift_sw: float | None
    hand_on_head: frozenset[Side] = frozenset()


class HoldState(StrEnum):
    """What a hold's clock is doing."""

    REST = "rest"
    """No attempt is running."""
    HOLDING = "holding"
    """In form: the clock runs."""
    LAPSE = "lapse"
    """Out of form too briefly to matter yet: the moment counts only if form returns at once."""
    PAUSED = "paused"
    """Out of form: the clock stands still."""


@dataclass(frozen=True, slots=True)
class HoldStatus:
    """The running attempt at one moment, for the overlay, the page and ``frames.csv``.

    Attributes
    ----------
    reason : Reason or None
        Why the clock does not run: while paused or lapsed, and at rest when the head is at the
        angle but something else spoils it.
    angle_deg : float or None
        The stretch's main angle, + toward its own target; None while unseen.
    enter_deg, target_deg, ease_off_deg : float
        Where the hold begins, what to aim for, and where to ease off, on the same scale.
    ease_off : bool
        The head is further than it should be forced.
    """

    state: HoldState
    stretch: str | None = None
    side: Side | None = None
    held_ms: int = 0
    target_ms: int = 0
    reason: Reason | None = None
    angle_deg: float | None = None
    enter_deg: float = 0.0
    target_deg: float = 0.0
    ease_off_deg: float = 0.0
    ease_off: bool = False


# --- resting posture -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flag:
    """A neck that rested badly, from `start_ms` to `end_ms`.

    Attributes
    ----------
    mean_deg, peak_deg : float or None
        How far toward the posture; None when the face was lost throughout. Of ``static``: how far
        the head strayed from the middle of its range.
    side : Side or None
        Where the head went; None for a posture without sides.
    """

    flag: str
    start_ms: int
    end_ms: int
    mean_deg: float | None
    peak_deg: float | None
    side: Side | None = None


# --- events --------------------------------------------------------------------------------


class EventKind(StrEnum):
    """What may happen in a session."""

    NEUTRAL_FOUND = "neutral-found"
    HOLD_BEGAN = "hold-began"
    HOLD_PAUSED = "hold-paused"
    HOLD_RESUMED = "hold-resumed"
    HOLD_TARGET = "hold-target"
    HOLD_ENDED = "hold-ended"
    FLAG_RAISED = "flag-raised"
    FLAG_ENDED = "flag-ended"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at `t_ms`; fields that do not apply are None."""

    t_ms: int
    kind: EventKind
    stretch: str | None = None
    side: Side | None = None
    reason: Reason | None = None
    hold: Hold | None = None
    flag: Flag | None = None


# --- neutral -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A person's own neutral, which all angles and shoulder measures are relative to.

    Attributes
    ----------
    kind : str
        ``auto``, ``span`` or ``profile``.
    start_ms, end_ms : int
        Where it was taken.
    size : tuple of int
        Width and height in pixels of the picture that it was taken from.
    mesh : ndarray, shape (468, 3), float64
        Mean face mesh of the neutral, camera frame, pixels, origin at the middle of the image.
    left_shoulder, right_shoulder : ndarray, shape (2,), float64
        Mean places of the shoulders, pixels, origin at the middle of the image.
    shoulder_width_px : float
        Mean distance between them.
    shoulder_world_turn_deg : float
        The trunk's turn as the pose model read it in the neutral.
    pose_head : ndarray, shape (11, 2), float64
        Mean places of the pose model's face points from the shoulders' middle, in shoulder
        widths: what the coarse direction is measured against.
    """

    kind: str
    start_ms: int
    end_ms: int
    size: tuple[int, int]
    mesh: Float64
    left_shoulder: Float64
    right_shoulder: Float64
    shoulder_width_px: float
    shoulder_world_turn_deg: float
    pose_head: Float64


# --- the outcome of a recording ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """How long was analysed, and how long head and shoulders were seen in it."""

    head_seen_ms: int = 0
    shoulders_seen_ms: int = 0
    unseen_ms: int = 0


class Direction(StrEnum):
    """A way that the head can go, from neutral."""

    FLEXION = "flexion"
    """Chin down."""
    EXTENSION = "extension"
    """Chin up."""
    LEFT_ROTATION = "left_rotation"
    RIGHT_ROTATION = "right_rotation"
    LEFT_LATERAL = "left_lateral"
    RIGHT_LATERAL = "right_lateral"


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the head went in one direction, and stayed there for half a second.

    Attributes
    ----------
    deg : float
        Degrees from neutral in that direction, always positive.
    uncertainty : float
        One standard error of it, in degrees.
    at_ms : int
        When.
    """

    direction: Direction
    deg: float
    uncertainty: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a session found; the report is made of this and of where it came from."""

    baseline: Baseline | None
    coverage: Coverage
    holds: tuple[Hold, ...] = ()
    flags: tuple[Flag, ...] = field(default=())
    reached: tuple[Reached, ...] = ()


def _expect_shape(array: NDArray[np.floating], shape: tuple[int, ...], name: str) -> None:
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, expected {shape}")
