"""What waits beside a history that cannot be written to at the moment.

Each recording or routine waits in a small file of its own, which is a history itself and says what
was looked for. Whoever opens the history next takes it in, whichever program that is; so nobody has
to wait until another program lets go.
"""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

from neckform.core.errors import HistoryError
from neckform.core.types import Exercise, Side
from neckform.core.wording import why, worded
from neckform.files import parsed_json, partial_of
from neckform.history.deleting import deleting
from neckform.history.entry import Entry, Scope
from neckform.history.store import Store

_SUFFIX = ".db"
_SCOPE = "CREATE TABLE looked_for (scope TEXT NOT NULL)"


def put_off(folder: Path, entry: Entry, scope: Scope | None = None) -> Path:
    """Let an entry wait, with what was looked for; answers with its file.

    Raises
    ------
    HistoryError
    """
    # Later files count more: a routine is told again as it goes on.
    path = folder / f"{time.time_ns():020}{_SUFFIX}"
    partial = partial_of(path)
    with Store(partial) as store:
        store.keep(entry)
        with store.transaction() as connection:
            connection.execute(_SCOPE)
            text = _as_text(scope or Scope())
            connection.execute("INSERT INTO looked_for VALUES (?)", (text,))
    try:
        return partial.replace(path)
    except OSError as error:
        raise HistoryError(
            worded("{path} cannot be written: {reason}", path=path, reason=why(error))
        ) from error


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
                with waiting.transaction("BEGIN") as connection:
                    scope = _scope_in(connection)
        except HistoryError as error:
            passed_over.append(str(error))
            continue
        except ValueError as error:
            passed_over.append(f"{path} is damaged and passed over ({error})")
            continue
        for entry in entries:
            store.keep(entry, scope)
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
        with deleting(path):
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"[0-9]*{_SUFFIX}"))


def _as_text(scope: Scope) -> str:
    only = sorted(([one.stretch, one.side] for one in scope.only), key=str)
    return json.dumps([scope.stretches, only, scope.postures])


def _scope_in(connection: sqlite3.Connection) -> Scope:
    """What was looked for; all, in a file of a neckform that did not say so."""
    if not connection.execute("PRAGMA table_info(looked_for)").fetchall():
        return Scope()
    try:
        (text,) = connection.execute("SELECT scope FROM looked_for LIMIT 1").fetchone()
        stretches, only, postures = parsed_json(text)
        exercises = frozenset(
            Exercise(str(name), None if side is None else Side(side)) for name, side in only
        )
    except (TypeError, sqlite3.OperationalError):
        raise ValueError("it does not say what was looked for") from None
    return Scope(stretches is True, exercises, postures is True)
