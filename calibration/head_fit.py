"""Fits the head's correction, and the direction of a head whose face is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure import correction as c
from neckform.core.measure.geometry import angles_from_rotation, rotation_from_angles
from neckform.core.types import Angles, Float64
from regression import Solved, ridge, ridge_of
from stills import Row

RIDGE = 10.0
SHIFTS = 6
SHIFT_FACES = 0.4
SHIFT_NEARER = 0.05
"""People shift on their chairs, and the pictures hardly show it: each row is fitted also with the
whole body moved, by about 2.5 cm sideways and up or down, and 3 cm nearer or further. Without it
the fit would take the place in the picture for the neck's doing."""
_ROWS = 1681.0
"""The strength above is for so many."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One angle's terms and what each of them should add up to; row by row."""

    people: NDArray[np.intp]
    names: tuple[str, ...]
    matrix: Float64
    missing_deg: Float64

    def solve(self, without: int | None) -> Solved:
        """Coefficients, from everybody but one."""
        chosen = self.people != without
        strength = RIDGE * chosen.sum() / _ROWS
        return ridge_of(self.names, self.matrix[chosen], self.missing_deg[chosen], strength)


class HeadFit:
    """The head's corrections with the shoulders in view and without, from rows that show both."""

    def __init__(self, rows: Sequence[Row]) -> None:
        moved = [shifted for row in rows for shifted in shifts(row)]
        self._tables = {
            "head": _fitted(moved),
            "head_alone": _fitted([replace(row, shoulders=None) for row in moved]),
        }

    def solve(self, without: int | None = None) -> dict[str, dict[str, Solved]]:
        """All coefficients, from everybody but one."""
        return {
            table: {axis: fitted.solve(without) for axis, fitted in axes.items()}
            for table, axes in self._tables.items()
        }


def shifts(row: Row) -> list[Row]:
    """The row itself, and the same with the whole body moved before the camera."""
    assert row.head is not None
    assert row.shoulders is not None
    # The same draws for the same picture, whoever else is in the fit.
    draw = np.random.default_rng((row.person, row.picture))
    out = [row]
    for _ in range(SHIFTS):
        x, y = draw.normal(0.0, SHIFT_FACES, 2)
        nearer = float(draw.normal(0.0, SHIFT_NEARER))
        x_sw, y_sw = x / row.shoulder_widths_per_face, y / row.shoulder_widths_per_face
        head = replace(
            row.head,
            right_x=row.head.right_x + x,
            up_y=row.head.up_y + y,
            nearer=row.head.nearer + nearer,
        )
        shoulders = replace(
            row.shoulders,
            right_x_sw=row.shoulders.right_x_sw + x_sw,
            left_rise_sw=row.shoulders.left_rise_sw + y_sw,
            right_rise_sw=row.shoulders.right_rise_sw + y_sw,
            wider=row.shoulders.wider + nearer,
        )
        out.append(replace(row, head=head, shoulders=shoulders))
    return out


def wanted(row: Row) -> Angles:
    """What the corrected head should read.

    The trunk's turn and lean are measured and taken out afterwards, so rotation and lateral flexion
    are those to the camera. A trunk that bends forward is not measured, so it is left to the
    correction of flexion to tell it from the neck, by how far the head has travelled.
    """
    trunk = rotation_from_angles(Angles(0.0, row.trunk.rotation_deg, row.trunk.lateral_deg))
    neck = angles_from_rotation(trunk @ rotation_from_angles(row.to_trunk))
    return row.to_camera._replace(flexion_deg=neck.flexion_deg)


def fit_coarse(rows: Sequence[Row]) -> dict[str, Solved]:
    """The direction that the pose's face points give."""
    terms = [c.coarse_terms(row.head_moved_sw) for row in rows if row.head_moved_sw is not None]
    truth = np.array([row.to_trunk for row in rows])
    even, odd = [t[0] for t in terms], [t[1] for t in terms]
    return {
        "flexion": ridge(even, truth[:, 0], RIDGE),
        "rotation": ridge(odd, truth[:, 1], RIDGE),
        "lateral": ridge(odd, truth[:, 2], RIDGE),
    }


def _fitted(rows: Sequence[Row]) -> dict[str, Fitted]:
    terms = [c.head_terms(r.seen_head, r.shoulders, r.shoulder_widths_per_face) for r in rows]
    people = np.array([row.person for row in rows])
    missing = np.array([np.subtract(wanted(row), row.seen_head.angles) for row in rows])
    missing = (missing + 180.0) % 360.0 - 180.0

    def one(own: Sequence[c.Terms], axis: int) -> Fitted:
        matrix = np.array([list(row.values()) for row in own])
        return Fitted(people, tuple(own[0]), matrix, missing[:, axis])

    even, odd = [pair[0] for pair in terms], [pair[1] for pair in terms]
    return {"flexion": one(even, 0), "rotation": one(odd, 1), "lateral": one(odd, 2)}
