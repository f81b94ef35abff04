"""The minutes of one day in each zone: this run's, and those of earlier runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from neckform.core.errors import OutputError
from neckform.core.monitor.zones import plus
from neckform.history.watched import day_file, read_day, read_not_bad, write_day


class WatchedDay:
    """A day and its file.

    Parameters
    ----------
    folder : Path or None
        Where the days are kept; None: they are not.
    day : date

    Attributes
    ----------
    folder : Path or None
        None, too, once the day could not be written.
    """

    def __init__(self, folder: Path | None, day: date) -> None:
        self.folder = folder
        self.date = day
        self._earlier: Mapping[str, int] = {} if folder is None else read_day(folder, day)
        self._earlier_not_bad = {} if folder is None else read_not_bad(folder, day)
        self._minute: Mapping[str, int] = {}
        self._kept = False

    @property
    def forgotten(self) -> bool:
        """Whether the day's file has gone: ``neckform history forget`` took it."""
        return (
            self._kept and self.folder is not None and not day_file(self.folder, self.date).exists()
        )

    def total_ms(self, spent_ms: Mapping[str, int]) -> dict[str, int]:
        """Milliseconds by zone of the whole day; `spent_ms` are those of this run."""
        total = self._earlier
        for zone, spent in spent_ms.items():
            total = plus(total, zone, spent)
        return dict(total)

    def not_bad(self, counts: Mapping[str, int]) -> dict[str, int]:
        """How often a posture was found not bad this day; `counts` are those of this run."""
        both = {**self._earlier_not_bad, **counts}
        return {name: self._earlier_not_bad.get(name, 0) + counts.get(name, 0) for name in both}

    def minute_ms(self, spent_ms: Mapping[str, int]) -> dict[str, int]:
        """Milliseconds by zone of this run since the last call."""
        fresh = {zone: spent - self._minute.get(zone, 0) for zone, spent in spent_ms.items()}
        self._minute = dict(spent_ms)
        return fresh

    def save(self, spent_ms: Mapping[str, int], not_bad: Mapping[str, int]) -> None:
        """Write the day's file, where days are kept.

        Raises
        ------
        OutputError
            Once: the day is not kept from then on.
        """
        if self.folder is None:
            return
        try:
            write_day(self.folder, self.date, self.total_ms(spent_ms), self.not_bad(not_bad))
        except OutputError:
            self.folder = None
            raise
        self._kept = True
