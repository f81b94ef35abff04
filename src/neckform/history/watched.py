"""The watched minutes of each day, in one small file per day.

A file holds milliseconds by zone (see `zones`): no picture, no angle, no time of day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from neckform.core.errors import HistoryError
from neckform.files import leftovers, write_text

SCHEMA = "neckform/day/1"


def read_day(folder: Path, day: date) -> dict[str, int]:
    """Milliseconds by zone; empty when there is no file, or it cannot be read."""
    try:
        content = json.loads(day_file(folder, day).read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA:
            return {}
        return {str(zone): max(0, int(spent)) for zone, spent in content["zones_ms"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # a damaged file must not stop the monitor


def read_days(folder: Path) -> dict[date, dict[str, int]]:
    """Every day with any minutes, the oldest first."""
    days = {day: read_day(folder, day) for day in sorted(_files(folder))}
    return {day: spent for day, spent in days.items() if any(spent.values())}


def write_day(folder: Path, day: date, zones_ms: Mapping[str, int]) -> None:
    """Write the minutes of one day.

    Raises
    ------
    OutputError
    """
    content = {"schema": SCHEMA, "date": day.isoformat(), "zones_ms": dict(zones_ms)}
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
        try:
            deleted += any(read_day(folder, file_day).values())
            path.unlink()
            for partial in leftovers(path):
                partial.unlink()
        except OSError as error:
            raise HistoryError(f"{path} cannot be deleted ({error.strerror or error})") from error
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
