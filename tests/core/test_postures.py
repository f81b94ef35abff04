"""The posture machines: one test per transition, then what must hold for any sequence."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hold_samples import NEUTRAL, mirrored
from posture_samples import (
    CHIN,
    CHIN_UP,
    SETTINGS,
    SLOUCH,
    TILT_LEFT,
    TWIST_LEFT,
    carried,
    during,
    face_lost,
    flags,
    fold,
    only_flag,
    sample,
    spans,
)

from neckform.core.events import EventKind
from neckform.core.posture import postures
from neckform.core.posture.flags import LiveRules, RecordedRules
from neckform.core.posture.postures import PostureStatus, Zone
from neckform.core.types import Angles, Flag, ForwardHead, HeadSource, Sample, Side


def after(samples: list[Sample], *, live: bool = False) -> PostureStatus:
    state = postures.begin(SETTINGS, live=live)
    for one in samples:
        state, _ = postures.step(state, one)
    return postures.status(state)


# --- each flag -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("enter", "flag", "side"),
    [
        (Angles(35, 0, 0), "chin-to-chest", None),
        (Angles(20, 0, 0), "slouch", None),
        (Angles(-15, 0, 0), "chin-up", None),
        (Angles(0, 0, 15), "side-tilt", Side.LEFT),
        (Angles(0, 0, -15), "side-tilt", Side.RIGHT),
        (Angles(0, 30, 0), "twisted", Side.LEFT),
        (Angles(0, -30, 0), "twisted", Side.RIGHT),
    ],
)
def test_each_flag_begins_at_its_angle_and_not_below(
    enter: Angles, flag: str, side: Side | None
) -> None:
    found = only_flag(during(0, 10, enter))
    assert (found.flag, found.side, found.start_ms, found.end_ms) == (flag, side, 0, 9900)
    below = Angles(*(angle * 0.99 for angle in enter))
    assert flag not in [one.flag for one in flags(during(0, 10, below))]


@pytest.mark.parametrize(
    ("enter", "leave"),
    [
        (CHIN, Angles(28, 0, 0)),
        (SLOUCH, Angles(14, 0, 0)),
        (CHIN_UP, Angles(-10, 0, 0)),
        (TILT_LEFT, Angles(0, 0, 10)),
        (TWIST_LEFT, Angles(0, 22, 0)),
    ],
)
def test_each_flag_ends_below_its_lower_angle_and_not_before(enter: Angles, leave: Angles) -> None:
    inside = [*during(0, 5, enter), *during(5, 10, leave)]
    assert only_flag(inside).end_ms == 9900
    beyond = Angles(*(angle * 0.99 for angle in leave))
    left = [*during(0, 5, enter), *during(5, 10, beyond)]
    assert flags(left)[0].end_ms == 4900


def test_what_the_neutral_may_be_off_by_is_no_posture() -> None:
    """One that was only assumed is off by the same for as long as the recording lasts."""
    unsure = Angles(4.0, 1.0, 1.0)
    assert flags(during(0, 20, Angles(27.0, 0.0, 0.0)))[0].flag == "slouch"
    assert not flags(during(0, 20, Angles(27.0, 0.0, 0.0)), neutral_error=unsure)
    assert flags(during(0, 20, Angles(29.0, 0.0, 0.0)), neutral_error=unsure)[0].flag == "slouch"


def test_a_chin_to_chest_is_not_also_a_slouch() -> None:
    assert spans(during(0, 10, CHIN)) == [("chin-to-chest", 0, 9.9)]
    deeper = [*during(0, 6, SLOUCH), *during(6, 12, CHIN)]
    assert spans(deeper) == [("slouch", 0, 5.9), ("chin-to-chest", 6, 11.9)]


def test_two_flags_may_last_at_once() -> None:
    found = {flag.flag for flag in flags(during(0, 10, Angles(38, 0, 20)))}
    assert found == {"chin-to-chest", "side-tilt"}


# --- dropped and sunk ----------------------------------------------------------------------


def test_a_face_lost_downward_carries_on_a_chin_to_chest() -> None:
    samples = [*during(0, 2, CHIN), *face_lost(2, 10, 0.5)]
    found = only_flag(samples)
    assert (found.flag, found.start_ms, found.end_ms) == ("chin-to-chest", 0, 9900)
    assert found.peak_deg == 42.0  # a coarse direction is no degree


def test_a_face_lost_downward_is_a_chin_to_chest_by_itself() -> None:
    found = only_flag(face_lost(0, 10, 0.6))
    assert (found.flag, found.mean_deg, found.peak_deg) == ("chin-to-chest", None, None)


def test_a_face_lost_otherwise_is_no_flag() -> None:
    assert flags(face_lost(0, 10, 0.61)) == []
    assert flags(face_lost(0, 10, 1.0)) == []
    assert only_flag([*during(0, 5, CHIN), *face_lost(5, 20, 0.9)]).end_ms == 4900


def test_a_face_lost_for_a_moment_ends_nothing_wherever_the_nose_is() -> None:
    samples = [*during(0, 5, CHIN), *face_lost(5, 6, 1.0), *during(6, 10, CHIN)]
    assert spans(samples) == [("chin-to-chest", 0, 9.9)]


def test_the_drop_has_a_hysteresis() -> None:
    assert only_flag([*face_lost(0, 5, 0.55), *face_lost(5, 10, 0.7)]).end_ms == 9900
    assert only_flag([*face_lost(0, 5, 0.55), *face_lost(5, 10, 0.71)]).end_ms == 4900


def test_a_sunk_head_that_comes_nearer_is_a_slouch_though_it_looks_ahead() -> None:
    assert spans(carried(during(0, 10, NEUTRAL), ForwardHead(0.8, 0.2))) == [("slouch", 0, 9.9)]


@pytest.mark.parametrize(
    "carriage",
    [ForwardHead(1.0, 0.3), ForwardHead(0.6, 0.05), ForwardHead(0.6, -0.2), ForwardHead(0.6, None)],
)
def test_sunk_alone_or_nearer_alone_is_no_slouch(carriage: ForwardHead) -> None:
    assert flags(carried(during(0, 10, NEUTRAL), carriage)) == []


def test_sinking_has_a_hysteresis() -> None:
    sunk = carried(during(0, 5, NEUTRAL), ForwardHead(0.8, 0.2))
    half_back = carried(during(5, 10, NEUTRAL), ForwardHead(0.89, 0.09))
    back = carried(during(5, 10, NEUTRAL), ForwardHead(0.91, 0.2))
    assert only_flag([*sunk, *half_back]).end_ms == 9900
    assert only_flag([*sunk, *back]).end_ms == 4900


def test_what_the_trunk_leans_is_no_chin_on_the_chest() -> None:
    slumped = carried(during(0, 10, Angles(40, 0, 0)), ForwardHead(0.5, 0.3, lean_deg=10.0))
    assert [flag.flag for flag in flags(slumped)] == ["slouch"]
    dozing = carried(during(0, 10, Angles(48, 0, 0)), ForwardHead(0.5, 0.3, lean_deg=10.0))
    found = only_flag(dozing)
    assert (found.flag, found.peak_deg) == ("chin-to-chest", 38.0)


# --- time ----------------------------------------------------------------------------------


def test_a_flag_is_raised_after_three_seconds_and_not_before() -> None:
    assert flags(during(0, 3, TILT_LEFT)) == []
    events = fold([*during(0, 10, TILT_LEFT), *during(10, 12, NEUTRAL)])
    assert [(event.t_ms, event.kind) for event in events] == [
        (3000, EventKind.FLAG_RAISED),
        (10_500, EventKind.FLAG_ENDED),
    ]
    assert events[0].flag == Flag("side-tilt", 0, 3000, pytest.approx(20.0), 20.0, Side.LEFT)


def test_back_for_less_than_half_a_second_is_not_back() -> None:
    samples = [*during(0, 2, CHIN), *during(2, 2.4, NEUTRAL), *during(2.4, 6, CHIN)]
    assert spans(samples) == [("chin-to-chest", 0, 5.9)]
    assert fold(samples)[0].t_ms == 3000


def test_back_for_half_a_second_ends_a_flag_where_it_was_last_seen() -> None:
    samples = [*during(0, 5, CHIN), *during(5, 5.5, NEUTRAL), *during(5.5, 10, CHIN)]
    assert spans(samples) == [("chin-to-chest", 0, 4.9), ("chin-to-chest", 5.5, 9.9)]


def test_sparse_moments_see_a_return_too() -> None:
    samples = [*during(0, 5, CHIN), sample(5, NEUTRAL), *during(5.6, 10, CHIN)]
    assert len(flags(samples)) == 2


def test_short_spells_do_not_add_up() -> None:
    spell = [during(t, t + 2, CHIN) + during(t + 2, t + 3, NEUTRAL) for t in range(0, 30, 3)]
    assert flags([one for part in spell for one in part]) == []


def test_the_end_of_the_recording_ends_a_flag() -> None:
    events = fold(during(0, 5, CHIN))
    assert (events[-1].kind, events[-1].t_ms) == (EventKind.FLAG_ENDED, 4900)


def test_a_flag_from_time_zero_counts_from_there() -> None:
    assert only_flag(during(0, 3.1, CHIN)).start_ms == 0


def test_time_may_start_anywhere_even_below_zero() -> None:
    moved = [replace(one, t_ms=one.t_ms - 20_000) for one in during(0, 10, CHIN)]
    assert spans(moved) == [("chin-to-chest", -20, -10.1)]


@pytest.mark.parametrize("fps", [5, 10, 30, 60])
def test_the_same_ten_seconds_at_any_rate(fps: float) -> None:
    samples = [
        *during(0, 2, NEUTRAL, fps=fps),
        *during(2, 12, TWIST_LEFT, fps=fps),
        *during(12, 15, NEUTRAL, fps=fps),
    ]
    events = fold(samples)
    assert events[0].t_ms == 5000
    found = only_flag(samples)
    assert (found.start_ms, found.mean_deg) == (2000, pytest.approx(40.0))
    assert found.end_ms == pytest.approx(12_000, abs=1.1 * 1000 / fps)


def test_irregular_time_earns_what_has_passed() -> None:
    chance = random.Random(5)
    times_ms = sorted(chance.sample(range(20_000), 150))
    events = fold([sample(t / 1000, CHIN) for t in times_ms])
    raised = next(t for t in times_ms if t - times_ms[0] >= 3000)
    assert events[0].t_ms == raised
    assert events[-1].flag is not None
    assert events[-1].flag.end_ms == times_ms[-1]


def test_averages_weigh_time_and_not_samples() -> None:
    lower, higher = Angles(0, 0, 20), Angles(0, 0, 30)
    samples = [*during(0, 5, lower, fps=30), *during(5, 10, higher, fps=5)]
    found = only_flag(samples)
    assert (found.mean_deg, found.peak_deg) == (pytest.approx(25.0, abs=0.3), 30.0)


def test_time_that_does_not_increase_is_refused() -> None:
    state, _ = postures.step(postures.begin(SETTINGS), sample(1, NEUTRAL))
    with pytest.raises(ValueError, match="time must increase: 1000 ms after 1000 ms"):
        postures.step(state, sample(1, NEUTRAL))


def test_a_flag_is_not_raised_again_while_it_cools_down() -> None:
    settings = replace(SETTINGS, recorded=RecordedRules(cooldown_s=10.0))
    back = during(5, 6, NEUTRAL)  # it ends at 5.5 s, and is quiet until 15.5 s
    events = fold([*during(0, 5, CHIN), *back, *during(6, 20, CHIN)], settings=settings)
    raised = [event.t_ms for event in events if event.kind is EventKind.FLAG_RAISED]
    assert raised == [3000, 15_500]


@pytest.mark.parametrize(("gap_s", "raised_s"), [(1.0, 3.0), (1.001, 4.1)])
def test_a_gap_counts_up_to_gap_s(gap_s: float, raised_s: float) -> None:
    events = fold([sample(0, CHIN), sample(gap_s, CHIN), *during(1.1, 6, CHIN)])
    assert events[0].t_ms == round(raised_s * 1000)


# --- unseen --------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [None, HeadSource.POSE])
def test_unseen_raises_nothing(source: HeadSource | None) -> None:
    away = during(2, 60, None) if source is None else during(2, 60, TILT_LEFT, source=source)
    assert flags([*during(0, 2, TILT_LEFT), *away]) == []


def test_unseen_for_a_while_is_neither_good_nor_bad() -> None:
    lost = during(2, 5, None)
    samples = [*during(0, 2, CHIN), *lost, *during(5, 10, CHIN)]
    assert spans(samples) == [("chin-to-chest", 0, 9.9)]
    assert fold(samples)[0].t_ms == 6100  # 1.9 s before, the rest after: nothing in between


def test_unseen_for_long_ends_a_flag_where_it_was_last_seen() -> None:
    samples = [*during(0, 5, CHIN), *during(5, 11, None), *during(11, 16, CHIN)]
    assert spans(samples) == [("chin-to-chest", 0, 4.9), ("chin-to-chest", 11, 15.9)]


def test_a_gap_without_samples_is_as_unseen() -> None:
    assert flags([*during(0, 2, CHIN), *during(60, 62, CHIN)]) == []
    short = [*during(0, 2, CHIN), *during(4, 5, CHIN)]
    assert flags(short) == []
    assert spans([*short, *during(5, 6, CHIN)]) == [("chin-to-chest", 0, 5.9)]


def test_gone_while_back_is_back() -> None:
    samples = [*during(0, 5, CHIN), *during(5, 5.3, NEUTRAL), *during(5.3, 7, None)]
    assert len(flags([*samples, *during(7, 12, CHIN)])) == 2


# --- stretches -----------------------------------------------------------------------------


def test_no_flag_arises_while_a_hold_is_counted() -> None:
    samples = during(0, 30, TILT_LEFT)
    assert flags(samples, stretching=(0, 30)) == []
    assert spans(samples, stretching=(0, 20)) == [("side-tilt", 20, 29.9)]
    assert spans(samples, stretching=(10, 30)) == [("side-tilt", 0, 9.9)]


def test_a_stray_moment_at_a_stretch_does_not_end_a_flag() -> None:
    assert spans(during(0, 10, SLOUCH), stretching=(5, 5.3)) == [("slouch", 0, 9.9)]


# --- live ----------------------------------------------------------------------------------


def test_at_a_camera_a_posture_raises_no_flag() -> None:
    """The monitor's own clock counts bad rest, whatever the posture; see `test_alarms`."""
    assert fold(during(0, 500, SLOUCH, fps=2), live=True) == []


