"""Tells the history what was done, on a thread of its own.

Another program may hold the history for seconds. Whoever hears "it hurts" must not wait for that.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

from neckform.config.paths import history_file
from neckform.core.errors import NeckformError
from neckform.history.days import days_of, streak
from neckform.history.entry import Entry, Scope
from neckform.history.store import Store
from neckform.terminal.printing import err, print_note

_PATIENCE_S = 30.0
"""How long the thread itself tries; the program's end waits for it."""


class HistoryWriter:
    """Keeps one routine; what comes later replaces what still waits to be kept."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._thread = ThreadPoolExecutor(1, "history")
        self._latest: Future[int] | None = None

    def tell(self, entry: Entry) -> None:
        """Keep it soon; a failure is said on standard error."""
        if self._latest is not None:
            self._latest.cancel()
        self._latest = self._thread.submit(self._keep, entry)
        self._latest.add_done_callback(_say_failure)

    def wait(self, seconds: float) -> int:
        """Days in a row, once the latest is kept.

        Raises
        ------
        NeckformError
            It could not be kept.
        TimeoutError
            It waits for another program; the thread goes on trying.
        """
        assert self._latest is not None
        return self._latest.result(seconds)

    def _keep(self, entry: Entry) -> int:
        with Store(history_file(), patience_s=_PATIENCE_S) as store:
            store.keep(entry, Scope(postures=False))
            return streak(days_of(store.entries(), ()), self._today)


def _say_failure(done: Future[int]) -> None:
    if not done.cancelled() and isinstance(error := done.exception(), NeckformError):
        print_note(err(), f"not kept in your history: {error}")
