"""Result files: each is complete, or it is not there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from neckform.core.plain_text import plain_json
from neckform.core.wording import worded
from neckform.files import cannot_be_written, make_folder, replacing

_ADVICE = worded("Choose another folder with --out.")


def prepare_folder(folder: Path) -> None:
    """Make `folder`, and check that a file can be written in it.

    Raises
    ------
    OutputError
        So that a person learns it before the work, not after it.
    """
    probe = folder / f".neckform-{os.getpid()}"
    try:
        make_folder(folder)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise cannot_be_written(folder, error, _ADVICE) from error


@contextmanager
def complete_or_absent(path: Path) -> Iterator[TextIO]:
    """Open a text file that gets its name only when the block ends without an error.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    with (
        replacing(path, advice=_ADVICE) as partial,
        partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream,
    ):
        yield stream


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write `content` as readable JSON."""
    with complete_or_absent(path) as stream:
        stream.write(json_text(content))


def json_text(content: dict[str, Any]) -> str:
    """Readable JSON. A number that is not finite is a bug and raises ValueError."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    return plain_json(text) + "\n"
