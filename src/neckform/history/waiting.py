"""What waits beside a history that cannot be written to at the moment.

Each routine waits in a small file of its own, which is a history itself. Whoever opens the history
next takes it in, whichever program that is; so nobody has to wait until another program lets go.
"""

from __future__ import annotations

import time
from pathlib import Path

from neckform.core.errors import HistoryError
from neckform.files import partial_of
from neckform.history.entry import Entry
from neckform.history.store import Store

_SUFFIX = ".db"


def put_off(folder: Path, entry: Entry) -> Path:
    """Let an entry wait; answers with its file.

    Raises
    ------
    HistoryError
    """
    # Later files count more: a routine is told again as it goes on.
    path = folder / f"{time.time_ns():020}{_SUFFIX}"
    partial = partial_of(path)
    with Store(partial) as store:
        store.keep(entry)
    try:
        return partial.replace(path)
    except OSError as error:
        raise HistoryError(f"{path} cannot be written: {error.strerror or error}") from error


def take_in(store: Store, folder: Path) -> list[str]:
    """Keep all that waits.

    Returns
    -------
    list of str
        One line for each file that is passed over, because it is damaged.
    """
    passed_over = []
    for path in _files(folder):
        try:
            with Store(path, patience_s=0.0) as waiting:
                entries = waiting.entries()
        except HistoryError as error:
            passed_over.append(str(error))
            continue
        for entry in entries:
            store.keep(entry)
        path.unlink(missing_ok=True)
    return passed_over


def anything_waits(folder: Path) -> bool:
    """Whether there is something to take in."""
    return bool(_files(folder))


def forget_waiting(folder: Path) -> None:
    """Delete what waits, damaged or not.

    Raises
    ------
    HistoryError
    """
    for path in folder.glob("*") if folder.is_dir() else ():
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise HistoryError(f"{path} cannot be deleted ({error.strerror or error})") from error


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"[0-9]*{_SUFFIX}"))
