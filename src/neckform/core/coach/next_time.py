"""What to do better next time: the one thing that stood most between a session and its end."""

from __future__ import annotations

from dataclasses import dataclass

from neckform.core.coach.corrective_cues import LACKING, OF_BODY, strayed
from neckform.core.coach.cues import Cue, CueKind
from neckform.core.events import MissReason, NearMiss
from neckform.core.report import SessionReport, best_of
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Axis, Exercise, Hold, Reason, Side, toward

_ALIKE = 0.75
"""Shoulders are up alike when the lower one is up by at least this share of the other."""


@dataclass(frozen=True, slots=True)
class NextTime:
    """What to do better, in which stretch.

    Attributes
    ----------
    cue : Cue or None
        As the coach would say it; None: the stretch was not tried.
    """

    exercise: Exercise
    cue: Cue | None


def next_time(report: SessionReport) -> NextTime | None:
    """The stretch that came nearest to its end without reaching it, and what it lacked.

    None when all that was asked for is done. A hold comes before an attempt that did not count,
    and that before a stretch that was not tried.
    """
    left = [exercise for exercise in report.asked if exercise not in report.done]
    tried = [holds for exercise in left if (holds := report.attempts.get(exercise))]
    if tried:
        hold = best_of([best_of(holds) for holds in tried])
        frozen = report.source.frozen_s > 0
        stretch = report.settings.by_id[hold.stretch]
        return NextTime(hold.exercise, _of_hold(stretch, hold, frozen=frozen))
    missed = [one for one in report.near_misses if Exercise(one.stretch, one.side) in left]
    if missed:
        miss = max(missed, key=lambda one: one.near_ms)
        cue = _of_miss(report.settings.by_id[miss.stretch], miss)
        return NextTime(Exercise(miss.stretch, miss.side), cue)
    return NextTime(left[0], None) if left else None


def raised_shoulder(hold: Hold) -> Side | None:
    """Which shoulder came up in a hold; None when both did, about alike."""
    left, right = hold.left_rise_sw or 0.0, hold.right_rise_sw or 0.0
    if min(left, right) > _ALIKE * max(left, right):
        return None
    return Side.LEFT if left > right else Side.RIGHT


def _of_hold(stretch: Stretch, hold: Hold, *, frozen: bool) -> Cue:
    if hold.ended_by == Reason.SHOULDER_RISE:
        return _shoulder_down(raised_shoulder(hold))
    if hold.ended_by == Reason.CROSS_AXIS:
        return Cue(strayed(stretch, toward(hold.mean, hold.side)))
    if hold.ended_by == Reason.UNSEEN and not frozen:  # a picture that froze is nobody's fault
        return Cue(CueKind.SHOW_SHOULDERS)
    for reason, cue in OF_BODY.items():
        if hold.ended_by == reason:
            return cue
    return Cue(CueKind.STAY)


def _of_miss(stretch: Stretch, miss: NearMiss) -> Cue:
    if miss.reason is MissReason.WRONG_SIDE:
        return Cue(CueKind.WRONG_SIDE, miss.side)
    if miss.reason is MissReason.SHOULDER_RISE:
        return _shoulder_down(miss.shoulder)
    if miss.reason is MissReason.ANGLE_LOW:
        one_of_several = miss.axis if len(stretch.main) > 1 else None
        return Cue(LACKING[one_of_several] if one_of_several else CueKind.FURTHER, miss.side)
    if miss.reason is MissReason.UNSEEN:
        return Cue(CueKind.SHOW_SHOULDERS)
    if miss.reason is MissReason.CROSS_AXIS:
        back = {Axis.ROTATION: CueKind.FACE_FORWARD, Axis.LATERAL: CueKind.HEAD_UPRIGHT}
        up = CueKind.CHIN_UP if miss.measured > 0 else CueKind.CHIN_DOWN
        return Cue(back.get(miss.axis, up) if miss.axis else up)
    return OF_BODY[Reason(miss.reason.value)]


def _shoulder_down(side: Side | None) -> Cue:
    return Cue(CueKind.SHOULDERS_DOWN) if side is None else Cue(CueKind.SHOULDER_DOWN, side)
