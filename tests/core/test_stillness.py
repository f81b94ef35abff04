"""Shoulders: what counts as moved, from where, and what a hand on the head excuses."""

from __future__ import annotations

import random
from dataclasses import astuple, replace

import pytest
from hold_samples import NEUTRAL, STILL, TRAP_LEFT, during, only_hold, reported, sample, up

from neckform.core.stretch import compensation
from neckform.core.stretch.compensation import (
    Compensation,
    ShoulderLimits,
    ShoulderVerdict,
    Verdict,
)
from neckform.core.types import (
    Angles,
    Evidence,
    HeadSource,
    Pause,
    Reason,
    Sample,
    Shoulders,
    Side,
)

REST = during(0, 2, NEUTRAL)


def last(samples: list[Sample]) -> Verdict:
    state, verdict = Compensation(ShoulderLimits()), None
    for one in samples:
        state, verdict = compensation.step(state, one)
    assert verdict is not None
    return verdict


def unmoved(verdict: Verdict) -> bool:
    return verdict.moved is not None and astuple(verdict.moved) == pytest.approx(astuple(STILL))


@pytest.mark.parametrize(
    ("shoulders", "reason"),
    [
        (up(Side.LEFT, 0.079), None),
        (up(Side.LEFT, 0.081), Reason.SHOULDER_RISE),
        (up(Side.RIGHT, 0.081), Reason.SHOULDER_RISE),
        (Shoulders(-0.3, -0.3, 0, 0, 0), None),
        (Shoulders(0, 0, 0.099, 0, 0), None),
        (Shoulders(0, 0, 0.101, 0, 0), Reason.SHOULDER_DRIFT),
        (Shoulders(0, 0, -0.101, 0, 0), Reason.SHOULDER_DRIFT),
        (Shoulders(0, 0, 0, 7.9, 0), None),
        (Shoulders(0, 0, 0, 8.1, 0), Reason.TRUNK_LEAN),
        (Shoulders(0, 0, 0, -8.1, 0), Reason.TRUNK_LEAN),
        (Shoulders(0, 0, 0, 0, 14.9), None),
        (Shoulders(0, 0, 0, 0, 15.1), Reason.TRUNK_TURN),
        (Shoulders(0, 0, 0, 0, -15.1), Reason.TRUNK_TURN),
        (Shoulders(0, 0, 0, 0, 0, 11.9), None),
        (Shoulders(0, 0, 0, 0, 0, 12.1), Reason.TRUNK_BEND),
    ],
)
def test_each_limit_on_each_side(shoulders: Shoulders, reason: Reason | None) -> None:
    verdict = last([*REST, sample(2, TRAP_LEFT, shoulders)])
    assert verdict.reason is reason
    assert verdict.evidence is (Evidence.IN if reason is None else Evidence.OUT)
    assert verdict.moved == shoulders


def test_a_leaning_trunk_is_a_lean_though_it_also_drifts_and_lifts_a_shoulder() -> None:
    leaning = Shoulders(-0.27, 0.09, 0.54, 21.5, 0)
    assert last([*REST, sample(2, TRAP_LEFT, leaning)]).reason is Reason.TRUNK_LEAN


def test_a_lean_goes_the_way_the_shoulders_do() -> None:
    pushed = replace(up(Side.LEFT, 0.2), drift_sw=0.15)  # the line falls to the right
    assert last([*REST, sample(2, TRAP_LEFT, pushed)]).reason is Reason.SHOULDER_RISE


def by(nearer: float, **moved: float) -> Shoulders:
    """Of somebody who came nearer, or went away."""
    return replace(STILL, **{"wider": nearer, "head_nearer": nearer} | moved)


