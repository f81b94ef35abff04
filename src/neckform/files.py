"""The one way to write a file: afterwards it is complete, or it is as it was before.

And the one way to read JSON: within bounds, with one kind of error.
"""

from __future__ import annotations

import glob
import json
import math
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from neckform.core.errors import InUseError, OutputError
from neckform.core.plain_text import plain
from neckform.core.wording import why, worded


@contextmanager
def replacing(path: Path, *, advice: str = "") -> Iterator[Path]:
    """Yield a temporary path, which is renamed to `path` when the block ends without an error.

    The new file has the permissions of the old one; without an old one, it is for its owner alone.
    After an error the old file is unchanged, and the temporary one is gone.

    Parameters
    ----------
    advice : str
        A sentence for the error: what a person can do when the file cannot be written.

    Raises
    ------
    OutputError
    """
    partial = partial_of(path)
    try:
        partial.touch(mode=0o600)
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
        partial.write_text(text, encoding="utf-8", errors="backslashreplace")


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Keep other processes from writing into a folder, or to a file, while the block runs.

    The lock is the system's own, so a crash cannot leave it behind; its empty file goes too.

    Raises
    ------
    OutputError
        Another neckform writes there.
    """
    beside = _lock_of(path)
    lock = FileLock(beside, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InUseError(
            worded(
                "{path}: another neckform is writing there; wait until it has ended, or name "
                "another",
                path=path,
            )
        ) from None
    except OSError as error:
        raise cannot_be_written(path, error) from error
    try:
        yield
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        lock.release()


def is_claimed(path: Path) -> bool | None:
    """Whether a neckform that runs has claimed it; None where nobody did, or has given it up."""
    if not _lock_of(path).exists():
        return None
    try:
        with claimed(path):
            return False
    except OutputError:
        return True


def _lock_of(path: Path) -> Path:
    return path / ".neckform.lock" if path.is_dir() else path.with_name(f".{path.name}.lock")


def make_folder(folder: Path) -> None:
    """Make a folder that its owner alone can look into, and those above it; or leave it as it is.

    Raises
    ------
    OSError
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def private(path: Path) -> Path:
    """The same path, of a file that its owner alone can read; it is made, unless it exists.

    Raises
    ------
    OutputError
    """
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise cannot_be_written(path, error) from error
    return path


def safe_name(name: str) -> str:
    """A name that a file or folder can have everywhere: printable, and never ``.`` or ``..``."""
    shown = "".join(
        "_" if one in '<>:"/\\|?*' or plain(one) != one or 0xD800 <= ord(one) <= 0xDFFF else one
        for one in name
    )
    bare = shown.rstrip(". ")
    return bare + "_" * (len(shown) - len(bare)) or "_"


def partial_of(path: Path) -> Path:
    """A new hidden name beside `path`, for what grows until it is whole.

    No two are alike: processes may write at once, and on one disk from several computers.
    """
    return path.with_name(f".{path.name[:_LONGEST_NAME]}.{secrets.token_hex(6)}.partial")


def is_folder(path: Path) -> bool:
    """Whether there is a folder; a name that the system refuses, such as a long one, has none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def leftovers(path: Path) -> Iterator[Path]:
    """The temporary files of processes that were killed while they wrote `path`."""
    name = glob.escape(path.name[:_LONGEST_NAME])
    return path.parent.glob(f".{name}.*partial")


def sweep(path: Path) -> None:
    """Delete the leftovers of `path`; for whoever claims it, since nobody else is writing it."""
    with suppress(OSError):
        for left in leftovers(path):
            left.unlink(missing_ok=True)


_LONGEST_NAME = 50
"""Characters of a name in a hidden one; disks take 255 bytes."""


def cannot_be_written(path: Path, error: OSError, advice: str = "") -> OutputError:
    """The error that says so in one line."""
    line = worded("{path}: cannot be written ({reason})", path=path, reason=why(error))
    return OutputError(worded("{line}. {advice}", line=line, advice=advice) if advice else line)


_LARGEST_JSON = 1 << 22
"""Bytes. The largest that neckform writes, a profile, has 15 KB."""


def read_json(path: Path) -> Any:
    """The content of a small JSON file.

    Raises
    ------
    OSError
        It cannot be opened.
    ValueError
        See `parsed_json`.
    """
    with path.open("rb") as file:
        data = file.read(_LARGEST_JSON + 1)
    if len(data) > _LARGEST_JSON:
        raise ValueError("it is far too large")
    return parsed_json(data)


def parsed_json(data: bytes | str) -> Any:
    """The content of JSON.

    Raises
    ------
    ValueError
        It is none, is nested beyond all bounds, or has a number that is not finite: JSON knows
        none, but Python reads it.
    """
    try:
        return json.loads(data, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is beyond all bounds")
    return number


def refuse_zip_bomb(file: zipfile.ZipFile, most: int) -> None:
    """Refuse a ZIP file that says, or hides, that it unpacks to more than `most` bytes.

    What is packed by other ways than deflate unpacks all at once, whatever size it says.

    Raises
    ------
    ValueError
    """
    if sum(part.file_size for part in file.infolist()) > most:
        raise ValueError(worded("it unpacks to more than {most} MB", most=most >> 20))
    for part in file.infolist():
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{plain(part.filename)[:50]} is packed in an unusual way")


def printable(error: Exception, most: int = 200) -> str:
    """What an error says, short enough for a line; it may quote what it was given."""
    text = why(error) if isinstance(error, OSError) else str(error)
    if len(text) <= most and "\n" not in text:
        return text
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}..."
