"""Looks up in a person's own history how far the head went before."""

from __future__ import annotations

from datetime import datetime

from neckform.config.paths import history_file
from neckform.core.errors import HistoryError
from neckform.history.best import earlier_best
from neckform.history.store import Store

_PATIENCE_S = 0.2
"""A report does not wait for the history."""


def earlier_deg(recorded_at: datetime, sha256: str, who: str | None) -> dict[str, float]:
    """Own earlier best in each direction, by the names of `Direction`.

    Empty when the history cannot be read; that is said when the recording is to be kept.
    """
    if not history_file(who).exists():
        return {}
    try:
        # Who reads waits for nobody but a program that keeps the whole file to itself.
        with Store(history_file(who), patience_s=_PATIENCE_S) as store:
            entries = store.entries()
    except HistoryError:
        return {}
    return earlier_best(entries, sha256, recorded_at)