@pytest.mark.parametrize(("unseen_s", "zone"), [(30, Zone.BAD), (30.1, Zone.CAUTION)])
def test_at_a_camera_a_posture_is_over_after_half_a_minute_unseen(
    unseen_s: float, zone: Zone
) -> None:
    nearly_back = sample(unseen_s + 0.1, Angles(15, 0, 0))
    found = after([sample(0, SLOUCH), sample(unseen_s, None), nearly_back], live=True)
    assert found.zone is zone


def test_live_rules_are_slower_in_everything() -> None:
    assert LiveRules().after_s == 60
    assert LiveRules().cooldown_s == 300


# --- status --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("angles", "zone"),
    [
        (NEUTRAL, Zone.GOOD),
        (Angles(9.9, 0, 0), Zone.GOOD),
        (Angles(10, 0, 0), Zone.CAUTION),
        (Angles(20, 0, 0), Zone.BAD),
        (Angles(0, 0, -15), Zone.BAD),
        (None, Zone.UNSEEN),
    ],
)
def test_each_moment_has_its_zone(angles: Angles | None, zone: Zone) -> None:
    assert after([sample(0, angles)]).zone is zone


def test_caution_has_a_hysteresis() -> None:
    start = [sample(0, Angles(11, 0, 0))]
    assert after([*start, sample(0.1, Angles(7, 0, 0))]).zone is Zone.CAUTION
    assert after([*start, sample(0.1, Angles(6.9, 0, 0))]).zone is Zone.GOOD


