"""Writes the three head angles as an OpenSim motion file, from ``frames.csv``.

For users of Pose2Sim, Sports2D or OpenSim. The header is the one of OpenSim's own
documentation ("Motion (.mot) Files"): a name, ``version=1``, ``nRows=``, ``nColumns=``,
``inDegrees=yes``, ``endheader``, then a line of labels and one line per row, separated by tabs.
Signs are those of docs/conventions.md; unseen is ``nan``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from neckform.showing.exports.files import complete_or_absent

LABELS = ("time", "neck_flexion", "neck_rotation", "neck_lateral_flexion")
_COLUMNS = ("flexion_deg", "rotation_deg", "lateral_deg")


def write_mot(frames_csv: Path, path: Path) -> None:
    """Write `path` from the rows of `frames_csv`.

    Raises
    ------
    OutputError
    """
    # Read twice, so that an hour of rows needs no memory: the header says how many there are.
    rows = sum(1 for _ in _rows(frames_csv))
    with complete_or_absent(path) as stream:
        stream.write(f"Coordinates\nversion=1\nnRows={rows}\nnColumns={len(LABELS)}\n")
        stream.write("inDegrees=yes\n\n")
        stream.write("Units are S.I. units (second, meters, Newtons, ...)\nendheader\n")
        stream.write("\t".join(LABELS) + "\n")
        for row in _rows(frames_csv):
            stream.write("\t".join(row) + "\n")


def _rows(frames_csv: Path) -> Iterator[tuple[str, ...]]:
    with frames_csv.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            # Without a face, the body gives a direction only, not degrees.
            seen = row["head_source"] == "face"
            angles = (row[name] or "nan" if seen else "nan" for name in _COLUMNS)
            yield (row["t_s"], *angles)
