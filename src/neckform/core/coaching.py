"""The guided routine of one person: observations and orders in, cues and events out.

::

    FRAMING -> NEUTRAL -> SHOW -> HOLD -> REST -> SHOW -> ... -> CLOSING -> OVER

Everything is judged by the same `core.session` as a recording; this adds only what comes next and
what to say. So the events are those that an analysis of the same pictures gives, and the coach
cannot be kinder, or sterner, than the report.

An exercise is done when the seconds in form add up to its target. Whoever shakes out, or leaves,
has paused: the seconds held so far stay (of attempts long enough to be reported), and the report
tells in how many parts they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from neckform.core import cues, session, setting_up
from neckform.core.advising import advise
from neckform.core.cues import Cue, CueKind, Said, Tone, Voice
from neckform.core.framing import Scene
from neckform.core.machine import Machine
from neckform.core.observation import Baseline, Observation
from neckform.core.outcome import Coverage, Outcome
from neckform.core.session import SessionSettings, SessionState, Step
from neckform.core.setting_up import Patience, SettingUp
from neckform.core.time import seen_ms
from neckform.core.types import Event, EventKind, Exercise, Hold, HoldState, Reason

SHOW_MS = 8000
"""How long a stretch is shown, unless it is begun before."""
AWAY_MS = 2000
"""Nobody in view for so long has gone, or has shaken out of the picture."""
LATE_MS = 45_000
"""Somebody who has not begun after this long is told that there is no hurry."""
CLOSING_MS = 20_000
"""The longest that a last hold is followed on after everything is done."""
TICKS_MS = (3000, 2000, 1000)
TEN_MS = 10_000
TOLD_TEN_FROM_MS = 20_000
"""A hold shorter than this is over too soon for "ten"."""


class Phase(StrEnum):
    """Where the routine is."""

    FRAMING = "framing"
    NEUTRAL = "neutral"
    SHOW = "show"
    HOLD = "hold"
    REST = "rest"
    CLOSING = "closing"
    """All is done; whoever holds on is judged until they let go."""
    OVER = "over"


class Wish(StrEnum):
    """What a person can ask for at any time."""

    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    STOP = "stop"


class PausedBy(StrEnum):
    """Why the routine waits."""

    PERSON = "person"
    AWAY = "away"
    CAMERA = "camera"


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
class Finished:
    """What became of one exercise.

    Attributes
    ----------
    held_ms : int
        In form, all parts together.
    parts : int
        In how many attempts.
    corrections : tuple of Cue
        What was said when the clock stood still, each time.
    """

    exercise: Exercise
    held_ms: int
    target_ms: int
    parts: int
    corrections: tuple[Cue, ...] = ()
    skipped: bool = False

    @property
    def completed(self) -> bool:
        return self.held_ms >= self.target_ms


@dataclass(frozen=True, slots=True)
class Coaching:
    """All that is remembered between two steps.

    Attributes
    ----------
    since_ms : int
        When the phase began.
    index : int
        Of the exercise at hand; in REST of the next one.
    open_ms : int
        Attempts begun before this belong to an earlier exercise.
    carried_ms, parts : int
        What ended attempts of this exercise have brought.
    paused : PausedBy or None
    """

    settings: CoachSettings
    phase: Phase
    since_ms: int
    last_ms: int
    setting_up: SettingUp
    session: SessionState | None = None
    index: int = 0
    open_ms: int = 0
    carried_ms: int = 0
    parts: int = 0
    corrections: tuple[Cue, ...] = ()
    rest_left_ms: int = 0
    seen_ms: int = 0
    held_up_ms: int = 0
    paused: PausedBy | None = None
    finished: tuple[Finished, ...] = ()
    holds: tuple[Hold, ...] = ()
    voice: Voice = field(default_factory=Voice)
    advice: Cue | None = None

    @property
    def exercise(self) -> Exercise | None:
        """The one at hand; None when all are over."""
        exercises = self.settings.exercises
        return exercises[self.index] if self.index < len(exercises) else None

    @property
    def machine(self) -> Machine | None:
        """The hold machine of the exercise at hand."""
        if self.session is None or self.exercise is None:
            return None
        wanted = self.exercise
        return next(
            machine
            for machine in self.session.holds.machines
            if machine.stretch.id == wanted.stretch and machine.side is wanted.side
        )

    @property
    def target_ms(self) -> int:
        machine = self.machine
        return machine.stretch.target_ms if machine else 0

    @property
    def running_ms(self) -> int:
        """What the attempt under way has brought to this exercise."""
        machine = self.machine
        attempt = machine.attempt if machine else None
        if attempt is None or not attempt.begun or attempt.start_ms < self.open_ms:
            return 0
        return attempt.held_ms

    @property
    def held_ms(self) -> int:
        return self.carried_ms + self.running_ms

    @property
    def baseline(self) -> Baseline | None:
        return self.session.measuring.baseline if self.session and self.session.measuring else None


@dataclass(frozen=True, slots=True)
class Told:
    """What one step led to.

    Attributes
    ----------
    step : Step or None
        Of the session; None before there is a neutral, and while paused.
    events : tuple of Event
    said : tuple of Said
    """

    step: Step | None = None
    events: tuple[Event, ...] = ()
    said: tuple[Said, ...] = ()


def begin(settings: CoachSettings, t_ms: int) -> Coaching:
    """Before the first observation."""
    return Coaching(
        settings=settings,
        phase=Phase.FRAMING,
        since_ms=t_ms,
        last_ms=t_ms,
        setting_up=setting_up.begin(settings.patience),
        seen_ms=t_ms,
    )


def step(state: Coaching, observation: Observation, scene: Scene) -> tuple[Coaching, Told]:
    """Take in one observation."""
    t_ms = observation.t_ms
    elapsed_ms = seen_ms(state.last_ms, t_ms)
    state = replace(state, last_ms=t_ms)
    if state.paused is PausedBy.CAMERA:
        state = replace(state, paused=None, seen_ms=t_ms)
        state, back = _say(state, t_ms, (Cue(CueKind.RESUMED),))
        state, told = _take(state, observation, scene, elapsed_ms)
        return state, replace(told, said=(*back.said, *told.said))
    return _take(state, observation, scene, elapsed_ms)


def _take(
    state: Coaching, observation: Observation, scene: Scene, elapsed_ms: int
) -> tuple[Coaching, Told]:
    t_ms = observation.t_ms
    if state.paused is PausedBy.PERSON or state.phase is Phase.OVER:
        # Not judged at all: a break that was asked for is a gap in time, which earns nothing.
        return _say(state, t_ms, ())
    if state.phase in (Phase.FRAMING, Phase.NEUTRAL):
        return _set_up(state, observation, scene)
    return _judge(state, observation, elapsed_ms)


def blind(state: Coaching, t_ms: int) -> tuple[Coaching, Told]:
    """There is no picture: the camera is gone."""
    if state.phase is Phase.OVER:
        return state, Told()
    if state.phase is Phase.CLOSING:
        # All is done, and nobody can see how long the last hold goes on.
        return finish(state, max(t_ms, state.last_ms))
    first = state.paused is not PausedBy.CAMERA
    wanted = (Cue(CueKind.CAMERA_LOST, tone=Tone.OUT),) if first else ()
    if state.paused is not PausedBy.PERSON:
        state = replace(state, paused=PausedBy.CAMERA)
    elif first:
        wanted = ()
    return _say(replace(state, last_ms=max(t_ms, state.last_ms)), t_ms, wanted)


def obey(state: Coaching, t_ms: int, wish: Wish) -> tuple[Coaching, Told]:
    """Do what the person asks for."""
    t_ms = max(t_ms, state.last_ms)
    if state.phase in (Phase.CLOSING, Phase.OVER):
        return state, Told()
    if wish is Wish.STOP:
        return finish(replace(state, voice=cues.hush(state.voice)), t_ms)
    if wish is Wish.PAUSE:
        state = replace(state, paused=PausedBy.PERSON, voice=cues.hush(state.voice))
        return _say(state, t_ms, (Cue(CueKind.PAUSED, tone=Tone.OUT),))
    if wish is Wish.RESUME:
        if state.paused is not PausedBy.PERSON:
            return state, Told()
        state = replace(state, paused=None, seen_ms=t_ms)
        return _say(state, t_ms, (Cue(CueKind.RESUMED),))
    return _skip(state, t_ms)


def finish(state: Coaching, t_ms: int) -> tuple[Coaching, Told]:
    """End the routine where it is; what was held so far counts."""
    events: tuple[Event, ...] = ()
    if state.phase in (Phase.SHOW, Phase.HOLD) and state.exercise is not None:
        state = _close(state)
    if state.session is not None:
        ended, events = session.finish(state.session)
        state = _collect(replace(state, session=ended), events)
    state, told = _say(replace(state, phase=Phase.OVER, since_ms=t_ms, paused=None), t_ms, ())
    return state, replace(told, events=events)


def outcome(state: Coaching) -> Outcome:
    """All that was measured, for the report."""
    if state.session is None:
        return Outcome(None, Coverage())
    return session.outcome(state.session, state.holds, ())


# --- before the first stretch ---------------------------------------------------------------


def _set_up(state: Coaching, observation: Observation, scene: Scene) -> tuple[Coaching, Told]:
    t_ms = observation.t_ms
    made, baseline, cue = setting_up.step(state.setting_up, observation, scene)
    state = replace(state, setting_up=made)
    if baseline is None:
        state = _go(state, Phase.NEUTRAL if made.placed else Phase.FRAMING, t_ms)
        return _say(state, t_ms, (cue,) if cue else ())
    state = replace(
        state,
        session=session.begin(state.settings.session, baseline),
        open_ms=t_ms,
        seen_ms=t_ms,
    )
    return _say(_go(state, Phase.SHOW, t_ms), t_ms, (*([cue] if cue else ()), *_instruction(state)))


# --- the stretches --------------------------------------------------------------------------


def _judge(state: Coaching, observation: Observation, elapsed_ms: int) -> tuple[Coaching, Told]:
    if state.session is None:
        raise RuntimeError("a stretch is judged against a neutral")
    t_ms, before_ms = observation.t_ms, state.held_ms
    judged, step = session.step(state.session, observation)
    state = _collect(replace(state, session=judged), step.events)
    wanted = [*_presence(state, observation)]
    state = _with_presence(state, observation)
    if state.phase is Phase.CLOSING:
        return _close_down(state, t_ms, step)
    if state.phase is Phase.REST and not state.running_ms:
        state, more = _rest(state, t_ms, elapsed_ms)
    else:
        state, more = _exercise(state, t_ms, step.events, before_ms)
    state, told = _say(state, t_ms, (*wanted, *more))
    return state, replace(told, step=step, events=step.events)


def _exercise(
    state: Coaching, t_ms: int, events: Iterable[Event], before_ms: int
) -> tuple[Coaching, list[Cue]]:
    """In SHOW and HOLD, and in REST as soon as the next hold has begun."""
    shown = state.phase is Phase.SHOW and t_ms - state.since_ms >= SHOW_MS
    if state.running_ms or shown:
        state = _go(state, Phase.HOLD, t_ms)
    if state.running_ms:
        state = replace(state, voice=cues.forget(state.voice, CueKind.INSTRUCTION))
    if state.held_ms >= state.target_ms > 0:
        return _done(state, t_ms)
    wanted = list(_milestones(state, before_ms))
    state, turned = _turns(state, events)
    wanted += turned
    machine = state.machine
    if machine is None or state.session is None:
        return state, wanted
    advice = advise(state.session.holds, machine)
    if state.phase is Phase.HOLD and _still_in_the_last(state):
        # Done twice in a row: whoever never let go has to, before it can count again.
        advice = Cue(CueKind.COME_BACK)
    state = replace(state, advice=advice)
    if advice is not None and _is_due(state, advice):
        wanted.append(advice)
    late = state.phase is Phase.HOLD and t_ms - state.held_up_ms >= LATE_MS
    if late and not state.held_ms and state.paused is None:
        state = replace(state, held_up_ms=t_ms)
        wanted.append(Cue(CueKind.TAKE_YOUR_TIME))
    return state, wanted


def _still_in_the_last(state: Coaching) -> bool:
    """Whether the attempt under way belongs to the exercise before, which was the same one."""
    attempt = state.machine.attempt if state.machine else None
    return attempt is not None and attempt.start_ms < state.open_ms


def _is_due(state: Coaching, advice: Cue) -> bool:
    """While a stretch is only being shown, nothing but the wrong side is worth interrupting for."""
    if state.phase is Phase.HOLD:
        return True
    return advice.kind in (CueKind.WRONG_SIDE, CueKind.EASE_OFF)


def _turns(state: Coaching, events: Iterable[Event]) -> tuple[Coaching, list[Cue]]:
    """What the clock's starting and stopping is worth saying."""
    wanted: list[Cue] = []
    exercise = state.exercise
    for event in events:
        if exercise is None or (event.stretch, event.side) != (exercise.stretch, exercise.side):
            continue
        if _still_in_the_last(state):
            continue  # the one before goes on: its seconds are not this exercise's
        if event.kind in (EventKind.HOLD_BEGAN, EventKind.HOLD_RESUMED):
            wanted.append(Cue(CueKind.STAY, tone=Tone.IN))
        elif event.kind is EventKind.HOLD_PAUSED:
            machine, judged = state.machine, state.session
            advice = advise(judged.holds, machine) if judged and machine else None
            # Without advice: nobody was seen, or the head has come back to rest.
            unseen = event.reason is Reason.UNSEEN
            cue = advice or Cue(CueKind.NOT_SEEN if unseen else CueKind.PAUSED)
            state = replace(state, corrections=(*state.corrections, cue))
            wanted.append(replace(cue, tone=Tone.OUT))
    return state, wanted


