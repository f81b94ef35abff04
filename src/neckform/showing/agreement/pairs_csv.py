"""Writes ``agreement.csv``: every pair of angles, for whoever computes something else from them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from neckform.core.plain_text import cell
from neckform.core.types import Axis
from neckform.showing.agreement.told import Told
from neckform.showing.exports.files import complete_or_absent

COLUMNS = (
    "recording",
    "t_s",
    *(f"{axis}_{whose}deg" for axis in Axis for whose in ("", "reference_")),
)


def write_pairs(path: Path, told: Sequence[Told]) -> None:
    """Write a row for each moment at which an axis is known to both; empty where it is not.

    Raises
    ------
    OutputError
    """
    with complete_or_absent(path) as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        for name, t_s, measured, reference in told:
            for index, when_s in enumerate(t_s):
                row = {
                    f"{axis}_{whose}deg": f"{values[axis][index]:.3f}"
                    for axis in measured
                    for whose, values in (("", measured), ("reference_", reference))
                    if np.isfinite(measured[axis][index])
                }
                if row:
                    writer.writerow({"recording": cell(name), "t_s": f"{when_s:.3f}", **row})
