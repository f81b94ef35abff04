"""The hold machine of one stretch on one side: ``step(machine, sample, verdict)``.

::

             in form
      REST ----------> HOLDING <---------------------+
       ^                  | out of form or unseen    | in form again
       |                  v                          |
       |                LAPSE ----- under 0.4 s -----+   as if nothing had been
       |                  | 0.4 s                    |
       |                  v                          |
       +---- over 2 s - PAUSED ----------------------+   the clock stood still

Shoulders are looked at less often than heads, and a look stands until the next. One that finds them
out where the next finds them still is as brief as a stray moment, however long it stood.

A moment in form that lasts less than 0.4 s is nothing either, and is not told. Hysteresis is nearly
absent from it: with all of it, one stray reading would turn a head that stays below the floor into
a hold.

A time without any sample, longer than `HoldRules.gap_s`, is a lapse that began with the last
sample before it. So is an absence; neither earns anything, and neither can complete a hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.events import Event, EventKind
from neckform.core.parameter import milliseconds, setting
from neckform.core.stretch.attempt import Attempt, Lapse
from neckform.core.stretch.compensation import Verdict
from neckform.core.stretch.stretches import Stretch, classify
from neckform.core.types import Evidence, Head, HoldState, Reason, Sample, Side

Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class HoldRules:
    """What is the same for the clock of every stretch."""

    hysteresis_deg: float = setting(
        "leaving a hold takes this many degrees more than entering it", low=0, high=20, default=6.0
    )
    first_hysteresis_deg: float = setting(
        "and this many while it has only just begun", low=0, high=20, default=1.0
    )
    doubt_deg: float = setting(
        "an uncertain angle shifts a limit by its own error, by no more than this, in degrees",
        low=0, high=10, default=3.0,
    )  # fmt: skip
    lapse_s: float = setting(
        "out of form, or in form at first, for less than this is nothing, in seconds",
        low=0,
        high=2,
        default=0.4,
    )
    pause_s: float = setting(
        "out of form for up to this pauses the clock, for longer ends the hold, in seconds",
        low=0.1, high=30, default=2.0,
    )  # fmt: skip
    report_s: float = setting(
        "a hold shorter than this is not reported, in seconds", low=0, high=30, default=3.0
    )
    gap_s: float = setting(
        "a longer time without a picture was not seen, and earns nothing, in seconds",
        low=0.1, high=2, default=1.0,
    )  # fmt: skip
    coarse_s: float = setting(
        "how long a head seen without its face may stand in for one seen with it, in seconds",
        low=0, high=2, default=1.0,
    )  # fmt: skip

    def __post_init__(self) -> None:
        if self.pause_s < self.lapse_s:
            raise ValueError(
                f"pause_s ({self.pause_s:g}) must not be below lapse_s ({self.lapse_s:g})"
            )


@dataclass(frozen=True, slots=True)
class Machine:
    """All that one machine remembers.

    Attributes
    ----------
    inside : bool
        Whether the head was at the angle when its face was last seen.
    face_ms : int or None
        When that was.
    reason : Reason or None
        Why the latest sample was not in form.
    at_angle : bool
        Whether the head was at the angle in the latest sample, whatever the shoulders did.
    on_target : bool
        Whether it was also where to aim for, when its face was last seen.
    """

    stretch: Stretch
    side: Side | None
    rules: HoldRules
    attempt: Attempt | None = None
    inside: bool = False
    face_ms: int | None = None
    last_ms: int | None = None
    reason: Reason | None = None
    at_angle: bool = False
    on_target: bool = False

    @property
    def young(self) -> bool:
        """Whether an attempt has only just begun, and may still be a stray moment."""
        return self.attempt is not None and not self.attempt.begun

    @property
    def hysteresis_deg(self) -> float:
        """How many degrees more than entering it takes to leave now."""
        return self.rules.first_hysteresis_deg if self.young else self.rules.hysteresis_deg

    @property
    def state(self) -> HoldState:
        if self.attempt is None:
            return HoldState.REST
        if self.attempt.lapse is None:
            return HoldState.HOLDING
        return HoldState.PAUSED if self.attempt.lapse.paused else HoldState.LAPSE

    def event(self, t_ms: int, kind: EventKind, reason: Reason | None = None) -> Event:
        return Event(t_ms, kind, self.stretch.id, self.side, reason)


def step(machine: Machine, sample: Sample, shoulders: Verdict) -> tuple[Machine, Events]:
    """Take in one sample, and what `stillness` made of its shoulders."""
    # First what the time alone has decided, so that a hold which is over lends no hysteresis.
    machine, ended = _end_overdue(_notice_gap(machine, sample.t_ms), sample.t_ms)
    machine, evidence, reason = _judge(machine, sample, shoulders)
    if evidence is Evidence.IN and sample.head is not None:
        machine, events = _in_form(machine, sample.t_ms, sample.head, sample.hands_on_head)
    else:
        looks = shoulders.looks if machine.at_angle else 0
        machine, events = _out_of_form(machine, sample.t_ms, reason or Reason.UNSEEN, looks)
    if machine.attempt is not None and machine.at_angle and shoulders.moved is not None:
        machine = replace(machine, attempt=machine.attempt.with_shoulders(shoulders.moved))
    return machine, (*ended, *events)


def finish(machine: Machine) -> tuple[Machine, Events]:
    """End what is still running: there are no more samples.

    An attempt that was already paused had ended for that reason, only not yet for long enough.
    """
    attempt = machine.attempt
    if attempt is None or machine.last_ms is None:
        return machine, ()
    lapse = attempt.lapse
    return _end(
        machine, machine.last_ms, lapse.cause(_lasting(machine)) if lapse and lapse.paused else None
    )


def _lasting(machine: Machine) -> int:
    """How many milliseconds something must last to be more than nothing."""
    return milliseconds(machine.rules.lapse_s)


def _notice_gap(machine: Machine, t_ms: int) -> Machine:
    """Begin a lapse with the last sample, if there has been none for too long."""
    attempt, last_ms = machine.attempt, machine.last_ms
    if attempt is None or last_ms is None or t_ms - last_ms <= milliseconds(machine.rules.gap_s):
        return machine
    if not attempt.begun:
        return replace(machine, attempt=None)
    lapse = attempt.lapse
    if lapse is None:
        lapse = Lapse(last_ms, last_ms, Reason.UNSEEN)
    return replace(machine, attempt=replace(attempt, lapse=lapse.until(last_ms, Reason.UNSEEN)))


def _end_overdue(machine: Machine, t_ms: int) -> tuple[Machine, Events]:
    """End an attempt whose lapse has lasted too long, whatever is seen now."""
    attempt = machine.attempt
    if attempt is None or attempt.lapse is None:
        return machine, ()
    if t_ms - attempt.lapse.since_ms <= milliseconds(machine.rules.pause_s):
        return machine, ()
    return _end(
        machine, t_ms, attempt.lapse.until(t_ms, attempt.lapse.reason).cause(_lasting(machine))
    )


def _judge(
    machine: Machine, sample: Sample, shoulders: Verdict
) -> tuple[Machine, Evidence, Reason | None]:
    """Head first: where it is not at the angle, the shoulders' doings are no fault of a stretch."""
    evidence, reason = _where(machine, sample)
    at_angle = evidence is Evidence.IN
    if at_angle and shoulders.evidence is not Evidence.IN:
        evidence, reason = shoulders.evidence, shoulders.reason
    face = sample.face_head is not None
    machine = replace(
        machine,
        inside=at_angle if face else machine.inside,
        face_ms=sample.t_ms if face else machine.face_ms,
        last_ms=sample.t_ms,
        reason=reason,
        at_angle=at_angle,
    )
    return machine, evidence, reason


