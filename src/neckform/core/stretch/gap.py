"""What one moment near a stretch lacks: the gap, if it is a try at all.

A head that looks down does so all day. It tries a stretch only where that was asked for, where the
stretch was being held just before, or where the head came down on purpose: quickly from neutral, or
with a hand on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.events import MissReason
from neckform.core.stretch.compensation import ShoulderLimits, Verdict
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Stretch, classify
from neckform.core.types import Angles, Axis, Evidence, Head, Reason, Sample, Side, toward

ALMOST = 0.75
"""A head that has gone this share of the way, on each main axis, is almost there."""
HELPED = 0.35
"""A head that has gone this share itself tries, if the body carries it the rest of the way: on each
main axis, or on one where that stretch was asked for."""
STRAY_DEG = 15.0
"""A head further than this beyond a limit does something else."""

BENT_DEG = 5.0
"""A trunk that bends this far forward takes the head along: whoever sits so rests, or reads."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing at one moment; the fields are those of `NearMiss`."""

    reason: MissReason
    axis: Axis | None
    measured: float
    limit: float
    error: float | None
    shoulder: Side | None = None

    @property
    def kind(self) -> tuple[MissReason, Axis | None, Side | None]:
        return self.reason, self.axis, self.shoulder


@dataclass(frozen=True, slots=True)
class Trial:
    """One stretch and side: `asked` for by name, or to be told `instead_of` the side that was."""

    stretch: Stretch
    side: Side | None
    asked: bool
    instead_of: Side | None = None

    @property
    def everyday(self) -> bool:
        """Whether its angle alone is nothing that only a stretch has: a head that looks down."""
        return not self.asked and set(self.stretch.main) == {Axis.FLEXION}

    def share(self, head: Head) -> float:
        """How much of the way the head has gone, on the main axis that lacks most."""
        here = toward(head.angles, self.side)
        return min(axis.of(here) / goal.enter_deg for axis, goal in self.stretch.main.items())


@dataclass(frozen=True, slots=True)
class Before:
    """What came before the moment.

    Attributes
    ----------
    near : bool
        It was near the stretch just before.
    held : bool
        It was in form for a while, then.
    meant : bool
        The head came here on purpose.
    """

    near: bool
    held: bool
    meant: bool


def gap_of(
    settings: HoldSettings, trial: Trial, before: Before, sample: Sample, shoulders: Verdict
) -> Gap | None:
    """What keeps this moment from counting; None when it is no try, or nothing does."""
    rules, head = settings.holds, sample.face_head
    if head is None:
        return None
    evidence, why = classify(
        trial.stretch,
        trial.side,
        head,
        inside=before.near,
        hysteresis_deg=rules.hysteresis_deg if before.held else rules.first_hysteresis_deg,
        margin_deg=rules.doubt_deg,
    )
    body = _of_body(settings.shoulders, shoulders)
    if trial.instead_of is not None:
        right = evidence is Evidence.IN and shoulders.evidence is not Evidence.OUT
        return _wrong_side(trial, head) if right else None
    if trial.everyday and not _is_meant(trial, before, head, shoulders):
        return body if evidence is Evidence.IN and before.held else None
    if evidence is Evidence.IN:
        return body or _in_doubt(trial, head, shoulders, rules.doubt_deg)
    if why is Reason.CROSS_AXIS:
        return _strayed(trial, head) if trial.asked else None
    return _almost(trial, head, shoulders, body)


def _is_meant(trial: Trial, before: Before, head: Head, shoulders: Verdict) -> bool:
    """Whether a head that looks down does so for the stretch's sake, the body upright and still."""
    return (
        before.meant
        and shoulders.evidence is Evidence.IN
        and shoulders.moved is not None
        and shoulders.moved.bend_deg < BENT_DEG
        and trial.share(head) >= ALMOST
    )


def _in_doubt(trial: Trial, head: Head, shoulders: Verdict, doubt_deg: float) -> Gap | None:
    """At the angle, and not counted: nobody sees the shoulders, or the angle's error is large."""
    gap = _too_little(trial, head)
    if shoulders.evidence is Evidence.UNSEEN:
        return None if trial.everyday else replace(gap, reason=MissReason.UNSEEN)
    if shoulders.evidence is not Evidence.IN:
        return None
    if gap.measured < gap.limit + doubt_deg:
        return gap
    return None if trial.everyday else _strayed(trial, head)


