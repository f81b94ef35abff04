"""The figures, beside those of published worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from neckform.core.types import Axis, Float64
from neckform.jobs.compare import statistics
from neckform.jobs.compare.series import Pairs
from neckform.jobs.compare.statistics import agreement, axis_agreement, icc_of, pairs_apart

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)
"""Six targets, four judges: Shrout and Fleiss, Psychological Bulletin 1979, 86, 420, table 2."""

WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
"""First readings of two peak flow meters, l/min: Bland and Altman, Lancet 1986, i, 307, table 1."""


def test_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    found = icc_of([SHROUT_FLEISS])
    published = {"ICC(1,1)": 0.17, "ICC(A,1)": 0.29, "ICC(C,1)": 0.71,
                 "ICC(1,k)": 0.44, "ICC(A,k)": 0.62, "ICC(C,k)": 0.91}  # fmt: skip
    assert {name: round(found[name].value, 2) for name in published} == published
    # Their text, p. 424, of the intervals that follow from F: lower and upper.
    absolute, consistent = found["ICC(A,1)"], found["ICC(C,1)"]
    assert (absolute.low, absolute.high) == pytest.approx((0.019, 0.761), abs=5e-4)
    assert (consistent.low, consistent.high) == pytest.approx((0.342, 0.946), abs=5e-4)


def test_limits_of_agreement_are_those_of_bland_and_altman() -> None:
    # Wright's minus the mini meter's, as published.
    found = agreement([np.array(WRIGHT, float)], [np.array(MINI, float)])
    assert found is not None
    assert found.pairs == 17
    assert round(found.bias.value, 1) == -2.1
    assert round(found.sd_deg, 1) == 38.8
    # The paper draws the limits at 2 standard deviations: -79.7 and 75.5 l/min.
    assert found.bias.value - 2 * found.sd_deg == pytest.approx(-79.7, abs=0.1)
    assert found.bias.value + 2 * found.sd_deg == pytest.approx(75.5, abs=0.1)
    assert found.lower.value == pytest.approx(found.bias.value - 1.96 * found.sd_deg)
    assert found.upper.value == pytest.approx(found.bias.value + 1.96 * found.sd_deg)


def test_intervals_are_those_of_bland_and_altman() -> None:
    """-22.0 to 17.8 of the bias; a limit plus and minus 34.6, with t = 2.12 and s.e. 16.3."""
    found = agreement([np.array([value]) for value in map(float, WRIGHT)],
                      [np.array([value]) for value in map(float, MINI)])  # fmt: skip
    assert found is not None
    assert found.independent == 17  # seventeen people, and no order among them
    assert (found.bias.low, found.bias.high) == pytest.approx((-22.0, 17.8), abs=0.06)
    assert found.lower.high is not None and found.lower.low is not None
    assert (found.lower.high - found.lower.low) / 2 == pytest.approx(2.12 * 16.3, abs=0.1)


def test_each_figure_is_what_its_formula_says() -> None:
    ours, theirs = np.array([1.0, 5.0, 9.0, 14.0]), np.array([0.0, 6.0, 8.0, 10.0])
    found = agreement([ours], [theirs])
    assert found is not None
    assert found.bias.value == 1.25
    assert found.mae_deg == 1.75
    assert found.rmse_deg == pytest.approx(np.sqrt(19 / 4))
    assert found.sd_deg == pytest.approx(np.std([1, -1, 1, 4], ddof=1))
    assert found.sem_deg == pytest.approx(found.sd_deg / np.sqrt(2))
    assert found.mdc95_deg == pytest.approx(1.96 * np.sqrt(2) * found.sem_deg)


def test_neighbours_in_time_widen_the_interval() -> None:
    """Each value ten times in a row tells no more than each value once."""
    chance = np.random.default_rng(3)
    theirs = chance.normal(0, 20, 300)
    ours = theirs + chance.normal(1, 3, 300)
    once = agreement([ours], [theirs])
    tenfold = agreement([np.repeat(ours, 10)], [np.repeat(theirs, 10)])
    assert once is not None and tenfold is not None
    assert once.independent == pytest.approx(300, rel=0.2)
    assert tenfold.independent == pytest.approx(300, rel=0.3)
    for name in ("bias", "lower", "icc_2_1", "icc_3_1"):
        narrow, wide = getattr(once, name), getattr(tenfold, name)
        assert wide.high - wide.low == pytest.approx(narrow.high - narrow.low, rel=0.3), name


def test_intervals_hold_the_truth_as_often_as_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of differences that wander over time, 95 % intervals hold the true bias in about 95 %."""
    monkeypatch.setattr(statistics, "icc_of", lambda *_: {})  # takes long, and is not looked at
    chance = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        noise = np.zeros(600)
        for index in range(1, 600):
            noise[index] = 0.9 * noise[index - 1] + chance.normal()
        theirs = 20 * np.sin(np.arange(600) / 40)
        found = agreement([theirs + noise], [theirs])
        assert found is not None and found.bias.low is not None and found.bias.high is not None
        held += found.bias.low <= 0 <= found.bias.high
    assert 0.88 <= held / 200 <= 0.99


def test_unknown_moments_and_separate_recordings_count_as_they_are() -> None:
    nan = np.nan
    found = agreement([np.array([1.0, nan, 3.0]), np.array([5.0])],
                      [np.array([0.0, 1.0, nan]), np.array([3.0])])  # fmt: skip
    assert found is not None
    assert (found.pairs, found.bias.value) == (2, 1.5)
    assert (found.bias.low, found.lower.low) == (None, None)
    assert agreement([np.array([1.0, nan])], [np.array([1.0, 1.0])]) is None


@pytest.mark.parametrize("offset", [0.0, 2.0])
def test_pairs_that_do_not_differ_have_no_correlation_and_no_error(offset: float) -> None:
    same = np.full(20, 3.0)
    found = agreement([same + offset], [same])
    assert found is not None
    assert (found.bias.value, found.sd_deg, found.icc_2_1) == (offset, 0.0, None)


def test_white_noise_is_independent() -> None:
    noise = np.random.default_rng(1).normal(size=2000)
    assert pairs_apart([noise]) < 1.3


def pairs_of(axis: Axis, ours: Float64, theirs: Float64) -> Pairs:
    return Pairs(np.arange(len(ours)) * 0.1, {axis: ours}, {axis: theirs})


def test_ranges_follow_the_reference_and_hold_every_pair() -> None:
    theirs = np.array([-50.0, -35.0, -15.0, 0.0, 14.9, 15.0, 29.0, 31.0, 49.0, 50.0, 70.0])
    found = axis_agreement(Axis.FLEXION, [pairs_of(Axis.FLEXION, theirs + 1, theirs)])
    assert found is not None
    assert [one.pairs for one in found.ranges] == [1, 1, 3, 2, 2, 2]
    assert sum(one.pairs for one in found.ranges) == found.whole.pairs
    sides = axis_agreement(Axis.ROTATION, [pairs_of(Axis.ROTATION, theirs, theirs)])
    assert sides is not None and sides.by_size
    assert next((one.low_deg, one.high_deg) for one in sides.ranges) == (0, 15)
    assert sum(one.pairs for one in sides.ranges) == len(theirs)
