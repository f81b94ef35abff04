"""The minutes of each day, in one small file a day; no picture, no angle, no time of day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from neckform.core.errors import OutputError

SCHEMA = "neckform/day/1"


def read_day(folder: Path, day: date) -> dict[str, int]:
    """Milliseconds by zone; empty where there is no file, or none that can be read."""
    try:
        content = json.loads(_path(folder, day).read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA:
            return {}
        return {str(zone): max(0, int(spent)) for zone, spent in content["zones_ms"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # yesterday's mishap must not stop today's watch


def write_day(folder: Path, day: date, zones_ms: Mapping[str, int]) -> None:
    """Keep a day's minutes.

    Raises
    ------
    OutputError
    """
    path = _path(folder, day)
    partial = path.with_name(f".{path.name}.partial")
    content = {"schema": SCHEMA, "date": day.isoformat(), "zones_ms": dict(zones_ms)}
    try:
        partial.write_text(json.dumps(content) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error


def _path(folder: Path, day: date) -> Path:
    return folder / f"{day.isoformat()}.json"
