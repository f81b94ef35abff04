"""The routine: one test per transition, then what must hold for any visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from coach_stage import (
    LEVATOR_LEFT,
    NEUTRAL_S,
    PARA,
    POSED,
    TRAP_LEFT,
    TRAP_RIGHT,
    Acts,
    Played,
    play,
    settings,
)
from hold_samples import SETTINGS
from people import pose
from seated import BRIGHT, seated

from neckform.core.coach import coaching
from neckform.core.coach.coach_status import coach_status
from neckform.core.coach.cues import Cue, CueKind, Tone
from neckform.core.coach.exercise_clock import ExerciseClock
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import (
    PausedBy,
    Phase,
    Response,
    Wish,
)
from neckform.core.coach.placement import Patience
from neckform.core.coach.routine import all_exercises, repeated
from neckform.core.events import EventKind
from neckform.core.measure.observation import Observation
from neckform.core.session import Session
from neckform.core.types import Angles, Exercise, HoldState, Side

RISEN = pose(left_up_px=40.0)
ONE = settings(TRAP_LEFT)
BOTH = settings(TRAP_LEFT, TRAP_RIGHT)
LEAVE = (Phase.CLOSING, Phase.OVER)


def whole(fps: float = 10.0) -> Acts:
    """Both sides as they should be, with a rest between them."""
    acts = Acts(fps).sit(2).hold(TRAP_LEFT, 6.5).sit(5).hold(TRAP_RIGHT, 6.5)
    return acts.sit(3)


def clock(went: Played) -> ExerciseClock:
    """Of the exercise at hand."""
    assert went.state.clock is not None
    return went.state.clock


def held_s(one: ExerciseClock) -> float:
    return one.held_ms / 1000


# --- the way through ----------------------------------------------------------------------


def test_every_phase_in_its_order() -> None:
    went = play(replace(BOTH, patience=Patience()), Acts().sit(4).sit(2).hold(TRAP_LEFT, 6.5).sit(5)
                .hold(TRAP_RIGHT, 6.5).sit(3))  # fmt: skip
    assert went.order == [
        Phase.FRAMING, Phase.NEUTRAL, Phase.SHOW, Phase.HOLD, Phase.REST, Phase.SHOW, Phase.HOLD,
        Phase.CLOSING, Phase.OVER,
    ]  # fmt: skip
    assert went.entered(Phase.NEUTRAL) == 1.0
    assert went.entered(Phase.SHOW) == 4.0
    assert [one.completed for one in went.finished] == [True, True]


def test_what_is_said_on_the_way() -> None:
    went = play(BOTH, whole())
    assert went.words() == [
        CueKind.SIT_STILL, CueKind.NEUTRAL_TAKEN, CueKind.STAY, CueKind.DONE, CueKind.SWAP_SIDES,
        CueKind.INSTRUCTION, CueKind.STAY, CueKind.DONE, CueKind.ALL_DONE,
    ]  # fmt: skip
    (swap,) = [one.cue for one in went.said if one.cue.kind is CueKind.SWAP_SIDES]
    assert swap.side is Side.RIGHT
    (told,) = [one.cue for one in went.said if one.cue.kind is CueKind.INSTRUCTION]
    assert (told.side, told.stretch) == (Side.RIGHT, "upper-trapezius")


def test_an_instruction_is_heard_by_whoever_waits_for_it() -> None:
    went = play(ONE, Acts().sit(5))
    assert went.words()[-2:] == [CueKind.NEUTRAL_TAKEN, CueKind.INSTRUCTION]


def test_tones_in_out_and_done() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.5).at(POSED[TRAP_LEFT], 1.5, RISEN)
    went = play(settings(TRAP_LEFT, hold_s=8), acts.hold(TRAP_LEFT, 6.5).sit(3))
    tones = [one.cue.tone for one in went.said if one.cue.tone is not None]
    assert tones == [Tone.IN, Tone.OUT, Tone.IN, *[Tone.TICK] * 3, Tone.DONE]


def test_shown_for_eight_seconds_unless_it_is_begun_before() -> None:
    slow = play(ONE, Acts().sit(10))
    assert slow.entered(Phase.HOLD) == pytest.approx(1.0 + 8.0)
    quick = play(ONE, Acts().sit(2).hold(TRAP_LEFT, 2))
    assert quick.entered(Phase.HOLD) == pytest.approx(2.5, abs=0.3)


def test_who_has_not_begun_is_told_that_there_is_no_hurry() -> None:
    went = play(ONE, Acts(5).sit(110))
    assert went.times_of(CueKind.TAKE_YOUR_TIME) == [pytest.approx(54, abs=0.5),
                                                     pytest.approx(100.8, abs=0.5)]  # fmt: skip


def test_nobody_is_told_so_when_nobody_is_there() -> None:
    assert play(ONE, Acts(5).sit(5).away(110)).times_of(CueKind.TAKE_YOUR_TIME) == []


def test_a_hold_begun_in_the_rest_is_the_next_exercise_s() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(1).hold(TRAP_RIGHT, 6.5).sit(3)
    went = play(settings(TRAP_LEFT, TRAP_RIGHT, rest_s=20), acts)
    assert went.order[-4:] == [Phase.REST, Phase.HOLD, *LEAVE]
    assert [one.completed for one in went.finished] == [True, True]


def test_a_rest_lasts_as_long_as_it_should() -> None:
    went = play(settings(TRAP_LEFT, TRAP_RIGHT, rest_s=7), Acts().sit(2).hold(TRAP_LEFT, 6).sit(12))
    second = [t_s for t_s, phase in went.phases if phase is Phase.SHOW][1]
    assert second - went.entered(Phase.REST) == pytest.approx(7.0, abs=0.2)


def test_a_hold_that_goes_on_into_the_rest_is_the_exercise_s_no_more() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 12).sit(10)
    went = play(settings(TRAP_LEFT, LEVATOR_LEFT, rest_s=3), acts)
    assert held_s(went.finished[0]) == pytest.approx(5.0, abs=0.2)
    (hold,) = went.holds
    assert hold.held_ms == pytest.approx(12_000, abs=500)
    assert clock(went).held_ms == 0


@pytest.mark.parametrize("exercise", [PARA, LEVATOR_LEFT, TRAP_RIGHT])
def test_a_routine_of_one_exercise(exercise: Exercise) -> None:
    went = play(settings(exercise), Acts().sit(2).hold(exercise, 6.5).sit(3))
    assert went.order[-2:] == list(LEAVE)
    (done,) = went.finished
    assert (done.exercise, done.completed, done.parts) == (exercise, True, 1)


def test_another_stretch_is_next_and_the_other_side_is_a_swap() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(2)
    following = {
        PARA: CueKind.NEXT,
        LEVATOR_LEFT: CueKind.NEXT,
        TRAP_LEFT: CueKind.NEXT,
        TRAP_RIGHT: CueKind.SWAP_SIDES,
    }
    for exercise, kind in following.items():
        went = play(settings(TRAP_LEFT, exercise), acts)
        assert went.words()[-1] is kind


def test_repetitions_are_exercises_of_their_own() -> None:
    wanted = settings(*repeated((TRAP_LEFT, PARA), 2))
    acts = Acts(5).sit(2)
    for _ in range(2):
        acts = acts.hold(TRAP_LEFT, 6.5).sit(5).hold(PARA, 6.5).sit(5)
    went = play(wanted, acts)
    assert [one.exercise for one in went.finished] == [TRAP_LEFT, PARA, TRAP_LEFT, PARA]
    assert all(one.completed for one in went.finished)
    assert went.state.guided.phase is Phase.OVER


def test_all_exercises_are_each_stretch_on_each_side() -> None:
    assert all_exercises(SETTINGS.stretches) == (
        PARA,
        LEVATOR_LEFT,
        Exercise("levator-scapulae", Side.RIGHT),
        TRAP_LEFT,
        TRAP_RIGHT,
    )


def test_the_same_exercise_again_needs_a_hold_of_its_own() -> None:
    """Who never lets go is not told that the clock runs, for it does not."""
    risen = Acts().sit(2).hold(TRAP_LEFT, 9).at(POSED[TRAP_LEFT], 1, RISEN).hold(TRAP_LEFT, 9)
    went = play(settings(TRAP_LEFT, TRAP_LEFT, rest_s=3), risen)
    assert len(went.finished) == 1
    assert clock(went).held_ms == 0
    assert went.words().count(CueKind.STAY) == 1


def test_a_hold_that_ends_in_the_next_exercise_adds_nothing_to_it() -> None:
    went = play(settings(TRAP_LEFT, TRAP_LEFT, rest_s=3), Acts().sit(2).hold(TRAP_LEFT, 12).sit(6))
    assert len(went.holds) == 1
    assert (clock(went).held_ms, clock(went).parts) == (0, 0)


def test_who_never_lets_go_is_told_to() -> None:
    went = play(settings(TRAP_LEFT, TRAP_LEFT, rest_s=3), Acts().sit(2).hold(TRAP_LEFT, 30))
    assert clock(went).held_ms == 0
    assert went.words().count(CueKind.COME_BACK) >= 1
    assert went.words().count(CueKind.STAY) == 1


# --- the clock ----------------------------------------------------------------------------


def test_ten_and_each_tick_once() -> None:
    went = play(settings(TRAP_LEFT, hold_s=21), Acts().sit(2).hold(TRAP_LEFT, 23).sit(3))
    began = went.entered(Phase.HOLD) - 0.4
    assert went.times_of(CueKind.TEN) == [pytest.approx(began + 11, abs=0.3)]
    ticks = [one.t_ms / 1000 for one in went.said if one.cue.kind is CueKind.TICK]
    assert ticks == [pytest.approx(began + 18 + n, abs=0.3) for n in range(3)]


@pytest.mark.parametrize(
    ("hold_s", "told"),
    [(8, []), (12, [5]), (21, [10, 5]), (30, [20, 10, 5])],
)
def test_the_seconds_that_are_left_are_told(hold_s: int, told: list[int]) -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, hold_s + 2).sit(3)
    went = play(settings(TRAP_LEFT, hold_s=hold_s), acts)
    began = went.entered(Phase.HOLD) - 0.4
    kinds = {20: CueKind.TWENTY, 10: CueKind.TEN, 5: CueKind.FIVE}
    for left_s, kind in kinds.items():
        times = [pytest.approx(began + hold_s - left_s, abs=0.3)] if left_s in told else []
        assert went.times_of(kind) == times


def test_a_short_hold_is_told_no_ten() -> None:
    went = play(settings(TRAP_LEFT, hold_s=19), Acts().sit(2).hold(TRAP_LEFT, 21).sit(3))
    assert went.times_of(CueKind.TEN) == []
    assert went.finished[0].completed


def test_seconds_add_up_over_attempts() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.5).sit(4).hold(TRAP_LEFT, 3.5).sit(3)
    went = play(ONE, acts)
    (done,) = went.finished
    assert (done.completed, done.parts) == (True, 2)
    assert held_s(done) == pytest.approx(5.0, abs=0.2)
    assert [hold.completed for hold in went.holds] == [False, False]


def test_an_attempt_too_short_to_be_reported_adds_nothing() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 2).sit(4).hold(TRAP_LEFT, 3.5).sit(3)
    went = play(ONE, acts)
    assert went.state.guided.phase is Phase.HOLD
    assert clock(went).held_ms == pytest.approx(3500, abs=400)
    assert clock(went).parts == 1


def test_an_attempt_begun_before_the_exercise_does_not_count() -> None:
    """Held while the neutral was being taken in, and on."""
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).hold(TRAP_RIGHT, 2.6).sit(1)
    went = play(settings(TRAP_LEFT, PARA, TRAP_RIGHT, rest_s=3), acts.hold(PARA, 6).sit(6))
    assert [one.exercise for one in went.finished] == [TRAP_LEFT, PARA]
    assert clock(went).held_ms == 0


def test_a_risen_shoulder_stops_the_clock_and_is_written_down() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3).at(POSED[TRAP_LEFT], 1.5, RISEN)
    paused = play(ONE, acts)
    status = coach_status(paused.state)
    assert status is not None
    assert status.clock is HoldState.PAUSED
    assert paused.said[-1].cue == Cue(CueKind.SHOULDER_DOWN, Side.LEFT, tone=Tone.OUT)
    went = play(ONE, acts.hold(TRAP_LEFT, 4).sit(3))
    (done,) = went.finished
    assert done.corrections == (Cue(CueKind.SHOULDER_DOWN, Side.LEFT),)
    assert (done.completed, done.parts) == (True, 1)
    (hold,) = went.holds
    assert [pause.reason.value for pause in hold.pauses] == ["shoulder-rise"]


def test_a_head_that_comes_back_to_rest_has_paused_and_is_not_corrected() -> None:
    went = play(ONE, Acts().sit(2).hold(TRAP_LEFT, 3.5).sit(1.2))
    assert went.said[-1].cue == Cue(CueKind.PAUSED, tone=Tone.OUT)


def test_a_head_that_is_lost_has_paused_it_for_want_of_seeing() -> None:
    went = play(ONE, Acts().sit(2).hold(TRAP_LEFT, 3.5).away(0.8))
    assert went.said[-1].cue == Cue(CueKind.COME_INTO_VIEW, tone=Tone.OUT)


def test_the_wrong_side_is_said_and_earns_nothing() -> None:
    went = play(ONE, Acts().sit(2).hold(TRAP_RIGHT, 6))
    wrong = [one for one in went.said if one.cue.kind is CueKind.WRONG_SIDE]
    assert [one.cue.side for one in wrong] == [Side.LEFT]
    assert wrong[0].t_ms < 4500
    assert clock(went).held_ms == 0
    assert went.state.guided.phase is Phase.SHOW


def test_who_only_passes_by_the_other_side_is_not_told_so() -> None:
    went = play(ONE, Acts().sit(2).hold(TRAP_RIGHT, 0.8).sit(2))
    assert CueKind.WRONG_SIDE not in went.words()


def test_who_tries_while_it_is_still_shown_is_corrected_as_in_a_hold() -> None:
    passing = play(ONE, Acts().sit(2).at(Angles(0, 0, 15.0), 0.9).sit(3))
    assert CueKind.FURTHER not in passing.words()
    assert passing.state.guided.phase is Phase.SHOW
    tried = play(ONE, Acts().sit(2).at(Angles(0, 0, 15.0), 6))
    assert tried.times_of(CueKind.FURTHER) == [pytest.approx(3.1, abs=0.3)]
    assert tried.state.guided.phase is Phase.HOLD


def test_too_far_is_told_though_the_clock_runs() -> None:
    went = play(ONE, Acts().sit(2).at(Angles(0, 0, 58.0), 3))
    assert CueKind.EASE_OFF in went.words()
    assert clock(went).held_ms > 1000


# --- pause --------------------------------------------------------------------------------


@pytest.mark.parametrize("at_s", [0.5, 1.5, 4.0, 9.9], ids=["framing", "show", "hold", "rest"])
def test_a_pause_that_was_asked_for_judges_nothing_until_it_is_over(at_s: float) -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT, rest_s=20)
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(20)
    went = play(wanted, acts, {at_s: Wish.PAUSE})
    assert went.state.guided.paused is PausedBy.PERSON
    index = [t for t, _ in went.told].index(round(at_s * 1000))
    assert all(told.step is None for _, told in went.told[index:])
    assert went.words()[-1] is CueKind.PAUSED
    again = play(wanted, [seated(30_000)], {30.0: Wish.RESUME}, played=went)
    assert again.state.guided.paused is None
    assert again.words()[-1] is CueKind.RESUMED


def test_a_pause_in_a_hold_earns_nothing() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.5).hold(TRAP_LEFT, 30).hold(TRAP_LEFT, 1)
    went = play(ONE, acts, {5.5: Wish.PAUSE, 35.5: Wish.RESUME})
    assert clock(went).held_ms < 5000
    assert clock(went).carried_ms == pytest.approx(3400, abs=300)
    (hold,) = [event.hold for event in went.events if event.hold]
    assert (hold.ended_by, hold.completed) == ("unseen", False)


def test_a_short_pause_in_a_hold_resumes_it() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.5).gap(1.5).hold(TRAP_LEFT, 4).sit(3)
    went = play(ONE, acts, {5.5: Wish.PAUSE, 7.0: Wish.RESUME})
    (hold,) = went.holds
    assert [(pause.end_ms - pause.start_ms) for pause in hold.pauses] == [1600]
    assert went.finished[0].parts == 1


def test_a_pause_in_the_rest_keeps_what_is_left_of_it() -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT, rest_s=10)
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(60)
    went = play(wanted, acts, {10.0: Wish.PAUSE, 50.0: Wish.RESUME})
    left_s = 10 - (10 - went.entered(Phase.REST))
    second = [t_s for t_s, phase in went.phases if phase is Phase.SHOW][1]
    assert second == pytest.approx(50 + left_s, abs=0.3)


def test_resuming_what_is_not_paused_is_nothing() -> None:
    went = play(ONE, Acts().sit(2))
    assert coaching.obey(went.state, 2000, Wish.RESUME) == (went.state, Response())


def test_a_new_neutral_is_not_made_of_two_halves_around_a_pause() -> None:
    patience = replace(ONE, patience=Patience())
    went = play(patience, Acts().sit(30), {3.0: Wish.PAUSE, 20.0: Wish.RESUME})
    assert went.entered(Phase.SHOW) >= 23.0


# --- nobody there -------------------------------------------------------------------------


def test_who_leaves_pauses_it_and_is_welcomed_back_once() -> None:
    went = play(ONE, Acts().sit(3).away(30).sit(3))
    assert went.times_of(CueKind.AWAY) == [pytest.approx(4.9, abs=0.2)]
    assert went.times_of(CueKind.WELCOME_BACK) == [33.0]
    assert went.state.guided.paused is None


def test_who_leaves_right_after_the_neutral_has_been_seen_until_then() -> None:
    went = play(ONE, Acts().sit(1.1).away(5))
    assert went.times_of(CueKind.AWAY) == [pytest.approx(3.0, abs=0.15)]


def test_who_goes_on_out_of_sight_has_time_to_come_back() -> None:
    went = play(ONE, Acts().sit(4).away(20), {4.0: Wish.PAUSE, 14.0: Wish.RESUME})
    assert went.times_of(CueKind.AWAY) == [pytest.approx(16.0, abs=0.15)]


def test_a_moment_out_of_sight_is_no_leaving() -> None:
    assert CueKind.AWAY not in play(ONE, Acts().sit(3).away(1.8).sit(2)).words()


def test_a_face_that_is_hidden_is_no_leaving() -> None:
    """Far down in a stretch only the body is seen."""
    assert CueKind.AWAY not in play(ONE, Acts().sit(3).at(None, 6)).words()


def test_leaving_keeps_what_was_held() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.6).away(20).sit(2).hold(TRAP_LEFT, 3).sit(3)
    went = play(ONE, acts)
    (done,) = went.finished
    assert (done.completed, done.parts) == (True, 2)
    assert [hold.ended_by for hold in went.holds] == ["unseen", "end"] or went.holds[0].held_ms


def test_nobody_rests_while_nobody_is_there() -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT, rest_s=10)
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(2).away(60).sit(20)
    went = play(wanted, acts)
    second = [t_s for t_s, phase in went.phases if phase is Phase.SHOW][1]
    began = went.entered(Phase.REST)
    # The two seconds before somebody counts as gone are still rest.
    assert second == pytest.approx(began + 10 + 58, abs=0.5)


# --- the camera ---------------------------------------------------------------------------


def dark(start_s: float, end_s: float) -> list[int]:
    return list(range(round(start_s * 1000), round(end_s * 1000), 100))


def test_a_lost_camera_pauses_says_so_once_and_goes_on_by_itself() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.6).gap(20).hold(TRAP_LEFT, 3).sit(3)
    went = play(ONE, acts, blind=dark(5.6, 25.6))
    assert went.times_of(CueKind.CAMERA_LOST) == [5.6]
    assert went.times_of(CueKind.RESUMED) == [25.6]
    (done,) = went.finished
    assert (done.completed, done.parts) == (True, 2)
    assert sum(hold.held_ms for hold in went.holds) < 8000


def test_a_lost_camera_is_no_rest() -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT, rest_s=10)
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(2).gap(60).sit(20)
    went = play(wanted, acts, blind=dark(10.5, 70.5))
    second = [t_s for t_s, phase in went.phases if phase is Phase.SHOW][1]
    assert second == pytest.approx(went.entered(Phase.REST) + 10 + 60, abs=0.5)


def test_a_camera_lost_in_a_pause_leaves_it_a_pause() -> None:
    acts = Acts().sit(4).gap(4).sit(4)
    went = play(ONE, acts, {3.0: Wish.PAUSE}, blind=dark(4, 8))
    assert went.state.guided.paused is PausedBy.PERSON
    assert CueKind.CAMERA_LOST not in went.words()


def test_a_camera_lost_while_nobody_is_there_is_said() -> None:
    went = play(ONE, Acts().sit(4).away(6), blind=dark(10, 11))
    assert went.times_of(CueKind.CAMERA_LOST) == [10.0]
    assert went.state.guided.paused is PausedBy.CAMERA


def test_a_camera_lost_before_the_neutral() -> None:
    went = play(ONE, Acts().gap(3).sit(4), blind=dark(0, 3))
    assert went.times_of(CueKind.CAMERA_LOST) == [0.0]
    assert went.entered(Phase.SHOW) == pytest.approx(3 + NEUTRAL_S, abs=0.2)


def test_a_camera_lost_when_all_is_done_ends_it() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5)
    went = play(ONE, acts)
    assert went.state.guided.phase is Phase.CLOSING
    over = play(ONE, [], blind=[8600, 8700], played=went)
    assert over.state.guided.phase is Phase.OVER
    assert len(over.holds) == 1
    assert CueKind.CAMERA_LOST not in over.words()


# --- skip and stop ------------------------------------------------------------------------


def test_skip_while_it_is_shown_or_held_goes_on_to_the_next() -> None:
    for at_s, held in ((1.5, 0.0), (5.0, 2.8)):
        went = play(BOTH, Acts().sit(2).hold(TRAP_LEFT, 4), {at_s: Wish.SKIP})
        (skipped,) = went.finished
        assert (skipped.exercise, skipped.skipped, skipped.completed) == (TRAP_LEFT, True, False)
        assert held_s(skipped) == pytest.approx(held, abs=0.3)
        assert clock(went).exercise == TRAP_RIGHT
        told = [one.cue for one in went.said if one.t_ms == round(at_s * 1000)]
        assert Cue(CueKind.INSTRUCTION, Side.RIGHT, "upper-trapezius") in told


def test_what_is_held_on_after_a_skip_is_not_the_next_exercise_s() -> None:
    twice = settings(TRAP_LEFT, TRAP_LEFT)
    went = play(twice, Acts().sit(2).hold(TRAP_LEFT, 12), {5.0: Wish.SKIP})
    assert clock(went).held_ms == 0
    assert len(went.finished) == 1


def test_skip_in_the_rest_ends_the_rest_and_skips_nothing() -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT, rest_s=30)
    acts = Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(4)
    went = play(wanted, acts, {10.0: Wish.SKIP})
    assert went.state.guided.phase is Phase.SHOW
    assert clock(went).exercise == TRAP_RIGHT
    assert [one.skipped for one in went.finished] == [False]


def test_skip_of_the_last_ends_it() -> None:
    went = play(ONE, Acts().sit(4), {3.0: Wish.SKIP})
    assert went.state.guided.phase is Phase.OVER
    assert went.words()[-1] is CueKind.ALL_DONE


def test_skip_in_the_set_up_goes_on_where_that_is_possible() -> None:
    wanted = replace(ONE, patience=Patience())
    dim = Scene(20.0, 20.0, 1)
    stuck = play(wanted, Acts().sit(9), scene=dim)
    assert stuck.state.guided.phase is Phase.FRAMING
    went = play(wanted, Acts().sit(9), {2.0: Wish.SKIP}, scene=dim)
    assert went.entered(Phase.SHOW) == pytest.approx(5.0, abs=0.2)
    nobody = play(wanted, Acts().away(9), {2.0: Wish.SKIP})
    assert nobody.state.guided.phase is Phase.FRAMING


@pytest.mark.parametrize(
    ("at_s", "held"),
    [(0.5, []), (1.5, [0.0]), (5.0, [2.8]), (9.0, [5.0]), (13.9, [5.0, 0.0])],
    ids=["framing", "show", "hold", "rest", "second"],
)
def test_stop_ends_it_anywhere_and_keeps_what_was_held(at_s: float, held: Sequence[float]) -> None:
    went = play(BOTH, whole(), {at_s: Wish.STOP})
    assert went.state.guided.phase is Phase.OVER
    assert [held_s(one) for one in went.finished] == [pytest.approx(s, abs=0.4) for s in held]
    longest = [hold.held_ms for hold in went.holds]
    assert len(longest) == sum(s >= 3 for s in held)


def test_stop_in_a_hold_long_enough_reports_it() -> None:
    went = play(ONE, Acts().sit(2).hold(TRAP_LEFT, 5), {6.0: Wish.STOP})
    (hold,) = went.holds
    assert (hold.ended_by, hold.completed) == ("end", False)
    assert went.events[-1].hold == hold
    (done,) = went.finished
    assert (done.held_ms, done.completed, done.skipped) == (hold.held_ms, False, False)


def test_when_it_is_over_nothing_happens_any_more() -> None:
    went = play(ONE, whole(), {3.0: Wish.STOP})
    assert went.state.guided.phase is Phase.OVER
    for wish in Wish:
        assert coaching.obey(went.state, 99_000, wish) == (went.state, Response())
    assert went.told[-1][1].step is None
    assert coaching.blind(went.state, 99_000)[1].said == ()


# --- after the last -----------------------------------------------------------------------


def test_a_last_hold_is_followed_until_it_ends() -> None:
    went = play(ONE, Acts().sit(2).hold(TRAP_LEFT, 11).sit(4))
    assert went.order[-2:] == list(LEAVE)
    (hold,) = went.holds
    assert hold.held_ms == pytest.approx(11_000, abs=400)
    assert held_s(went.finished[0]) == pytest.approx(5.0, abs=0.2)


def test_a_last_hold_is_not_followed_for_ever() -> None:
    went = play(ONE, Acts(5).sit(2).hold(TRAP_LEFT, 40))
    assert went.state.guided.phase is Phase.OVER
    assert went.entered(Phase.OVER) - went.entered(Phase.CLOSING) == pytest.approx(20, abs=0.5)
    (hold,) = went.holds
    assert hold.ended_by == "end"


# --- for any visit ------------------------------------------------------------------------


def spoiled() -> Acts:
    acts = Acts().sit(2).hold(TRAP_LEFT, 3.5).at(POSED[TRAP_LEFT], 1.2, RISEN).hold(TRAP_LEFT, 3)
    acts = acts.sit(3).hold(TRAP_LEFT, 4).away(5).sit(3).hold(TRAP_RIGHT, 3).at(None, 0.9)
    return acts.hold(TRAP_RIGHT, 6).hold(LEVATOR_LEFT, 5).sit(4)


VISITS = {"as it should be": whole(), "spoiled": spoiled(), "sparse": whole(5), "dense": whole(30)}


@pytest.mark.parametrize("acts", VISITS.values(), ids=VISITS)
def test_the_events_are_those_of_an_analysis_when_nobody_pauses(acts: Acts) -> None:
    went = play(settings(TRAP_LEFT, TRAP_RIGHT, LEVATOR_LEFT, hold_s=5), acts)
    closing = coaching.finish(went.state, 999_999)[1].events
    events, outcome = Session(ONE.session).replay(acts.seen)
    # Only the coach knows when it asked for a neutral.
    judged = [event for event in events if event.kind is not EventKind.NEUTRAL_FOUND]
    assert len(judged) >= 4
    assert [*went.events, *closing] == judged
    assert coaching.outcome(coaching.finish(went.state, 999_999)[0]).holds == outcome.holds


@pytest.mark.parametrize("fps", [5, 10, 30])
def test_the_same_visit_at_any_rate(fps: float) -> None:
    went = play(BOTH, whole(fps))
    assert [one.completed for one in went.finished] == [True, True]
    assert went.entered(Phase.REST) == pytest.approx(7.3, abs=0.6)


def test_a_step_gives_the_same_answer_twice() -> None:
    went = play(BOTH, Acts().sit(2).hold(TRAP_LEFT, 3))
    seen = seated(5000, POSED[TRAP_LEFT], RISEN)
    one, two = (coaching.step(went.state, seen, BRIGHT) for _ in range(2))
    assert one[1] == two[1]
    assert went.state.guided.last_ms == 4900


def test_every_prefix_tells_the_same_story() -> None:
    acts = spoiled()
    told = play(BOTH, acts).told
    for cut in (1, 12, 40, 111, 200):
        assert play(BOTH, acts.seen[:cut]).told == told[:cut]


def asleep(before: Acts, minutes: float, then: Acts) -> Acts:
    later = [replace(one, t_ms=one.t_ms + round((before.now_s + minutes * 60) * 1000))
             for one in then.seen]  # fmt: skip
    before.seen += later
    return before


def test_a_computer_that_slept_in_a_hold_has_held_nothing() -> None:
    acts = asleep(Acts().sit(2).hold(TRAP_LEFT, 3.6), 30, Acts().hold(TRAP_LEFT, 1))
    went = play(ONE, acts)
    assert went.finished == ()
    assert clock(went).held_ms < 4600
    assert not any(event.kind is EventKind.HOLD_TARGET for event in went.events)


def test_a_computer_that_slept_in_the_rest_has_not_rested() -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT, rest_s=20)
    acts = asleep(Acts().sit(2).hold(TRAP_LEFT, 6.5).sit(2), 30, Acts().sit(5))
    went = play(wanted, acts)
    assert went.state.guided.phase is Phase.REST
    assert went.state.rest_left_ms == pytest.approx(20_000 - 3200 - 1000 - 4900, abs=500)


def test_memory_does_not_grow_with_the_visit() -> None:
    def size(went: Played) -> int:
        judged = went.state.guided.session
        assert judged is not None
        return (
            len(judged.holds.stillness.window) + len(judged.reach.recent)
            + len(went.state.guided.voice.spoken) + len(went.state.guided.voice.waiting)
        )  # fmt: skip

    short, long = play(ONE, Acts(5).sit(30)), play(ONE, Acts(5).sit(75))
    assert size(long) <= size(short) + 2


def test_time_that_stands_still_is_refused() -> None:
    went = play(ONE, Acts().sit(2))
    twice: Observation = seated(1900)
    with pytest.raises(ValueError, match="time must increase"):
        coaching.step(went.state, twice, BRIGHT)
