"""The watched minutes of each day, in one small file per day.

A file holds milliseconds by zone (see `zones`), and how often the person found a posture not bad:
no picture, no angle, no time of day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from neckform.core.parameter import Parameter
from neckform.core.plain_text import one_line
from neckform.core.wording import worded
from neckform.files import leftovers, printable, read_json, write_text
from neckform.history.deleting import deleting

SCHEMA = "neckform/day/1"

_MOST_ZONES, _LONGEST_NAME = 100, 100
_SPENT = Parameter("zones_ms", int, False, 0, low=0, high=25 * 3600 * 1000)
"""Milliseconds in a zone: a day has 25 hours at the most, when the clocks are put back."""
_TIMES = Parameter("not_bad", int, False, 0, low=0, high=100_000)


def read_day(folder: Path, day: date) -> dict[str, int]:
    """Milliseconds by zone; empty when there is no file, or it is damaged.

    A damaged file must not stop the monitor; see `damaged_days`.
    """
    try:
        return _read(day_file(folder, day))
    except (OSError, ValueError):
        return {}


def damaged_days(folder: Path) -> list[str]:
    """One line for each file that is passed over, because it is damaged."""
    lines: list[str] = []
    for path in _files(folder).values():
        try:
            _read(path)
        except (OSError, ValueError) as error:
            lines.append(
                worded(
                    "{path} is damaged and passed over ({error})", path=path, error=printable(error)
                )
            )
    return lines


def _read(path: Path) -> dict[str, int]:
    content = read_json(path)
    zones_ms = content.get("zones_ms") if isinstance(content, dict) else None
    if not isinstance(zones_ms, dict) or content.get("schema") != SCHEMA:
        raise ValueError("it is no day's file")
    if len(zones_ms) > _MOST_ZONES:
        raise ValueError("it has far too many zones")
    return {one_line(zone)[:_LONGEST_NAME]: _SPENT.check(spent) for zone, spent in zones_ms.items()}


def read_days(folder: Path) -> dict[date, dict[str, int]]:
    """Every day with any minutes, the oldest first."""
    days = {day: read_day(folder, day) for day in sorted(_files(folder))}
    return {day: spent for day, spent in days.items() if any(spent.values())}


def read_not_bad(folder: Path, day: date) -> dict[str, int]:
    """How often on that day the person found a posture not bad; empty where nobody did."""
    try:
        _read(path := day_file(folder, day))
        counts = read_json(path).get("not_bad", {})
        return {one_line(name)[:_LONGEST_NAME]: _TIMES.check(n) for name, n in counts.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def write_day(
    folder: Path,
    day: date,
    zones_ms: Mapping[str, int],
    not_bad: Mapping[str, int] | None = None,
) -> None:
    """Write the minutes of one day, and how often the person found a posture not bad.

    Raises
    ------
    OutputError
    """
    content = {"schema": SCHEMA, "date": day.isoformat(), "zones_ms": dict(zones_ms)}
    if not_bad:
        content["not_bad"] = dict(not_bad)
    write_text(day_file(folder, day), json.dumps(content) + "\n")


def forget_days(folder: Path, day: date | None = None) -> int:
    """Delete one day, or all days. A running monitor notices, and starts that day from zero.

    Returns
    -------
    int
        The number of deleted days that had any minutes.

    Raises
    ------
    HistoryError
    """
    deleted = 0
    for file_day, path in _files(folder).items():
        if day is not None and file_day != day:
            continue
        with deleting(path):
            deleted += any(read_day(folder, file_day).values())
            path.unlink()
            for partial in leftovers(path):
                partial.unlink()
    return deleted


def day_file(folder: Path, day: date) -> Path:
    """The file of one day."""
    return folder / f"{day.isoformat()}.json"


def _files(folder: Path) -> dict[date, Path]:
    files = {}
    for path in folder.glob("????-??-??.json"):
        try:
            files[date.fromisoformat(path.stem)] = path
        except ValueError:
            continue  # a file of somebody else
    return files
