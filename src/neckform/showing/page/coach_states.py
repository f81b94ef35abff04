"""What the page is told of a routine: plain data, worked out from the core's state.

The core decides everything that is seen or said; here it only gets its words. ``t_ms`` and
milliseconds are as the core has them, and are rounded by the page, when they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from neckform.core.coach.coach_status import CoachStatus, coach_status
from neckform.core.coach.coaching import Coaching, swaps_sides
from neckform.core.coach.cues import (
    Cue,
    CueKind,
    Said,
    Weight,
)
from neckform.core.coach.exercise_clock import ExerciseClock
from neckform.core.coach.framing import Check
from neckform.core.coach.guided import Guided, Phase
from neckform.core.coach.placement import Placement
from neckform.core.stretch.compensation import ShoulderVerdict, Verdict
from neckform.core.stretch.status import HoldStatus
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Evidence, Exercise, HoldState, Side
from neckform.showing.page.figures import feel_words, stretch_figure
from neckform.showing.words.catalogue import phrase
from neckform.showing.words.spoken import stretch_words, words_of

State = dict[str, Any]

_PAGE_PHASE = {Phase.CLOSING: "done", Phase.OVER: "done"}


def coach_state(state: Coaching, language: str) -> State:
    """The parts of a state that belong to the routine."""
    phase = state.guided.phase
    told = {"phase": _PAGE_PHASE.get(phase, phase.value), **paused_state(state.guided, language)}
    if phase in (Phase.FRAMING, Phase.NEUTRAL):
        return told | placement_state(state.guided.placement, language)
    status = coach_status(state)
    if status is None:
        return told | {"done": done_state(state, language, final=False)}
    told["exercise"] = _exercise(state, status.exercise, language)
    told["hold"] = _hold(state, status, language)
    told["shoulders"] = shoulders_state(status.hold.shoulders, language)
    if status.guides:
        told["guide"] = guide_state(status.hold)
    if phase is Phase.REST:
        told["rest"] = {
            "left_ms": state.rest_left_ms,
            "total_ms": state.settings.rest_ms,
            "swaps": swaps_sides(state),
        }
    return told


def paused_state(person: Guided, language: str) -> State:
    """Why nothing goes on; nothing while it does."""
    by = person.paused
    if by is None:
        return {}
    return {"paused": {"by": by.value, "text": phrase(f"paused.{by}", language)}}


def placement_state(state: Placement, language: str) -> State:
    """The checks, and how far the neutral is."""
    capture = state.capture
    ok = bool(state.found) and all(check.ok for check in state.found)
    return {
        "framing": {
            "checks": [_check(check, language) for check in state.found],
            "ok": ok,
            "text": phrase("check.all-good", language) if ok else "",
        },
        "neutral": {
            "share": 1.0 - capture.left_ms / capture.wanted_ms,
            "left_ms": capture.left_ms,
            "trouble": capture.trouble and phrase(f"not-neutral.{capture.trouble}", language),
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
        "name": stretch_words(stretch, language).name,
        "stretch": stretch.id,
        "figure": stretch_figure(stretch, one.exercise.side, language),
        "side": None if one.exercise.side is None else one.exercise.side.value,
        "to": _toward(one.exercise.side, language),
        "held_ms": one.held_ms,
        "target_ms": one.target_ms,
        "completed": one.completed,
        "parts": one.parts,
        "pauses": [{"text": text, "times": times} for text, times in counted.items()],
        "skipped": one.skipped,
    }


def _toward(side: Side | None, language: str) -> str | None:
    return None if side is None else phrase(f"toward.{side}", language)


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
        "title": phrase(
            "outcome.title" if completed == planned else "outcome.title-part", language
        ),
        "lines": [_how_much(finished, completed, planned, language)],
        "exercises": [
            finished_state(one, by_id[one.exercise.stretch], language) for one in finished
        ],
        "kept": None,
        "streak_days": None,
        "report": None,
        "trend": None,
        "tomorrow": None,
        "reminder": None,
        "final": final,
    }


def _how_much(
    finished: Sequence[ExerciseClock], completed: int, planned: int, language: str
) -> str:
    """What was done, in a sentence or two; kind, and true."""
    if not any(one.held_ms for one in finished):
        return phrase("outcome.nothing", language)
    if completed < planned:
        return phrase("outcome.part", language, done=completed, n=planned)
    return phrase("outcome.all", language, n=planned)


def _check(check: Check, language: str) -> State:
    text = (
        words_of(Cue(check.cue), language) if check.cue else phrase(f"check.{check.id}", language)
    )
    return {"id": check.id, "ok": check.ok, "text": text, "wrong": check.cue is not None}


def _exercise(state: Coaching, exercise: Exercise, language: str) -> State:
    by_id = state.settings.session.holds.by_id
    stretch = by_id[exercise.stretch]
    words = stretch_words(stretch, language)
    index, count = len(state.finished), len(state.settings.exercises)
    same = [one == exercise for one in state.settings.exercises]
    return {
        "index": index,
        "count": count,
        "stretch": exercise.stretch,
        "side": None if exercise.side is None else exercise.side.value,
        "name": words.name,
        "muscle": words.muscle,
        "to": _toward(exercise.side, language),
        "sentence": words_of(Cue(CueKind.INSTRUCTION, exercise.side, stretch.id), language, by_id),
        "feel": feel_words(stretch, language),
        "figure": stretch_figure(stretch, exercise.side, language),
        "repetition": sum(same[: index + 1]),
        "repetitions": sum(same),
    }


def _hold(state: Coaching, status: CoachStatus, language: str) -> State:
    stretches = state.settings.session.holds.by_id
    line = {"kind": status.line.kind.value, "text": words_of(status.line, language, stretches)}
    if state.guided.paused is not None:
        line = {"kind": "paused", "text": phrase(f"paused.{state.guided.paused}", language)}
    return {
        "state": status.clock.value,
        "held_ms": status.held_ms,
        "target_ms": status.target_ms,
        "part": status.part,
        **line,
        "gauge": gauge_state(status.hold),
        "axes": axes_state(status.hold, language),
    }


def gauge_state(hold: HoldStatus) -> State | None:
    """The stretch's first axis, with the verdict on all of them."""
    if hold.shown is None:
        return None
    return {**asdict(hold.shown), "zone": hold.zone.value}


