"""The time shift between two clocks, found by what both show."""

from __future__ import annotations

import numpy as np
import pytest

from neckform.core.types import Axis, Float64
from neckform.jobs.compare.alignment import find_shift
from neckform.jobs.compare.series import Series, paired


def movement(t_s: Float64) -> dict[Axis, Float64]:
    """A minute in which the head goes to either side once and down twice, each for another time."""

    def held(start_s: float, end_s: float, deg: float) -> Float64:
        rise = np.clip(t_s - start_s, 0, 1) - np.clip(t_s - end_s, 0, 1)
        return np.asarray(deg * rise)

    return {
        Axis.FLEXION: held(8, 20, 30) + held(50, 53, 25),
        Axis.ROTATION: held(22, 36, 40) + held(40, 46, -35),
        Axis.LATERAL: held(36, 39, 10),
    }


def series(
    step_s: float, start_s: float = 0.0, end_s: float = 60.0, ahead_s: float = 0.0
) -> Series:
    t_s = np.arange(start_s, end_s, step_s)
    return Series(t_s + ahead_s, movement(t_s))


@pytest.mark.parametrize("ahead_s", [0.0, 0.37, -12.4, 1_764_230_400.123])
@pytest.mark.parametrize("rate", [7.5, 50.0, 240.0])
def test_the_shift_is_found_whatever_the_rate_and_the_clock(ahead_s: float, rate: float) -> None:
    shift = find_shift(series(0.1), series(1 / rate, ahead_s=ahead_s))
    assert shift is not None
    assert shift.shift_s == pytest.approx(ahead_s, abs=0.02)
    assert shift.likeness > 0.99
    assert shift.rival_s is None


def test_it_is_found_when_one_began_later_and_ended_earlier() -> None:
    shift = find_shift(series(0.1), series(0.01, start_s=15, end_s=55, ahead_s=100))
    assert shift is not None
    assert shift.shift_s == pytest.approx(100, abs=0.02)


def test_it_is_found_through_gaps_noise_and_another_zero() -> None:
    chance = np.random.default_rng(2)
    ours = series(0.1)
    away = (ours.t_s > 23) & (ours.t_s < 31)
    gappy = {
        axis: np.where(away, np.nan, values + chance.normal(0, 2, len(values)))
        for axis, values in ours.angles.items()
    }
    theirs = series(0.02, ahead_s=3.21)
    moved = {axis: 0.9 * values + 12 for axis, values in theirs.angles.items()}
    shift = find_shift(Series(ours.t_s, gappy), Series(theirs.t_s, moved))
    assert shift is not None
    assert shift.shift_s == pytest.approx(3.21, abs=0.03)


def test_one_axis_is_enough() -> None:
    one = series(0.02, ahead_s=-2.5)
    shift = find_shift(series(0.1), Series(one.t_s, {Axis.ROTATION: one.angles[Axis.ROTATION]}))
    assert shift is not None
    assert shift.shift_s == pytest.approx(-2.5, abs=0.02)


def test_of_a_movement_that_repeats_the_other_shift_is_told() -> None:
    t_s = np.arange(0, 60, 0.1)
    swing = Series(t_s, {Axis.ROTATION: 30 * np.sin(2 * np.pi * t_s / 4)})
    shift = find_shift(swing, swing)
    assert shift is not None and shift.rival_s is not None
    assert abs(shift.rival_s - shift.shift_s) % 4 == pytest.approx(0, abs=0.1)


def test_where_nothing_moves_there_is_no_shift() -> None:
    t_s = np.arange(0, 30, 0.1)
    still = Series(t_s, {Axis.ROTATION: np.zeros(300)})
    assert find_shift(still, still) is None
    assert find_shift(series(0.1), Series(t_s[:20], {Axis.ROTATION: t_s[:20]})) is None


def test_pairs_are_at_the_times_of_the_one_with_fewer_rows() -> None:
    assert len(paired(series(0.1), series(0.01), 0.0).t_s) == 600
    few = Series(np.array([5.0, 15.0, 30.0]), movement(np.array([5.0, 15.0, 30.0])))
    pairs = paired(series(0.1), few, 0.0)
    assert list(pairs.t_s) == [5, 15, 30]
    assert list(pairs.measured[Axis.FLEXION]) == pytest.approx([0, 30, 0])


def test_nothing_is_made_up_across_a_gap_or_beyond_the_ends() -> None:
    theirs = series(0.02, start_s=1, end_s=50)
    known = (theirs.t_s < 20) | (theirs.t_s > 25)
    cut = Series(theirs.t_s[known], {axis: v[known] for axis, v in theirs.angles.items()})
    pairs = paired(series(0.1), cut, 0.0)
    told = pairs.t_s[np.isfinite(pairs.measured[Axis.FLEXION])]
    assert not ((told > 20.01) & (told < 24.99)).any()
    assert told.min() >= 0.999 and told.max() <= 50


def test_a_direction_is_the_same_half_a_turn_on() -> None:
    t_s = np.array([0.0, 1.0, 2.0])
    pairs = paired(
        Series(t_s, {Axis.ROTATION: np.array([170.0, 10.0, -175.0])}),
        Series(t_s, {Axis.ROTATION: np.array([-185.0, 372.0, 180.0])}),
        0.0,
    )
    difference = pairs.measured[Axis.ROTATION] - pairs.reference[Axis.ROTATION]
    assert list(difference) == pytest.approx([-5, -2, 5])
