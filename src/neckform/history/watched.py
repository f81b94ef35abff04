"""The minutes of each day that was watched, in one small file a day.

No picture, no angle, no time of day: milliseconds by zone; see `zones`.
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
    """Milliseconds by zone; empty where there is no file, or none that can be read."""
    try:
        content = json.loads(day_file(folder, day).read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA:
            return {}
        return {str(zone): max(0, int(spent)) for zone, spent in content["zones_ms"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # yesterday's mishap must not stop today's watch


def read_days(folder: Path) -> dict[date, dict[str, int]]:
    """All days with anything in them, the oldest first."""
    days = {day: read_day(folder, day) for day in sorted(_files(folder))}
    return {day: spent for day, spent in days.items() if any(spent.values())}


def write_day(folder: Path, day: date, zones_ms: Mapping[str, int]) -> None:
    """Keep a day's minutes.

    Raises
    ------
    OutputError
    """
    content = {"schema": SCHEMA, "date": day.isoformat(), "zones_ms": dict(zones_ms)}
    write_text(day_file(folder, day), json.dumps(content) + "\n")


def forget_days(folder: Path, day: date | None = None) -> int:
    """Delete a day, or all; a monitor that runs notices, and begins that day afresh.

    Returns
    -------
    int
        How many there were.

    Raises
    ------
    HistoryError
    """
    gone = 0
    for found, path in _files(folder).items():
        if day is not None and found != day:
            continue
        try:
            gone += any(read_day(folder, found).values())
            path.unlink()
            for partial in leftovers(path):
                partial.unlink()
        except OSError as error:
            raise HistoryError(f"{path} cannot be deleted ({error.strerror or error})") from error
    return gone


def day_file(folder: Path, day: date) -> Path:
    """The file of one day."""
    return folder / f"{day.isoformat()}.json"


def _files(folder: Path) -> dict[date, Path]:
    found = {}
    for path in folder.glob("????-??-??.json"):
        try:
            found[date.fromisoformat(path.stem)] = path
        except ValueError:
            continue  # not one of ours
    return found