def _where(machine: Machine, sample: Sample) -> tuple[Evidence, Reason | None]:
    """Whether the head is at the angle."""
    head = sample.head
    if head is None:
        return Evidence.UNSEEN, Reason.UNSEEN
    if not head.face_seen:
        return _stand_in(machine, sample.t_ms)
    return classify(
        machine.stretch,
        machine.side,
        head,
        inside=machine.inside and machine.attempt is not None,
        hysteresis_deg=machine.hysteresis_deg,
        margin_deg=0.0 if machine.young else machine.rules.doubt_deg,
    )


def _stand_in(machine: Machine, t_ms: int) -> tuple[Evidence, Reason | None]:
    """Judge a head seen without its face: it is still there, and for a moment it stayed put.

    It only ever carries on a hold that a face has begun, and never resumes a paused one. A body is
    not looked for in each picture: the moments between two looks are a lapse that is nothing yet.
    """
    attempt = machine.attempt
    paused = attempt is not None and attempt.lapse is not None and attempt.lapse.paused
    holding = attempt is not None and attempt.begun and not paused
    recent = machine.face_ms is not None and (
        t_ms - machine.face_ms <= milliseconds(machine.rules.coarse_s)
    )
    if holding and machine.inside and recent:
        return Evidence.IN, None
    return Evidence.UNSEEN, Reason.UNSEEN


