"""Observations and a baseline to samples: ``step(measuring, observation)``.

The face gives the head; the pose gives the shoulders and the hands. The pose may be looked for less
often, so its last reading is carried on for a moment. When the face is lost, the pose gives a
coarse direction, marked as such.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from neckform.core.measure import shoulder_bias, smoothing
from neckform.core.measure.camera_motion import without_shake
from neckform.core.measure.correction import (
    Correction,
    against_trunk,
    coarse_angles,
    corrected_head,
    corrected_shoulders,
    trunk_lean,
    uncertainty,
)
from neckform.core.measure.forward_head import read_forward_head
from neckform.core.measure.head import HeadReader, HeadReading
from neckform.core.measure.observation import Baseline, Observation, Pose
from neckform.core.measure.shoulder_bias import ShoulderBias
from neckform.core.measure.shoulders import (
    ShoulderReading,
    arm_raised,
    hands_on_head,
    head_against_shoulders,
    read_shoulders,
    shoulders_seen,
)
from neckform.core.measure.smoothing import Smoothing
from neckform.core.measure.trunk import (
    FARTHEST_NEARER,
    TURN_ERROR_SHARE,
    known_turn,
    sure_turn,
    turn_error,
    turn_read,
)
from neckform.core.types import Angles, Head, HeadSource, Sample, Shoulders, Side

CARRIED_MS = 1000
"""How long the last reading of the shoulders stands when the pose was not looked for, or missed."""
SHOULDER_SMOOTHING = Smoothing(calm_hz=1.2, quick_hz_per_unit=0.0, longest_gap_ms=1500)
FADING_MS = 4000.0
"""How fast the lead of the last seen face over the coarse direction is forgotten."""
TURN_LOOKS = 3
"""At one or two looks the pose model now and then sees a still trunk turned by 20 degrees."""
HALF_QUALITY_DEG = 8.0
"""A standard error of this makes a quality of one half."""
_NO_LEAD = Angles(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _SeenShoulders:
    """The last pose that showed the shoulders, as read.

    Attributes
    ----------
    turn : Smoothing
        The trunk's turn as read and how far a still one may look turned, degrees.
    known_deg : tuple of float
        What was known of it at each of the last `TURN_LOOKS` looks.
    sure_turn_deg : float
        What is taken out of the head's rotation.
    head_nearer : float
        `HeadReading.nearer` of the same picture; of the last one with a face where this has none: a
        head whose face is hidden is as large as it was, not as in the neutral.
    """

    t_ms: int
    shoulders: ShoulderReading
    smooth: Smoothing
    hands: frozenset[Side]
    turn: Smoothing
    known_deg: tuple[float, ...]
    sure_turn_deg: float
    head_nearer: float

    @property
    def turn_deg(self) -> float:
        """What counts against a hold: the least of what the last looks say."""
        if len(self.known_deg) < TURN_LOOKS:
            return 0.0
        least, most = min(self.known_deg), max(self.known_deg)
        return max(least, 0.0) + min(most, 0.0)


@dataclass(frozen=True, slots=True)
class Sampling:
    """State between two observations."""

    baseline: Baseline
    correction: Correction
    reader: HeadReader
    shoulder_widths_per_face: float
    head: Smoothing = field(default_factory=Smoothing)
    source: HeadSource | None = None
    seen: _SeenShoulders | None = None
    lead: Angles = _NO_LEAD
    lead_ms: int | None = None
    lean_deg: float = 0.0
    head_nearer: float = 0.0
    misread: ShoulderBias = field(default_factory=ShoulderBias)


def begin(baseline: Baseline, correction: Correction) -> Sampling:
    """State before the first observation."""
    reader = HeadReader(baseline)
    per_face = baseline.shoulder_width_px / reader.neutral.size
    return Sampling(baseline, correction, reader, per_face)


def step(state: Sampling, observation: Observation) -> tuple[Sampling, Sample]:
    """Take in one observation."""
    scale = math.hypot(*state.baseline.size) / math.hypot(*observation.size)
    face = reading = None
    if observation.face is not None:
        face = state.reader.shape(observation.face, observation.size)
        reading = state.reader.read_shape(face, observation.size)
    if reading is not None:
        state = replace(state, head_nearer=reading.nearer)
    state = _see_shoulders(state, observation, scale, reading)
    coarse = _coarse(state, observation.pose, scale)
    if reading is not None:
        state, head = _from_face(state, observation.t_ms, reading, coarse)
    elif coarse is not None:
        state, head = _from_pose(state, observation.t_ms, coarse)
    else:
        state, head = replace(state, source=None), None
    hands = state.seen.hands if state.seen else frozenset()
    shoulders = state.seen.shoulders if state.seen else None
    carriage = read_forward_head(
        face, observation.pose, shoulders, state.baseline, state.reader.neutral
    )
    state, still = _shoulders(state, observation.t_ms, head)
    if still is not None:
        still = without_shake(still, observation.camera)
    if still is not None and carriage is not None:
        still = replace(still, bend_deg=carriage.lean_deg)
    seen_ms = state.seen.t_ms if state.seen else None
    return state, Sample(observation.t_ms, head, still, hands, carriage, seen_ms)


def _see_shoulders(
    state: Sampling, observation: Observation, scale: float, head: HeadReading | None
) -> Sampling:
    reading = None
    if observation.pose is not None:
        reading = read_shoulders(observation.pose, scale, state.baseline)
    if reading is None or observation.pose is None:
        return _miss_shoulders(state, observation)
    before = state.seen.smooth if state.seen else SHOULDER_SMOOTHING
    smooth = smoothing.step(before, observation.t_ms, _values(reading))
    hands = hands_on_head(observation.pose, scale, state.baseline)
    turn, known_deg, sure_deg = _see_turn(state, observation, reading, head)
    shoulders = ShoulderReading(*smooth.values)
    seen = _SeenShoulders(
        observation.t_ms, shoulders, smooth, hands, turn, known_deg, sure_deg, state.head_nearer
    )
    return replace(state, seen=seen)


def _miss_shoulders(state: Sampling, observation: Observation) -> Sampling:
    """Carry on the last reading for a moment, and begin the turn's anew where a pose was missed."""
    seen = state.seen
    if seen is None or observation.t_ms - seen.t_ms > CARRIED_MS:
        return replace(state, seen=None)
    if not observation.pose_looked:
        return state
    return replace(state, seen=replace(seen, turn=SHOULDER_SMOOTHING))


