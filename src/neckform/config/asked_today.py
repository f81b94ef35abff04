"""That the questions before a stretch were answered today, and nothing spoke against one.

For the one stretch in a break alone: nobody answers the same eight questions each hour.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

from neckform.config.paths import data_folder
from neckform.core.errors import OutputError
from neckform.core.parameter import Parameter
from neckform.files import read_json, write_text

SCHEMA = "neckform/asked/1"
_PAIN = Parameter("pain", int, False, 0, low=0, high=10)


def pain_told(today: date, who: str | None = None) -> int | None:
    """How much it hurt when it was asked today; None where it was not."""
    try:
        content = read_json(_file(who))
        if content["schema"] != SCHEMA or content["date"] != today.isoformat():
            return None
        return int(_PAIN.check(content["pain"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(today: date, pain: int, who: str | None = None) -> None:
    """Remember it; where that cannot be written, it is asked again."""
    content = {"schema": SCHEMA, "date": today.isoformat(), "pain": pain}
    with suppress(OutputError):
        write_text(_file(who), json.dumps(content) + "\n")


def forget(who: str | None = None) -> None:
    """Ask again before the next stretch."""
    with suppress(OSError):
        _file(who).unlink(missing_ok=True)


def _file(who: str | None) -> Path:
    return data_folder(who) / "asked.json"
