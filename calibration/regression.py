"""Regressions that all of the fit shares: deterministic, and hardly moved by guessed meshes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from neckform.core.measure.correction import Terms
from neckform.core.types import Float64

ONE_ERROR, TWO_ERRORS = 0.6827, 0.9545
"""Share of a normal distribution within one and within two standard deviations."""
NINETEEN_IN_TWENTY = 0.95
HUBER = 2.0
"""Errors beyond this many of their own standard deviations count less."""
ROUNDS = 12
QUANTILE_ROUNDS = 300

Solved = dict[str, float]


def ridge(terms: Sequence[Terms], target: Float64, strength: float) -> Solved:
    """Robust least squares with a penalty on each term in units of its own size."""
    names = list(terms[0])
    matrix = np.array([[row[name] for name in names] for row in terms])
    return ridge_of(names, matrix, target, strength)


def ridge_of(names: Sequence[str], matrix: Float64, target: Float64, strength: float) -> Solved:
    """`ridge` of terms that stand in the columns of a matrix already."""
    scale = np.sqrt((matrix**2).mean(axis=0)) + 1e-9
    return rounded(dict(zip(names, robust(matrix / scale, target, strength) / scale, strict=True)))


def robust(matrix: Float64, target: Float64, strength: float = 0.0) -> Float64:
    """Huber's estimate: a few meshes were guessed, and must not pull the fit for all others."""
    weights = np.ones(len(target))
    solution = np.zeros(matrix.shape[1])
    for _ in range(ROUNDS):
        weighted = matrix * weights[:, None]
        gram = weighted.T @ matrix + strength * np.eye(matrix.shape[1])
        solution = np.linalg.solve(gram, weighted.T @ target)
        rest = np.abs(target - matrix @ solution)
        spread = 1.4826 * float(np.median(rest))
        weights = 1.0 / np.maximum(1.0, rest / (HUBER * spread))
    return solution


def quantile_regression(matrix: Float64, target: Float64, share: float) -> Float64:
    """Coefficients of what a share of the targets lies below; none negative.

    Koenker & Bassett 1978, solved by majorisation (Hunter & Lange 2000): repeated weighted least
    squares. Coefficients that would be negative are dropped in turn.
    """
    active = list(range(matrix.shape[1]))
    solution = np.zeros(matrix.shape[1])
    smooth = 1e-3 * float(np.median(target))
    while active:
        part = matrix[:, active]
        found = np.full(len(active), float(np.quantile(target, share)) / part.mean(axis=0).sum())
        for _ in range(QUANTILE_ROUNDS):
            weights = 1.0 / (smooth + np.abs(target - part @ found))
            gram = part.T @ (part * weights[:, None]) + 1e-9 * np.eye(len(active))
            pull = part.T @ (weights * target) + (2.0 * share - 1.0) * part.sum(axis=0)
            found = np.linalg.solve(gram, pull)
        if (found >= 0.0).all():
            solution[active] = found
            break
        active.pop(int(found.argmin()))
    return solution


def rounded(solved: Mapping[str, float]) -> Solved:
    """Six digits: the file is read by people, and no more than two are known."""
    return {name: float(f"{float(value):.6g}") for name, value in solved.items()}