def _see_turn(
    state: Sampling, observation: Observation, shoulders: ShoulderReading, head: HeadReading | None
) -> tuple[Smoothing, tuple[float, ...], float]:
    """The trunk's turn as read, what is known of it, and what of that is sure.

    Head and shoulders are those of one picture: a head that moved on since the last pose would look
    like a turn. A raised arm looks like one, too: with it, and without a face, none is known. Nor
    is it from the first pose after one that was missed: where a head that is turned far makes the
    model lose the shoulders, it finds them again in a wrong place at first.
    """
    before = state.seen.turn if state.seen else SHOULDER_SMOOTHING
    if head is None or abs(head.nearer) > FARTHEST_NEARER:
        return before, (), 0.0
    if observation.pose is None or arm_raised(observation.pose):
        return before, (), 0.0
    model = state.correction.turn
    read_deg = turn_read(model, head, shoulders, state.shoulder_widths_per_face)
    lean_deg = trunk_lean(state.correction, head, shoulders)
    error_deg = turn_error(model, head.angles, lean_deg)
    # Together: a head that is back at neutral has a small error at once, and the readings of where
    # it was would look known for a while.
    turn = smoothing.step(before, observation.t_ms, (read_deg, error_deg))
    if not before.goes_on(observation.t_ms):
        return turn, (), 0.0
    known_deg = (*(state.seen.known_deg if state.seen else ()), known_turn(*turn.values))
    return turn, known_deg[-TURN_LOOKS:], sure_turn(*turn.values)


def _values(reading: ShoulderReading) -> tuple[float, ...]:
    return (
        reading.left_rise_sw,
        reading.right_rise_sw,
        reading.right_x_sw,
        reading.tilt_deg,
        reading.wider,
        reading.world_turn_deg,
        reading.eyes_x_sw,
        reading.hips_x_sw,
        reading.hips_tilt_sw,
    )


def _coarse(state: Sampling, pose: Pose | None, scale: float) -> Angles | None:
    if pose is None or not shoulders_seen(pose):
        return None
    moved = head_against_shoulders(pose, state.baseline.shoulder_width_px / scale)
    return coarse_angles(state.correction, moved - state.baseline.pose_head)


