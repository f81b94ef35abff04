"""Writes the three head angles as an OpenSim motion file, from ``frames.csv``.

For users of OpenSim, Pose2Sim and Sports2D. The header is the one of OpenSim's own documentation
("Motion (.mot) Files"): a name, ``version=1``, ``nRows=``, ``nColumns=``, ``inDegrees=yes``,
``endheader``, then a line of labels and one line per row, separated by tabs.

The coordinates are those of the neck in the model of Pose2Sim (Pagnon, Domalain, Reveret, Sensors
2021, 21(19), 6530; after Beaucage-Gauvreau et al. 2019), a ball joint between torso and head:
``neck_flexion`` about z, + chin up; ``neck_bending`` about x, + to the right; ``neck_rotation``
about y, + to the left; each about the axes that the one before has turned. OpenSim's x is forward,
y up and z to the right.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from neckform.core.measure.geometry import rotation_from_angles
from neckform.core.types import Angles, Float64, HeadSource
from neckform.showing.exports.files import complete_or_absent

LABELS = ("time", "neck_flexion", "neck_bending", "neck_rotation")
_COLUMNS = ("flexion_deg", "rotation_deg", "lateral_deg")

INTO_OPENSIM = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
"""From the camera's axes, which a person faces: its z is forward, its x the person's own left."""

_WIDEST_GAP_S = 0.35
"""Between two moments that are joined; those of a slow recording, three of its steps."""


def write_mot(frames_csv: Path, path: Path) -> None:
    """Write `path` from the rows of `frames_csv`: even times, and none in a gap.

    Raises
    ------
    OutputError
    """
    step_s, times_s, angles = _seen(frames_csv)
    rows_s, told = _even(step_s, times_s, coordinates(angles))
    with complete_or_absent(path) as stream:
        stream.write(f"Coordinates\nversion=1\nnRows={len(rows_s)}\nnColumns={len(LABELS)}\n")
        stream.write("inDegrees=yes\n\n")
        stream.write("Units are S.I. units (second, meters, Newtons, ...)\nendheader\n")
        stream.write("\t".join(LABELS) + "\n")
        for time_s, row in zip(rows_s, told, strict=True):
            stream.write("\t".join((f"{time_s:.3f}", *(f"{angle:.4f}" for angle in row))) + "\n")


def coordinates(angles: Float64) -> Float64:
    """The model's coordinates of the same turns of the head.

    Parameters
    ----------
    angles : ndarray, shape (n, 3)
        Flexion, rotation and lateral flexion, degrees, as in docs/conventions.md.

    Returns
    -------
    ndarray, shape (n, 3)
        Of `LABELS`, degrees.
    """
    return np.array([_coordinates(Angles(*row)) for row in angles]).reshape(-1, 3)


def _coordinates(angles: Angles) -> tuple[float, float, float]:
    turn = INTO_OPENSIM @ rotation_from_angles(angles) @ INTO_OPENSIM.T
    # Turned about z, then x, then y.
    flexion = np.arctan2(-turn[0, 1], turn[1, 1])
    bending = np.arcsin(np.clip(turn[2, 1], -1.0, 1.0))
    rotation = np.arctan2(-turn[2, 0], turn[2, 2])
    return float(np.degrees(flexion)), float(np.degrees(bending)), float(np.degrees(rotation))


def _even(step_s: float, times_s: Float64, values: Float64) -> tuple[Float64, Float64]:
    """Values on the line between their neighbours at even times, without those in a gap."""
    if len(times_s) < 2:
        return times_s, values
    first, last = np.ceil(times_s[0] / step_s), np.floor(times_s[-1] / step_s + 1e-9)
    even = np.arange(first, last + 1) * step_s
    after = np.clip(np.searchsorted(times_s, even, side="left"), 1, len(times_s) - 1)
    near = np.minimum(np.abs(times_s[after] - even), np.abs(even - times_s[after - 1])) < 1e-6
    joined = times_s[after] - times_s[after - 1] <= max(_WIDEST_GAP_S, 3 * step_s)
    even = even[joined | near]
    return even, np.column_stack([np.interp(even, times_s, column) for column in values.T])


def _seen(frames_csv: Path) -> tuple[float, Float64, Float64]:
    """The usual time between two pictures, and times and angles of those with a face."""
    times_s: list[float] = []
    seen: list[tuple[float, ...]] = []
    with frames_csv.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            times_s.append(float(row["t_s"]))
            # Without a face, the body gives a direction only, not degrees.
            if row["head_source"] == HeadSource.FACE and all(row[name] for name in _COLUMNS):
                seen.append((times_s[-1], *(float(row[name]) for name in _COLUMNS)))
    table = np.array(seen, dtype=np.float64).reshape(-1, 1 + len(_COLUMNS))
    return step_s(np.diff(times_s)), table[:, 0], table[:, 1:]


def step_s(steps_s: Float64) -> float:
    """Ten of fifteen pictures a second lie one or two apart: their mean is a tenth."""
    if not len(steps_s):
        return 0.1
    usual = steps_s[steps_s <= 3 * np.median(steps_s)]
    return max(0.001, round(float(usual.mean()), 3))