@pytest.mark.parametrize("sign", [1, -1])
def test_shoulders_of_who_sits_nearer_or_further_away_are_not_compared(sign: int) -> None:
    risen = by(0.071 * sign, left_rise_sw=0.2, right_rise_sw=0.2)
    verdict = last([*REST, sample(2, TRAP_LEFT, risen)])
    assert (verdict.evidence, verdict.reason) == (Evidence.UNSEEN, Reason.UNSEEN)
    assert verdict.nearer == pytest.approx(0.071 * sign)
    assert (verdict.left, verdict.right, verdict.moved) == (None, None, None)
    assert last([*REST, sample(2, TRAP_LEFT, by(0.069 * sign))]).evidence is Evidence.IN
    # Once elsewhere, they are back within a share of the limit.
    away = sample(2, TRAP_LEFT, risen)
    for nearer, evidence in ((0.06, Evidence.UNSEEN), (0.05, Evidence.IN)):
        verdict = last([*REST, away, sample(2.1, TRAP_LEFT, by(nearer * sign))])
        assert verdict.evidence is evidence


def test_who_sat_nearer_before_the_head_left_neutral_has_not_moved() -> None:
    nearer = by(0.2)
    verdict = last([*during(0, 2, NEUTRAL, nearer), sample(2, TRAP_LEFT, nearer)])
    assert verdict.evidence is Evidence.IN


def test_a_head_that_bends_looks_larger_and_that_is_no_distance() -> None:
    bent = by(-0.06, head_nearer=0.06)
    assert last([*REST, sample(2, TRAP_LEFT, bent)]).evidence is Evidence.IN
    # Once it has kept still for a second, sizes are compared with those: here it rolls away.
    held = [*REST, *during(2, 4, TRAP_LEFT, bent)]
    for further, evidence in ((0.06, Evidence.IN), (0.08, Evidence.UNSEEN)):
        gone = by(-0.06 - further, head_nearer=0.06 - further)
        assert last([*held, sample(4, TRAP_LEFT, gone)]).evidence is evidence


def test_a_trunk_that_looks_larger_or_smaller_by_its_own_doing_is_told_as_that() -> None:
    bent = by(0.3, bend_deg=13.0)
    assert last([*REST, sample(2, TRAP_LEFT, bent)]).reason is Reason.TRUNK_BEND
    turned = by(-0.09, turn_deg=30.0)
    assert last([*REST, sample(2, TRAP_LEFT, turned)]).reason is Reason.TRUNK_TURN
    gone = by(-0.5, turn_deg=30.0)
    assert last([*REST, sample(2, TRAP_LEFT, gone)]).nearer == pytest.approx(-0.5)


def test_one_shoulder_well_up_is_a_rise_though_it_also_tilts_the_line() -> None:
    verdict = last([*REST, sample(2, TRAP_LEFT, up(Side.LEFT, 0.16))])
    assert verdict.reason is Reason.SHOULDER_RISE


def test_unseen_shoulders_are_neither_still_nor_moved() -> None:
    assert last([*REST, sample(2, TRAP_LEFT, None)]) == Verdict(
        Evidence.UNSEEN, Reason.UNSEEN, None
    )


def test_once_out_the_shoulders_are_still_again_at_three_quarters() -> None:
    out = [*REST, sample(2, TRAP_LEFT, up(Side.LEFT, 0.1))]
    assert last([*out, sample(2.1, TRAP_LEFT, up(Side.LEFT, 0.061))]).evidence is Evidence.OUT
    assert last([*out, sample(2.1, TRAP_LEFT, up(Side.LEFT, 0.059))]).evidence is Evidence.IN


def test_they_are_judged_from_where_they_rested_before_the_head_left() -> None:
    lower = Shoulders(-0.2, -0.2, 0.3, 4.0, 10.0)
    start = [*during(0, 5, NEUTRAL), *during(5, 8, NEUTRAL, lower)]
    assert unmoved(last([*start, sample(8, TRAP_LEFT, lower)]))
    assert last([*start, sample(8, TRAP_LEFT, STILL)]).reason is not None


def test_before_anything_else_is_known_they_are_judged_from_the_baseline() -> None:
    assert last([sample(0, TRAP_LEFT, up(Side.LEFT, 0.1))]).reason is Reason.SHOULDER_RISE