def _milestones(state: Coaching, before_ms: int) -> Iterable[Cue]:
    """What the clock has just passed."""
    left_ms, left_before_ms = state.target_ms - state.held_ms, state.target_ms - before_ms
    if state.target_ms >= TOLD_TEN_FROM_MS and left_ms <= TEN_MS < left_before_ms:
        yield Cue(CueKind.TEN)
    if any(left_ms <= tick < left_before_ms for tick in TICKS_MS):
        yield Cue(CueKind.TICK, tone=Tone.TICK)


def _done(state: Coaching, t_ms: int) -> tuple[Coaching, list[Cue]]:
    """The exercise at hand is complete: rest, then the next."""
    done = state.exercise
    state = _open_next(_close(state), t_ms)
    following = state.exercise
    wanted = [Cue(CueKind.DONE, tone=Tone.DONE)]
    if following is None:
        return _go(state, Phase.CLOSING, t_ms), [*wanted, Cue(CueKind.ALL_DONE)]
    if done is not None and following.stretch == done.stretch and following.side is not done.side:
        wanted.append(Cue(CueKind.SWAP_SIDES, following.side, following.stretch))
    else:
        wanted.append(Cue(CueKind.NEXT, following.side, following.stretch))
    return _go(state, Phase.REST, t_ms), wanted


