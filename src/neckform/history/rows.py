"""From the rows of the database to what was kept: checked here, once.

A row that is damaged is passed over with a line; it costs no other row. Whatever comes out fits
the bounds of `Entry` and of the kinds in `TABLES`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from neckform.core.outcome import Direction
from neckform.core.parameter import checked
from neckform.core.types import Side
from neckform.core.wording import plural
from neckform.history.entry import Entry, KeptFlag, KeptHold, KeptMiss, KeptPain, KeptReach

Row = TypeVar("Row", bound=KeptHold | KeptMiss | KeptFlag | KeptReach | KeptPain)
"""What a recording has several of, each kind in a table of its own: a column for each field."""

TABLES: Mapping[str, tuple[type[Any], str]] = MappingProxyType(
    {
        "holds": (KeptHold, "start_s"),
        "near_misses": (KeptMiss, "start_s"),
        "flags": (KeptFlag, "total_s DESC"),
        "reached": (KeptReach, "rowid"),
        "pain": (KeptPain, "rowid"),
    }
)
"""Each kind's table, with the order of its rows."""

_FACTS = "recording, made_at, head_seen_s, unseen_s, neckform_version"
_SINCE = 1970
_UNTIL = 9000


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read.

    Attributes
    ----------
    entries : tuple of Entry
        The oldest first.
    damaged : tuple of str
        One text for each row that was passed over.
    """

    entries: tuple[Entry, ...]
    damaged: tuple[str, ...]


def read_rows(connection: sqlite3.Connection) -> Rows:
    """Read all rows of a history."""
    damaged: list[str] = []
    tables = {
        table: _by_recording(connection, table, kind, order, damaged)
        for table, (kind, order) in TABLES.items()
    }
    entries = []
    known = set()
    for key, *values in connection.execute(f"SELECT id, {_FACTS} FROM recordings"):
        known.add(key)
        try:
            facts = _facts(values)
        except (ValueError, OverflowError) as error:
            damaged.append(f"recordings: {error}")
            continue
        of_it: dict[str, Any] = {table: tuple(rows[key]) for table, rows in tables.items()}
        entries.append(Entry(**facts, **of_it))
    for table, rows in tables.items():
        lost = sum(len(alike) for key, alike in rows.items() if key not in known)
        damaged += [f"{table}: its recording is lost"] * lost
    entries.sort(key=lambda entry: entry.made_at)
    return Rows(tuple(entries), tuple(damaged))


def damaged_rows(rows: Rows, path: Path) -> list[str]:
    """A line when rows of the history `path` were passed over."""
    number = len(rows.damaged)
    if not number:
        return []
    which = "; ".join(dict.fromkeys(rows.damaged))[:200]
    return [
        plural(
            "{path}: {n} damaged row is passed over ({which}); the rest is whole. "
            "neckform history forget deletes them, with their day or with --all",
            "{path}: {n} damaged rows are passed over ({which}); the rest is whole. "
            "neckform history forget deletes them, with their day or with --all",
            path=path,
            n=number,
            which=which,
        )
    ]


def moment(text: object) -> datetime:
    """When a recording was made.

    Raises
    ------
    ValueError
        It is no such time, or has no time zone.
    """
    if not isinstance(text, str):
        raise ValueError("made_at: must be a time")  # noqa: TRY004 - it is a value that was read
    made_at = datetime.fromisoformat(text)
    if made_at.utcoffset() is None:
        raise ValueError("made_at: has no time zone")
    if not _SINCE <= made_at.year <= _UNTIL or abs(made_at.utcoffset() or _NONE) > _WIDEST:
        raise ValueError("made_at: is beyond all bounds")
    return made_at


_NONE, _WIDEST = timedelta(), timedelta(hours=15)


def columns(kind: type[Row]) -> str:
    """The columns of a table, in the order of the fields."""
    return ", ".join(f'"{column.name}"' for column in fields(kind))


def _by_recording(
    connection: sqlite3.Connection, table: str, kind: type[Row], order: str, damaged: list[str]
) -> dict[int, list[Row]]:
    """The rows of each recording, by its key."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for key, *values in connection.execute(
        f"SELECT recording_id, {columns(kind)} FROM {table} ORDER BY {order}"
    ):
        try:
            rows[key].append(_row(kind, values))
        except ValueError as error:
            damaged.append(f"{table}: {error}")
    return rows


def _row(kind: type[Row], values: Sequence[object]) -> Row:
    names = [column.name for column in fields(kind)]
    by_name = dict(zip(names, values, strict=True))
    if by_name.get("completed") in (0, 1):  # SQLite knows no truth values
        by_name["completed"] = bool(by_name["completed"])
    good = _good(kind, by_name)
    if good.get("side") not in (None, *Side):
        raise ValueError("side: must be left or right")
    if "direction" in good and good["direction"] not in list(Direction):
        raise ValueError("direction: there is no such direction")
    return kind(**good)


def _facts(values: Sequence[object]) -> dict[str, Any]:
    by_name = dict(zip(_FACTS.split(", "), values, strict=True))
    made_at = moment(by_name.pop("made_at"))
    return {**_good(Entry, by_name), "made_at": made_at}


def _good(cls: type, by_name: dict[str, object]) -> dict[str, Any]:
    good, problems = checked(cls, by_name)
    if problems:
        raise ValueError("; ".join(_bounded(problems)))
    return good


def _bounded(problems: Sequence[str]) -> Iterator[str]:
    return (problem[:100] for problem in problems)