def test_a_shoulder_that_stays_up_does_not_become_the_new_normal() -> None:
    samples = [*REST, *during(2, 10, TRAP_LEFT), *during(10, 60, TRAP_LEFT, up(Side.LEFT, 0.12))]
    hold = only_hold(samples)
    assert (hold.end_ms, hold.ended_by) == (9900, "shoulder-rise")
    assert hold.left_rise_sw == pytest.approx(0.12)


def test_a_hold_begins_anew_once_the_shoulders_are_back() -> None:
    up_for_5_s = during(10, 15, TRAP_LEFT, up(Side.LEFT, 0.12))
    found = reported([*REST, *during(2, 10, TRAP_LEFT), *up_for_5_s, *during(15, 20, TRAP_LEFT)])
    assert [hold.start_ms for hold in found] == [2000, 15_000]


def test_one_stray_neutral_reading_forgives_nothing() -> None:
    raised = up(Side.LEFT, 0.12)
    for stray_s in (2.5, 4.0):
        away = [*REST, *during(2, stray_s, TRAP_LEFT, raised)]
        stray = sample(stray_s, NEUTRAL, raised)
        verdict = last([*away, stray, sample(stray_s + 0.1, TRAP_LEFT, raised)])
        assert verdict.moved == raised


def test_a_coarse_head_does_not_move_the_resting_place() -> None:
    raised = up(Side.LEFT, 0.12)
    coarse = during(4, 8, NEUTRAL, raised, source=HeadSource.POSE)
    samples = [*REST, *during(2, 4, TRAP_LEFT, raised), *coarse]
    assert last([*samples, sample(8, TRAP_LEFT, raised)]).reason is Reason.SHOULDER_RISE


def looked(samples: list[Sample], every_ms: int = 700) -> list[Sample]:
    """The same samples, with shoulders looked for as seldom as at rest."""
    return [replace(one, shoulders_ms=one.t_ms - one.t_ms % every_ms) for one in samples]


@pytest.mark.parametrize("side", Side)
def test_one_look_that_finds_the_shoulders_out_is_nothing_however_long_it_stands(
    side: Side,
) -> None:
    start, risen = [*REST, *during(2, 7, TRAP_LEFT)], up(side, 0.12)
    one = [*during(7, 7.7, TRAP_LEFT, risen), *during(7.7, 12.1, TRAP_LEFT)]
    hold = only_hold(looked([*start, *one]))
    assert (hold.held_ms, hold.pauses) == (10_000, ())
    two = [*during(7, 8.4, TRAP_LEFT, risen), *during(8.4, 12.1, TRAP_LEFT)]
    assert only_hold(looked([*start, *two])).pauses == (Pause(6900, 8400, Reason.SHOULDER_RISE),)
    # Where each picture is looked at, it is no single one.
    assert only_hold([*start, *one]).pauses == (Pause(6900, 7700, Reason.SHOULDER_RISE),)


@pytest.mark.parametrize(("unseen_s", "pauses"), [(0.3, 0), (0.6, 1)])
def test_one_look_makes_no_pause_of_a_face_that_is_lost_for_a_moment(
    unseen_s: float, pauses: int
) -> None:
    risen, back = up(Side.LEFT, 0.12), 7.3 + unseen_s
    standing = [*during(7, 7.3, TRAP_LEFT, risen), *during(7.3, back, None, risen)]
    samples = [
        *REST,
        *during(2, 7, TRAP_LEFT),
        *(replace(one, shoulders_ms=7000) for one in standing),
        *during(back, 12.1, TRAP_LEFT),
    ]
    assert len(only_hold(samples).pauses) == pauses


@pytest.mark.parametrize(
    ("rests_sw", "counted_sw"),
    [(0.02, 0.01), (0.03, 0.015), (0.12, 0.12), (0.2, 0.2), (-0.03, 0.0), (-0.12, -0.12)],
)
@pytest.mark.parametrize("side", Side)
def test_a_rest_that_is_a_little_off_the_neutral_is_not_taken_as_exact(
    side: Side, rests_sw: float, counted_sw: float
) -> None:
    rests = replace(up(side, rests_sw), tilt_deg=0.0)
    moved = last([*during(0, 2, NEUTRAL, rests), sample(2, TRAP_LEFT, rests)]).moved
    assert moved is not None
    assert moved.rise_sw(side) == pytest.approx(rests_sw - counted_sw)


