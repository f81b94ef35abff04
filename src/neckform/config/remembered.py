"""The file of a person's last choices for the coach: where it is, and whether it can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from neckform.config.paths import data_folder
from neckform.core.wording import worded
from neckform.files import printable, read_json

SCHEMA = "neckform/routine/1"


def remembered_file(who: str | None = None) -> Path:
    """The file. It may not exist yet."""
    return data_folder(who) / "routine.json"


def read_remembered(path: Path) -> dict[str, Any]:
    """What the file holds; its values are not checked.

    Raises
    ------
    OSError
        It cannot be opened.
    ValueError
        It is damaged.
    """
    content = read_json(path)
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise ValueError(worded("its schema should be {schema}", schema=SCHEMA))
    return content


def damaged_choices(path: Path) -> list[str]:
    """A line when the file is passed over, because it is damaged."""
    try:
        read_remembered(path)
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        return [
            worded(
                "{path} is damaged and passed over ({error}); choose again",
                path=path,
                error=printable(error),
            )
        ]
    return []