def test_unseen_is_no_good_zone_though_the_head_was_good() -> None:
    coarse = sample(1, NEUTRAL, source=HeadSource.POSE)
    assert after([sample(0, NEUTRAL), coarse]).zone is Zone.UNSEEN


def test_the_status_names_what_is_raised_with_the_longest_first() -> None:
    samples = [*during(0, 5, TILT_LEFT), *during(5, 9, Angles(40, 0, 20))]
    status = after(samples)
    assert [(flag.flag, flag.start_ms) for flag in status.raised] == [
        ("side-tilt", 0),
        ("chin-to-chest", 5000),
    ]
    assert after(samples[:20]).raised == ()


# --- what must hold for any sequence -------------------------------------------------------


def random_samples(seed: int, *, fps: float = 10, seconds: float = 90) -> list[Sample]:
    """A restless sitter at an unsteady camera: every kind of evidence, at uneven times."""
    chance = random.Random(seed)
    poses = [
        NEUTRAL, CHIN, SLOUCH, CHIN_UP, TILT_LEFT, TILT_LEFT.mirrored(), TWIST_LEFT,
        TWIST_LEFT.mirrored(), Angles(38, 0, 20), None,
    ]  # fmt: skip
    t_s, until_s, samples = 0.0, 0.0, []
    pose: Angles | None = NEUTRAL
    source, carriage = HeadSource.FACE, ForwardHead(1.0, 0.0)
    while t_s < seconds:
        if t_s >= until_s:
            pose = chance.choice(poses)
            until_s = t_s + chance.choice([0.3, 1.0, 4.0, 8.0])
            source = chance.choices(list(HeadSource), [5, 1])[0]
            carriage = ForwardHead(chance.choice([0.5, 0.8, 1.0]), chance.choice([0.0, 0.3, None]))
        noisy = None if pose is None else Angles(*(a + chance.gauss(0, 2) for a in pose))
        samples.append(replace(sample(t_s, noisy, source=source), carriage=carriage))
        t_s += chance.choice([0.5, 1, 1, 1, 3]) / fps + (8.0 if chance.random() < 0.004 else 0)
    return samples


SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_mirrored_input_gives_the_same_flags_on_the_other_side(seed: int) -> None:
    samples = random_samples(seed)
    found = flags([replace(mirrored(one), carriage=one.carriage) for one in samples])
    expected = [
        replace(flag, side=flag.side.other if flag.side else None) for flag in flags(samples)
    ]
    assert len(expected) > 3
    assert sorted(found, key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize("seed", SEEDS)
def test_step_fold_and_every_prefix_agree(seed: int) -> None:
    samples = random_samples(seed, seconds=15)
    state, told = postures.begin(SETTINGS), []
    for count, one in enumerate(samples, start=1):
        before = state
        state, events = postures.step(state, one)
        assert postures.step(before, one) == (state, events)  # a state may be stepped from twice
        told += events
        assert fold(samples[:count])[: len(told)] == told
    assert fold(samples) == [*told, *postures.finish(state)[1]]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_flag_that_is_raised_ends_once_and_was_long_enough(seed: int) -> None:
    events = fold(random_samples(seed))
    assert [event.t_ms for event in events] == sorted(event.t_ms for event in events)
    up: dict[object, Flag] = {}
    for event in events:
        assert event.flag is not None
        key = event.flag.flag, event.flag.side
        if event.kind is EventKind.FLAG_RAISED:
            assert key not in up
            up[key] = event.flag
        else:
            raised = up.pop(key)
            assert event.flag.start_ms == raised.start_ms
            assert event.flag.end_ms >= raised.end_ms
            assert event.flag.end_ms - event.flag.start_ms >= 3000
    assert not up


@pytest.mark.parametrize("seed", SEEDS)
def test_chin_to_chest_and_slouch_never_overlap(seed: int) -> None:
    found = flags(random_samples(seed, seconds=300))
    chins = [flag for flag in found if flag.flag == "chin-to-chest"]
    slouches = [flag for flag in found if flag.flag == "slouch"]
    assert chins
    assert slouches
    for chin in chins:
        for slouch in slouches:
            assert slouch.end_ms <= chin.start_ms or chin.end_ms <= slouch.start_ms
