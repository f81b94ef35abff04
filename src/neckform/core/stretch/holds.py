"""All stretches on all their sides at once: ``step(holds, sample)``, ``finish(holds)``.

Each stretch and side has a machine of its own, and all of them are fed with every sample, so that
nobody has to say beforehand which stretch comes next. What the shoulders do is judged once, for
all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from neckform.core.stretch import compensation
from neckform.core.stretch import hold_machine as one
from neckform.core.stretch.compensation import Compensation, ShoulderLimits, Verdict
from neckform.core.stretch.hold_machine import Events, HoldRules, Machine
from neckform.core.stretch.status import AxisStatus, HoldStatus, StretchZone
from neckform.core.stretch.stretches import (
    Goal,
    Guidance,
    OwnRange,
    Stretch,
    eases_off,
    in_target,
)
from neckform.core.time import expect_later
from neckform.core.types import Angles, Axis, Exercise, HoldState, Reason, Sample, Side, toward


@dataclass(frozen=True, slots=True)
class HoldSettings:
    """What ``stretches.toml`` says."""

    stretches: tuple[Stretch, ...]
    holds: HoldRules = field(default_factory=HoldRules)
    shoulders: ShoulderLimits = field(default_factory=ShoulderLimits)
    guidance: Guidance = field(default_factory=Guidance)

    @property
    def by_id(self) -> dict[str, Stretch]:
        return {stretch.id: stretch for stretch in self.stretches}


@dataclass(frozen=True, slots=True)
class Holds:
    """The state of all machines, and the latest sample with what its shoulders did."""

    settings: HoldSettings
    own_range: OwnRange
    stillness: Compensation
    machines: tuple[Machine, ...]
    sample: Sample | None = None
    shoulders: Verdict | None = None


def begin(
    settings: HoldSettings,
    own_range: OwnRange | None = None,
    only: Sequence[Exercise] = (),
) -> Holds:
    """State before the first sample.

    Parameters
    ----------
    only : sequence of Exercise, optional
        What to look for, without a side on each side; empty means all.
    """
    machines = tuple(
        Machine(stretch, side, settings.holds)
        for stretch in settings.stretches
        for side in stretch.sides
        if not only or is_asked(only, stretch, side)
    )
    return Holds(settings, own_range or OwnRange(), Compensation(settings.shoulders), machines)


def is_asked(only: Sequence[Exercise], stretch: Stretch, side: Side | None) -> bool:
    """Whether a stretch to a side is among those that are named; without a side, each is."""
    return (stretch.id, side) in only or (stretch.id, None) in only


def step(holds: Holds, sample: Sample) -> tuple[Holds, Events]:
    """Take in one sample.

    Raises
    ------
    ValueError
        When its time is not after that of the sample before it.
    """
    expect_later(sample.t_ms, holds.sample.t_ms if holds.sample else None)
    still, shoulders = compensation.step(holds.stillness, sample)
    stepped = [one.step(machine, sample, shoulders) for machine in holds.machines]
    holds = replace(
        holds,
        stillness=still,
        machines=tuple(_aimed(holds, machine, sample) for machine, _ in stepped),
        sample=sample,
        shoulders=shoulders,
    )
    return holds, tuple(event for _, events in stepped for event in events)


def finish(holds: Holds) -> tuple[Holds, Events]:
    """End what is still running; there are no more samples."""
    finished = [one.finish(machine) for machine in holds.machines]
    holds = replace(holds, machines=tuple(machine for machine, _ in finished))
    return holds, tuple(event for _, events in finished for event in events)


_PROMINENCE = (HoldState.REST, HoldState.PAUSED, HoldState.LAPSE, HoldState.HOLDING)


def status(holds: Holds) -> HoldStatus:
    """The one attempt to show: the one whose clock runs, or else ran longest.

    At rest it is the stretch whose angle the head has reached while something else spoils it.
    """
    running = [machine for machine in holds.machines if machine.attempt is not None]
    if running:
        return status_of(holds, max(running, key=_standing))
    reached = [machine for machine in holds.machines if machine.at_angle]
    if reached:
        return status_of(holds, reached[0])
    return HoldStatus(HoldState.REST, shoulders=holds.shoulders)


def status_of(holds: Holds, machine: Machine) -> HoldStatus:
    """What is judged of one stretch and side, whether it is tried or not."""
    angles = _angles(holds.sample)
    return HoldStatus(
        state=machine.state,
        stretch=machine.stretch.id,
        side=machine.side,
        held_ms=machine.attempt.held_ms if machine.attempt else 0,
        target_ms=machine.stretch.target_ms,
        reason=machine.reason,
        zone=_zone(holds, machine, angles),
        axes=tuple(
            _axis(holds, machine, axis, goal, angles) for axis, goal in machine.stretch.main.items()
        ),
        shoulders=holds.shoulders,
    )


def _standing(machine: Machine) -> tuple[int, int]:
    held_ms = machine.attempt.held_ms if machine.attempt else 0
    return _PROMINENCE.index(machine.state), held_ms


def _angles(sample: Sample | None) -> Angles | None:
    """Where the head is; None unless its face is seen, since a coarse direction is no degree."""
    head = sample.face_head if sample is not None else None
    return head.angles if head is not None else None


def _aimed(holds: Holds, machine: Machine, sample: Sample) -> Machine:
    """Remember whether the head is where to aim for, so that leaving it takes the hysteresis."""
    angles = _angles(sample)
    if angles is None:
        return machine
    on_target = machine.at_angle and in_target(
        machine.stretch,
        machine.side,
        angles,
        holds.settings.guidance,
        holds.own_range,
        slack_deg=machine.hysteresis_deg if machine.on_target else 0.0,
    )
    return machine if on_target is machine.on_target else replace(machine, on_target=on_target)


def _zone(holds: Holds, machine: Machine, angles: Angles | None) -> StretchZone:
    if angles is None:
        return StretchZone.UNSEEN
    guidance, seen = holds.settings.guidance, holds.shoulders
    if seen is not None and seen.moved is not None and Reason.TRUNK_TURN in seen.beyond:
        # A chest that turns away under the head takes the neck too far: that comes first.
        angles = angles._replace(rotation_deg=angles.rotation_deg + seen.moved.turn_deg)
    if eases_off(machine.stretch, machine.side, angles, guidance, holds.own_range):
        return StretchZone.EASE_OFF
    return StretchZone.TARGET if machine.on_target else StretchZone.ON_THE_WAY


def _axis(
    holds: Holds, machine: Machine, axis: Axis, goal: Goal, angles: Angles | None
) -> AxisStatus:
    guidance, side, own = holds.settings.guidance, machine.side, holds.own_range
    return AxisStatus(
        axis=axis,
        angle_deg=None if angles is None else axis.of(toward(angles, side)),
        enter_deg=goal.enter_deg,
        leave_deg=goal.enter_deg - machine.hysteresis_deg,
        target_deg=guidance.target(goal, axis, side, own),
        to_deg=goal.target_to_deg,
        ease_off_deg=guidance.ease_off(axis, side, own),
    )