def test_a_single_jump_of_the_shoulders_does_not_stop_the_clock() -> None:
    samples = [*REST, *during(2, 12.1, TRAP_LEFT)]
    samples[60] = replace(samples[60], shoulders=up(Side.RIGHT, 0.3))
    assert only_hold(samples).held_ms == 10_000


# --- a hand on the head --------------------------------------------------------------------

LIFTED = up(Side.LEFT, 0.13)
HIGHER = up(Side.LEFT, 0.24)


def test_a_hand_that_settled_before_the_stretch_is_no_rise() -> None:
    samples = [*REST, *during(2, 5, NEUTRAL, LIFTED, [Side.LEFT])]
    hold = only_hold([*samples, *during(5, 15, TRAP_LEFT, LIFTED, [Side.LEFT])])
    assert hold.hand_on_head == {Side.LEFT}
    assert hold.left_rise_sw == pytest.approx(0.0)


def test_a_hand_that_comes_during_the_hold_is_no_rise() -> None:
    far_up = up(Side.LEFT, 0.2)  # far enough to tilt the shoulder line beyond its limit
    samples = [*REST, *during(2, 8, TRAP_LEFT), *during(8, 20, TRAP_LEFT, far_up, [Side.LEFT])]
    hold = only_hold(samples)
    assert (hold.pauses, hold.ended_by) == ((), "end")


def test_with_the_hand_settled_a_further_rise_counts() -> None:
    samples = [*REST, *during(2, 8, TRAP_LEFT), *during(8, 12, TRAP_LEFT, LIFTED, [Side.LEFT])]
    verdict = last([*samples, sample(12, TRAP_LEFT, HIGHER, [Side.LEFT])])
    assert verdict.reason is Reason.SHOULDER_RISE
    assert verdict.moved is not None
    assert verdict.moved.left_rise_sw == pytest.approx(0.11)


def test_a_hand_that_is_still_coming_up_has_not_settled() -> None:
    coming = during(8, 8.4, TRAP_LEFT, up(Side.LEFT, 0.05), [Side.LEFT])
    samples = [*REST, *during(2, 8, TRAP_LEFT), *coming]
    settled = [*samples, *during(8.4, 12, TRAP_LEFT, LIFTED, [Side.LEFT])]
    assert unmoved(last(settled))


def test_a_hand_excuses_only_its_own_shoulder() -> None:
    samples = [*REST, *during(2, 8, TRAP_LEFT)]
    raised = up(Side.RIGHT, 0.13)
    for t_s in (8.0, 8.5, 9.5, 12.0):
        samples.append(sample(t_s, TRAP_LEFT, raised, [Side.LEFT]))
        assert last(samples).reason is Reason.SHOULDER_RISE


def test_when_the_hand_goes_its_shoulder_may_not_stay_up() -> None:
    with_hand = [*REST, *during(2, 8, TRAP_LEFT), *during(8, 12, TRAP_LEFT, LIFTED, [Side.LEFT])]
    down = [*with_hand, *during(12, 15, TRAP_LEFT, STILL)]
    assert last(down).evidence is Evidence.IN
    assert last([*down, sample(15, TRAP_LEFT, LIFTED)]).reason is Reason.SHOULDER_RISE


def test_a_shoulder_that_came_up_further_as_the_hand_went_is_not_excused() -> None:
    with_hand = [*REST, *during(2, 8, TRAP_LEFT), *during(8, 12, TRAP_LEFT, LIFTED, [Side.LEFT])]
    verdict = last([*with_hand, *during(12, 15, TRAP_LEFT, HIGHER)])
    assert verdict.reason is Reason.SHOULDER_RISE


