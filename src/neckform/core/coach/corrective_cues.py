"""What there is to say to somebody who is trying a stretch, the most important first.

Says nothing that the hold machine does not know: a clock that runs earns no correction.
"""

from __future__ import annotations

from neckform.core.coach.cues import Cue, CueKind
from neckform.core.stretch.compensation import ShoulderLimits, Verdict
from neckform.core.stretch.hold_machine import Machine
from neckform.core.stretch.holds import Holds, status_of
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import (
    Angles,
    Axis,
    Evidence,
    Head,
    HoldState,
    Reason,
    Side,
    toward,
)

WRONG_MS = 1000
"""A head that only passes through the other side, or another stretch, is not corrected."""
SURELY = 0.75
"""A head that has gone this share of the way to the other side is not on its way to this one."""
UNDER_WAY = 0.35
"""A head that has gone this share of the way tries. Before that, the instruction is enough."""


def advise(holds: Holds, machine: Machine) -> Cue | None:
    """The one cue for the stretch that was asked for, the most important of `corrections`."""
    return next(iter(corrections(holds, machine)), None)


def corrections(holds: Holds, machine: Machine) -> tuple[Cue, ...]:
    """All that is wrong at this moment, the most important first.

    Parameters
    ----------
    machine : Machine
        Of the stretch and side that were asked for.
    """
    sample = holds.sample
    if sample is None:
        return ()
    lost = machine.state is HoldState.PAUSED and machine.reason is Reason.UNSEEN
    if lost and sample.face_head is None:
        return (Cue(CueKind.NOT_SEEN),)
    if sample.head is None:
        return ()
    if status_of(holds, machine).ease_off:
        return (Cue(CueKind.EASE_OFF),)
    elsewhere = _elsewhere(holds, machine)
    return (elsewhere,) if elsewhere else _to_correct(holds, machine, sample.head)


def _to_correct(holds: Holds, machine: Machine, head: Head) -> tuple[Cue, ...]:
    """What keeps the clock from running; a coarse direction is no degree to correct by.

    The body comes before how far the head is: to go further while it leans makes it lean more.
    """
    runs = machine.state in (HoldState.HOLDING, HoldState.LAPSE)
    if runs or not head.face_seen:
        return ()
    here, verdict = toward(head.angles, machine.side), holds.shoulders
    astray = _astray(machine, here, verdict)
    if astray is not None:
        return (astray,)
    if not machine.at_angle and not _under_way(machine.stretch, here):
        return ()
    if verdict is not None and verdict.evidence is Evidence.OUT:
        limits = holds.settings.shoulders
        out = [cue for reason in verdict.beyond for cue in _of_body(reason, verdict, limits)]
        return tuple(dict.fromkeys(out))
    if not machine.at_angle:
        return _for_head(machine, here)
    unseen = verdict is not None and verdict.evidence is Evidence.UNSEEN
    return (Cue(CueKind.NOT_SEEN),) if unseen else ()


def _astray(machine: Machine, here: Angles, verdict: Verdict | None) -> Cue | None:
    """What to say where neither angles nor shoulders are worth correcting.

    Who sits nearer than in the neutral, or further away, looks bent and raised without being so.
    """
    if verdict is not None and verdict.nearer:
        return Cue(CueKind.MOVE_BACK if verdict.nearer > 0.0 else CueKind.COME_CLOSER)
    return Cue(CueKind.WRONG_SIDE, machine.side) if _goes_other_way(machine, here) else None


def _under_way(stretch: Stretch, here: Angles) -> bool:
    return any(axis.of(here) >= UNDER_WAY * goal.enter_deg for axis, goal in stretch.main.items())


def _goes_other_way(machine: Machine, here: Angles) -> bool:
    """Whether the head has set out to the other side, by as much as would be a try here."""
    stretch, axis = machine.stretch, machine.stretch.shown
    mirrored = here.mirrored()
    gone = axis.of(mirrored) >= SURELY * stretch.main[axis].enter_deg
    return machine.side is not None and gone and _under_way(stretch, mirrored)


