"""The frozen data that the judgement of one moment is made of.

One observation (`observation`), seen against a baseline, becomes one `Sample`; samples become
the events of `neckform.core.events`; a finished attempt is a `Hold`. Nothing here computes more
than a property.

Frames, signs and units are those of ``docs/conventions.md``. In short: x right in the image, y up,
z toward the viewer; left and right are the person's own; times are integer milliseconds on one
strictly increasing clock; ``sw`` are shoulder widths of the person's neutral.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]


class Side(StrEnum):
    """The person's own side."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Exercise(NamedTuple):
    """A stretch and the side that the head goes to; printed as ``ID:SIDE``, or ``ID`` alone.

    A stretch without sides has the side None. Where exercises are asked for, None stands for each
    side of the stretch.
    """

    stretch: str
    side: Side | None = None

    def __str__(self) -> str:
        return self.stretch if self.side is None else f"{self.stretch}:{self.side}"


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
    TRUNK_BEND = "trunk-bend"
    UNSEEN = "unseen"


class HeadSource(StrEnum):
    """Which model's landmarks a head angle came from."""

    FACE = "face"
    POSE = "pose"


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


class Axis(StrEnum):
    """One of the three head angles of `Angles`."""

    FLEXION = "flexion"
    ROTATION = "rotation"
    LATERAL = "lateral"

    def of(self, angles: Angles) -> float:
        """Give the angle on this axis, in degrees."""
        return float(angles[_PLACES[self]])


_PLACES = {axis: Angles._fields.index(f"{axis}_deg") for axis in Axis}


def toward(angles: Angles, side: Side | None) -> Angles:
    """The angles as if `side` were the left, which is how stretches and postures are written."""
    return angles.mirrored() if side is Side.RIGHT else angles


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

    @property
    def face_seen(self) -> bool:
        """Whether its angles are degrees: a direction from the pose alone is not one."""
        return self.source is HeadSource.FACE


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
    bend_deg : float
        About how far the trunk bends forward, `ForwardHead.lean_deg`; 0 or more.
    wider, head_nearer : float
        Natural logarithms of how much larger shoulders and head look than in the neutral; 0 for a
        head whose face was not seen. A chair that rolls nearer makes both grow alike.
    """

    left_rise_sw: float
    right_rise_sw: float
    drift_sw: float
    tilt_deg: float
    turn_deg: float
    bend_deg: float = 0.0
    wider: float = 0.0
    head_nearer: float = 0.0

    def rise_sw(self, side: Side) -> float:
        """How high the shoulder of one side is."""
        return self.left_rise_sw if side is Side.LEFT else self.right_rise_sw


@dataclass(frozen=True, slots=True)
class ForwardHead:
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
    """One moment, ready to be judged. None means unseen, which is neither good nor bad.

    Attributes
    ----------
    shoulders_ms : int or None
        When the shoulders were looked for: what was read then stands until the next look. None: at
        this moment.
    """

    t_ms: int
    head: Head | None
    shoulders: Shoulders | None
    hands_on_head: frozenset[Side] = frozenset()
    carriage: ForwardHead | None = None
    shoulders_ms: int | None = None

    @property
    def face_head(self) -> Head | None:
        """The head, if its face was seen; a coarse direction counts as none."""
        return self.head if self.head is not None and self.head.face_seen else None


# --- holds ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pause:
    """A lapse inside a hold that was too long to ignore and too short to end it."""

    start_ms: int
    end_ms: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Stats:
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
    flexion_deg: Stats
    rotation_deg: Stats
    lateral_deg: Stats
    uncertainty: Angles
    left_rise_sw: float | None
    right_rise_sw: float | None
    drift_sw: float | None
    hand_on_head: frozenset[Side] = frozenset()

    @property
    def exercise(self) -> Exercise:
        return Exercise(self.stretch, self.side)

    @property
    def mean(self) -> Angles:
        """Where the head was on average, in degrees."""
        return Angles(self.flexion_deg.mean, self.rotation_deg.mean, self.lateral_deg.mean)


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
