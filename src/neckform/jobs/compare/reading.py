"""Reads what is compared: neckform's table of frames, and the table of another instrument."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neckform.core.errors import InputError
from neckform.core.plain_text import plain
from neckform.core.types import Axis, Float64, HeadSource
from neckform.core.wording import plural, why, worded
from neckform.files import printable
from neckform.jobs.compare.options import CompareOptions
from neckform.jobs.compare.series import Series
from neckform.showing.exports.frames_csv import COLUMNS

KNOWN_NAMES: Mapping[str, tuple[str, ...]] = {
    "time": ("t_s", "time_s", "time", "t", "timestamp", "seconds"),
    Axis.FLEXION: ("flexion_deg", "neck_flexion", "flexion", "head_pitch", "pitch_deg", "pitch"),
    Axis.ROTATION: (
        "rotation_deg", "neck_rotation", "axial_rotation", "rotation", "head_yaw", "yaw_deg", "yaw",
    ),
    Axis.LATERAL: (
        "lateral_deg", "neck_lateral_flexion", "neck_bending", "lateral_flexion", "lateral_bending",
        "lateral", "head_roll", "roll_deg", "roll",
    ),
}  # fmt: skip
"""Names that say what a column is, in this order; no sign follows from a name."""

_MOST_BYTES = 1 << 30
_MOST_HEADER_LINES = 200
_MOST_NAMED = 12
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """The other instrument's angles.

    Attributes
    ----------
    columns : mapping of str to str
        Which column each was read from, with its sign.
    notes : tuple of str
        What is odd about the table.
    """

    series: Series
    columns: dict[str, str]
    notes: tuple[str, ...]


def read_angles(path: Path, *, coarse: bool = False) -> Series:
    """Read ``frames.csv`` or ``frames.parquet``.

    Parameters
    ----------
    coarse : bool
        Take moments without a face, too.

    Raises
    ------
    InputError
    """
    wanted = ("t_s", *(f"{axis}_deg" for axis in Axis))
    table = _parquet(path) if path.suffix.lower() == ".parquet" else _text_table(path)
    if missing := [name for name in (*wanted, "head_source") if name not in table]:
        raise InputError(
            worded(
                "{path} is no table of neckform's frames: it has no column {missing}; give "
                "frames.csv, or the folder with it",
                path=path,
                missing=", ".join(missing),
            )
        )
    faces = np.array([str(source) == HeadSource.FACE for source in table["head_source"]])
    numbers = {name: _numbers(table[name]) for name in wanted}
    angles = {
        axis: numbers[f"{axis}_deg"] if coarse else np.where(faces, numbers[f"{axis}_deg"], np.nan)
        for axis in Axis
    }
    return _in_order(path, numbers["t_s"], angles)


def read_reference(path: Path, options: CompareOptions) -> Reference:
    """Read a table of another instrument: text with a line of names, whatever separates its cells.

    Raises
    ------
    InputError
    """
    table = _text_table(path)
    columns: dict[str, str] = {}
    t_s = _times(path, table, options, columns)
    angles: dict[Axis, Float64] = {}
    for axis in Axis:
        asked = getattr(options, axis)
        name = _column(path, table, axis, asked)
        if name is None:
            continue
        against = asked is not None and asked.startswith("-") and name != asked
        values = _numbers(table[name])
        if not np.isfinite(values).any():
            raise InputError(
                worded("{path}: column {name} holds no number", path=path, name=plain(name))
            )
        values = np.degrees(values) if options.radians else values
        angles[axis] = _unwrapped(-values if against else values)
        columns[axis] = f"{'-' if against else ''}{name}"
    if not angles:
        raise InputError(
            worded(
                "{path}: no column is named as an angle; name one with --flexion, --rotation or "
                "--lateral: {there}",
                path=path,
                there=_listed(table),
            )
        )
    lost = sum(int((~np.isfinite(values)).sum()) for values in angles.values())
    left_out = plural(
        "one of its angles is no number and was left out",
        "{n} of its angles are no numbers and were left out",
        n=lost,
    )
    return Reference(_in_order(path, t_s, angles), columns, (left_out,) if lost else ())


def _times(
    path: Path, table: Mapping[str, Sequence[str]], options: CompareOptions, columns: dict[str, str]
) -> Float64:
    if options.rate is not None and options.time is None:
        rows = len(next(iter(table.values())))
        columns["time"] = worded("{rate:g} rows in a second", rate=options.rate)
        return np.arange(rows) / options.rate
    name = _column(path, table, "time", options.time)
    if name is None:
        raise InputError(
            worded(
                "{path}: no column is named as a time; name it with --time, or say how many rows a "
                "second has with --rate: {there}",
                path=path,
                there=_listed(table),
            )
        )
    columns["time"] = name
    return _numbers(table[name]) / (1000 if options.time_unit == "ms" else 1)


def _column(
    path: Path, table: Mapping[str, Sequence[str]], what: str, asked: str | None
) -> str | None:
    """The name of a column; None where nobody asked and none is named so."""
    if asked is not None:
        for name in (asked, asked.removeprefix("-")):
            if name in table:
                return name
        bare = asked.removeprefix("-")
        raise InputError(
            worded(
                "{path} has no column {name}: {there}",
                path=path,
                name=plain(bare),
                there=_listed(table),
            )
        )
    called = {_simple(name): name for name in reversed(list(table))}
    return next((called[name] for name in KNOWN_NAMES[what] if name in called), None)


def _simple(name: str) -> str:
    """A name as one writes it in a program: ``Lateral Flexion (deg)`` is ``lateral_flexion``."""
    bare = re.sub(r"[\[(].*?[\])]", "", name).strip().lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def _listed(table: Mapping[str, Sequence[str]]) -> str:
    names = [plain(name) for name in table]
    there = worded("it has {names}", names=", ".join(names[:_MOST_NAMED]))
    if (more := len(names) - _MOST_NAMED) > 0:
        return worded("{there} and {more} more", there=there, more=more)
    return there


def _in_order(path: Path, t_s: Float64, angles: Mapping[Axis, Float64]) -> Series:
    """The series without rows that have no time, and without a time that comes twice."""
    timed = np.isfinite(t_s)
    t_s = t_s[timed]
    if len(t_s) < _FEWEST:
        raise InputError(worded("{path} has fewer than two rows with a time", path=path))
    if (np.diff(t_s) < 0).any():
        raise InputError(
            worded(
                "{path}: its times go back at {t_s:g}; cut it there into two",
                path=path,
                t_s=float(t_s[1:][np.diff(t_s) < 0][0]),
            )
        )
    fresh = np.concatenate(([True], np.diff(t_s) > 0))
    return Series(t_s[fresh], {axis: values[timed][fresh] for axis, values in angles.items()})


def _unwrapped(values: Float64) -> Float64:
    """Angles without the jump from half a turn to minus half a turn."""
    known = np.isfinite(values)
    smooth = values.copy()
    smooth[known] = np.unwrap(values[known], period=360)
    return smooth


def _numbers(cells: Sequence[Any]) -> Float64:
    return np.array([_number(cell) for cell in cells], dtype=np.float64)


def _number(cell: Any) -> float:
    if isinstance(cell, float):
        return cell
    try:
        number = float(str(cell).strip().replace(",", "."))
    except ValueError:
        return float("nan")
    return number if np.isfinite(number) else float("nan")


def _text_table(path: Path) -> dict[str, list[str]]:
    """Columns of a text table by name; passes over lines before the names, as OpenSim has them."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(
                worded("{path} is too large to be a table of angles; cut it into parts", path=path)
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            worded("{path} cannot be opened: {reason}", path=path, reason=why(error))
        ) from error
    lines = [line for line in _text(path, data).splitlines() if line.strip()]
    ends = [i for i, line in enumerate(lines[:_MOST_HEADER_LINES]) if line.strip() == "endheader"]
    lines = lines[ends[0] + 1 :] if ends else lines
    while lines and lines[0].lstrip().startswith(("#", "//")):
        lines.pop(0)
    if len(lines) < _FEWEST:
        raise InputError(
            worded("{path} is no table: lines with something in them: {n}", path=path, n=len(lines))
        )
    between = _separator(lines[0])
    try:
        rows = list(_rows(lines, between))
    except csv.Error as error:
        raise InputError(
            worded("{path} is no table: {reason}", path=path, reason=printable(error))
        ) from error
    names = [name.strip() for name in rows[0]]
    if all(np.isfinite(_number(name)) for name in names):
        raise InputError(
            worded(
                "{path} has no line of names above its numbers; write one, such as t,pitch",
                path=path,
            )
        )
    return {
        name: [row[index] if index < len(row) else "" for row in rows[1:]]
        for index, name in reversed(list(enumerate(names)))
    }


def _text(path: Path, data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                text = data.decode("latin-1")
            break
    if "\0" in text:
        raise InputError(worded("{path} is no text; export it as CSV", path=path))
    return text


def _separator(names: str) -> str | None:
    """What stands between cells: none of the usual signs is any amount of space."""
    counts = {sign: names.count(sign) for sign in ("\t", ";", ",")}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else None


def _rows(lines: Sequence[str], between: str | None) -> Iterator[list[str]]:
    if between is None:
        return (line.split() for line in lines)
    return csv.reader(lines, delimiter=between)


def _parquet(path: Path) -> dict[str, list[Any]]:
    try:
        from pyarrow import parquet

        table = parquet.read_table(path)
    except (OSError, ImportError, ValueError) as error:
        raise InputError(
            worded("{path} cannot be read: {reason}", path=path, reason=printable(error))
        ) from error
    wanted = [name for name in COLUMNS if name in table.column_names]
    return {
        name: [float("nan") if cell is None and name != "head_source" else cell
               for cell in table[name].to_pylist()]
        for name in wanted
    }  # fmt: skip
