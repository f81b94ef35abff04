"""The history of the user, or of somebody whom they look after, for whichever command needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neckform.config.paths import history_file, waiting_folder
from neckform.history.store import PATIENCE_S, Store
from neckform.history.waiting import anything_waits, take_in

SOON_S = 1.0
"""How long whoever ends waits for another program; then what was done waits beside the history."""


@contextmanager
def own_history(
    who: str | None = None,
    *,
    patience_s: float = PATIENCE_S,
    passed_over: list[str] | None = None,
) -> Iterator[Store]:
    """Open the history, and take in what waits beside it.

    Parameters
    ----------
    who : str, optional
        Whose; the user's without.
    passed_over : list of str, optional
        Gets a line for each waiting file that is damaged.

    Raises
    ------
    HistoryError
    """
    with Store(history_file(who), patience_s=patience_s) as store:
        lines = take_in(store, waiting_folder(who))
        if passed_over is not None:
            passed_over += lines
        yield store


def is_anything_kept(who: str | None = None) -> bool:
    """Whether there is a history, or something for one; looking makes no file."""
    return history_file(who).exists() or anything_waits(waiting_folder(who))