def _rest(state: Coaching, t_ms: int, elapsed_ms: int) -> tuple[Coaching, list[Cue]]:
    if state.paused is None:
        state = replace(state, rest_left_ms=max(0, state.rest_left_ms - elapsed_ms))
    if state.rest_left_ms:
        return state, []
    return _go(state, Phase.SHOW, t_ms), list(_instruction(state))


def _close_down(state: Coaching, t_ms: int, step: Step) -> tuple[Coaching, Told]:
    """After the last exercise: until nothing is held any more."""
    held = state.session is not None and any(
        machine.attempt is not None for machine in state.session.holds.machines
    )
    if held and t_ms - state.since_ms < CLOSING_MS:
        state, told = _say(state, t_ms, ())
        return state, replace(told, step=step, events=step.events)
    state, told = finish(state, t_ms)
    return state, replace(told, step=step, events=(*step.events, *told.events))


def _skip(state: Coaching, t_ms: int) -> tuple[Coaching, Told]:
    """Leave out what is at hand; in the set-up, go on where that is possible."""
    state = replace(state, voice=cues.hush(state.voice))
    if state.phase in (Phase.FRAMING, Phase.NEUTRAL):
        return replace(state, setting_up=setting_up.go_on_anyway(state.setting_up)), Told()
    if state.phase is not Phase.REST:
        state = _open_next(_close(state, skipped=True), t_ms)
        if state.exercise is None:
            state, told = finish(state, t_ms)
            state, last = _say(state, t_ms, (Cue(CueKind.ALL_DONE),))
            return state, replace(told, said=(*told.said, *last.said))
    state = _go(replace(state, rest_left_ms=0), Phase.SHOW, t_ms)
    return _say(state, t_ms, _instruction(state))