def guide_state(hold: HoldStatus) -> State:
    """What the guiding tone follows: the way, the ear that goes down, each shoulder that is up."""
    verdict = hold.shoulders
    shoulders = () if verdict is None else ((Side.LEFT, verdict.left), (Side.RIGHT, verdict.right))
    return {
        "way": hold.way,
        "ear": None if hold.side is None else hold.side.value,
        "in_form": hold.state in (HoldState.HOLDING, HoldState.LAPSE),
        "risen": [side.value for side, one in shoulders if one is not None and one.raised],
    }


def axes_state(hold: HoldStatus, language: str) -> list[State]:
    """A bar for each axis: the band in which the clock runs begins where the hold would end."""
    return [
        {
            "name": phrase(f"axis.{axis.axis}", language),
            "angle_deg": axis.angle_deg,
            "from_deg": axis.leave_deg if hold.entered else axis.enter_deg,
            "ease_off_deg": axis.ease_off_deg,
        }
        for axis in hold.axes
    ]


def shoulders_state(verdict: Verdict | None, language: str) -> State | None:
    """Two dots in their circles: how far each is from where it rested."""
    if verdict is None:
        return None
    key = {
        Evidence.IN: "shoulders.still",
        Evidence.UNSEEN: "shoulders.unseen",
        Evidence.OUT: f"reason.{verdict.reason}",
    }[verdict.evidence]
    text = phrase(key, language)
    return {
        "evidence": verdict.evidence.value,
        "reason": None if verdict.reason is None else verdict.reason.value,
        "text": text[:1].upper() + text[1:],
        "left": _dot(verdict.left),
        "right": _dot(verdict.right),
    }


def _dot(shoulder: ShoulderVerdict | None) -> State | None:
    if shoulder is None:
        return None
    return {
        "across_sw": shoulder.across_sw,
        "up_sw": shoulder.up_sw,
        "across_limit_sw": shoulder.across_limit_sw,
        "up_limit_sw": shoulder.up_limit_sw,
        "in": shoulder.evidence is Evidence.IN,
    }