def _from_face(
    state: Sampling, t_ms: int, reading: HeadReading, coarse: Angles | None
) -> tuple[Sampling, Head]:
    shoulders = state.seen.shoulders if state.seen else None
    state, angles = _judged(state, reading, shoulders)
    state = _smoothed(state, t_ms, HeadSource.FACE, angles)
    if coarse is not None:
        lead = Angles(*(a - c for a, c in zip(angles, coarse, strict=True)))
        state = replace(state, lead=lead, lead_ms=t_ms)
    error = _with_neutral(
        state.baseline,
        uncertainty(state.correction, angles, reading, shoulders_known=shoulders is not None),
    )
    if state.seen:
        error = _with_turn(error, state.seen)
    return state, Head(
        angles=Angles(*state.head.values),
        raw=reading.angles,
        uncertainty=error,
        source=HeadSource.FACE,
        quality=_quality(error),
    )


def _judged(
    state: Sampling, reading: HeadReading, shoulders: ShoulderReading | None
) -> tuple[Sampling, Angles]:
    angles = corrected_head(state.correction, reading, shoulders, state.shoulder_widths_per_face)
    if shoulders is None:
        return state, angles
    lean_deg = trunk_lean(state.correction, reading, shoulders)
    turn_deg = state.seen.sure_turn_deg if state.seen else 0.0
    return replace(state, lean_deg=lean_deg), against_trunk(angles, turn_deg, lean_deg)


def _from_pose(state: Sampling, t_ms: int, coarse: Angles) -> tuple[Sampling, Head]:
    """A coarse direction, led by what the face said when it was last seen with a pose."""
    share = 0.0 if state.lead_ms is None else math.exp(-(t_ms - state.lead_ms) / FADING_MS)
    led = Angles(*(c + share * lead for c, lead in zip(coarse, state.lead, strict=True)))
    state = _smoothed(state, t_ms, HeadSource.POSE, led)
    error = _with_neutral(
        state.baseline, uncertainty(state.correction, led, None, shoulders_known=True)
    )
    return state, Head(
        angles=Angles(*state.head.values),
        raw=coarse,
        uncertainty=error,
        source=HeadSource.POSE,
        quality=_quality(error),
    )


def _with_neutral(baseline: Baseline, error: Angles) -> Angles:
    """The standard errors, with what the neutral itself may be off by."""
    return Angles(*(math.hypot(a, b) for a, b in zip(error, baseline.error, strict=True)))


def _with_turn(error: Angles, seen: _SeenShoulders) -> Angles:
    """The standard errors, with that of the turn that was taken out, and with what was left in."""
    out_deg = seen.sure_turn_deg
    in_deg = seen.known_deg[-1] - out_deg if seen.known_deg else 0.0
    off_deg = math.hypot(TURN_ERROR_SHARE * out_deg, in_deg)
    return error._replace(rotation_deg=math.hypot(error.rotation_deg, off_deg))


def _smoothed(state: Sampling, t_ms: int, source: HeadSource, angles: Angles) -> Sampling:
    before = state.head if source is state.source else Smoothing()
    return replace(state, head=smoothing.step(before, t_ms, angles), source=source)


def _shoulders(state: Sampling, t_ms: int, head: Head | None) -> tuple[Sampling, Shoulders | None]:
    if state.seen is None:
        return state, None
    angles = head.angles if head else None
    seen = state.seen
    found = corrected_shoulders(state.correction, seen.shoulders, angles, seen.turn_deg)
    found = replace(found, wider=seen.shoulders.wider, head_nearer=seen.head_nearer)
    rises = found.left_rise_sw, found.right_rise_sw
    if head is not None and head.face_seen:
        misread = shoulder_bias.step(
            state.misread,
            t_ms,
            head.angles,
            rises,
            lean_deg=state.lean_deg,
            limits=state.correction.misread,
        )
        state = replace(state, misread=misread)
    left, right = shoulder_bias.corrected(state.misread, rises, state.correction.misread)
    return state, replace(found, left_rise_sw=left, right_rise_sw=right)


def _quality(error: Angles) -> float:
    worst = max(error)
    return 1.0 / (1.0 + (worst / HALF_QUALITY_DEG) ** 2)
