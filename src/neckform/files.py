"""The one way to write a file: afterwards it is complete, or it is as it was before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from neckform.core.errors import OutputError


@contextmanager
def replacing(path: Path, *, advice: str = "") -> Iterator[Path]:
    """Yield a temporary path, which is renamed to `path` when the block ends without an error.

    The new file has the permissions of the old one. After an error the old file is unchanged, and
    the temporary one is gone.

    Parameters
    ----------
    advice : str
        A sentence for the error: what a person can do when the file cannot be written.

    Raises
    ------
    OutputError
    """
    # The process is part of the name, because two processes may write the same file at once.
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
    """The temporary files of processes that were killed while they wrote `path`."""
    return path.parent.glob(f".{path.name}.*partial")


def cannot_be_written(path: Path, error: OSError, advice: str = "") -> OutputError:
    """The error that says so in one line."""
    sentence = f"{path}: cannot be written ({error.strerror or error})"
    return OutputError(f"{sentence}. {advice}" if advice else sentence)
