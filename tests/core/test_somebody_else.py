"""Somebody else sits down before the coach or the monitor: nobody's neutral serves another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from coach_stage import LEVATOR_LEFT, TRAP_LEFT, TRAP_RIGHT, Acts, play, settings
from people import SIZE, observation
from seated import BRIGHT, still

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.coach import coaching, placement, range_test
from neckform.core.coach.cues import CueKind
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import OTHER_MS, Phase, Wish
from neckform.core.coach.placement import Patience
from neckform.core.coach.range_test import RangeSettings
from neckform.core.measure.observation import Observation
from neckform.core.monitor import monitor, sitter
from neckform.core.monitor.monitor import MonitorState, Watched, WatchSettings
from neckform.core.monitor.sitter import Takeover
from neckform.core.outcome import Direction
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Angles

ONE = settings(TRAP_LEFT)


def by(person: int, acts: Acts) -> list[Observation]:
    return [replace(seen, person=person) for seen in acts.seen]


def later(acts: Acts, by_s: float) -> Acts:
    after = Acts(acts.fps)
    after.seen = [replace(one, t_ms=one.t_ms + round(by_s * 1000)) for one in acts.seen]
    return after


# --- the coach ------------------------------------------------------------------------------


def test_who_sits_down_instead_gets_a_neutral_and_the_exercise_from_its_start() -> None:
    first = by(0, Acts().sit(2).hold(TRAP_LEFT, 3.5))
    second = by(1, later(Acts().sit(6).hold(TRAP_LEFT, 7).sit(5), 5.5))
    went = play(ONE, [*first, *second])
    assert went.times_of(CueKind.SOMEBODY_ELSE) == [5.5 + OTHER_MS / 1000]
    assert went.order.count(Phase.NEUTRAL) == 2
    taken = went.state.guided
    assert taken.baseline is not None
    assert taken.baseline.start_ms >= 5500 + OTHER_MS
    (clock,) = went.finished
    assert clock.completed
    assert [hold.start_ms < 5500 for hold in went.holds] == [True, False]
    assert went.holds[1].held_ms == pytest.approx(7000, abs=600)


def test_nobody_else_goes_on_with_the_first_one_s_hold() -> None:
    first = by(0, Acts().sit(2).hold(TRAP_LEFT, 3.5))
    second = by(1, later(Acts().hold(TRAP_LEFT, 3.5), 5.5))
    went = play(ONE, [*first, *second])
    assert not any(clock.completed for clock in went.finished)
    assert went.state.clock is not None
    assert went.state.clock.held_ms < 4000


def test_a_short_visit_changes_nothing() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 2)
    visit = by(1, later(Acts().sit(3), 4.0))
    back = by(0, later(Acts().hold(TRAP_LEFT, 6).sit(2), 7.0))
    went = play(ONE, [*by(0, acts), *visit, *back])
    assert CueKind.SOMEBODY_ELSE not in went.words()
    assert went.state.guided.baseline is not None
    assert went.state.guided.baseline.start_ms < 2000


def test_short_visits_with_nobody_in_between_are_not_one_long_one() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 2)
    visits = [*by(1, later(Acts().sit(1), 4.0)), *by(2, later(Acts().sit(1), 20.0))]
    went = play(ONE, [*by(0, acts), *visits, *by(0, later(Acts().sit(2), 21.0))])
    assert CueKind.SOMEBODY_ELSE not in went.words()


def test_nobody_takes_over_in_a_break_that_was_asked_for() -> None:
    acts = [*by(0, Acts().sit(3)), *by(1, later(Acts().sit(20), 3.0))]
    went = play(ONE, acts, {3.0: Wish.PAUSE})
    assert CueKind.SOMEBODY_ELSE not in went.words()


def test_what_was_held_is_told_when_it_is_stopped_before_the_next_neutral() -> None:
    wanted = settings(TRAP_LEFT, TRAP_RIGHT)
    first = by(0, Acts().sit(2).hold(TRAP_LEFT, 3.7))
    went = play(wanted, [*first, *by(1, later(Acts().sit(4.2), 5.7))])
    assert went.state.guided.phase in (Phase.FRAMING, Phase.NEUTRAL)
    state, _ = coaching.finish(went.state, 12_000)
    assert [clock.exercise for clock in state.finished] == [TRAP_LEFT]
    assert state.finished[0].held_ms > 3000
    assert len(coaching.outcome(state).holds) == 1


def test_a_profile_s_range_is_the_first_one_s_and_theirs_again_when_they_are_back() -> None:
    wanted = settings(LEVATOR_LEFT)
    wanted = replace(
        wanted, session=replace(wanted.session, own_range=OwnRange(left_rotation_deg=50))
    )
    visits = [
        *by(0, Acts().sit(3)),
        *by(1, later(Acts().sit(8), 3.0)),
        *by(0, later(Acts().sit(8), 11.0)),
    ]
    went = play(wanted, visits[: 3 * 10])
    ranges = []
    for seen in visits[3 * 10 :]:
        went.take(seen.t_ms, coaching.step(went.state, seen, BRIGHT))
        judged = went.state.guided.session
        assert judged is not None
        if not ranges or ranges[-1] != judged.settings.own_range:
            ranges.append(judged.settings.own_range)
    assert ranges == [OwnRange(left_rotation_deg=50), None, OwnRange(left_rotation_deg=50)]


def test_a_range_is_measured_of_one_person() -> None:
    wanted = RangeSettings(ONE.session, ONE.patience)
    state = range_test.begin(wanted, 0)
    down = by(0, Acts().sit(2).at(Angles(30.0, 0.0, 0.0), 2).sit(2))
    for seen in [*down, *by(1, later(Acts().sit(8), 6.0))]:
        if seen.t_ms == 6000:
            assert Direction.FLEXION in state.measured
        state, _ = range_test.step(state, seen, BRIGHT)
    assert state.guided.phase is Phase.REACH
    assert (state.measured, state.index) == ({}, 0)
    assert state.best is None or state.best.deg < 5


# --- somebody was chosen ----------------------------------------------------------------------


@pytest.mark.parametrize("company", [False, True])
def test_others_may_be_there_when_somebody_was_chosen(company: bool) -> None:
    state = placement.begin(Patience(company=company))
    two = Scene(130.0, 120.0, people=2)
    taken = None
    for seen in still(0, 6000):
        state, baseline, _ = placement.step(state, seen, two)
        taken = taken or baseline
    assert (taken is not None) == company


# --- the monitor ------------------------------------------------------------------------------

WATCH = WatchSettings(load_postures(), load_correction(), load_settings())


def sat(person: int, start_s: float, end_s: float, every_ms: int = 200) -> list[Observation]:
    times = range(round(start_s * 1000), round(end_s * 1000), every_ms)
    return [replace(observation(t, looked=t % 400 == 0), person=person) for t in times]


def watch(
    seen: Iterable[Observation], state: MonitorState | None = None
) -> tuple[MonitorState, list[Watched]]:
    state, told = state or monitor.begin(WATCH), []
    for one in seen:
        state, watched = monitor.step(state, one)
        told.append(watched)
    return state, told


def changes(told: list[Watched]) -> list[tuple[float, Takeover]]:
    return [(one.t_ms / 1000, one.takeover) for one in told if one.takeover is not None]


def test_a_colleague_gets_a_neutral_and_the_first_one_has_theirs_back() -> None:
    state, told = watch([*sat(0, 0, 10), *sat(1, 10, 40), *sat(0, 40, 60)])
    assert changes(told) == [(20.0, Takeover.NEW), (50.0, Takeover.KNOWN)]
    assert [one.t_ms // 1000 for one in told if one.neutral_found] == [1, 21]
    assert state.baseline is not None
    assert state.baseline.end_ms < 2000
    assert state.sitter.is_owner
    before = [one.zone for one in told if 12_000 <= one.t_ms < 20_000]
    assert "good" not in before, "nobody is judged against another one's neutral"


def test_a_short_visit_at_the_desk_changes_nothing() -> None:
    _, told = watch([*sat(0, 0, 10), *sat(1, 10, 19), *sat(0, 19, 30), *sat(1, 30, 39)])
    assert not changes(told)


def test_short_visits_at_an_empty_desk_are_not_one_long_one() -> None:
    _, told = watch([*sat(0, 0, 10), *sat(1, 10, 12), *sat(2, 600, 602), *sat(0, 602, 610)])
    assert not changes(told)


def test_a_profile_s_neutral_is_that_of_who_is_seen_first() -> None:
    known, _ = watch(sat(0, 0, 5))
    begun = monitor.begin(WATCH, known.baseline)
    absent = [Observation(t, SIZE, None, None, True) for t in range(0, 2000, 500)]
    state, told = watch([*absent, *sat(3, 2, 10), *sat(4, 10, 30)], begun)
    assert changes(told) == [(20.0, Takeover.NEW)]
    assert (state.sitter.owner, state.sitter.is_owner) == (3, False)


def test_a_new_neutral_that_was_asked_for_is_the_owner_s() -> None:
    state, _ = watch([*sat(0, 0, 10), *sat(1, 10, 30)])
    assert not state.sitter.is_owner
    state, _ = watch(sat(1, 30, 40), monitor.recalibrate(state))
    assert state.sitter.is_owner
    assert state.baseline is not None
    assert state.baseline.start_ms >= 30_000


def test_few_neutrals_are_remembered() -> None:
    seen = [one for who in range(8) for one in sat(who, 20 * who, 20 * who + 20)]
    state, told = watch(seen)
    assert len(changes(told)) == 7
    assert [who for who, _ in state.sitter.neutrals] == [4, 5, 6, 7]
    assert len(state.sitter.neutrals) == sitter.MOST_KNOWN
