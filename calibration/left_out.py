"""Errors on people left out of the fit: each measured by what was fitted on all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from body_fit import fit_lean, fit_rise
from head_fit import HeadFit, fit_coarse
from neckform.core.measure import correction as c
from neckform.core.measure.correction import Correction
from neckform.core.types import Angles, Float64
from stills import Row

LEFT_OUT = {14: "hair over half of the face; the mesh guesses it"}
FAIR = Angles(50.0, 60.0, 45.0)
"""Range of the fit. Extension ends at 35."""


@dataclass(frozen=True, slots=True)
class Error:
    """One picture as measured, beside its truth.

    Attributes
    ----------
    angles : Angles
        As measured.
    degrees : ndarray, shape (3,)
        Measured minus true.
    coarse : bool
        Whether it is the direction that the pose alone gives.
    """

    row: Row
    angles: Angles
    degrees: Float64
    coarse: bool

    @property
    def fitted(self) -> bool:
        """Whether the person is one of those that the fit learns from."""
        return self.row.usual and self.row.person not in LEFT_OUT


class Fit:
    """All coefficients but those of the stated errors, from the people of the usual kind."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = [row for row in rows if row.usual and row.person not in LEFT_OUT]
        self.people = {row.person for row in self._rows}

    def solve(self, without: int | None = None) -> dict[str, Any]:
        """From everybody but one."""
        rows = [row for row in self._rows if row.person != without]
        both = [row for row in rows if _shows_both(row)]
        still = [row for row in both if row.shoulders_inside and not row.hand]
        coarse = [row for row in rows if row.head_moved_sw is not None and row.shoulders]
        return {
            **self._head.solve(without),
            "trunk_lean": fit_lean(both),
            **fit_rise(still),
            "coarse": fit_coarse(coarse),
        }

    @cached_property
    def _head(self) -> HeadFit:
        return HeadFit([row for row in self._rows if _shows_both(row)])


def left_out_errors(fit: Fit, rows: Sequence[Row]) -> list[Error]:
    """For each person, errors from a fit on all the others."""
    errors: list[Error] = []
    everybody = fit.solve()
    for person in sorted({row.person for row in rows}):
        others = fit.solve(person) if person in fit.people else everybody
        correction = Correction.from_dict(others | {"misfit": {}, "uncertainty": {}})
        for row in (row for row in rows if row.person == person and fair(row.to_trunk)):
            measured = measure(correction, row)
            if measured is not None:
                errors.append(_error(row, measured, coarse=row.head is None))
            if row.head is not None and row.head_moved_sw is not None:
                coarse = c.coarse_angles(correction, row.head_moved_sw)
                errors.append(_error(row, coarse, coarse=True))
    return errors


def measure(correction: Correction, row: Row) -> Angles | None:
    """What neckform would say of one picture, but for smoothing."""
    if row.head is None:
        if row.head_moved_sw is None:
            return None
        return c.coarse_angles(correction, row.head_moved_sw)
    head = c.corrected_head(correction, row.head, row.shoulders, row.shoulder_widths_per_face)
    if row.shoulders is None:
        return head
    # A single picture tells too little of a turn.
    return c.against_trunk(head, 0.0, c.trunk_lean(correction, row.head, row.shoulders))


def fair(angles: Angles) -> bool:
    """Whether these are within the range of the fit."""
    return (
        -35.0 <= angles.flexion_deg <= FAIR.flexion_deg
        and abs(angles.rotation_deg) <= FAIR.rotation_deg
        and abs(angles.lateral_deg) <= FAIR.lateral_deg
    )


def _shows_both(row: Row) -> bool:
    return row.head is not None and row.shoulders is not None and fair(row.to_trunk)


def _error(row: Row, measured: Angles, *, coarse: bool) -> Error:
    return Error(row, measured, np.subtract(measured, row.to_trunk), coarse)