def _elsewhere(holds: Holds, machine: Machine) -> Cue | None:
    """What to say to a person who does another stretch, or the other side."""
    if machine.attempt is not None or machine.at_angle:
        return None
    for other in holds.machines:
        attempt = other.attempt
        if other is machine or attempt is None or attempt.held_ms < WRONG_MS:
            continue
        if attempt.lapse is not None:
            continue  # it is on its way back
        if other.stretch.id == machine.stretch.id:
            return Cue(CueKind.WRONG_SIDE, machine.side)
        return Cue(CueKind.OTHER_STRETCH, machine.side, machine.stretch.id)
    return None


def _of_body(reason: Reason, verdict: Verdict, limits: ShoulderLimits) -> tuple[Cue, ...]:
    return (OF_BODY[reason],) if reason in OF_BODY else _which_shoulder(verdict, limits)


OF_BODY = {
    Reason.SHOULDER_DRIFT: Cue(CueKind.SHOULDERS_MIDDLE),
    Reason.TRUNK_LEAN: Cue(CueKind.SIT_UPRIGHT),
    Reason.TRUNK_TURN: Cue(CueKind.CHEST_FORWARD),
    Reason.TRUNK_BEND: Cue(CueKind.SIT_UPRIGHT),
}
"""What to say of the trunk and of both shoulders together."""


def _which_shoulder(verdict: Verdict, limits: ShoulderLimits) -> tuple[Cue, ...]:
    """Name the shoulder that is too high; the other may have come along a little.

    Of two that are up, either one is true as well.
    """
    shoulders = ((Side.LEFT, verdict.left), (Side.RIGHT, verdict.right))
    raised = [(side, one.up_sw) for side, one in shoulders if one is not None and one.raised]
    high = [side for side, up_sw in raised if up_sw > limits.rise_sw]
    either = [Cue(CueKind.SHOULDER_DOWN, side) for side, _ in raised]
    one = high if high else [side for side, _ in raised]
    if len(one) == 1:
        return tuple(sorted(either, key=lambda cue: cue.side is not one[0]))
    return (Cue(CueKind.SHOULDERS_DOWN), *either)


def _for_head(machine: Machine, here: Angles) -> tuple[Cue, ...]:
    """Follow the machine's judgement: an uncertain angle may be out although its number is in."""
    stretch = machine.stretch
    gone = {axis: axis.of(here) / goal.enter_deg for axis, goal in stretch.main.items()}
    if machine.reason is Reason.CROSS_AXIS:
        return (Cue(strayed(stretch, here)),)
    short = [axis for axis, share in gone.items() if share < 1.0]
    short = short or [min(gone, key=lambda axis: gone[axis])]
    if len(stretch.main) == 1:
        return (Cue(CueKind.FURTHER, machine.side),)
    each = tuple(Cue(LACKING[axis], machine.side) for axis in short)
    return each if len(short) == 1 else (Cue(CueKind.FURTHER, machine.side), *each)


LACKING = {
    Axis.ROTATION: CueKind.TURN_FURTHER,
    Axis.FLEXION: CueKind.DOWN_FURTHER,
    Axis.LATERAL: CueKind.FURTHER,
}
"""What to say of the one axis that lacks degrees, where a stretch has several."""


def strayed(stretch: Stretch, here: Angles) -> CueKind:
    """The way back on the axis that is furthest beyond its limit, or nearest to it."""
    beyond = {
        (axis, low): limit.from_deg - axis.of(here) if low else axis.of(here) - limit.to_deg
        for axis, limit in stretch.stay.items()
        for low in (True, False)
    }
    axis, low = max(beyond, key=lambda side: beyond[side])
    if axis is Axis.ROTATION:
        return CueKind.FACE_FORWARD
    if axis is Axis.LATERAL:
        return CueKind.HEAD_UPRIGHT
    return CueKind.CHIN_DOWN if low else CueKind.CHIN_UP
