"""What the coach's screens show of the exercise at hand at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from neckform.core.coach.coaching import Coaching
from neckform.core.coach.corrective_cues import UNDER_WAY
from neckform.core.coach.cues import Cue, CueKind
from neckform.core.coach.guided import Phase
from neckform.core.stretch.holds import status_of
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import Exercise, HoldState


@dataclass(frozen=True, slots=True)
class CoachStatus:
    """One exercise at one moment.

    Attributes
    ----------
    clock : HoldState
        What the clock of the exercise is doing, all its attempts together.
    held_ms, target_ms : int
        In form so far, and asked for.
    part : int
        Which attempt this is.
    hold : HoldStatus
        What is judged of its stretch.
    line : Cue
        What to say of the moment: the correction that is due, or else what the clock does.
    guides : bool
        Whether a tone may guide the head: in the hold, and before it once somebody tries.
    """

    exercise: Exercise
    clock: HoldState
    held_ms: int
    target_ms: int
    part: int
    hold: HoldStatus
    line: Cue
    guides: bool = False


def coach_status(state: Coaching) -> CoachStatus | None:
    """Lay out the moment; None while there is no exercise to judge."""
    clock, machine, judged = state.clock, state.machine, state.guided.session
    if clock is None or machine is None or judged is None:
        return None
    doing = machine.state
    if not clock.running_ms:
        doing = HoldState.PAUSED if clock.held_ms else HoldState.REST
    by_clock = {
        HoldState.REST: Cue(CueKind.INSTRUCTION, clock.exercise.side, clock.exercise.stretch),
        HoldState.HOLDING: Cue(CueKind.STAY),
        HoldState.LAPSE: Cue(CueKind.STAY),
        HoldState.PAUSED: Cue(CueKind.PAUSED),
    }
    if state.hints.times:
        by_clock[HoldState.PAUSED] = by_clock[HoldState.REST]
    status = status_of(judged.holds, machine)
    return CoachStatus(
        exercise=clock.exercise,
        clock=doing,
        held_ms=clock.held_ms,
        target_ms=clock.target_ms,
        part=clock.parts,
        hold=status,
        line=state.advice or by_clock[doing],
        guides=_guides(state, status),
    )


def _guides(state: Coaching, status: HoldStatus) -> bool:
    if state.guided.paused is not None:
        return False
    tries = status.way is not None and status.way >= UNDER_WAY
    return state.guided.phase is Phase.HOLD or (state.guided.phase is Phase.SHOW and tries)