def _close(state: Coaching, *, skipped: bool = False) -> Coaching:
    """Write down what became of the exercise at hand."""
    exercise = state.exercise
    if exercise is None:
        return state
    parts = state.parts + bool(state.running_ms)
    one = Finished(
        exercise, state.held_ms, state.target_ms, parts, state.corrections,
        skipped=skipped and state.held_ms < state.target_ms,
    )  # fmt: skip
    return replace(state, finished=(*state.finished, one))


def _open_next(state: Coaching, t_ms: int) -> Coaching:
    return replace(
        state,
        index=state.index + 1,
        open_ms=t_ms,
        carried_ms=0,
        parts=0,
        corrections=(),
        advice=None,
        rest_left_ms=state.settings.rest_ms,
    )


def _collect(state: Coaching, events: Iterable[Event]) -> Coaching:
    """Keep the holds that have ended, and add those of the exercise at hand to it."""
    exercise = state.exercise
    for event in events:
        hold = event.hold
        if hold is None:
            continue
        state = replace(state, holds=(*state.holds, hold))
        ours = exercise is not None and (hold.stretch, hold.side) == (
            exercise.stretch, exercise.side,
        )  # fmt: skip
        if ours and hold.start_ms >= state.open_ms and state.phase is not Phase.OVER:
            state = replace(
                state, carried_ms=state.carried_ms + hold.held_ms, parts=state.parts + 1
            )
    return state


