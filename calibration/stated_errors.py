"""Fits the standard errors that are stated with each angle, and judges how honest they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from left_out import Error
from neckform.core.measure import correction as c
from neckform.core.types import Float64
from regression import ONE_ERROR, TWO_ERRORS, Solved, quantile_regression, robust, rounded

AIMED_AT = 0.94
"""Of the errors of people left out, within twice the stated one."""
AXES = ("flexion", "rotation", "lateral")


def fit_sureness(errors: Sequence[Error]) -> dict[str, Any]:
    """How odd a mesh may look at its angles, and standard errors that know it."""
    errors = [e for e in errors if e.fitted]
    misfit = fit_misfit(errors)
    return {"misfit": misfit, "uncertainty": fit_uncertainty(errors, misfit)}


def widened(sureness: dict[str, Any], factors: Float64) -> dict[str, Any]:
    """The same standard errors, those of a face wider, each axis by its own factor."""
    stated = {
        axis: rounded({name: factor * v for name, v in sureness["uncertainty"][axis].items()})
        for axis, factor in zip(AXES, factors, strict=True)
    }
    return sureness | {"uncertainty": sureness["uncertainty"] | stated}


def fit_misfit(errors: Sequence[Error]) -> Solved:
    """How little meshes look like the neutral one at their angles; the guessed ones count less."""
    face = [e for e in errors if not e.coarse and not e.row.neutral]
    terms = [c.misfit_terms(e.angles) for e in face]
    matrix = np.array([list(t.values()) for t in terms])
    solution = robust(matrix, np.array([e.row.seen_head.misfit for e in face]))
    return rounded(dict(zip(terms[0], solution, strict=True)))


def fit_uncertainty(errors: Sequence[Error], misfit: Solved) -> dict[str, Solved]:
    """Standard errors that grow with the angles, from errors on people left out.

    A standard error is what 68 % of the errors lie within. In rotation there are two kinds of
    error, the neck's and those of a trunk that turns unseen (one picture in five): 68 % would know
    nothing of the second, so there half of what 95 % lie within. Neutral pictures made the baseline
    that they are measured by, and say nothing.
    """
    out: dict[str, Solved] = {}
    for coarse in (False, True):
        chosen = [e for e in errors if e.coarse is coarse and not e.row.neutral]
        if coarse:  # faces are lost where angles are large, so only there do these errors matter
            chosen = [e for e in chosen if e.row.head is None or max(map(abs, e.row.to_trunk)) > 30]
        terms = [_terms(e, misfit) for e in chosen]
        matrix = np.array([list(t.values()) for t in terms])
        for index, axis in enumerate(AXES):
            sizes = np.abs(np.array([e.degrees[index] for e in chosen]))
            share, errors_wide = (TWO_ERRORS, 2.0) if axis == "rotation" else (ONE_ERROR, 1.0)
            solution = quantile_regression(matrix, sizes, share) / errors_wide
            solved = dict(zip(terms[0], solution, strict=True))
            out[("coarse_" if coarse else "") + axis] = rounded(solved)
    return out


def left_out_ratios(errors: Sequence[Error]) -> tuple[NDArray[np.intp], Float64]:
    """Sizes of errors over the stated ones, each person's stated by a fit on the others.

    Returns
    -------
    people : ndarray, shape (n,)
    ratios : ndarray, shape (n, 3)
    """
    people, ratios = [], []
    for person in sorted({e.row.person for e in errors}):
        sureness = fit_sureness([e for e in errors if e.row.person != person])
        for error in (e for e in errors if e.row.person == person and not e.coarse):
            terms = _terms(error, sureness["misfit"])
            stated = [c.total(sureness["uncertainty"][axis], terms) for axis in AXES]
            people.append(person)
            ratios.append(np.abs(error.degrees) / stated)
    return np.array(people), np.array(ratios)


def widening(ratios: Float64) -> Float64:
    """How much wider than among the fitted the errors of somebody else are, on each axis.

    Errors are stated for people who were not fitted, so the stated ones are widened until, on each
    axis, `AIMED_AT` of those lie within twice of them. About 95 % is the promise; these are single
    pictures in random poses, one person with hair over half of the face, and harder than anybody at
    a camera will be.
    """
    return np.asarray(np.quantile(ratios, AIMED_AT, axis=0)) / 2.0


def within_twice(people: NDArray[np.intp], ratios: Float64) -> Float64:
    """Share of errors within twice the stated one; each person's are widened as the others' want.

    Returns
    -------
    ndarray, shape (3,)
    """
    wide = np.array([widening(ratios[people != person]) for person in people])
    share: Float64 = (ratios <= 2.0 * wide).mean(axis=0)
    return share


def _terms(error: Error, misfit: Solved) -> c.Terms:
    row, angles = error.row, error.angles
    odd = 0.0 if error.coarse else row.seen_head.misfit
    expected = 0.0 if error.coarse else c.total(misfit, c.misfit_terms(angles))
    return c.uncertainty_terms(angles, odd, expected, row.shoulders is not None)
