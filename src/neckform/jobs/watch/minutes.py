"""Keeps the minutes: a line each minute, a file every five, and a new day after midnight."""

from __future__ import annotations

from datetime import date

from neckform.core.errors import OutputError
from neckform.core.monitor import monitor
from neckform.core.wording import Worded, worded
from neckform.jobs.watch.camera_duty import CameraState
from neckform.jobs.watch.day import WatchedDay
from neckform.jobs.watch.run import Run
from neckform.showing.words.phrases import not_neutral
from neckform.showing.words.watch_words import zones_line

MINUTE_MS = 60_000
SAVE_MS = 5 * MINUTE_MS


class Minutes:
    """The minutes of one run.

    Parameters
    ----------
    t_ms : int
        Now.
    """

    def __init__(self, run: Run, t_ms: int) -> None:
        self._run = run
        self._minute_ms = self._saved_ms = t_ms

    def pass_by(self, t_ms: int) -> None:
        """Do what is due at this moment."""
        if t_ms - self._minute_ms >= MINUTE_MS:
            self._minute_ms = t_ms
            self._minute()
        if t_ms - self._saved_ms >= SAVE_MS:
            self._saved_ms = t_ms
            self.save()

    def _minute(self) -> None:
        self._notice_forgotten()
        fresh = self._run.day.minute_ms(self._run.state.tally.spent_ms)
        text = zones_line(fresh, self._run.names) or worded("nothing watched")
        if self._run.state.baseline is None and self._run.parts.keeper.state is CameraState.ON:
            text = worded("{text}; no neutral yet: {why}", text=text, why=self._why_no_neutral())
        self._run.say("minute", text, zones_ms=fresh)
        self._run.tell_status()
        day, today = self._run.day.date, self._run.parts.now().date()
        if today != day:
            self._run.say(
                "day",
                worded(
                    "{day}: {today}",
                    day=day.isoformat(),
                    today=self._run.today,
                ),
            )
            self.save()
            self._begin_day(today)
            self.save()

    def save(self) -> None:
        """Write the day's file; where that is not possible, it is said once."""
        self._notice_forgotten()
        try:
            self._run.day.save(self._run.state.tally.spent_ms, self._run.state.not_bad)
        except OutputError as error:
            self._run.say("not-saved", str(error))

    def _why_no_neutral(self) -> Worded:
        trouble = self._run.state.trouble
        return worded("nobody has been seen") if trouble is None else not_neutral(trouble)

    def _notice_forgotten(self) -> None:
        if self._run.day.forgotten:
            self._begin_day(self._run.day.date)

    def _begin_day(self, day: date) -> None:
        self._run.state = monitor.new_day(self._run.state)
        self._run.day = WatchedDay(self._run.day.folder, day)