# --- who is there ---------------------------------------------------------------------------


def _presence(state: Coaching, observation: Observation) -> Iterable[Cue]:
    if _seen(observation):
        if state.paused is PausedBy.AWAY:
            yield Cue(CueKind.WELCOME_BACK)
    elif state.paused is None and observation.t_ms - state.seen_ms >= AWAY_MS:
        yield Cue(CueKind.AWAY, tone=Tone.OUT)


def _with_presence(state: Coaching, observation: Observation) -> Coaching:
    t_ms = observation.t_ms
    if _seen(observation):
        away = state.paused is PausedBy.AWAY
        return replace(state, seen_ms=t_ms, paused=None if away else state.paused)
    if state.paused is None and t_ms - state.seen_ms >= AWAY_MS:
        return replace(state, paused=PausedBy.AWAY)
    return state


def _seen(observation: Observation) -> bool:
    """Somebody is there. A pose that was not looked for in this picture says nothing."""
    return observation.face is not None or observation.pose is not None


# --- small things ---------------------------------------------------------------------------


def _instruction(state: Coaching) -> tuple[Cue, ...]:
    exercise = state.exercise
    if exercise is None:
        return ()
    return (Cue(CueKind.INSTRUCTION, exercise.side, exercise.stretch),)


def _go(state: Coaching, phase: Phase, t_ms: int) -> Coaching:
    if phase is state.phase:
        return state
    return replace(state, phase=phase, since_ms=t_ms, held_up_ms=t_ms)


def _say(state: Coaching, t_ms: int, wanted: Iterable[Cue]) -> tuple[Coaching, Told]:
    voice, said = cues.step(state.voice, t_ms, wanted)
    return replace(state, voice=voice), Told(said=said)


def clock_state(state: Coaching) -> HoldState:
    """What the clock of the exercise at hand is doing."""
    machine = state.machine
    if machine is None or not state.running_ms:
        return HoldState.PAUSED if state.held_ms else HoldState.REST
    return machine.state
