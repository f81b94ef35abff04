"""Holds, near misses and flags of several recordings, as tables: one row for each of them.

``holds.csv``, ``near-misses.csv`` and ``flags.csv``, and the same as Parquet. Each row has the
person, the day and the recording, so that a row can stand alone.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from neckform.core.plain_text import cell, plain
from neckform.core.report import SessionReport
from neckform.core.types import Axis
from neckform.files import replacing
from neckform.showing.exports.files import complete_or_absent
from neckform.showing.exports.overview import RecordingEntry, iso
from neckform.showing.exports.report_json import as_json

Columns = Mapping[str, type]
"""Each column with what is in it: text, a number, or a truth value. Any may be unknown."""

Row = dict[str, Any]

_WHICH: Columns = {"person": str, "date": str, "recorded_at": str, "recording": str}
_HOLDS: Columns = {
    "stretch": str,
    "side": str,
    "start_s": float,
    "end_s": float,
    "held_s": float,
    "target_s": float,
    "completed": bool,
    "ended_by": str,
    "pauses": float,
    "paused_s": float,
    **{
        f"{axis}_{what}_deg": float
        for axis in Axis
        for what in ("mean", "min", "max", "uncertainty")
    },
    "left_shoulder_rise_sw": float,
    "right_shoulder_rise_sw": float,
    "shoulder_drift_sw": float,
    "hand_on_head": str,
    "verdict": str,
}
_MISSES: Columns = {
    "stretch": str,
    "side": str,
    "start_s": float,
    "end_s": float,
    "near_s": float,
    "reason": str,
    "axis": str,
    "measured": float,
    "limit": float,
    "gap": float,
    "uncertainty": float,
    "unit": str,
    "perhaps": bool,
    "verdict": str,
}
_FLAGS: Columns = {
    "flag": str,
    "side": str,
    "start_s": float,
    "end_s": float,
    "mean_deg": float,
    "peak_deg": float,
    "verdict": str,
}


def _holds(report: SessionReport) -> Iterator[Row]:
    for hold in as_json(report)["holds"]:
        stats = {
            f"{axis}_{what}_deg": value
            for axis in Axis
            for what, value in hold[f"{axis}_deg"].items()
        }
        rise, pauses = hold["shoulder_rise_sw"], hold["pauses"]
        paused_s = sum(pause["end_s"] - pause["start_s"] for pause in pauses)
        yield {
            **hold,
            **stats,
            "pauses": len(pauses),
            "paused_s": paused_s,
            "left_shoulder_rise_sw": rise["left"],
            "right_shoulder_rise_sw": rise["right"],
        }


TABLES: Mapping[str, tuple[Columns, Callable[[SessionReport], Iterator[Row]]]] = MappingProxyType(
    {
        "holds": (_HOLDS, _holds),
        "near-misses": (_MISSES, lambda report: iter(as_json(report)["near_misses"])),
        "flags": (_FLAGS, lambda report: iter(as_json(report)["flags"])),
    }
)
"""Each table with its columns, and its rows of one report."""


def write_table(path: Path, entries: Sequence[RecordingEntry]) -> None:
    """Write the table that `path` is named after: CSV, or Parquet by its ending.

    Raises
    ------
    OutputError
    """
    columns, rows = TABLES[path.stem]
    columns = {**_WHICH, **columns}
    found = [_row(columns, entry, row) for entry in entries if entry.report
             for row in rows(entry.report)]  # fmt: skip
    if path.suffix == ".parquet":
        _write_parquet(path, columns, found)
        return
    with complete_or_absent(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_written(value) for value in row.values()] for row in found)


def _row(columns: Columns, entry: RecordingEntry, row: Row) -> Row:
    at = entry.recorded_at
    which = {
        "person": entry.who,
        "date": None if at is None else at.date().isoformat(),
        "recorded_at": iso(entry) or None,
        "recording": entry.name,
    }
    values = {**row, **which}
    return {
        name: None if (value := values[name]) is None else kind(value)
        for name, kind in columns.items()
    }


def _written(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else f"{value:.3f}"


def _write_parquet(path: Path, columns: Columns, rows: Sequence[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {str: pa.string(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    # A name may have bytes that are no text; Parquet takes text alone.
    texts = [
        {name: plain(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
    ]
    with replacing(path) as partial:
        parquet.write_table(pa.Table.from_pylist(texts, schema=schema), partial)
