"""Fits what is read of the trunk and the shoulders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from neckform.core.measure import correction as c
from neckform.core.measure.shoulder_bias import LEANING_DEG, NEAR_NEUTRAL_DEG
from regression import NINETEEN_IN_TWENTY, Solved, ridge, robust, rounded
from stills import Row

RIDGE = 10.0
RISEN_SW = 0.05
LEAST_RISEN = 8
"""A person's gain is known when the shoulders were up in this many pictures."""
RESTING_SW = 0.03
"""Shoulders that are truly within this of their neutral rest: people sway by as much."""


def fit_lean(rows: Sequence[Row]) -> Solved:
    """The trunk's lean."""
    terms = [c.trunk_terms(row.seen_head, row.shoulders) for row in rows if row.shoulders]
    return ridge(terms, np.array([row.trunk.lateral_deg for row in rows]), RIDGE)


def fit_rise(rows: Sequence[Row]) -> dict[str, Any]:
    """Gain and bias of a shoulder's rise as the pose model reads it, and how resting ones misread.

    The gain differs from person to person, and it is not known whose shoulders will be judged. It
    is the one that errs least for the person it errs most for: with it, a shoulder at a limit is
    noticed as much too early for the one as too late for the other.
    """
    gains = []
    for person in sorted({row.person for row in rows}):
        own = [row for row in rows if row.person == person]
        if sum(max(row.rises_sw) > RISEN_SW for row in own) >= LEAST_RISEN:
            gains.append(fit_rise_of(own)[0])
    gain = 2.0 / (1.0 / min(gains) + 1.0 / max(gains))
    bias = fit_rise_of(rows)[1]
    return {
        "rise_gain": float(f"{gain:.4g}"),
        "rise_bias": rounded(bias),
        "misread": fit_misread(rows, gain, bias),
    }


def fit_misread(rows: Sequence[Row], gain: float, bias: Solved) -> Solved:
    """How far 19 in 20 resting shoulders are misread: see `core.measure.shoulder_bias`."""
    near: list[float] = []
    away: list[float] = []
    for row in rows:
        assert row.shoulders is not None
        if abs(row.trunk.lateral_deg) > LEANING_DEG:
            continue
        farthest = max(abs(angle) for angle in row.to_trunk)
        for left, rise in zip((True, False), row.rises_sw, strict=True):
            shoulders = row.shoulders
            read = shoulders.left_rise_sw if left else shoulders.right_rise_sw
            measured = (read - c.total(bias, c.rise_terms(row.to_trunk, left))) / gain
            if abs(rise) < RESTING_SW:
                (near if farthest <= NEAR_NEUTRAL_DEG else away).append(measured - rise)
    return {
        "left_alone_sw": float(f"{np.quantile(np.abs(near), NINETEEN_IN_TWENTY):.3g}"),
        "lifts_sw": float(f"{np.quantile(away, NINETEEN_IN_TWENTY):.3g}"),
    }


def fit_rise_of(rows: Sequence[Row]) -> tuple[float, Solved]:
    """Gain of rises, and the bias by term.

    Falls have a gain of their own, which is not used: they come with a trunk that leans, which the
    pose model sees well (0.84 against 0.63), and would make rises look better read than they are.
    """
    columns: list[list[float]] = []
    read: list[float] = []
    names: list[str] = []
    for row in rows:
        assert row.shoulders is not None
        for left in (True, False):
            terms = c.rise_terms(row.to_trunk, left)
            names = list(terms)
            rise = row.rises_sw[0 if left else 1]
            columns.append([max(rise, 0.0), min(rise, 0.0), *terms.values()])
            shoulders = row.shoulders
            read.append(shoulders.left_rise_sw if left else shoulders.right_rise_sw)
    solution = robust(np.array(columns), np.array(read))
    return float(solution[0]), dict(zip(names, solution[2:], strict=True))