def test_a_hand_out_of_sight_for_a_moment_never_went_away() -> None:
    samples = [*REST, *during(2, 8, TRAP_LEFT), *during(8, 12, TRAP_LEFT, LIFTED, [Side.LEFT])]
    blink = [*samples, *during(12, 12.5, TRAP_LEFT, HIGHER)]
    for t_s in (12.5, 13.0, 13.6, 14.0):
        blink.append(sample(t_s, TRAP_LEFT, HIGHER, [Side.LEFT]))
        assert last(blink).reason is Reason.SHOULDER_RISE


def test_a_hand_does_not_excuse_a_drift() -> None:
    away = Shoulders(0.13, 0.0, 0.2, -7.0, 0.0)
    samples = [*REST, *during(2, 8, TRAP_LEFT), *during(8, 12, TRAP_LEFT, away, [Side.LEFT])]
    assert last(samples).reason is Reason.SHOULDER_DRIFT


def test_near_neutral_is_the_same_to_all_sides() -> None:
    aside = Shoulders(0, 0, 0.05, 0, 0)
    for sign in (1, -1):
        for axis in range(3):
            angles = [0.0, 0.0, 0.0]
            angles[axis] = sign * 9.9
            near = [*REST, *during(2, 4, Angles(*angles), aside)]
            assert unmoved(last([*near, sample(4, TRAP_LEFT, aside)]))
            angles[axis] = sign * 10.1
            away = [*REST, *during(2, 4, Angles(*angles), aside)]
            assert last([*away, sample(4, TRAP_LEFT, aside)]).moved == aside


def test_a_raised_shoulder_does_not_become_the_new_normal_by_staying() -> None:
    raised = during(2, 20, TRAP_LEFT, up(Side.LEFT, 0.12))
    assert last([*REST, *raised]).reason is Reason.SHOULDER_RISE


# --- each shoulder for itself ---------------------------------------------------------------


def dots(samples: list[Sample]) -> tuple[ShoulderVerdict, ShoulderVerdict]:
    """Left and right at the end."""
    verdict = last(samples)
    assert verdict.left is not None
    assert verdict.right is not None
    return verdict.left, verdict.right


def test_the_shoulder_that_rises_is_out_and_the_other_is_not() -> None:
    for side in Side:
        left, right = dots([*REST, sample(2, TRAP_LEFT, up(side, 0.2))])
        risen, other = (left, right) if side is Side.LEFT else (right, left)
        assert (risen.up_sw, risen.raised, risen.evidence) == (0.2, True, Evidence.OUT)
        assert (other.up_sw, other.raised, other.evidence) == (0.0, False, Evidence.IN)


@pytest.mark.parametrize(
    "carried",
    [Shoulders(0, 0, 0.11, 0, 0), Shoulders(0, 0, 0, 9, 0), Shoulders(0, 0, 0, 0, -16)],
    ids=["aside", "lean", "turn"],
)
def test_a_trunk_that_moves_carries_both(carried: Shoulders) -> None:
    for shoulder in dots([*REST, sample(2, TRAP_LEFT, carried)]):
        assert (shoulder.raised, shoulder.evidence) == (False, Evidence.OUT)


def test_on_its_way_back_a_shoulder_is_judged_by_a_closer_limit() -> None:
    raised = [*REST, *during(2, 3, TRAP_LEFT, up(Side.LEFT, 0.12))]
    left, _ = dots([*REST, sample(2, TRAP_LEFT, up(Side.LEFT, 0.07))])
    assert (left.up_limit_sw, left.evidence) == (0.08, Evidence.IN)
    left, right = dots([*raised, sample(3, TRAP_LEFT, up(Side.LEFT, 0.07))])
    assert left.evidence is Evidence.OUT
    assert right.evidence is Evidence.IN
    for shoulder in (left, right):
        assert (shoulder.up_limit_sw, shoulder.across_limit_sw) == pytest.approx((0.06, 0.075))
    left, _ = dots([*raised, *during(3, 3.2, TRAP_LEFT, up(Side.LEFT, 0.05))])
    assert (left.up_limit_sw, left.evidence) == (0.08, Evidence.IN)


