"""The one way to write a file that somebody keeps: it is complete, or it is as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from neckform.core.errors import OutputError


@contextmanager
def replacing(path: Path, *, advice: str = "") -> Iterator[Path]:
    """Yield a temporary path, which takes the name `path` when the block ends without an error.

    A file that is replaced hands its permissions on. After an error `path` is as it was, and
    nothing is left beside it.

    Parameters
    ----------
    advice : str
        What a person can do when the file cannot be written.

    Raises
    ------
    OutputError
    """
    # The process is part of the name: two of them may write the same file at the same time.
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        if path.exists():
            shutil.copymode(path, partial)
        partial.replace(path)
    except OSError as error:
        raise cannot_be_written(path, error, advice) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a small file in UTF-8; see `replacing`."""
    with replacing(path) as partial:
        partial.write_text(text, encoding="utf-8")


def leftovers(path: Path) -> Iterator[Path]:
    """What processes that were killed while they wrote `path` left beside it."""
    return path.parent.glob(f".{path.name}.*partial")


def cannot_be_written(path: Path, error: OSError, advice: str = "") -> OutputError:
    """The line for a person."""
    sentence = f"{path}: cannot be written ({error.strerror or error})"
    return OutputError(f"{sentence}. {advice}" if advice else sentence)
