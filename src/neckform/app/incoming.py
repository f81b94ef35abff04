"""Files that the page brings, piece by piece: a browser tells nobody where a file lies."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from neckform.core.errors import OutputError
from neckform.core.wording import why, worded
from neckform.files import claimed, is_claimed, make_folder, safe_name

LARGEST_PIECE = 8 * 1024 * 1024
_NUMBER = re.compile(r"[0-9a-f-]{8,40}")
_LONGEST_NAME = 100
_SPARE = 256 * 1024 * 1024
"""What a copy leaves free on the disk."""
_PREFIX = "taken-in-"
CLOSED_S, SILENT_S = 30.0, 600.0
"""A copy of which no piece came for so long comes no further: with no page open, or with one."""
_NEW_S = 60.0
"""A folder that nobody has claimed is being made, or was left, when it is older than this."""


class Incoming:
    """A folder for copies, which is gone with the program; a context manager.

    What a program left that was killed is deleted by the next one.

    Parameters
    ----------
    under : Path
        The person's own folder, which exists. Another place may be a memory disk, too small for a
        film.
    """

    def __init__(self, under: Path) -> None:
        _delete_leftovers(under)
        self._folder = tempfile.TemporaryDirectory(
            prefix=_PREFIX, dir=under, ignore_cleanup_errors=True
        )
        self._claim = ExitStack()
        self._came_s: dict[str, float] = {}  # when the last piece of a copy came that is not whole

    def __enter__(self) -> Self:
        self._claim.enter_context(claimed(Path(self._folder.name)))
        return self

    def __exit__(self, *_: object) -> None:
        self._claim.close()
        self._folder.cleanup()

    def take(self, number: str, offset: int, piece: bytes) -> None:
        """Write one piece of a file. The same piece may come again.

        Raises
        ------
        ValueError
            It does not follow what is there.
        OutputError
            The disk is full, or cannot be written to.
        """
        path = self.path(number)
        if path is None:
            raise ValueError(worded("no such file"))
        there = path.stat().st_size if path.exists() else 0
        if not 0 <= offset <= there or len(piece) > LARGEST_PIECE:
            raise ValueError(worded("a piece is missing"))
        try:
            if shutil.disk_usage(path.parent).free < len(piece) + _SPARE:
                raise OutputError(
                    worded("there is not enough room on the disk for a copy of this file")
                )
            descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                file.seek(offset)
                file.write(piece)
            self._came_s[number] = time.monotonic()
        except OSError as error:
            raise OutputError(
                worded("the file cannot be taken in: {reason}", reason=why(error))
            ) from error

    def name(self, copy: Path, name: str) -> Path:
        """Give a copy that is whole the file's own name, as far as every system can have it."""
        self._came_s.pop(copy.name, None)
        folder = copy.with_name(f"{copy.name}-named")
        make_folder(folder)
        return copy.rename(folder / safe_name(name)[-_LONGEST_NAME:])

    def forget(self, number: object) -> None:
        """Delete a copy that is not wanted any more."""
        path = self.path(number)
        if path is not None and self._came_s.pop(path.name, None) is not None:
            with suppress(OSError):
                path.unlink()

    def forget_silent(self, gone_s: float) -> None:
        """Delete copies that come no further, because their page was closed.

        Parameters
        ----------
        gone_s : float
            Since when no page is open, in seconds; 0 while one is.
        """
        patience_s = CLOSED_S if gone_s > CLOSED_S else SILENT_S
        now_s = time.monotonic()
        for number, came_s in tuple(self._came_s.items()):
            if now_s - came_s > patience_s:
                self.forget(number)

    def path(self, number: object) -> Path | None:
        """Where the copy lies; None for what is no number of a file."""
        if not isinstance(number, str) or not _NUMBER.fullmatch(number):
            return None
        return Path(self._folder.name) / number


def _delete_leftovers(under: Path) -> None:
    """Delete the copies of programs that were killed; those of others that run stay."""
    for folder in under.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_dir() and not folder.is_symlink() and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    taken = is_claimed(folder)
    return time.time() - folder.stat().st_mtime > _NEW_S if taken is None else not taken
