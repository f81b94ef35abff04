"""The loop of the monitor: a picture, a judgement, a word where one is due, and sleep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from neckform.config.profile import write_profile
from neckform.core.errors import OutputError
from neckform.core.monitor import monitor, zones
from neckform.core.monitor.monitor import MonitorState, Watched
from neckform.core.monitor.sitter import Takeover
from neckform.core.wording import Worded, worded
from neckform.jobs.watch.camera_duty import CameraState, Keeper
from neckform.jobs.watch.day import WatchedDay
from neckform.jobs.watch.lines import Lines
from neckform.jobs.watch.orders import Order, snoozed_for
from neckform.jobs.watch.running import Running
from neckform.jobs.watch.teller import Teller
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.sources.clock import Clock
from neckform.showing.notifications import Notifier
from neckform.showing.words.phrases import WEEKDAYS, not_neutral
from neckform.showing.words.telling import told
from neckform.showing.words.watch_words import (
    lasting,
    today_line,
    zone_name,
    zones_line,
)
from neckform.terminal.interrupt import Stop
from neckform.terminal.keys import Keys

JUDGE_MS = 500
"""Twice a second."""
SEARCH_MS = 200
"""While a neutral is looked for: its second must hold several faces."""
SETTLE_MS = 3000
"""From asking for a neutral to looking for it: time to sit up."""
MINUTE_MS = 60_000
SAVE_MS = 5 * MINUTE_MS
ASLEEP_MS = 30_000
"""The computer slept when there is no moment for this long."""

KEY_ORDERS = {
    "s": Order.SNOOZE_30M,
    "w": Order.WAKE,
    "t": Order.TODAY,
    "c": Order.RECALIBRATE,
    "q": Order.STOP,
}
KEY_HELP = worded(
    "keys: s snooze 30 min, w wake, p pause (lets the camera go), t today, c recalibrate, q quit"
)
CAMERA_WORDS = {
    CameraState.RESTING: worded("nobody is there"),
    CameraState.GONE: worded("the camera is gone"),
    CameraState.PAUSED: worded("paused"),
}
CAMERA_NEWS = {
    (CameraState.ON, CameraState.RESTING): (
        "away",
        worded("nobody is there: the camera is let go, with a look now and then"),
    ),
    (CameraState.RESTING, CameraState.ON): ("back", worded("somebody is back: watching")),
    (CameraState.GONE, CameraState.ON): ("camera-back", worded("the camera is back: watching")),
}
SIT_UP = worded(
    "sit upright, face the camera from half a metre to a metre, shoulders in view, "
    "and keep still for two seconds: that is your neutral"
)


@dataclass(slots=True)
class Parts:
    """What the loop is made of; whoever makes a part opens and closes it."""

    keeper: Keeper
    clock: Clock
    glancer: Glancer
    notifier: Notifier | None
    lines: Lines
    keys: Keys
    running: Running
    stop: Stop
    now: Callable[[], datetime] = datetime.now


class Loop:
    """One run of the monitor.

    Parameters
    ----------
    days : Path or None
        Where the minutes of the days are kept; None: they are not.
    profile : Path or None
        Where a neutral that is found is kept.
    """

    def __init__(
        self,
        parts: Parts,
        state: MonitorState,
        days: Path | None = None,
        profile: Path | None = None,
    ) -> None:
        postures = state.settings.postures
        self._parts = parts
        self._state = state
        self._profile = profile
        self._names = postures.names
        self._teller = Teller(parts.lines, parts.notifier, postures)
        self._day = WatchedDay(days, parts.now().date())
        self._last_ms: int | None = None
        self._neutral_from_ms = 0
        self._minute_ms = self._saved_ms = 0
        self._zone: str | None = None
        self._camera = CameraState.ON
        self._stopped = False

    @property
    def today_ms(self) -> dict[str, int]:
        """The day's milliseconds by zone, earlier runs included."""
        return self._day.total_ms(self._state.tally.spent_ms)

    def run(self) -> None:
        """Watch until somebody stops it, or a recording ends."""
        t_ms = self._parts.clock.now_ms()
        self._minute_ms = self._saved_ms = t_ms
        self._parts.keeper.start(t_ms)
        self._save()
        self._parts.running.tell(self._status())
        self._begin(t_ms)
        try:
            while not (self._stopped or self._parts.stop()):
                t_ms = self._moment()
                self._obey(t_ms)
                if self._parts.keeper.state is CameraState.OVER:
                    break
                searching = self._state.baseline is None and t_ms >= self._neutral_from_ms
                self._parts.clock.sleep_until(t_ms + (SEARCH_MS if searching else JUDGE_MS))
        finally:
            self._parts.keeper.close()
            self._save()
        self._say(
            "end",
            worded("today: {today}", today=today_line(self.today_ms, self._names)),
            zones_ms=self.today_ms,
        )

    # --- one moment ------------------------------------------------------------------------

    def _moment(self) -> int:
        now_ms = self._parts.clock.now_ms()
        t_ms = now_ms if self._last_ms is None else max(now_ms, self._last_ms + 1)
        self._notice_sleep(t_ms)
        keeper = self._parts.keeper
        frame = keeper.picture(t_ms)
        if frame is not None and frame.t_ms > (self._last_ms or -1):
            t_ms = frame.t_ms
            if self._state.baseline is not None or t_ms >= self._neutral_from_ms:
                observation = self._parts.glancer.look(frame)
                self._state, watched = monitor.step(self._state, observation)
                keeper.somebody(t_ms, there=watched.zone != zones.AWAY)
                self._react(watched)
        elif keeper.state is CameraState.RESTING:
            self._state, _ = monitor.nobody(self._state, t_ms)
        elif keeper.state in (CameraState.PAUSED, CameraState.GONE):
            self._state = monitor.pause(self._state)
        self._last_ms = t_ms
        self._tell_camera()
        self._keep_time(t_ms)
        return t_ms

    def _react(self, watched: Watched) -> None:
        self._zone = watched.zone
        for request in watched.requests:
            self._teller.tell(request)
        if watched.takeover is not None:
            self._hand_over(watched.t_ms, watched.takeover)
        if watched.neutral_found:
            self._keep_neutral()
        if watched.misfit:
            self._teller.announce(
                "misfit",
                worded("Have you moved?"),
                worded(
                    "Your neutral no longer fits: the chair or the screen has moved. Recalibrate "
                    "with key c, or with neckform watch --recalibrate."
                ),
            )

    def _notice_sleep(self, t_ms: int) -> None:
        if self._last_ms is not None and t_ms - self._last_ms >= ASLEEP_MS:
            gap_ms = t_ms - self._last_ms
            text = worded(
                "the computer slept for {lasted}: nothing of it counts", lasted=lasting(gap_ms)
            )
            self._say("slept", text, lasted_ms=gap_ms)

    def _tell_camera(self) -> None:
        keeper = self._parts.keeper
        was, self._camera = self._camera, keeper.state
        if keeper.state is CameraState.GONE and was is not CameraState.GONE:
            self._say(
                "camera-gone", worded("{trouble} Trying again every 10 s.", trouble=keeper.trouble)
            )
        elif (was, keeper.state) in CAMERA_NEWS:
            self._say(*CAMERA_NEWS[was, keeper.state])

    # --- the neutral -----------------------------------------------------------------------

    def _begin(self, t_ms: int) -> None:
        self._teller.tell_trouble()
        if self._parts.keys.there:
            self._say("keys", KEY_HELP)
        if self._state.baseline is None:
            self._ask_neutral(t_ms)
        else:
            self._say("neutral", worded("watching; the neutral is the profile's"))

    def _ask_neutral(self, t_ms: int) -> str:
        self._neutral_from_ms = t_ms + SETTLE_MS
        return self._say("neutral-wanted", SIT_UP)

    def _hand_over(self, t_ms: int, takeover: Takeover) -> None:
        if takeover is Takeover.KNOWN:
            self._say(
                "own-neutral", worded("somebody who sat here before is back: their neutral serves")
            )
            return
        self._neutral_from_ms = t_ms + SETTLE_MS
        text = worded(
            "Somebody else sits here now, who needs a neutral of their own: {sit_up}.",
            sit_up=SIT_UP,
        )
        if self._quiet:
            self._say("somebody-else", text)
        else:
            self._teller.announce("somebody-else", worded("Somebody else?"), text)

    def _keep_neutral(self) -> None:
        text = worded("neutral found: watching")
        owned = self._state.sitter.is_owner
        if self._profile is not None and self._state.baseline is not None and owned:
            try:
                write_profile(self._profile, self._state.baseline)
                text = worded("{text}; kept in {profile}", text=text, profile=self._profile)
            except OutputError as error:
                text = worded("{text}, but {error}", text=text, error=error)
        self._say("neutral", text)

    # --- time ------------------------------------------------------------------------------

    def _keep_time(self, t_ms: int) -> None:
        if t_ms - self._minute_ms >= MINUTE_MS:
            self._minute_ms = t_ms
            self._minute()
        if t_ms - self._saved_ms >= SAVE_MS:
            self._saved_ms = t_ms
            self._save()

    def _minute(self) -> None:
        self._notice_forgotten()
        fresh = self._day.minute_ms(self._state.tally.spent_ms)
        text = zones_line(fresh, self._names) or worded("nothing watched")
        if self._state.baseline is None and self._parts.keeper.state is CameraState.ON:
            text = worded("{text}; no neutral yet: {why}", text=text, why=self._why_no_neutral())
        self._say("minute", text, zones_ms=fresh)
        self._parts.running.tell(self._status())
        day, today = self._day.date, self._parts.now().date()
        if today != day:
            self._say(
                "day",
                worded(
                    "{day}: {today}",
                    day=day.isoformat(),
                    today=today_line(self.today_ms, self._names),
                ),
            )
            self._save()
            self._begin_day(today)
            self._save()

    def _save(self) -> None:
        self._notice_forgotten()
        try:
            self._day.save(self._state.tally.spent_ms)
        except OutputError as error:
            self._say("not-saved", str(error))

    def _why_no_neutral(self) -> Worded:
        trouble = self._state.trouble
        return worded("nobody has been seen") if trouble is None else not_neutral(trouble)

    def _notice_forgotten(self) -> None:
        if self._day.forgotten:
            self._begin_day(self._day.date)

    def _begin_day(self, day: date) -> None:
        self._state = monitor.new_day(self._state)
        self._day = WatchedDay(self._day.folder, day)

    # --- orders ----------------------------------------------------------------------------

    def _obey(self, t_ms: int) -> None:
        key = self._parts.keys.pressed()
        if key == "p":
            paused = self._parts.keeper.state is CameraState.PAUSED
            self._carry_out(Order.RESUME if paused else Order.PAUSE, t_ms)
        elif key in KEY_ORDERS:
            self._carry_out(KEY_ORDERS[key], t_ms)
        order = self._parts.running.order()
        if order is not None:
            answer = self._carry_out(order, t_ms)
            self._parts.running.tell(self._status(), told(answer))

    def _carry_out(self, order: Order, t_ms: int) -> str:
        """Obey; the answer says what was done."""
        keeper = self._parts.keeper
        answer: str = worded("stopped")
        if order is Order.STOP:
            self._stopped = True
        elif order is Order.WAKE:
            self._state = monitor.wake(self._state)
            answer = self._say("awake", worded("no longer quiet"))
        elif order is Order.PAUSE:
            keeper.pause()
            self._camera = keeper.state
            answer = self._say("paused", worded("paused: the camera is let go"))
        elif order is Order.RESUME:
            if keeper.state is CameraState.PAUSED:
                keeper.resume()
                self._camera = keeper.state
            answer = self._say("resumed", worded("watching again"))
        elif order is Order.RECALIBRATE:
            self._state = monitor.recalibrate(self._state)
            answer = self._ask_neutral(t_ms)
        elif order is Order.TODAY:
            text = worded(
                "{doing}; today: {today}",
                doing=self._doing(),
                today=today_line(self.today_ms, self._names),
            )
            answer = self._say("today", text, zones_ms=self.today_ms)
        else:
            now = self._parts.now()
            lasts = snoozed_for(order, now)
            until = now + lasts
            self._state = monitor.snooze(self._state, t_ms + round(lasts.total_seconds() * 1000))
            answer = self._say(
                "snoozed",
                worded(
                    "quiet until {weekday} {time}",
                    weekday=WEEKDAYS[until.weekday()],
                    time=f"{until:%H:%M}",
                ),
            )
        return answer

    def _doing(self) -> str:
        """What the monitor does at the moment, in words."""
        camera = self._parts.keeper.state
        if camera is not CameraState.ON:
            return CAMERA_WORDS.get(camera, worded("ended"))
        if self._state.baseline is None:
            return worded("waiting for a neutral")
        zone = zone_name(self._zone or zones.UNSEEN, self._names)
        if self._quiet:
            return worded("watching, quiet, now {zone}", zone=zone)
        return worded("watching, now {zone}", zone=zone)

    @property
    def _quiet(self) -> bool:
        return self._state.alarms.snoozed(self._last_ms or 0)

    def _status(self) -> dict[str, Any]:
        return {
            "schema": "neckform/watch-status/1",
            "camera": self._parts.keeper.state.value,
            "zone": self._zone,
            "neutral": self._state.baseline is not None,
            "snoozed": self._quiet,
            "today_ms": self.today_ms,
        }

    def _say(self, event: str, text: str, **facts: Any) -> str:
        return self._teller.say(event, text, **facts)
