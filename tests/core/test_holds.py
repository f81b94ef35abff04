"""The hold machine: one test per transition, then what must hold for any sequence."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hold_samples import (
    LEVATOR_LEFT,
    NEUTRAL,
    PARASPINAL,
    SETTINGS,
    STILL,
    TRAP_LEFT,
    during,
    fold,
    kinds,
    mirrored,
    only_hold,
    reported,
    sample,
    told,
    up,
)

from neckform.core.events import EventKind
from neckform.core.stretch import holds
from neckform.core.stretch.status import AxisStatus, HoldStatus, StretchZone
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import (
    Angles,
    Axis,
    HeadSource,
    Hold,
    HoldState,
    Pause,
    Reason,
    Sample,
    Shoulders,
    Side,
    Stats,
)


def after(samples: list[Sample]) -> HoldStatus:
    state = holds.begin(SETTINGS)
    for one in samples:
        state, _ = holds.step(state, one)
    return holds.status(state)


# --- transitions ---------------------------------------------------------------------------


def test_rest_to_holding_at_the_floor() -> None:
    assert fold(during(0, 1, Angles(0, 0, 19.9))) == []
    began = fold(during(0, 1, Angles(0, 0, 20.0)))[0]
    assert (began.kind, began.stretch, began.side) == (
        EventKind.HOLD_BEGAN,
        "upper-trapezius",
        Side.LEFT,
    )


def test_the_floor_counts_though_the_head_was_at_the_angle_with_a_shoulder_up() -> None:
    samples = [*during(0, 1, NEUTRAL), *during(1, 2, TRAP_LEFT, up(Side.LEFT, 0.12))]
    assert fold([*samples, *during(2, 5, Angles(0, 0, 19.5))]) == []
    assert fold([*samples, *during(2, 5, Angles(0, 0, 21.0))])


def test_a_moment_at_the_floor_is_nothing() -> None:
    """A head held below the floor, read once above it."""
    below = during(0, 10, Angles(0, 0, 18.9))
    below[20] = sample(2.0, Angles(0, 0, 22.0))
    assert fold(below) == []
    doubtful = during(0, 10, Angles(0, 0, 18.9), uncertainty=Angles(0, 0, 2.0))
    doubtful[20] = sample(2.0, Angles(0, 0, 24.0), uncertainty=Angles(0, 0, 2.0))
    assert fold(doubtful) == []
    steady = [*during(0, 2, NEUTRAL), *during(2, 12, Angles(0, 0, 19.1))]
    steady[20] = sample(2.0, Angles(0, 0, 22.0))
    assert only_hold(steady).start_ms == 2000


def test_what_has_only_just_begun_does_not_outlive_a_moment_below_the_floor() -> None:
    samples = during(0, 5, TRAP_LEFT)
    samples[2] = sample(0.2, NEUTRAL)
    assert only_hold(samples).start_ms == 300


def test_a_moment_at_the_floor_before_a_gap_or_the_end_is_nothing() -> None:
    assert fold([sample(0, TRAP_LEFT), sample(0.3, TRAP_LEFT), sample(1.5, NEUTRAL)]) == []
    assert fold([sample(0, TRAP_LEFT), sample(0.3, TRAP_LEFT)]) == []
    later = [sample(0, TRAP_LEFT), *during(1.5, 6, TRAP_LEFT)]
    assert only_hold(later).start_ms == 1500


def test_what_has_only_just_begun_outlives_an_unseen_moment_but_no_longer() -> None:
    def begun_after(unseen_s: float) -> int:
        back_s = 0.3 + unseen_s
        start = [*during(0, 0.3, TRAP_LEFT), *during(0.3, back_s, None)]
        return only_hold([*start, *during(back_s, 5, TRAP_LEFT)]).start_ms

    assert begun_after(0.3) == 0
    assert begun_after(0.5) == 800
    sparse = [sample(0, TRAP_LEFT), sample(0.2, None), *during(0.8, 5, TRAP_LEFT)]
    assert only_hold(sparse).start_ms == 800
    assert kinds(sparse) == [EventKind.HOLD_BEGAN, EventKind.HOLD_ENDED]


def test_a_coarse_head_does_not_carry_on_what_has_only_just_begun() -> None:
    samples = [sample(0, TRAP_LEFT), *during(0.1, 3, TRAP_LEFT, source=HeadSource.POSE)]
    assert fold(samples) == []


def test_holding_stays_down_to_six_degrees_below_the_floor() -> None:
    start = during(0, 1, TRAP_LEFT)
    assert after([*start, sample(1, Angles(0, 0, 14.1))]).state is HoldState.HOLDING
    assert after([*start, sample(1, Angles(0, 0, 13.9))]).state is HoldState.LAPSE


def test_a_lapse_is_over_only_at_the_floor_again() -> None:
    start = [*during(0, 1, TRAP_LEFT), sample(1, Angles(0, 0, 13.0))]
    assert after([*start, sample(1.1, Angles(0, 0, 19.0))]).state is HoldState.LAPSE
    assert after([*start, sample(1.1, Angles(0, 0, 20.0))]).state is HoldState.HOLDING


def test_a_lapse_under_0_4_s_is_nothing() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 5.3, NEUTRAL), *during(5.3, 10.1, TRAP_LEFT)]
    hold = only_hold(samples)
    assert (hold.held_ms, hold.pauses) == (10_000, ())
    assert kinds(samples) == [EventKind.HOLD_BEGAN, EventKind.HOLD_ENDED]


def test_a_brief_lapse_is_earned_only_between_moments_close_together() -> None:
    start = during(0, 5, TRAP_LEFT)
    close = [*start, sample(5.5, NEUTRAL), *during(5.8, 10.1, TRAP_LEFT)]
    apart = [*start, sample(5.8, NEUTRAL), *during(6.0, 10.1, TRAP_LEFT)]
    assert only_hold(close).held_ms == 10_000
    assert only_hold(apart).held_ms == 10_000 - 1100


def test_a_lapse_of_0_4_s_pauses_the_clock() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 5.4, NEUTRAL), *during(5.4, 10.1, TRAP_LEFT)]
    hold = only_hold(samples)
    assert hold.pauses == (Pause(4900, 5400, Reason.ANGLE_LOW),)
    assert hold.held_ms == 10_000 - 500


def test_a_pause_up_to_2_s_resumes() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 7, NEUTRAL), *during(7, 10.1, TRAP_LEFT)]
    assert told(samples) == [
        (0.4, "hold-began"),
        (5.4, "hold-paused"),
        (7.0, "hold-resumed"),
        (10.0, "hold-ended"),
    ]
    assert only_hold(samples).held_ms == 4900 + 3000


def test_a_pause_over_2_s_ends_the_hold_where_the_lapse_began() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 7.2, NEUTRAL), *during(7.2, 11, TRAP_LEFT)]
    first, second = reported(samples)
    assert (first.start_ms, first.end_ms, first.held_ms) == (0, 4900, 4900)
    assert (first.ended_by, first.pauses) == ("angle", ())
    assert (second.start_ms, second.end_ms) == (7200, 10_900)


def test_the_target_is_told_once_and_the_clock_counts_on() -> None:
    samples = [*during(0, 34.1, TRAP_LEFT), *during(34.1, 37, NEUTRAL)]
    events = fold(samples)
    assert [e.t_ms for e in events if e.kind is EventKind.HOLD_TARGET] == [30_000]
    hold = only_hold(samples)
    assert (hold.completed, hold.held_ms, hold.ended_by) == (True, 34_000, "angle")


def test_one_moment_short_of_the_target_is_not_completed() -> None:
    assert not only_hold(during(0, 30, TRAP_LEFT)).completed
    assert only_hold(during(0, 30.1, TRAP_LEFT)).completed


def test_an_attempt_under_3_s_ends_without_a_report() -> None:
    samples = [*during(0, 3, TRAP_LEFT), *during(3, 6, NEUTRAL)]
    ended = fold(samples)[-1]
    assert (ended.kind, ended.hold) == (EventKind.HOLD_ENDED, None)
    assert only_hold([*during(0, 3.1, TRAP_LEFT), *during(3.1, 6, NEUTRAL)]).held_ms == 3000


def test_the_end_of_the_recording_ends_a_hold() -> None:
    assert only_hold(during(0, 5, TRAP_LEFT)).ended_by == "end"


def test_a_recording_that_ends_in_a_pause_had_ended_for_its_reason() -> None:
    assert only_hold([*during(0, 5, TRAP_LEFT), *during(5, 6, NEUTRAL)]).ended_by == "angle"


def test_a_lapse_is_named_by_the_first_reason_that_lasted() -> None:
    raised = during(5, 5.6, TRAP_LEFT, up(Side.LEFT, 0.12))
    samples = [*during(0, 5, TRAP_LEFT), *raised, *during(5.6, 8, NEUTRAL)]
    assert only_hold(samples).ended_by == "shoulder-rise"


def test_a_stray_moment_does_not_name_a_lapse() -> None:
    samples = [*during(0, 5, TRAP_LEFT), sample(5, None), *during(5.1, 8, NEUTRAL)]
    assert only_hold(samples).ended_by == "angle"


def test_a_lapse_of_nothing_but_moments_is_named_by_the_longest() -> None:
    mixed = [*during(5, 5.1, None), *during(5.1, 5.4, NEUTRAL), sample(5.4, None)]
    hold = only_hold([*during(0, 5, TRAP_LEFT), *mixed, *during(5.5, 9, TRAP_LEFT)])
    assert [pause.reason for pause in hold.pauses] == [Reason.ANGLE_LOW]


def test_crossing_another_axis_ends_a_hold() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 8, Angles(27.0, 0, 35.0))]
    assert only_hold(samples).ended_by == "cross-axis"


# --- unseen --------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [None, "pose"])
def test_absence_never_completes_a_hold(lost: str | None) -> None:
    away = during(28, 60, None) if lost is None else during(
        28, 60, TRAP_LEFT, source=HeadSource.POSE
    )  # fmt: skip
    hold = only_hold([*during(0, 28, TRAP_LEFT), *away])
    assert (hold.completed, hold.ended_by) == (False, "unseen")
    assert hold.held_ms <= 28_000 + (0 if lost is None else 1_000)


def test_a_gap_without_samples_never_completes_a_hold() -> None:
    samples = [*during(0, 28, TRAP_LEFT), *during(60, 65, TRAP_LEFT)]
    first, second = reported(samples)
    assert (first.held_ms, first.completed, first.ended_by) == (27_900, False, "unseen")
    assert second.start_ms == 60_000


def test_a_gap_of_up_to_2_s_is_a_pause() -> None:
    hold = only_hold([*during(0, 5, TRAP_LEFT), *during(6.5, 10.1, TRAP_LEFT)])
    assert hold.pauses == (Pause(4900, 6500, Reason.UNSEEN),)
    assert hold.held_ms == 10_000 - 1600


def test_after_a_gap_that_ended_a_hold_the_floor_counts_again() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(9, 13, Angles(0, 0, 18.0))]
    assert [hold.start_ms for hold in reported(samples)] == [0]


def test_a_head_unseen_for_a_moment_is_nothing() -> None:
    samples = during(0, 10.1, TRAP_LEFT)
    samples[50] = sample(5, None)
    assert only_hold(samples).held_ms == 10_000


def test_unseen_shoulders_pause_and_then_end_a_hold() -> None:
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 6.5, TRAP_LEFT, None)]
    assert only_hold([*samples, *during(6.5, 9, TRAP_LEFT)]).pauses[0].reason is Reason.UNSEEN
    assert only_hold([*samples, *during(6.5, 9, TRAP_LEFT, None)]).ended_by == "unseen"


def test_no_hold_begins_while_the_shoulders_are_unseen() -> None:
    assert fold(during(0, 10, TRAP_LEFT, None)) == []


def test_a_coarse_head_begins_and_resumes_nothing() -> None:
    assert fold(during(0, 10, TRAP_LEFT, source=HeadSource.POSE)) == []
    coarse = during(5.5, 6, TRAP_LEFT, source=HeadSource.POSE)
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 5.5, NEUTRAL), *coarse]
    assert after(samples).state is HoldState.PAUSED


def test_a_coarse_head_resumes_nothing_though_the_face_was_seen_a_moment_ago() -> None:
    coarse = during(5.5, 5.8, TRAP_LEFT, source=HeadSource.POSE)
    samples = [*during(0, 5, TRAP_LEFT), *during(5, 5.5, None), *coarse]
    assert after(samples).state is HoldState.PAUSED


def test_a_coarse_head_stands_in_for_a_second() -> None:
    def with_coarse(seconds: float) -> Hold:
        end = 5 + seconds
        middle = during(5, end, NEUTRAL, source=HeadSource.POSE)
        return only_hold([*during(0, 5, TRAP_LEFT), *middle, *during(end, 10.1, TRAP_LEFT)])

    assert with_coarse(0.9).held_ms == 10_000
    # 1 s after the last face it is out of sight, and no lapse before that is held against it
    assert with_coarse(2.0).pauses == (Pause(5900, 7000, Reason.UNSEEN),)


def test_a_coarse_head_stands_in_from_one_look_at_the_body_to_the_next() -> None:
    def lost(every: int) -> Hold:
        middle = during(5, 5.9, TRAP_LEFT, source=HeadSource.POSE)
        gone = [replace(one, head=one.head if i % every == 0 else None)
                for i, one in enumerate(middle, 1)]  # fmt: skip
        return only_hold([*during(0, 5, TRAP_LEFT), *gone, *during(5.9, 10.1, TRAP_LEFT)])

    assert (lost(3).held_ms, lost(3).pauses) == (10_000, ())
    assert lost(6).pauses == (Pause(4900, 5900, Reason.UNSEEN),)


def test_a_coarse_direction_enters_no_average() -> None:
    middle = during(5, 5.9, Angles(3, 3, 3), source=HeadSource.POSE)
    hold = only_hold([*during(0, 5, TRAP_LEFT), *middle, *during(5.9, 10.1, TRAP_LEFT)])
    assert hold.lateral_deg == Stats(pytest.approx(35.0), 35.0, 35.0)


# --- several at once -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("angles", "stretch", "side"),
    [
        (PARASPINAL, "cervical-paraspinal", None),
        (TRAP_LEFT, "upper-trapezius", Side.LEFT),
        (TRAP_LEFT.mirrored(), "upper-trapezius", Side.RIGHT),
        (LEVATOR_LEFT, "levator-scapulae", Side.LEFT),
        (LEVATOR_LEFT.mirrored(), "levator-scapulae", Side.RIGHT),
    ],
)
def test_each_stretch_is_recognised_alone(angles: Angles, stretch: str, side: Side | None) -> None:
    hold = only_hold(during(0, 31, angles))
    assert (hold.stretch, hold.side, hold.completed) == (stretch, side, True)


@pytest.mark.parametrize("angles", [Angles(-40, 0, 0), Angles(0, 70, 0), Angles(0, -70, 0)])
def test_other_movements_are_no_stretch(angles: Angles) -> None:
    assert fold(during(0, 31, angles)) == []


def test_only_what_was_asked_for_is_looked_for() -> None:
    asked = [("upper-trapezius", Side.RIGHT), ("levator-scapulae", None)]
    state = holds.begin(SETTINGS, only=asked)
    assert {(machine.stretch.id, machine.side) for machine in state.machines} == {
        ("upper-trapezius", Side.RIGHT),
        ("levator-scapulae", Side.LEFT),
        ("levator-scapulae", Side.RIGHT),
    }


def test_the_status_shows_the_hold_whose_clock_runs() -> None:
    # Lowering a turned head: levator's lapse begins while the paraspinal clock starts.
    turned, straight = Angles(30, 25, 0), Angles(30, 0, 0)
    status = after([*during(0, 1, turned), *during(1, 1.3, straight)])
    assert (status.stretch, status.state) == ("cervical-paraspinal", HoldState.HOLDING)


def test_the_status_says_what_spoils_an_angle_that_is_reached() -> None:
    samples = [*during(0, 1, NEUTRAL), *during(1, 3, TRAP_LEFT, up(Side.LEFT, 0.12))]
    status = after(samples)
    assert (status.state, status.reason) == (HoldState.REST, Reason.SHOULDER_RISE)
    assert (status.stretch, status.side) == ("upper-trapezius", Side.LEFT)


def test_the_status_at_rest_names_nothing() -> None:
    reached = [*during(0, 1, NEUTRAL), *during(1, 2, TRAP_LEFT, up(Side.LEFT, 0.12))]
    for samples in ([*reached, sample(2, None)], during(0, 1, NEUTRAL)):
        status = after(samples)
        assert status == HoldStatus(HoldState.REST, shoulders=status.shoulders)


def test_the_status_has_the_gauge_toward_the_target() -> None:
    status = after(during(0, 2.1, Angles(0, 0, -52.0)))
    assert (status.side, status.held_ms) == (Side.RIGHT, 2000)
    assert status.axes == (AxisStatus(Axis.LATERAL, 52.0, 20.0, 14.0, 25.0, None, 50.0),)
    assert status.ease_off


def zones(*angles: Angles | None) -> list[StretchZone]:
    """Of the levator stretch to the left, while a head goes from place to place."""
    state = holds.begin(SETTINGS, only=[("levator-scapulae", Side.LEFT)])
    found, t_s = [], 0.0
    for place in angles:
        for one in during(t_s, t_s + 1, place):
            state, _ = holds.step(state, one)
        found.append(holds.status_of(state, state.machines[0]).zone)
        t_s += 1
    return found


def test_the_zone_is_judged_on_every_axis() -> None:
    assert zones(
        NEUTRAL,
        Angles(17, 35, 0),  # turned as far as it should be, and not yet down so far
        Angles(25, 35, 0),
        Angles(63, 35, 0),  # turned as it should be, and forced down
        Angles(25, 35, 52),  # no axis of this stretch, but no neck should be forced so far
        Angles(25, 72, 0),
        None,
    ) == [
        StretchZone.ON_THE_WAY,
        StretchZone.ON_THE_WAY,
        StretchZone.TARGET,
        StretchZone.EASE_OFF,
        StretchZone.EASE_OFF,
        StretchZone.EASE_OFF,
        StretchZone.UNSEEN,
    ]


def test_a_head_that_goes_another_way_is_not_in_the_target() -> None:
    assert zones(Angles(25, 35, -20)) == [StretchZone.ON_THE_WAY]


def test_leaving_the_target_takes_the_hysteresis_of_the_hold() -> None:
    there, less, left = Angles(25, 35, 0), Angles(25, 25, 0), Angles(25, 23, 0)
    assert zones(less, there, less, left, less) == [
        StretchZone.ON_THE_WAY,
        StretchZone.TARGET,
        StretchZone.TARGET,
        StretchZone.ON_THE_WAY,
        StretchZone.ON_THE_WAY,
    ]
    assert zones(there, Angles(25, 50, 0), Angles(25, 52, 0))[1:] == [
        StretchZone.TARGET,
        StretchZone.ON_THE_WAY,
    ]


def test_a_head_seen_without_its_face_has_no_degree() -> None:
    state = holds.begin(SETTINGS)
    for one in [*during(0, 1, TRAP_LEFT), sample(1, TRAP_LEFT, source=HeadSource.POSE)]:
        state, _ = holds.step(state, one)
    status = holds.status(state)
    assert (status.state, status.zone) == (HoldState.HOLDING, StretchZone.UNSEEN)
    assert status.shown is not None
    assert status.shown.angle_deg is None


def test_a_hold_that_has_just_begun_is_left_sooner() -> None:
    leaves = []
    for samples in ([sample(0, TRAP_LEFT)], during(0, 1, TRAP_LEFT)):
        shown = after(samples).shown
        assert shown is not None
        leaves.append(shown.leave_deg)
    assert leaves == [19.0, 14.0]


def test_own_range_moves_target_and_ease_off_but_never_the_clock() -> None:
    state = holds.begin(SETTINGS, OwnRange(right_lateral_deg=36.0))
    for one in during(0, 2.1, Angles(0, 0, -47.0)):
        state, _ = holds.step(state, one)
    status = holds.status(state)
    (axis,) = status.axes
    assert (axis.target_deg, axis.ease_off_deg, status.ease_off) == (27.0, 46.0, True)
    assert (status.state, status.held_ms) == (HoldState.HOLDING, 2000)


def test_hands_count_when_they_were_there_for_most_of_the_hold() -> None:
    both = [Side.LEFT, Side.RIGHT]
    few = [*during(0, 4, PARASPINAL, STILL, both), *during(4, 10, PARASPINAL, STILL, both[:1])]
    assert only_hold(few).hand_on_head == {Side.LEFT}


# --- what must hold for any sequence -------------------------------------------------------


def random_samples(seed: int, *, fps: float = 10, seconds: float = 60) -> list[Sample]:
    """A restless person at an unsteady camera: every kind of evidence, at uneven times."""
    chance = random.Random(seed)
    poses: list[Angles | None] = [
        NEUTRAL, TRAP_LEFT, TRAP_LEFT.mirrored(), PARASPINAL, LEVATOR_LEFT,
        LEVATOR_LEFT.mirrored(), None,
    ]  # fmt: skip
    t_s, until_s, samples = 0.0, 0.0, []
    pose: Angles | None = NEUTRAL
    shoulders, source, hands = STILL, HeadSource.FACE, frozenset[Side]()
    while t_s < seconds:
        if t_s >= until_s:
            pose = chance.choice(poses)
            until_s = t_s + chance.choice([0.2, 0.6, 1.5, 3.0, 8.0])
            shoulders = up(chance.choice(list(Side)), chance.choice([0.0, 0.0, 0.05, 0.15]))
            source = chance.choices(list(HeadSource), [5, 1])[0]
            hands = frozenset(side for side in Side if chance.random() < 0.2)
        noisy = None if pose is None else Angles(*(a + chance.gauss(0, 2) for a in pose))
        seen = None if chance.random() < 0.05 else shoulders
        samples.append(sample(t_s, noisy, seen, hands, source=source))
        t_s += chance.choice([0.5, 1, 1, 1, 3]) / fps + (3.0 if chance.random() < 0.005 else 0)
    return samples


SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_mirrored_input_with_mirrored_side_gives_equal_events(seed: int) -> None:
    def reflect(hold: Hold | None) -> Hold | None:
        if hold is None:
            return None

        def turned(values: Stats) -> Stats:
            return Stats(-values.mean, -values.max, -values.min)

        return replace(
            hold,
            side=hold.side.other if hold.side else None,
            rotation_deg=turned(hold.rotation_deg),
            lateral_deg=turned(hold.lateral_deg),
            left_rise_sw=hold.right_rise_sw,
            right_rise_sw=hold.left_rise_sw,
            drift_sw=None if hold.drift_sw is None else -hold.drift_sw,
            hand_on_head=frozenset(side.other for side in hold.hand_on_head),
        )

    samples = random_samples(seed)
    events = fold(samples)
    expected = [
        replace(event, side=event.side.other if event.side else None, hold=reflect(event.hold))
        for event in events
    ]
    found = fold([mirrored(one) for one in samples])

    def order(event: object) -> str:
        return repr(event)

    assert len(events) > 5
    assert sorted(found, key=order) == sorted(expected, key=order)


@pytest.mark.parametrize("seed", SEEDS)
def test_step_fold_and_every_prefix_agree(seed: int) -> None:
    samples = random_samples(seed, seconds=10)
    whole = fold(samples)
    state, told_so_far = holds.begin(SETTINGS), []
    for count, one in enumerate(samples, start=1):
        before = state
        state, events = holds.step(state, one)
        assert holds.step(before, one) == (state, events)  # a state may be stepped from twice
        told_so_far += events
        assert fold(samples[:count])[: len(told_so_far)] == told_so_far
    assert whole == [*told_so_far, *holds.finish(state)[1]]


@pytest.mark.parametrize("seed", SEEDS)
def test_held_time_is_the_span_without_its_pauses(seed: int) -> None:
    found = reported(random_samples(seed, seconds=120))
    assert found
    for hold in found:
        paused_ms = sum(pause.end_ms - pause.start_ms for pause in hold.pauses)
        assert hold.held_ms == hold.end_ms - hold.start_ms - paused_ms
        assert hold.completed == (hold.held_ms >= hold.target_ms)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_beginning_has_its_end_and_time_does_not_go_back(seed: int) -> None:
    events = fold(random_samples(seed))
    assert [event.t_ms for event in events] == sorted(event.t_ms for event in events)
    running: set[object] = set()
    for event in events:
        key = event.stretch, event.side
        if event.kind is EventKind.HOLD_BEGAN:
            assert key not in running
            running.add(key)
        else:
            assert key in running
        if event.kind is EventKind.HOLD_ENDED:
            running.remove(key)
    assert not running


def test_a_hold_that_starts_at_time_zero_counts_from_there() -> None:
    hold = only_hold(during(0, 31, TRAP_LEFT))
    assert (hold.start_ms, hold.held_ms) == (0, 30_900)


def test_time_may_start_anywhere_even_below_zero() -> None:
    moved = [replace(one, t_ms=one.t_ms - 20_000) for one in during(0, 31, TRAP_LEFT)]
    hold = only_hold(moved)
    assert (hold.start_ms, hold.held_ms) == (-20_000, 30_900)


@pytest.mark.parametrize("fps", [5, 10, 30, 60])
def test_the_same_thirty_seconds_at_any_rate(fps: float) -> None:
    samples = [
        *during(0, 2, NEUTRAL, fps=fps),
        *during(2, 18, TRAP_LEFT, fps=fps),
        *during(18, 19, NEUTRAL, fps=fps),
        *during(19, 35, TRAP_LEFT, fps=fps),
        *during(35, 38, NEUTRAL, fps=fps),
    ]
    hold = only_hold(samples)
    assert hold.completed
    assert hold.held_ms == pytest.approx(32_000, abs=2.1 * 1000 / fps)
    assert len(hold.pauses) == 1


def test_irregular_time_earns_what_has_passed() -> None:
    chance = random.Random(3)
    times_ms = sorted(chance.sample(range(31_000), 200))
    samples = [sample(t / 1000, TRAP_LEFT) for t in times_ms]
    assert only_hold(samples).held_ms == times_ms[-1] - times_ms[0]


def test_averages_weigh_time_and_not_samples() -> None:
    lower, higher = Angles(0, 0, 30), Angles(0, 0, 40)
    samples = [*during(0, 5, lower, fps=30), *during(5, 10, higher, fps=5)]
    assert only_hold(samples).lateral_deg.mean == pytest.approx(35.0, abs=0.3)


def test_time_that_does_not_increase_is_refused() -> None:
    state, _ = holds.step(holds.begin(SETTINGS), sample(1, NEUTRAL))
    with pytest.raises(ValueError, match="time must increase: 1000 ms after 1000 ms"):
        holds.step(state, sample(1, NEUTRAL))


# --- uncertainty ---------------------------------------------------------------------------


def test_an_angle_that_straddles_a_limit_keeps_what_was() -> None:
    doubt = Angles(0, 0, 2.0)
    assert fold(during(0, 1, Angles(0, 0, 21.9), uncertainty=doubt)) == []
    assert fold(during(0, 1, Angles(0, 0, 22.0), uncertainty=doubt))
    start = during(0, 1, TRAP_LEFT)
    for lateral_deg, state in ((12.0, HoldState.HOLDING), (11.9, HoldState.LAPSE)):
        last = sample(1, Angles(0, 0, lateral_deg), uncertainty=doubt)
        assert after([*start, last]).state is state


def test_a_poor_measurement_moves_a_limit_by_three_degrees_at_most() -> None:
    assert fold(during(0, 1, Angles(0, 0, 23.0), uncertainty=Angles(9, 9, 9)))


def test_the_mean_uncertainty_is_reported() -> None:
    samples = [sample(t / 10, TRAP_LEFT, uncertainty=Angles(1.0, 2.0, 3.0)) for t in range(50)]
    assert only_hold(samples).uncertainty == pytest.approx((1.0, 2.0, 3.0))


def test_the_furthest_excursion_of_the_shoulders_is_kept_with_its_sign() -> None:
    moved = Shoulders(-0.05, 0.02, -0.07, 0.0, 0.0)
    samples = [*during(0, 1, NEUTRAL), *during(1, 3, TRAP_LEFT), *during(3, 4, TRAP_LEFT, moved)]
    hold = only_hold([*samples, *during(4, 6, TRAP_LEFT)])
    assert (hold.left_rise_sw, hold.right_rise_sw, hold.drift_sw) == (-0.05, 0.02, -0.07)
