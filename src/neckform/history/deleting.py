"""Deleting for good; what cannot be deleted is said in one line, wherever it lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from neckform.core.errors import HistoryError
from neckform.core.wording import why, worded

_ROOM = 1 << 20


@contextmanager
def deleting(path: Path) -> Iterator[None]:
    """Say which file it is when the block cannot delete it.

    Raises
    ------
    HistoryError
    """
    try:
        yield
    except OSError as error:
        raise HistoryError(
            worded("{path} cannot be deleted ({reason})", path=path, reason=why(error))
        ) from error


def overwrite(file: BinaryIO) -> None:
    """Write zeros over all of an open file, down to the disk."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    for place in range(0, size, _ROOM):
        file.write(bytes(min(_ROOM, size - place)))
    file.flush()
    os.fsync(file.fileno())
