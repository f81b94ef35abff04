"""Tells the history what was done, on a thread of its own.

Another program may hold the history for long. Whoever hears "it hurts" must not wait for that, and
neither must whoever ends the program: what cannot be kept at once waits beside the history.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path

from neckform.config.paths import waiting_folder
from neckform.core.errors import HistoryError, NeckformError
from neckform.core.wording import worded
from neckform.history.entry import Entry, Scope
from neckform.history.standing import Standing, standing_of
from neckform.history.waiting import put_off
from neckform.jobs.own_history import SOON_S, own_history
from neckform.terminal.printing import err, print_note

_SCOPE = Scope(postures=False)


class HistoryWriter:
    """Keeps one routine; what comes later replaces what still waits to be kept."""

    def __init__(self, today: date, who: str | None = None) -> None:
        self._today, self._who = today, who
        self._thread = ThreadPoolExecutor(1, "history")
        self._latest: Future[Standing | None] | None = None
        self._waiting: Path | None = None

    def tell(self, entry: Entry) -> None:
        """Keep it soon; a failure is said on standard error."""
        if self._latest is not None:
            self._latest.cancel()
        self._latest = self._thread.submit(self._keep, entry)
        self._latest.add_done_callback(_say_failure)

    def wait(self, seconds: float) -> Standing | None:
        """Where the person stands, once the latest is kept; None: it waits beside the history.

        Raises
        ------
        NeckformError
            It could not be kept.
        TimeoutError
            The thread goes on trying.
        """
        assert self._latest is not None
        return self._latest.result(seconds)

    def _keep(self, entry: Entry) -> Standing | None:
        try:
            with own_history(self._who, patience_s=SOON_S) as store:
                store.keep(entry, _SCOPE)
                return standing_of(store.entries(), self._today)
        except HistoryError:
            waiting = put_off(waiting_folder(self._who), entry, _SCOPE)
            earlier, self._waiting = self._waiting, waiting
            if earlier is not None:
                earlier.unlink(missing_ok=True)
            return None


def _say_failure(done: Future[Standing | None]) -> None:
    if not done.cancelled() and isinstance(error := done.exception(), NeckformError):
        print_note(err(), worded("not kept in your history: {error}", error=error))
