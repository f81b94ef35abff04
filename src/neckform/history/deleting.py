"""What cannot be deleted is said in one line, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neckform.core.errors import HistoryError
from neckform.core.wording import why, worded


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
