"""The clock of one exercise: the seconds in form, added up over its attempts.

A hold machine knows one attempt at a time. A person who shakes out and begins again keeps what was
held so far, of attempts that lasted long enough to be reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from neckform.core.coach.cues import Cue, CueKind, Tone
from neckform.core.events import Event, EventKind
from neckform.core.stretch.hold_machine import Machine
from neckform.core.types import Exercise, Hold, Reason

TICKS_MS = (3000, 2000, 1000)
TOLD = (
    (CueKind.TWENTY, 20_000, 30_000),
    (CueKind.TEN, 10_000, 20_000),
    (CueKind.FIVE, 5_000, 10_000),
)
"""Seconds left that are told, each in a hold that is at least so long."""


@dataclass(frozen=True, slots=True)
class ExerciseClock:
    """One exercise: what is done of it, or what became of it.

    Attributes
    ----------
    opened_ms : int
        Attempts begun before this belong to an earlier exercise.
    carried_ms : int
        What the attempts that have ended brought.
    running_ms : int
        What the attempt under way has brought.
    ended : int
        How many attempts have ended.
    corrections : tuple of Cue
        What was said when the clock stood still, each time.
    skipped : bool
        Whether the person left it out before it was complete.
    """

    exercise: Exercise
    target_ms: int
    opened_ms: int
    carried_ms: int = 0
    running_ms: int = 0
    ended: int = 0
    corrections: tuple[Cue, ...] = ()
    skipped: bool = False

    @property
    def held_ms(self) -> int:
        return self.carried_ms + self.running_ms

    @property
    def completed(self) -> bool:
        return self.held_ms >= self.target_ms

    @property
    def parts(self) -> int:
        """In how many attempts, the one under way included."""
        return self.ended + bool(self.running_ms)

    def is_about(self, thing: Event | Hold) -> bool:
        """Whether it is of this stretch, to this side."""
        return (thing.stretch, thing.side) == self.exercise

    def goes_on_from_before(self, machine: Machine) -> bool:
        """Whether the attempt under way belongs to the exercise before, which was the same one."""
        return machine.attempt is not None and machine.attempt.start_ms < self.opened_ms


def step(clock: ExerciseClock, machine: Machine, holds: Iterable[Hold]) -> ExerciseClock:
    """Take in what the hold machine did: the attempt under way, and the holds that ended."""
    ours = [hold for hold in holds if clock.is_about(hold) and hold.start_ms >= clock.opened_ms]
    attempt = machine.attempt
    counts = attempt is not None and attempt.begun and not clock.goes_on_from_before(machine)
    return replace(
        clock,
        carried_ms=clock.carried_ms + sum(hold.held_ms for hold in ours),
        running_ms=attempt.held_ms if attempt is not None and counts else 0,
        ended=clock.ended + len(ours),
    )


def milestones(clock: ExerciseClock, before_ms: int) -> Iterable[Cue]:
    """What the clock passed since it stood at `before_ms`."""
    left_ms, left_before_ms = clock.target_ms - clock.held_ms, clock.target_ms - before_ms
    for kind, told_ms, least_ms in TOLD:
        if clock.target_ms >= least_ms and left_ms <= told_ms < left_before_ms:
            yield Cue(kind)
    if any(left_ms <= tick < left_before_ms for tick in TICKS_MS):
        yield Cue(CueKind.TICK, tone=Tone.TICK)


def turns(
    clock: ExerciseClock, machine: Machine, events: Iterable[Event], advice: Cue | None
) -> tuple[ExerciseClock, list[Cue]]:
    """Say when the clock starts and stops, and write down why it stopped.

    Parameters
    ----------
    advice : Cue or None
        What there is to correct at this moment.
    """
    wanted: list[Cue] = []
    if clock.goes_on_from_before(machine):
        return clock, wanted
    for event in events:
        if not clock.is_about(event):
            continue
        if event.kind in (EventKind.HOLD_BEGAN, EventKind.HOLD_RESUMED):
            wanted.append(Cue(CueKind.STAY, tone=Tone.IN))
        elif event.kind is EventKind.HOLD_PAUSED:
            # Without advice, nobody is seen or the head has come back to rest.
            unseen = event.reason is Reason.UNSEEN
            cue = advice or Cue(CueKind.NOT_SEEN if unseen else CueKind.PAUSED)
            clock = replace(clock, corrections=(*clock.corrections, cue))
            wanted.append(replace(cue, tone=Tone.OUT))
    return clock, wanted
