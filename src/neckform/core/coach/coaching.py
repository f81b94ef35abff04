"""The guided routine of one person: observations and wishes in, cues and events out.

::

    FRAMING -> NEUTRAL -> SHOW -> HOLD -> REST -> SHOW -> ... -> CLOSING -> OVER

Everything is judged by the same `core.session` as a recording. The routine adds only what comes
next and what to say. So the events are those that an analysis of the same pictures gives, and the
coach is neither kinder nor sterner than the report.

An exercise is done when the seconds in form add up to its target. A person who shakes out or leaves
is paused and keeps the seconds held so far; the report tells in how many parts they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from neckform.core import session
from neckform.core.coach import cues, exercise_clock, guided, hints, standing_cue
from neckform.core.coach.corrective_cues import corrections
from neckform.core.coach.cues import Cue, CueKind, Tone, Weight
from neckform.core.coach.exercise_clock import ExerciseClock
from neckform.core.coach.framing import Scene, why_unseen
from neckform.core.coach.guided import (
    Guided,
    Phase,
    Response,
    Wish,
)
from neckform.core.coach.hints import Hints
from neckform.core.coach.placement import Patience
from neckform.core.coach.standing_cue import StandingCue
from neckform.core.events import Event, NearMiss
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Coverage, Outcome
from neckform.core.session import SessionSettings, Step
from neckform.core.stretch.hold_machine import Machine
from neckform.core.time import seen_ms
from neckform.core.types import Exercise, Hold, HoldState

SHOW_MS = 8000
"""How long a stretch is shown, unless it is begun before."""
LATE_MS = 45_000
"""A person who has not begun after this long is told that there is no hurry."""
CLOSING_MS = 20_000
"""The longest that a last hold is followed after everything is done."""


@dataclass(frozen=True, slots=True)
class CoachSettings:
    """What a routine needs to know.

    Attributes
    ----------
    exercises : tuple of Exercise
        In order, repetitions written out.
    """

    session: SessionSettings
    exercises: tuple[Exercise, ...]
    rest_ms: int = 10_000
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Coaching:
    """What is remembered between two steps.

    Attributes
    ----------
    clock : ExerciseClock or None
        Of the exercise at hand, in REST of the next one; None before the first and after the last.
    finished : tuple of ExerciseClock
    holds : tuple of Hold
        All that have ended, whichever exercise they belong to.
    missed : tuple of NearMiss
        Attempts that did not count, likewise.
    rest_left_ms : int
    reminded_ms : int
        When the person was last told that there is no hurry.
    standing : StandingCue
        What there is to correct.
    hints : Hints
        When somebody was last told what to do.
    """

    settings: CoachSettings
    guided: Guided
    clock: ExerciseClock | None = None
    finished: tuple[ExerciseClock, ...] = ()
    holds: tuple[Hold, ...] = ()
    missed: tuple[NearMiss, ...] = ()
    rest_left_ms: int = 0
    reminded_ms: int = 0
    standing: StandingCue = field(default_factory=StandingCue)
    hints: Hints = field(default_factory=Hints)

    @property
    def advice(self) -> Cue | None:
        """What there is to correct."""
        return self.standing.cue

    @property
    def machine(self) -> Machine | None:
        """The hold machine of the exercise at hand."""
        if self.guided.session is None or self.clock is None:
            return None
        exercise = self.clock.exercise
        return next(
            machine
            for machine in self.guided.session.holds.machines
            if machine.stretch.id == exercise.stretch and machine.side is exercise.side
        )


def begin(settings: CoachSettings, t_ms: int) -> Coaching:
    """Before the first observation."""
    return Coaching(settings, guided.begin(settings.session, settings.patience, t_ms))


def step(state: Coaching, observation: Observation, scene: Scene) -> tuple[Coaching, Response]:
    """Take in one observation."""
    return guided.step(state, observation, scene, first=_first, judge=_judge)


def blind(state: Coaching, t_ms: int) -> tuple[Coaching, Response]:
    """There is no picture: the camera is gone."""
    if state.guided.phase is Phase.CLOSING:
        # All is done, and nobody can see how long the last hold goes on.
        return finish(state, max(t_ms, state.guided.last_ms))
    return guided.blind(state, t_ms)


def obey(state: Coaching, t_ms: int, wish: Wish) -> tuple[Coaching, Response]:
    """Do what the person asks for."""
    return guided.obey(state, t_ms, wish, skip=_skip, stop=finish)


def finish(state: Coaching, t_ms: int) -> tuple[Coaching, Response]:
    """End the routine where it is; what was held so far counts."""
    events: tuple[Event, ...] = ()
    if state.guided.phase in (Phase.SHOW, Phase.HOLD) or _begun(state):
        state = _close(state)
    if state.guided.session is not None:
        ended, events = session.finish(state.guided.session)
        state = _collect(guided.keep(state, ended), events)
    state = guided.enter(state, Phase.OVER, t_ms)
    state = replace(state, clock=None, guided=replace(state.guided, paused=None))
    state, response = guided.say(state, t_ms, ())
    return state, replace(response, events=events)


def outcome(state: Coaching) -> Outcome:
    """All that was measured, for the report."""
    if state.guided.session is None:
        return Outcome(None, Coverage())
    return session.outcome(state.guided.session, state.holds, (), state.missed)


def swaps_sides(state: Coaching) -> bool:
    """Whether the exercise that comes is the other side of the one before it."""
    if state.clock is None or not state.finished:
        return False
    last, following = state.finished[-1].exercise, state.clock.exercise
    return following.stretch == last.stretch and following.side is not last.side


# --- the stretches --------------------------------------------------------------------------


def _begun(state: Coaching) -> bool:
    """Whether somebody held part of the exercise at hand before somebody else sat down."""
    placing = state.guided.phase in (Phase.FRAMING, Phase.NEUTRAL)
    return placing and state.clock is not None and state.clock.held_ms > 0


def _first(state: Coaching, t_ms: int) -> tuple[Coaching, tuple[Cue, ...]]:
    state = guided.enter(_open_next(state, t_ms), Phase.SHOW, t_ms)
    return state, _instruction(state)


def _judge(state: Coaching, observation: Observation, judgement: Step) -> tuple[Coaching, Response]:
    t_ms = observation.t_ms
    before_ms = state.clock.held_ms if state.clock else 0
    state, wanted = guided.notice(_collect(state, judgement.events), observation)
    clock = state.clock
    if clock is None:
        return _close_down(state, t_ms, judgement)
    if state.guided.phase is Phase.REST and not clock.running_ms:
        state, more = _rest(state, t_ms)
    else:
        state, more = _exercise(state, clock, observation, judgement.events, before_ms)
    state, response = guided.say(state, t_ms, (*wanted, *more))
    return state, replace(response, step=judgement, events=judgement.events)


def _exercise(
    state: Coaching,
    clock: ExerciseClock,
    observation: Observation,
    events: Iterable[Event],
    before_ms: int,
) -> tuple[Coaching, Iterable[Cue]]:
    """In SHOW and HOLD, and in REST as soon as the next hold has begun."""
    machine, t_ms = state.machine, observation.t_ms
    if machine is None:
        raise RuntimeError("an exercise is judged by its hold machine")
    state = _corrected(state, machine, observation)
    advice = state.advice
    tries = advice is not None and advice.weight is Weight.CORRECTION
    shown = tries or t_ms - state.guided.since_ms >= SHOW_MS
    if clock.running_ms or (state.guided.phase is Phase.SHOW and shown):
        state = guided.enter(state, Phase.HOLD, t_ms)
    if clock.running_ms:
        voice = cues.forget(state.guided.voice, CueKind.INSTRUCTION)
        state = replace(state, guided=replace(state.guided, voice=voice))
    if clock.completed:
        return _complete(state, t_ms)
    wanted = list(exercise_clock.milestones(clock, before_ms))
    clock, turned = exercise_clock.turns(clock, machine, events, advice)
    wanted += turned
    state = replace(state, clock=clock)
    if advice is not None and _is_due(state, advice):
        wanted.append(advice)
    state, hint = _hinted(state, machine, observation)
    wanted += hint
    if _is_late(state, clock, t_ms):
        state = replace(state, reminded_ms=t_ms)
        wanted.append(Cue(CueKind.TAKE_YOUR_TIME))
    return state, wanted


def _corrected(state: Coaching, machine: Machine, observation: Observation) -> Coaching:
    """Take in all that is wrong now."""
    clock, judged = state.clock, state.guided.session
    if clock is None or judged is None:
        return state
    true = corrections(judged.holds, machine)
    if Cue(CueKind.NOT_SEEN) in true:
        true = (Cue(why_unseen(observation, state.guided.scene)),)
    if state.guided.phase is Phase.HOLD and clock.goes_on_from_before(machine):
        # The same exercise again: a person who never let go has to, before it can count.
        true = (Cue(CueKind.COME_BACK),)
    standing = standing_cue.step(
        state.standing, observation.t_ms, true, on_the_way=machine.attempt is None
    )
    return replace(state, standing=standing)


def _hinted(
    state: Coaching, machine: Machine, observation: Observation
) -> tuple[Coaching, tuple[Cue, ...]]:
    """Say what to do to somebody who is out of form, and has heard nothing for a while."""
    runs = machine.state in (HoldState.HOLDING, HoldState.LAPSE)
    waits = state.guided.phase is Phase.HOLD and state.guided.paused is None
    if runs or not waits or state.advice is not None:
        return replace(state, hints=hints.heard(state.hints, observation.t_ms, anew=runs)), ()
    after, due = hints.step(state.hints, observation.t_ms, state.guided.voice.busy_until_ms)
    if not due:
        return state, ()
    cue = _instruction(state)
    if observation.face is None:
        cue = (Cue(why_unseen(observation, state.guided.scene)),)
    return replace(state, hints=after), cue


def _is_due(state: Coaching, advice: Cue) -> bool:
    """While a stretch is only being shown, nothing but the wrong side is worth interrupting for."""
    urgent = advice.kind in (CueKind.WRONG_SIDE, CueKind.EASE_OFF)
    return urgent or state.guided.phase is Phase.HOLD


def _is_late(state: Coaching, clock: ExerciseClock, t_ms: int) -> bool:
    person = state.guided
    waits_since_ms = max(person.since_ms, state.reminded_ms)
    there = person.phase is Phase.HOLD and person.paused is None
    return there and not clock.held_ms and t_ms - waits_since_ms >= LATE_MS


def _complete(state: Coaching, t_ms: int) -> tuple[Coaching, Iterable[Cue]]:
    """Go on after an exercise that is complete: to a rest, then to the next."""
    state = _open_next(_close(state), t_ms)
    done = Cue(CueKind.DONE, tone=Tone.DONE)
    if state.clock is None:
        return guided.enter(state, Phase.CLOSING, t_ms), (done, Cue(CueKind.ALL_DONE))
    following = state.clock.exercise
    kind = CueKind.SWAP_SIDES if swaps_sides(state) else CueKind.NEXT
    announced = Cue(kind, following.side, following.stretch)
    return guided.enter(state, Phase.REST, t_ms), (done, announced)


def _rest(state: Coaching, t_ms: int) -> tuple[Coaching, Iterable[Cue]]:
    if state.guided.paused is None:
        rested_ms = seen_ms(state.guided.last_ms, t_ms)
        state = replace(state, rest_left_ms=max(0, state.rest_left_ms - rested_ms))
    if state.rest_left_ms:
        return state, ()
    return guided.enter(state, Phase.SHOW, t_ms), _instruction(state)


def _close_down(state: Coaching, t_ms: int, judgement: Step) -> tuple[Coaching, Response]:
    """After the last exercise: wait until nothing is held any more."""
    held = state.guided.session is not None and any(
        machine.attempt is not None for machine in state.guided.session.holds.machines
    )
    if held and t_ms - state.guided.since_ms < CLOSING_MS:
        state, response = guided.say(state, t_ms, ())
    else:
        state, response = finish(state, t_ms)
    return state, replace(response, step=judgement, events=(*judgement.events, *response.events))


def _skip(state: Coaching, t_ms: int) -> tuple[Coaching, Response]:
    """Leave out the exercise at hand; in a rest, leave out what is left of the rest."""
    if state.guided.phase is not Phase.REST:
        state = _open_next(_close(state, skipped=True), t_ms)
        if state.clock is None:
            state, response = finish(state, t_ms)
            state, last = guided.say(state, t_ms, (Cue(CueKind.ALL_DONE),))
            return state, replace(response, said=(*response.said, *last.said))
    state = guided.enter(replace(state, rest_left_ms=0), Phase.SHOW, t_ms)
    return guided.say(state, t_ms, _instruction(state))


def _close(state: Coaching, *, skipped: bool = False) -> Coaching:
    """Write down what became of the exercise at hand."""
    if state.clock is None:
        return state
    closed = replace(state.clock, skipped=skipped)
    return replace(state, finished=(*state.finished, closed), clock=None)


def _open_next(state: Coaching, t_ms: int) -> Coaching:
    """Put the next exercise at hand, if there is one."""
    state = replace(
        state, standing=StandingCue(), hints=Hints(t_ms), rest_left_ms=state.settings.rest_ms
    )
    if len(state.finished) == len(state.settings.exercises):
        return state
    exercise = state.settings.exercises[len(state.finished)]
    target_ms = state.settings.session.holds.by_id[exercise.stretch].target_ms
    return replace(state, clock=ExerciseClock(exercise, target_ms, opened_ms=t_ms))


def _collect(state: Coaching, events: Iterable[Event]) -> Coaching:
    """Keep the holds that have ended, and let the clock of the exercise at hand go on."""
    ended = [event.hold for event in events if event.hold is not None]
    missed = [event.miss for event in events if event.miss is not None]
    state = replace(state, holds=(*state.holds, *ended), missed=(*state.missed, *missed))
    if state.clock is None or state.machine is None:
        return state
    return replace(state, clock=exercise_clock.step(state.clock, state.machine, ended))


# --- small things ---------------------------------------------------------------------------


def _instruction(state: Coaching) -> tuple[Cue, ...]:
    if state.clock is None:
        return ()
    exercise = state.clock.exercise
    return (Cue(CueKind.INSTRUCTION, exercise.side, exercise.stretch),)
