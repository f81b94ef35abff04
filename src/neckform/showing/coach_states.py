"""What the page is told of a routine: plain data, worked out from the core's state.

Everything that is seen or said is decided by the core; here it only gets its words. ``t_ms`` and
milliseconds are as the core has them, and are rounded by the page, when they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from neckform.core.coaching import Coaching, clock_state
from neckform.core.cues import Cue, CueKind, Said, Weight
from neckform.core.exercise_clock import ExerciseClock
from neckform.core.framing import Check
from neckform.core.guided import Guided, PausedBy, Phase
from neckform.core.setting_up import SettingUp
from neckform.core.stillness import ShoulderLimits
from neckform.core.stretches import Stretch, toward
from neckform.core.types import Exercise, HoldState, Shoulders, Side
from neckform.showing.figures import feel_words, stretch_figure
from neckform.showing.spoken import words_of

State = dict[str, Any]

_CHECKS = {
    "head": "Your head is in view",
    "shoulders": "Both shoulders are in view",
    "distance": "You sit at a good distance",
    "middle": "You are in the middle, with room above your head",
    "light": "There is enough light on your face",
    "alone": "You are alone in the picture",
    "level": "The camera looks at you straight",
}
_PAUSED = {
    PausedBy.PERSON: "Paused. Go on when you like.",
    PausedBy.AWAY: "Nobody is in view. Come back when you like: what you held so far stays.",
    PausedBy.CAMERA: "There is no picture. It goes on as soon as the camera is back.",
}
_SIDES = {Side.LEFT: "to the left", Side.RIGHT: "to the right"}
_PAGE_PHASE = {Phase.CLOSING: "done", Phase.OVER: "done"}


def coach_state(state: Coaching, language: str) -> State:
    """The parts of a state that belong to the routine."""
    phase = state.guided.phase
    told = {"phase": _PAGE_PHASE.get(phase, phase.value), **paused_state(state.guided)}
    if phase in (Phase.FRAMING, Phase.NEUTRAL):
        return told | setting_up_state(state.guided.placement, language)
    if state.clock is None:
        return told | {"done": done_state(state, language, final=False)}
    told["exercise"] = _exercise(state, state.clock.exercise, language)
    told["hold"] = _hold(state, state.clock, language)
    told["shoulders"] = _shoulders(state)
    if phase is Phase.REST:
        told["rest"] = {"left_ms": state.rest_left_ms, "total_ms": state.settings.rest_ms}
    return told


def paused_state(person: Guided) -> State:
    """Why nothing goes on; nothing while it does."""
    by = person.paused
    return {} if by is None else {"paused": {"by": by.value, "text": _PAUSED[by]}}


def setting_up_state(state: SettingUp, language: str) -> State:
    """The checks, and how far the neutral is."""
    capture = state.capture
    return {
        "framing": {
            "checks": [_check(one, language) for one in state.found],
            "ok": bool(state.found) and all(one.ok for one in state.found),
        },
        "neutral": {
            "share": 1.0 - capture.left_ms / capture.wanted_ms,
            "left_ms": capture.left_ms,
            "trouble": capture.trouble,
        },
    }


def said_state(said: Said, language: str, stretches: Mapping[str, Stretch] | None = None) -> State:
    """A cue, as it is heard and read."""
    cue = said.cue
    return {
        "id": said.number,
        "t_ms": said.t_ms,
        "kind": cue.kind.value,
        "side": None if cue.side is None else cue.side.value,
        "text": words_of(cue, language, stretches) if said.words else "",
        "lang": language,
        "tone": None if cue.tone is None else cue.tone.value,
        "urgent": cue.weight is Weight.URGENT,
        "interrupts": said.interrupts,
    }


def finished_state(one: ExerciseClock, stretch: Stretch, language: str) -> State:
    """One line of what was done."""
    counted: dict[str, int] = {}
    for cue in one.corrections:
        text = words_of(cue, language)
        counted[text] = counted.get(text, 0) + 1
    return {
        "name": stretch.name,
        "stretch": stretch.id,
        "side": None if one.exercise.side is None else one.exercise.side.value,
        "to": _SIDES.get(one.exercise.side) if one.exercise.side else None,
        "held_ms": one.held_ms,
        "target_ms": one.target_ms,
        "completed": one.completed,
        "parts": one.parts,
        "pauses": [{"text": text, "times": times} for text, times in counted.items()],
        "skipped": one.skipped,
    }


def done_state(state: Coaching, language: str, *, final: bool) -> State:
    """What was done.

    Parameters
    ----------
    final : bool
        False while a last hold is still followed: what is kept is not known yet.
    """
    planned, finished = len(state.settings.exercises), state.finished
    by_id = state.settings.session.holds.by_id
    completed = sum(one.completed for one in finished)
    return {
        "title": "Done for today" if completed == planned else "That was it for now",
        "lines": [_how_much(finished, completed, planned)],
        "exercises": [
            finished_state(one, by_id[one.exercise.stretch], language) for one in finished
        ],
        "kept": None,
        "streak_days": None,
        "report": None,
        "final": final,
    }


def _how_much(finished: Sequence[ExerciseClock], completed: int, planned: int) -> str:
    """What was done, in a sentence or two; kind, and true."""
    if not any(one.held_ms for one in finished):
        return "Nothing was held this time. Another day."
    if completed < planned:
        return f"{completed} of {planned} stretches were held to the end. Every second counts."
    if planned == 1:
        return "It was held to the end."
    return f"All {planned} stretches were held to the end."


def _check(one: Check, language: str) -> State:
    text = _CHECKS[one.id] if one.cue is None else words_of(Cue(one.cue), language)
    return {"id": one.id, "ok": one.ok, "text": text, "wrong": one.cue is not None}


def _exercise(state: Coaching, exercise: Exercise, language: str) -> State:
    by_id = state.settings.session.holds.by_id
    stretch = by_id[exercise.stretch]
    index, count = len(state.finished), len(state.settings.exercises)
    same = [one == exercise for one in state.settings.exercises]
    return {
        "index": index,
        "count": count,
        "stretch": exercise.stretch,
        "side": None if exercise.side is None else exercise.side.value,
        "name": stretch.name,
        "to": _SIDES.get(exercise.side) if exercise.side else None,
        "sentence": words_of(Cue(CueKind.INSTRUCTION, exercise.side, stretch.id), language, by_id),
        "feel": feel_words(stretch, language),
        "figure": stretch_figure(stretch, exercise.side, language),
        "repetition": sum(same[: index + 1]),
        "repetitions": sum(same),
    }


def _hold(state: Coaching, clock: ExerciseClock, language: str) -> State:
    doing = clock_state(state)
    advice = state.advice if doing is not HoldState.HOLDING else None
    return {
        "state": doing.value,
        "held_ms": clock.held_ms,
        "target_ms": clock.target_ms,
        "part": clock.parts,
        "text": words_of(advice, language) if advice else None,
        "gauge": _gauge(state),
    }


def _gauge(state: Coaching) -> State | None:
    """The stretch's main angle, toward its own side."""
    machine, judged = state.machine, state.guided.session
    if machine is None or judged is None:
        return None
    axis = machine.stretch.shown
    goal = machine.stretch.main[axis]
    guidance, own = judged.holds.settings.guidance, judged.holds.own_range
    head = judged.holds.sample.face_head if judged.holds.sample else None
    angle = axis.of(toward(head.angles, machine.side)) if head is not None else None
    ease_off = guidance.ease_off(axis, machine.side, own)
    return {
        "angle_deg": angle,
        "enter_deg": goal.enter_deg,
        "target_deg": guidance.target(goal, axis, machine.side, own),
        "to_deg": goal.target_to_deg,
        "ease_off_deg": ease_off,
        "ease_off": angle is not None and angle > ease_off,
        "axis": axis.value,
    }


def _shoulders(state: Coaching) -> State | None:
    """Two dots in their circles: how far each is from where it rested."""
    judged = state.guided.session
    verdict = judged.holds.shoulders if judged else None
    if judged is None or verdict is None or verdict.moved is None:
        return None
    limits = judged.holds.settings.shoulders
    return {
        "left": _dot(verdict.moved, verdict.moved.left_rise_sw, limits),
        "right": _dot(verdict.moved, verdict.moved.right_rise_sw, limits),
        "up_limit_sw": limits.rise_sw,
        "across_limit_sw": limits.drift_sw,
        "reason": None if verdict.reason is None else verdict.reason.value,
    }


def _dot(moved: Shoulders, rise_sw: float, limits: ShoulderLimits) -> State:
    still = rise_sw <= limits.rise_sw and abs(moved.drift_sw) <= limits.drift_sw
    return {"across_sw": moved.drift_sw, "up_sw": rise_sw, "in": still}