def _in_form(
    machine: Machine, t_ms: int, head: Head, hands: frozenset[Side]
) -> tuple[Machine, Events]:
    attempt = machine.attempt
    events: Events = ()
    if attempt is not None and attempt.lapse is not None:
        attempt, events = _resume(machine, attempt, attempt.lapse, t_ms)
    if attempt is None:
        attempt = Attempt(start_ms=t_ms, last_in_ms=t_ms)
    if not attempt.begun and t_ms - attempt.start_ms >= _lasting(machine):
        events = (machine.event(t_ms, EventKind.HOLD_BEGAN),)
        attempt = replace(attempt, begun=True)
    before_ms = attempt.held_ms
    attempt = attempt.in_form(t_ms, head, hands)
    if before_ms < machine.stretch.target_ms <= attempt.held_ms:
        events = (*events, machine.event(t_ms, EventKind.HOLD_TARGET))
    return replace(machine, attempt=attempt), events


def _resume(
    machine: Machine, attempt: Attempt, lapse: Lapse, t_ms: int
) -> tuple[Attempt | None, Events]:
    """In form again before it was over: the lapse was nothing, or a pause, or too much at first."""
    brief = lapse.lasted_ms(t_ms) < _lasting(machine)
    # A brief lapse is earned with the moments around it, so those must lie close enough together.
    close = t_ms - attempt.last_in_ms <= milliseconds(machine.rules.gap_s)
    if brief and close:
        return replace(attempt, lapse=None), ()
    if not attempt.begun:
        return None, ()
    cause = lapse.until(t_ms, lapse.reason).cause(_lasting(machine))
    events: Events = (machine.event(t_ms, EventKind.HOLD_RESUMED),)
    if not lapse.paused:  # too few samples to see it coming
        events = (machine.event(t_ms, EventKind.HOLD_PAUSED, cause), *events)
    return attempt.resumed(t_ms, cause), events


def _out_of_form(machine: Machine, t_ms: int, reason: Reason, looks: int) -> tuple[Machine, Events]:
    attempt = machine.attempt
    if attempt is None:
        return machine, ()
    lapse = attempt.lapse
    if lapse is None:
        lapse = Lapse(t_ms, t_ms, reason)
    lapse = lapse.until(t_ms, reason, looks)
    brief = lapse.lasted_ms(t_ms) < _lasting(machine)
    if not attempt.begun and (reason is not Reason.UNSEEN or not brief):
        return replace(machine, attempt=None), ()
    events: Events = ()
    if not lapse.paused and not brief:
        events = (machine.event(t_ms, EventKind.HOLD_PAUSED, lapse.cause(_lasting(machine))),)
        lapse = replace(lapse, paused=True)
    return replace(machine, attempt=replace(attempt, lapse=lapse)), events


def _end(machine: Machine, t_ms: int, cause: Reason | None) -> tuple[Machine, Events]:
    attempt = machine.attempt
    if attempt is None or not attempt.begun:
        return replace(machine, attempt=None), ()
    hold = None
    if attempt.held_ms >= milliseconds(machine.rules.report_s):
        hold = attempt.hold(
            machine.stretch.id,
            machine.side,
            target_ms=machine.stretch.target_ms,
            ended_by=ended_by(cause),
        )
    event = replace(machine.event(t_ms, EventKind.HOLD_ENDED, cause), hold=hold)
    return replace(machine, attempt=None), (event,)


def ended_by(cause: Reason | None) -> str:
    """Name what ended a hold; None is the end of the recording."""
    if cause is None:
        return "end"
    return "angle" if cause in (Reason.ANGLE_LOW, Reason.ANGLE_HIGH) else cause.value
