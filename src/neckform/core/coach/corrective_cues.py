"""What to say to somebody who is trying a stretch: one cue, the most important, or none.

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
UNDER_WAY = 0.35
"""A head that has gone this share of the way tries. Before that, the instruction is enough."""


def advise(holds: Holds, machine: Machine) -> Cue | None:
    """The one cue for the stretch that was asked for.

    Parameters
    ----------
    machine : Machine
        Of the stretch and side that were asked for.
    """
    sample = holds.sample
    if sample is None or sample.head is None:
        return Cue(CueKind.NOT_SEEN) if sample and machine.attempt is not None else None
    if status_of(holds, machine).ease_off:
        return Cue(CueKind.EASE_OFF)
    return _elsewhere(holds, machine) or _to_correct(holds, machine, sample.head)


def _to_correct(holds: Holds, machine: Machine, head: Head) -> Cue | None:
    """What keeps the clock from running; a coarse direction is no degree to correct by.

    The body comes before how far the head is: to go further while it leans makes it lean more.
    """
    runs = machine.state in (HoldState.HOLDING, HoldState.LAPSE)
    if runs or not head.face_seen:
        return None
    if machine.at_angle:
        return _for_shoulders(holds.shoulders, holds.settings.shoulders)
    here = toward(head.angles, machine.side)
    if not _under_way(machine.stretch, here):
        return None
    if holds.shoulders is not None and holds.shoulders.evidence is Evidence.OUT:
        return _for_shoulders(holds.shoulders, holds.settings.shoulders)
    return _for_head(machine, here)


def _under_way(stretch: Stretch, here: Angles) -> bool:
    return any(axis.of(here) >= UNDER_WAY * goal.enter_deg for axis, goal in stretch.main.items())


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


def _for_shoulders(verdict: Verdict | None, limits: ShoulderLimits) -> Cue | None:
    if verdict is None or verdict.evidence is Evidence.IN:
        return None
    if verdict.reason is Reason.SHOULDER_RISE:
        return _which_shoulder(verdict, limits)
    return {
        Reason.SHOULDER_DRIFT: Cue(CueKind.SHOULDERS_MIDDLE),
        Reason.TRUNK_LEAN: Cue(CueKind.SIT_UPRIGHT),
        Reason.TRUNK_TURN: Cue(CueKind.CHEST_FORWARD),
        Reason.TRUNK_BEND: Cue(CueKind.SIT_UPRIGHT),
    }.get(verdict.reason or Reason.UNSEEN, Cue(CueKind.NOT_SEEN))


def _which_shoulder(verdict: Verdict, limits: ShoulderLimits) -> Cue:
    """Name the shoulder that is too high; the other may have come along a little."""
    shoulders = ((Side.LEFT, verdict.left), (Side.RIGHT, verdict.right))
    raised = [(side, one.up_sw) for side, one in shoulders if one is not None and one.raised]
    high = [side for side, up_sw in raised if up_sw > limits.rise_sw] or [
        side for side, _ in raised
    ]
    return Cue(CueKind.SHOULDER_DOWN, high[0]) if len(high) == 1 else Cue(CueKind.SHOULDERS_DOWN)


def _for_head(machine: Machine, here: Angles) -> Cue:
    """Follow the machine's judgement: an uncertain angle may be out although its number is in."""
    stretch = machine.stretch
    gone = {axis: axis.of(here) / goal.enter_deg for axis, goal in stretch.main.items()}
    if machine.reason is Reason.CROSS_AXIS:
        return Cue(_strayed(stretch, here))
    short = [axis for axis, share in gone.items() if share < 1.0]
    short = short or [min(gone, key=lambda axis: gone[axis])]
    if len(short) == 1 and len(stretch.main) > 1:
        return Cue(_LACKING[short[0]], machine.side)
    return Cue(CueKind.FURTHER, machine.side)


_LACKING = {
    Axis.ROTATION: CueKind.TURN_FURTHER,
    Axis.FLEXION: CueKind.DOWN_FURTHER,
    Axis.LATERAL: CueKind.FURTHER,
}


def _strayed(stretch: Stretch, here: Angles) -> CueKind:
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