def test_a_hand_that_has_just_arrived_leaves_its_shoulder_in() -> None:
    samples = [*REST, *during(2, 3, TRAP_LEFT), sample(3, TRAP_LEFT, LIFTED, [Side.LEFT])]
    left, right = dots(samples)
    assert (left.up_sw, left.raised, left.evidence) == (0.13, False, Evidence.IN)
    assert right.evidence is Evidence.IN


def test_shoulders_that_are_not_seen_are_neither_in_nor_out() -> None:
    verdict = last([*REST, sample(2, TRAP_LEFT, None)])
    assert (verdict.left, verdict.right) == (None, None)


@pytest.mark.parametrize("seed", range(20))
def test_both_are_in_exactly_when_the_shoulders_are(seed: int) -> None:
    draw = random.Random(seed)
    state = Compensation(ShoulderLimits())
    outs = 0
    for one in REST:
        state, _ = compensation.step(state, one)
    hands: list[Side] = []
    for index in range(200):
        if index % 12 == 0:
            hands = [side for side in Side if draw.random() < 0.3]
            place = Shoulders(
                draw.uniform(-0.1, 0.1), draw.uniform(-0.1, 0.1), draw.uniform(-0.09, 0.09),
                draw.uniform(-8, 8), draw.uniform(-16, 16),
            )  # fmt: skip
        state, verdict = compensation.step(state, sample(2 + index / 10, TRAP_LEFT, place, hands))
        assert verdict.left is not None
        assert verdict.right is not None
        both = {verdict.left.evidence, verdict.right.evidence}
        assert (both == {Evidence.IN}) is (verdict.evidence is Evidence.IN)
        raised = verdict.left.raised or verdict.right.raised
        assert raised or verdict.reason is not Reason.SHOULDER_RISE
        outs += verdict.evidence is Evidence.OUT
    assert 0 < outs < 200


def test_a_turn_that_is_not_known_is_none_wherever_the_trunk_rested() -> None:
    resting = Shoulders(0, 0, 0, 0, -20)
    at_rest = [sample(t / 10, NEUTRAL, resting) for t in range(15)]
    assert last([*at_rest, sample(2, TRAP_LEFT, STILL)]).reason is None
    assert last([*at_rest, sample(2, TRAP_LEFT, Shoulders(0, 0, 0, 0, -34))]).reason is None
    assert last([*at_rest, sample(2, TRAP_LEFT, Shoulders(0, 0, 0, 0, -36))]).reason is (
        Reason.TRUNK_TURN
    )


def test_a_rest_that_read_low_is_no_rise_later() -> None:
    misread = replace(up(Side.RIGHT, -0.045), tilt_deg=0.0)
    at_rest = during(0, 2, NEUTRAL, misread)
    assert last([*at_rest, sample(2, TRAP_LEFT, up(Side.RIGHT, 0.06))]).reason is None
    raised = last([*at_rest, sample(2, TRAP_LEFT, up(Side.RIGHT, 0.07))])
    assert raised.reason is Reason.SHOULDER_RISE
    noisy = [
        *during(0, 2, NEUTRAL, up(Side.RIGHT, -0.02)),
        sample(2, TRAP_LEFT, up(Side.RIGHT, 0.081)),
    ]
    assert last(noisy).reason is Reason.SHOULDER_RISE


def test_an_arm_that_comes_up_does_not_make_the_other_shoulder_rise() -> None:
    misread = replace(up(Side.RIGHT, -0.06), tilt_deg=0.0)
    coming = [*during(0, 2, NEUTRAL, misread), *during(2, 4, NEUTRAL, misread, [Side.LEFT])]
    after = replace(up(Side.RIGHT, 0.05), tilt_deg=0.0)
    assert last([*coming, sample(4, TRAP_LEFT, after, [Side.LEFT])]).reason is None
    raised = replace(up(Side.RIGHT, 0.09), tilt_deg=0.0)
    assert last([*coming, sample(4, TRAP_LEFT, raised, [Side.LEFT])]).reason is (
        Reason.SHOULDER_RISE
    )
