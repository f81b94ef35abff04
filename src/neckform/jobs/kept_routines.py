"""Routines that a person wants to be able to send later: landmarks and report, and no picture.

Each is the file that would be sent, without words and without a name.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from neckform.config.paths import made
from neckform.core.wording import worded
from neckform.history.deleting import deleting, overwrite
from neckform.showing.exports.parcel import SUFFIX, Parcel, write_parcel

MOST = 14
"""A fortnight of daily routines; a minute of landmarks takes 2 MB."""
_NAMED = "%Y-%m-%d %H.%M.%S"


def keep(folder: Path, began: datetime, parcel: Parcel) -> None:
    """Keep a routine, in place of what was kept of it before; the oldest beyond `MOST` go.

    Raises
    ------
    OutputError
        It cannot be written, or nobody could open it.
    HistoryError
        An old one cannot be deleted.
    """
    made(folder, worded("routines are kept there for your therapist"))
    write_parcel(folder / f"{began:{_NAMED}}{SUFFIX}", parcel)
    for path in list(kept_routines(folder).values())[MOST:]:
        _delete(path)


def kept_routines(folder: Path) -> dict[datetime, Path]:
    """When each routine that is kept began, the latest first."""
    found = {}
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found[datetime.strptime(path.stem, _NAMED)] = path
        except ValueError:
            continue  # a file of somebody else
    return dict(sorted(found.items(), reverse=True))


def forget_routines(folder: Path, day: date | None = None) -> int:
    """Delete those of one day, or all; what was in them is written over first.

    Returns
    -------
    int
        How many there were.

    Raises
    ------
    HistoryError
    """
    gone = [path for at, path in kept_routines(folder).items() if day in (None, at.date())]
    for path in gone:
        _delete(path)
    return len(gone)


def _delete(path: Path) -> None:
    with deleting(path):
        with path.open("r+b") as file:
            overwrite(file)
        path.unlink()