def _almost(trial: Trial, head: Head, shoulders: Verdict, body: Gap | None) -> Gap | None:
    """Not at the angle: almost there, or carried there; the body's fault comes first."""
    here = toward(head.angles, trial.side)
    carried = toward(_carried(shoulders), trial.side)
    goals = trial.stretch.main.items()
    if not _stays(trial.stretch, here):
        return None
    if all(axis.of(here) >= ALMOST * goal.enter_deg for axis, goal in goals):
        return body or _too_little(trial, head)
    there = all(
        axis.of(here) + max(0.0, axis.of(carried)) >= goal.enter_deg for axis, goal in goals
    )
    enough = any if trial.asked else all
    tries = enough(axis.of(here) >= HELPED * goal.enter_deg for axis, goal in goals)
    return body if there and tries else None


def _stays(stretch: Stretch, here: Angles) -> bool:
    return all(
        limit.from_deg <= axis.of(here) <= limit.to_deg for axis, limit in stretch.stay.items()
    )


def _carried(shoulders: Verdict) -> Angles:
    """How far the body takes the head along, in degrees from where the shoulders rested."""
    moved = shoulders.moved
    if moved is None:
        return Angles(0.0, 0.0, 0.0)
    return Angles(moved.bend_deg, moved.turn_deg, moved.tilt_deg)


def _too_little(trial: Trial, head: Head) -> Gap:
    """The main axis that lacks most."""
    here = toward(head.angles, trial.side)
    axis, goal = min(trial.stretch.main.items(), key=lambda one: one[0].of(here) / one[1].enter_deg)
    return Gap(
        MissReason.ANGLE_LOW, axis, axis.of(here), goal.enter_deg, abs(axis.of(head.uncertainty))
    )


def _wrong_side(trial: Trial, head: Head) -> Gap:
    axis = trial.stretch.shown
    measured = axis.of(toward(head.angles, trial.side))
    enter_deg = trial.stretch.main[axis].enter_deg
    return Gap(MissReason.WRONG_SIDE, axis, measured, enter_deg, abs(axis.of(head.uncertainty)))


def _strayed(trial: Trial, head: Head) -> Gap | None:
    """The axis that is furthest beyond where it should stay; None where that is something else."""
    here = toward(head.angles, trial.side)
    beyond = {
        (axis, end): sign * (axis.of(here) - end)
        for axis, limit in trial.stretch.stay.items()
        for sign, end in ((-1, limit.from_deg), (1, limit.to_deg))
    }
    (axis, end), deg = max(beyond.items(), key=lambda one: one[1])
    if deg > STRAY_DEG:
        return None
    error = abs(axis.of(head.uncertainty))
    return Gap(MissReason.CROSS_AXIS, axis, axis.of(here), end, error)


def _of_body(limits: ShoulderLimits, shoulders: Verdict) -> Gap | None:
    """What the shoulders or the trunk did; None when they were still or unseen."""
    moved, reason = shoulders.moved, shoulders.reason
    if moved is None or reason is None or shoulders.evidence is not Evidence.OUT:
        return None
    if reason is Reason.SHOULDER_RISE:
        # The verdict judges no shoulder whose hand comes or goes.
        raised = [
            (one.up_sw, side)
            for side, one in ((Side.LEFT, shoulders.left), (Side.RIGHT, shoulders.right))
            if one is not None and one.raised
        ]
        up_sw, side = max(raised)
        return Gap(MissReason.SHOULDER_RISE, None, up_sw, limits.rise_sw, None, side)
    measured, limit = {
        Reason.SHOULDER_DRIFT: (moved.drift_sw, limits.drift_sw),
        Reason.TRUNK_LEAN: (moved.tilt_deg, limits.lean_deg),
        Reason.TRUNK_TURN: (moved.turn_deg, limits.turn_deg),
        Reason.TRUNK_BEND: (moved.bend_deg, limits.bend_deg),
    }[reason]
    return Gap(MissReason(reason.value), None, measured, limit, None)
