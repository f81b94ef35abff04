"""All stretches on all their sides at once: ``step(holds, sample)``, ``finish(holds)``.

Each stretch and side has a machine of its own, and all of them are fed with every sample, so that
nobody has to say beforehand which stretch comes next. What the shoulders do is judged once, for
all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from neckform.core import machine as one
from neckform.core import stillness
from neckform.core.machine import Events, HoldRules, Machine
from neckform.core.stillness import ShoulderLimits, Stillness, Verdict
from neckform.core.stretches import Guidance, OwnRange, Stretch, eases_off, toward
from neckform.core.time import expect_later
from neckform.core.types import Exercise, HoldState, HoldStatus, Sample


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
    stillness: Stillness
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
        if not only or (stretch.id, side) in only or (stretch.id, None) in only
    )
    return Holds(settings, own_range or OwnRange(), Stillness(settings.shoulders), machines)


def step(holds: Holds, sample: Sample) -> tuple[Holds, Events]:
    """Take in one sample.

    Raises
    ------
    ValueError
        When its time is not after that of the sample before it.
    """
    expect_later(sample.t_ms, holds.sample.t_ms if holds.sample else None)
    still, shoulders = stillness.step(holds.stillness, sample)
    stepped = [one.step(machine, sample, shoulders) for machine in holds.machines]
    holds = replace(
        holds,
        stillness=still,
        machines=tuple(machine for machine, _ in stepped),
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
        return _show(holds, max(running, key=_standing))
    reached = [machine for machine in holds.machines if machine.at_angle]
    return _show(holds, reached[0]) if reached else HoldStatus(HoldState.REST)


def _standing(machine: Machine) -> tuple[int, int]:
    held_ms = machine.attempt.held_ms if machine.attempt else 0
    return _PROMINENCE.index(machine.state), held_ms


def _show(holds: Holds, machine: Machine) -> HoldStatus:
    stretch, side, guidance = machine.stretch, machine.side, holds.settings.guidance
    axis = stretch.shown
    head = holds.sample.face_head if holds.sample else None
    angles = head.angles if head is not None else None
    return HoldStatus(
        state=machine.state,
        stretch=stretch.id,
        side=side,
        held_ms=machine.attempt.held_ms if machine.attempt else 0,
        target_ms=stretch.target_ms,
        reason=machine.reason,
        angle_deg=None if angles is None else axis.of(toward(angles, side)),
        enter_deg=stretch.main[axis].enter_deg,
        target_deg=guidance.target(stretch.main[axis], axis, side, holds.own_range),
        ease_off_deg=guidance.ease_off(axis, side, holds.own_range),
        ease_off=angles is not None and eases_off(stretch, side, angles, guidance, holds.own_range),
    )
