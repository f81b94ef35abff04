"""The figures of agreement: intraclass correlations by pingouin, quantiles by SciPy.

Pictures that follow each other are alike, so that a thousand pairs of one minute say far less than
a thousand people would. Each figure itself is of all pairs. Its interval is of as many pairs as are
independent: of limits and bias by that number, of an intraclass correlation as the mean of the
intervals of the series that are thinned so far.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from scipy import stats

from neckform.core.agreement import Z95, Agreement, AxisAgreement, Estimate, RangeAgreement
from neckform.core.types import Axis, Float64
from neckform.jobs.compare.series import Pairs

RANGES: Mapping[Axis, tuple[float, ...]] = {
    Axis.FLEXION: (-35, -15, 15, 30, 50),
    Axis.ROTATION: (15, 30, 45, 60),
    Axis.LATERAL: (15, 30, 45),
}
"""Where one range of the reference ends and the next begins, as in docs/accuracy.md."""

_BY_SIZE = frozenset((Axis.ROTATION, Axis.LATERAL))
_MOST_THINNED = 8
"""Thinned series that an interval is the mean of; they overlap too much for more to matter."""

_FEWEST_TARGETS = 3
"""With two, an analysis of variance has nothing left to compare with."""

_INTERVALS = ("CI95", "CI95%")
_OLDER = {"ICC1": "ICC(1,1)", "ICC2": "ICC(A,1)", "ICC3": "ICC(C,1)",
          "ICC1k": "ICC(1,k)", "ICC2k": "ICC(A,k)", "ICC3k": "ICC(C,k)"}  # fmt: skip
"""What pingouin before 0.7 calls them."""

Series1 = Sequence[Float64]
"""One array for each recording."""


def axis_agreement(axis: Axis, pairs: Sequence[Pairs]) -> AxisAgreement | None:
    """All figures of one axis; None when there are fewer than two pairs.

    Parameters
    ----------
    pairs : sequence of Pairs
        One for each recording.
    """
    known = [each for each in pairs if axis in each.measured]
    measured = [each.measured[axis] for each in known]
    reference = [each.reference[axis] for each in known]
    whole = agreement(measured, reference)
    if whole is None:
        return None
    by_size = axis in _BY_SIZE
    edges = [0.0 if by_size else None, *RANGES[axis], None]
    ranges = []
    for low, high in pairwise(edges):
        inside = [_inside(np.abs(r) if by_size else r, low, high) for r in reference]
        picked = [
            np.where(into, values, np.nan) for into, values in zip(inside, measured, strict=True)
        ]
        count = int(sum(np.isfinite(values).sum() for values in picked))
        ranges.append(RangeAgreement(low, high, count, agreement(picked, reference)))
    return AxisAgreement(axis, whole, by_size, tuple(ranges))


def agreement(measured: Series1, reference: Series1) -> Agreement | None:
    """All figures of series in the order of time; None when there are fewer than two pairs.

    Parameters
    ----------
    measured, reference : sequence of ndarray
        One for each recording, of the same length; NaN where either is unknown.
    """
    both = [_known(ours, theirs) for ours, theirs in zip(measured, reference, strict=True)]
    both = [each for each in both if len(each)]
    if sum(map(len, both)) < 2:
        return None
    apart = pairs_apart([each[:, 0] - each[:, 1] for each in both])
    table = np.concatenate(both)
    difference = table[:, 0] - table[:, 1]
    n = len(table)
    independent = n / apart
    bias, sd = float(difference.mean()), float(difference.std(ddof=1))
    half = Z95 * sd
    around = _interval(sd / np.sqrt(independent), independent)
    # The standard error of a limit, root of 3 s^2 / n: Bland and Altman 1986.
    limit = _interval(np.sqrt(3 / independent) * sd, independent)
    consistency = icc_of(both, apart)
    return Agreement(
        pairs=n,
        independent=independent,
        bias=around(bias),
        sd_deg=sd,
        lower=limit(bias - half),
        upper=limit(bias + half),
        mae_deg=float(np.abs(difference).mean()),
        rmse_deg=float(np.sqrt((difference**2).mean())),
        icc_2_1=consistency.get("ICC(A,1)"),
        icc_3_1=consistency.get("ICC(C,1)"),
        sem_deg=sd / np.sqrt(2),
        mdc95_deg=half,
    )


def pairs_apart(differences: Series1) -> float:
    """How many pairs follow each other until one is independent of the first; at least 1.

    The integrated autocorrelation of the differences, up to where it is first below 0.05 and noise
    is all that is left; of all recordings together.
    """
    mean = np.concatenate(differences).mean()
    around = [each - mean for each in differences]
    power = sum(float(each @ each) for each in around)
    if power == 0:
        return 1.0
    total = 1.0
    for lag in range(1, max(map(len, around))):
        shared = sum(float(each[lag:] @ each[:-lag]) for each in around if len(each) > lag)
        if shared / power < 0.05:
            break
        total += 2 * shared / power
    return min(total, float(sum(map(len, around))))


def icc_of(tables: Sequence[Float64], apart: float = 1.0) -> dict[str, Estimate]:
    """Intraclass correlations by pingouin's names; empty when no pair differs from another.

    Parameters
    ----------
    tables : sequence of ndarray, shape (n, raters)
        One for each recording, in the order of time.
    apart : float
        See `pairs_apart`.
    """
    whole = _pingouin(np.concatenate(tables))
    every = max(1, round(apart))
    starts = range(0, every, max(1, every // _MOST_THINNED))
    thinned = [np.concatenate([table[start::every] for table in tables]) for start in starts]
    intervals = [_pingouin(table) for table in thinned] if whole else []
    found = {}
    for name, estimate in whole.items():
        lows = [each[name].low for each in intervals if name in each]
        highs = [each[name].high for each in intervals if name in each]
        low, high = (_mean(ends) for ends in (lows, highs))
        found[name] = Estimate(estimate.value, low, high)
    return found


def _pingouin(table: Float64) -> dict[str, Estimate]:
    n, raters = table.shape
    if n < _FEWEST_TARGETS or np.ptp(table.mean(axis=1)) == 0:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what pandas and matplotlib will drop is theirs to mend
        import pandas as pd
        import pingouin

        interval = next(name for name in _INTERVALS if f"round.column.{name}" in pingouin.options)
        pingouin.options[f"round.column.{interval}"] = None
        long = pd.DataFrame(
            {
                "moment": np.repeat(np.arange(n), raters),
                "rater": np.tile(np.arange(raters), n),
                "angle": table.ravel(),
            }
        )
        with np.errstate(all="ignore"):
            said = pingouin.intraclass_corr(long, targets="moment", raters="rater", ratings="angle")
    found = {}
    for name, value, ends in zip(said["Type"], said["ICC"], said[interval], strict=True):
        low, high = (float(end) if np.isfinite(end) else None for end in ends)
        if np.isfinite(value):
            found[_OLDER.get(str(name), str(name))] = Estimate(float(value), low, high)
    return found


def _interval(error: float, independent: float) -> Callable[[float], Estimate]:
    """Makes estimates with a 95 % interval by Student's t."""
    if independent < 3:
        return Estimate
    half = float(stats.t.ppf(0.975, independent - 1)) * error
    return lambda value: Estimate(value, value - half, value + half)


def _known(ours: Float64, theirs: Float64) -> Float64:
    table = np.column_stack((ours, theirs))
    return table[np.isfinite(table).all(axis=1)]


def _inside(values: Float64, low: float | None, high: float | None) -> Float64:
    into = np.isfinite(values)
    if low is not None:
        into &= values >= low
    if high is not None:
        into &= values < high
    return into


def _mean(ends: Sequence[float | None]) -> float | None:
    told = [end for end in ends if end is not None]
    return float(np.mean(told)) if told else None
