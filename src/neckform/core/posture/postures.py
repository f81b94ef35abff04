"""All resting postures at once: ``step(postures, sample, stretching=...)``, ``finish(postures)``.

The same contract as `holds`. An intended stretch is not a bad posture: while a hold is counted no
flag is raised, and a flag that is up ends. Unseen is neither good nor bad.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from neckform.core.measure.observation import NO_ERROR
from neckform.core.posture import dozing, episode
from neckform.core.posture import static as static_head
from neckform.core.posture.dozing import DozingHead
from neckform.core.posture.episode import Events, PostureMachine
from neckform.core.posture.flags import Posture, PostureSettings
from neckform.core.posture.static import StaticHead
from neckform.core.time import expect_later
from neckform.core.types import Angles, Evidence, Flag, ForwardHead, Head, Sample, Side, toward


class Zone(StrEnum):
    """How a neck rests at one moment."""

    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class PostureStatus:
    """How the neck rests at one moment.

    Attributes
    ----------
    raised : tuple of Flag
        The flags that are up, each as it stands now; the longest first.
    present : tuple of str
        The postures that the head is in at this moment, raised or not.
    sides : tuple of (Side or None)
        The side of each of these.
    """

    zone: Zone
    raised: tuple[Flag, ...] = ()
    present: tuple[str, ...] = ()
    sides: tuple[Side | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Postures:
    """The state of all machines.

    Attributes
    ----------
    neutral_error : Angles
        What the neutral itself may be off by, one standard error; degrees.
    """

    settings: PostureSettings
    machines: tuple[PostureMachine, ...]
    unmoving: StaticHead | None
    nodding: DozingHead | None = None
    neutral_error: Angles = NO_ERROR
    last_ms: int | None = None
    seen: bool = False


def begin(
    settings: PostureSettings,
    *,
    live: bool = False,
    static: bool = True,
    neutral_error: Angles = NO_ERROR,
) -> Postures:
    """State before the first sample.

    Parameters
    ----------
    live : bool
        Take the slower rules of a camera, and raise no flag of a posture: `alarms` counts there.
    static : bool
        Flag a head that does not move, and one that has nodded off, too.
    neutral_error : Angles
        One standard error of the neutral, degrees: 0 for one that was held.
    """
    rules = settings.live if live else settings.recorded
    # A posture that gives way to another is judged after it.
    ordered = sorted(settings.postures, key=lambda posture: bool(posture.unless))
    machines = tuple(
        PostureMachine(posture, side, rules, raises=not live)
        for posture in ordered
        for side in posture.sides
    )
    unmoving = StaticHead(settings.static, rules) if static else None
    nodding = DozingHead(settings.dozing, settings.dropped) if static else None
    return Postures(settings, machines, unmoving, nodding, neutral_error)


def step(
    postures: Postures, sample: Sample, *, stretching: bool = False
) -> tuple[Postures, Events]:
    """Take in one sample.

    Parameters
    ----------
    stretching : bool
        A hold of a stretch is being counted.

    Raises
    ------
    ValueError
        When its time is not after that of the sample before it.
    """
    expect_later(sample.t_ms, postures.last_ms)
    stepped: list[PostureMachine] = []
    events: Events = ()
    face = sample.face_head
    for machine in postures.machines:
        evidence, value_deg = judge(postures.settings, machine, sample, postures.neutral_error)
        gives_way = any(
            other.posture.id == machine.posture.unless and other.inside for other in stepped
        )
        if stretching or gives_way:
            evidence = Evidence.OUT
        cautious = _cautious(machine, face)
        if cautious is not machine.cautious:
            machine = replace(machine, cautious=cautious)  # noqa: PLW2901
        machine, new = episode.step(machine, sample.t_ms, evidence, value_deg)  # noqa: PLW2901
        stepped.append(machine)
        events = (*events, *new)
    still, new = _step_unmoving(postures.unmoving, sample.t_ms, face, stretching=stretching)
    nodding, dozed = dozing.step(postures.nodding, sample) if postures.nodding else (None, ())
    postures = replace(
        postures,
        machines=tuple(stepped),
        unmoving=still,
        nodding=nodding,
        last_ms=sample.t_ms,
        seen=face is not None,
    )
    return postures, (*events, *new, *dozed)


def finish(postures: Postures) -> tuple[Postures, Events]:
    """End the spells that are still running; there are no more samples."""
    finished = [episode.finish(machine) for machine in postures.machines]
    still, last = static_head.stop(postures.unmoving, None) if postures.unmoving else (None, ())
    nodding, dozed = dozing.finish(postures.nodding) if postures.nodding else (None, ())
    postures = replace(
        postures,
        machines=tuple(machine for machine, _ in finished),
        unmoving=still,
        nodding=nodding,
    )
    return postures, (*(event for _, events in finished for event in events), *last, *dozed)


def status(postures: Postures) -> PostureStatus:
    """How the neck rests now."""
    raised = [
        machine.spell.flag(machine.posture.id, machine.side)
        for machine in postures.machines
        if machine.spell is not None and machine.spell.raised
    ]
    if postures.unmoving is not None and postures.unmoving.raised is not None:
        raised.append(postures.unmoving.raised)
    if postures.nodding is not None and postures.nodding.raised is not None:
        raised.append(postures.nodding.raised)
    raised.sort(key=lambda flag: flag.start_ms)
    present = {m.posture.id: m.side for m in postures.machines if m.evidence is Evidence.IN}
    return PostureStatus(_zone(postures), tuple(raised), tuple(present), tuple(present.values()))


def _zone(postures: Postures) -> Zone:
    if any(machine.evidence is Evidence.IN for machine in postures.machines):
        return Zone.BAD
    if not postures.seen:
        return Zone.UNSEEN
    if any(machine.cautious for machine in postures.machines):
        return Zone.CAUTION
    return Zone.GOOD


def _step_unmoving(
    state: StaticHead | None, t_ms: int, face: Head | None, *, stretching: bool
) -> tuple[StaticHead | None, Events]:
    if state is None:
        return None, ()
    if stretching:
        return static_head.stop(state, t_ms)
    return static_head.step(state, t_ms, face.angles if face else None)


# --- judging one sample --------------------------------------------------------------------


def judge(
    settings: PostureSettings,
    machine: PostureMachine,
    sample: Sample,
    neutral_error: Angles = NO_ERROR,
) -> tuple[Evidence, float | None]:
    """Judge whether a sample shows the posture, and how far it goes; None without an angle.

    A neutral that is off is off by the same in each moment, so that time does not tell it from a
    posture: what may be its error, as far as twice the standard one, is none.
    """
    posture, head, carriage = machine.posture, sample.face_head, sample.carriage
    if head is None:
        return _without_face(settings, machine, carriage if sample.head else None), None
    value_deg = toward_posture(posture, machine.side, head)
    if posture.dropped and carriage is not None:
        value_deg -= carriage.lean_deg
    bound_deg = posture.leave_deg if machine.inside else posture.enter_deg
    if value_deg >= abs(bound_deg) + 2 * abs(posture.axis.of(neutral_error)):
        return Evidence.IN, value_deg
    if posture.sunk and carriage is not None and _is_sunk(settings, carriage, machine.inside):
        return Evidence.IN, value_deg
    return Evidence.OUT, value_deg


def toward_posture(posture: Posture, side: Side | None, head: Head) -> float:
    """How far a head is toward a posture, in degrees."""
    return posture.sign * posture.axis.of(toward(head.angles, side))


def _without_face(
    settings: PostureSettings, machine: PostureMachine, carriage: ForwardHead | None
) -> Evidence:
    """A head that hangs low loses its face. A face lost in another way shows nothing."""
    if carriage is None or not machine.posture.dropped:
        return Evidence.UNSEEN
    rules = settings.dropped
    low = carriage.height <= (rules.leave_height if machine.inside else rules.height)
    return Evidence.IN if low else Evidence.UNSEEN


def _is_sunk(settings: PostureSettings, carriage: ForwardHead, inside: bool) -> bool:
    if carriage.nearer is None:
        return False
    rules = settings.sunk
    height, larger = (
        (rules.leave_height, rules.leave_larger) if inside else (rules.height, rules.larger)
    )
    return carriage.height <= height and math.expm1(carriage.nearer) >= larger


def _cautious(machine: PostureMachine, head: Head | None) -> bool:
    posture = machine.posture
    if head is None or posture.caution_deg is None or posture.caution_leave_deg is None:
        return False
    bound_deg = posture.caution_leave_deg if machine.cautious else posture.caution_deg
    return toward_posture(posture, machine.side, head) >= abs(bound_deg)
