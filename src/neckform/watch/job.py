"""The loop of the monitor: a picture, a judgement, a word where one is due, and sleep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from neckform.core import watching, zones
from neckform.core.alarms import Request, RequestKind
from neckform.core.errors import OutputError
from neckform.core.observation import Baseline
from neckform.core.posture import STATIC, PostureSettings
from neckform.core.watching import Watched, Watching
from neckform.history.watched import day_file, read_day, write_day
from neckform.interrupt import Stop
from neckform.keys import Keys
from neckform.profile import write_profile
from neckform.sensing.clock import Clock
from neckform.sensing.glance import Glancer
from neckform.showing.notifications import Notifier
from neckform.showing.watch_lines import Lines
from neckform.showing.watch_words import lasting, today_line, zone_name, zones_line
from neckform.watch.keeper import CameraState, Keeper
from neckform.watch.orders import Order, snoozed_for
from neckform.watch.running import Running

JUDGE_MS = 500
"""Twice a second."""
SEARCH_MS = 200
"""While a neutral is looked for: its second must hold several faces."""
SETTLE_MS = 3000
"""From asking for a neutral to looking for it: time to sit up."""
MINUTE_MS = 60_000
SAVE_MS = 5 * MINUTE_MS
ASLEEP_MS = 30_000
"""No moment for this long: the computer slept."""

_KEYS = {
    "s": Order.SNOOZE_30M,
    "w": Order.WAKE,
    "t": Order.TODAY,
    "c": Order.RECALIBRATE,
    "q": Order.STOP,
}
KEY_HELP = (
    "keys: s snooze 30 min, w wake, p pause (lets the camera go), t today, c recalibrate, q quit"
)
_CAMERA_WORDS = {
    CameraState.RESTING: "nobody is there",
    CameraState.GONE: "the camera is gone",
    CameraState.PAUSED: "paused",
}
SIT_UP = (
    "sit upright, face the camera from half a metre to a metre, shoulders in view, and keep still "
    "for two seconds: that is your neutral"
)


@dataclass(slots=True)
class Parts:
    """What the loop is made of; each is opened and closed by who made it."""

    keeper: Keeper
    clock: Clock
    glancer: Glancer
    notifier: Notifier | None
    lines: Lines
    keys: Keys
    running: Running
    stop: Stop
    now: Callable[[], datetime] = datetime.now


@dataclass(slots=True)
class Loop:
    """One run of the monitor.

    Parameters
    ----------
    days : Path or None
        Where the minutes of the days are kept; None: they are not.
    profile : Path or None
        Where a neutral that is found is kept.
    """

    parts: Parts
    state: Watching
    days: Path | None = None
    profile: Path | None = None
    _earlier: Mapping[str, int] = field(default_factory=dict)
    _day: date = field(init=False)
    _last_ms: int | None = None
    _neutral_from_ms: int = 0
    _minute_ms: int = 0
    _minute_spent: Mapping[str, int] = field(default_factory=dict)
    _saved_ms: int = 0
    _zone: str | None = None
    _was: CameraState = CameraState.ON
    _said_trouble: str | None = None
    _kept: bool = False
    _stopped: bool = False

    def __post_init__(self) -> None:
        self._day = self.parts.now().date()
        if self.days is not None:
            self._earlier = read_day(self.days, self._day)

    @property
    def _names(self) -> Mapping[str, str]:
        return self._postures.names

    @property
    def _postures(self) -> PostureSettings:
        return self.state.settings.postures

    @property
    def today_ms(self) -> dict[str, int]:
        """The day's milliseconds by zone, earlier runs included."""
        today = dict(self._earlier)
        for zone, spent in self.state.tally.spent_ms.items():
            today[zone] = today.get(zone, 0) + spent
        return today

    def run(self) -> None:
        """Watch until somebody stops it, or a recording ends."""
        t_ms = self.parts.clock.now_ms()
        self._minute_ms = self._saved_ms = t_ms
        self.parts.keeper.start(t_ms)
        self._save()
        self.parts.running.tell(self._status())
        self._begin(t_ms)
        try:
            while not (self._stopped or self.parts.stop()):
                t_ms = self._moment()
                self._obey(t_ms)
                if self.parts.keeper.state is CameraState.OVER:
                    break
                searching = self.state.baseline is None and t_ms >= self._neutral_from_ms
                self.parts.clock.sleep_until(t_ms + (SEARCH_MS if searching else JUDGE_MS))
        finally:
            self.parts.keeper.close()
            self._save()
        self._say("end", f"today: {today_line(self.today_ms, self._names)}", zones_ms=self.today_ms)

    # --- one moment ------------------------------------------------------------------------

    def _moment(self) -> int:
        now_ms = self.parts.clock.now_ms()
        t_ms = now_ms if self._last_ms is None else max(now_ms, self._last_ms + 1)
        self._notice_sleep(t_ms)
        keeper = self.parts.keeper
        frame = keeper.picture(t_ms)
        if frame is not None and frame.t_ms > (self._last_ms or -1):
            t_ms = frame.t_ms
            if self.state.baseline is not None or t_ms >= self._neutral_from_ms:
                self.state, watched = watching.step(self.state, self.parts.glancer.look(frame))
                keeper.somebody(t_ms, there=watched.zone != zones.AWAY)
                self._react(watched)
        elif keeper.state is CameraState.RESTING:
            self.state, _ = watching.nobody(self.state, t_ms)
        elif keeper.state in (CameraState.PAUSED, CameraState.GONE):
            self.state = watching.pause(self.state)
        self._last_ms = t_ms
        self._tell_camera()
        self._keep_time(t_ms)
        return t_ms

    def _react(self, watched: Watched) -> None:
        self._zone = watched.zone
        for request in watched.requests:
            self._tell(request)
        if watched.neutral_found:
            self._keep_neutral(self.state.baseline)
        if watched.misfit:
            self._announce(
                "misfit",
                "Have you moved?",
                "Your neutral no longer fits: the chair or the screen has moved. Recalibrate with "
                "key c, or with neckform watch --recalibrate.",
            )

    def _tell(self, request: Request) -> None:
        lasted = lasting(request.lasted_ms)
        facts: dict[str, Any] = {"posture": request.posture, "lasted_ms": request.lasted_ms}
        if request.kind is RequestKind.BREAK:
            self._announce(
                "break",
                "Two minutes for your neck?",
                f"You have sat for {lasted}. neckform coach takes you through the stretches.",
                **facts,
            )
            return
        posture = request.posture or ""
        name, advice = self._names.get(posture, posture), self._advice(posture)
        if request.kind is RequestKind.EASED:
            self._say("eased", "good again", **facts)
        else:
            notice = request.kind is RequestKind.NOTICE
            title = f"{name} for {lasted}" if notice else name
            self._announce(request.kind.value, title, advice, urgent=notice, **facts)

    def _advice(self, posture: str) -> str:
        if posture == STATIC:
            return self._postures.static.advice
        return next((one.advice for one in self._postures.postures if one.id == posture), "")

    def _announce(
        self, event: str, title: str, text: str, *, urgent: bool = False, **facts: Any
    ) -> None:
        """On the terminal, and as a notification."""
        end = "" if title.endswith("?") else "."
        self._say(event, f"{title}{end} {text}", **facts)
        notifier = self.parts.notifier
        if notifier is not None:
            notifier.show(title, text, urgent=urgent)
            self.tell_trouble(notifier)

    def tell_trouble(self, notifier: Notifier) -> None:
        """Say once why there are no notifications."""
        if notifier.trouble is not None and notifier.trouble != self._said_trouble:
            self._say("no-notifications", notifier.trouble)
        self._said_trouble = notifier.trouble

    # --- the neutral -----------------------------------------------------------------------

    def _begin(self, t_ms: int) -> None:
        if self.parts.notifier is not None:
            self.tell_trouble(self.parts.notifier)
        if self.parts.keys.there:
            self._say("keys", KEY_HELP)
        if self.state.baseline is None:
            self._ask_neutral(t_ms)
        else:
            self._say("neutral", "watching; the neutral is the profile's")

    def _ask_neutral(self, t_ms: int) -> str:
        self._neutral_from_ms = t_ms + SETTLE_MS
        return self._say("neutral-wanted", SIT_UP)

    def _keep_neutral(self, baseline: Baseline | None) -> None:
        text = "neutral found: watching"
        if self.profile is not None and baseline is not None:
            try:
                write_profile(self.profile, baseline)
                text += f"; kept in {self.profile}"
            except OutputError as error:
                text += f", but {error}"
        self._say("neutral", text)

    # --- the camera ------------------------------------------------------------------------

    def _tell_camera(self) -> None:
        keeper = self.parts.keeper
        was, self._was = self._was, keeper.state
        if was is keeper.state:
            return
        if keeper.state is CameraState.GONE:
            self._say("camera-gone", f"{keeper.trouble} Trying again every 10 s.")
        elif keeper.state is CameraState.RESTING and was is CameraState.ON:
            self._say("away", "nobody is there: the camera is let go, with a look now and then")
        elif keeper.state is CameraState.ON and was is CameraState.RESTING:
            self._say("back", "somebody is back: watching")
        elif keeper.state is CameraState.ON and was is CameraState.GONE:
            self._say("camera-back", "the camera is back: watching")

    def _notice_sleep(self, t_ms: int) -> None:
        if self._last_ms is not None and t_ms - self._last_ms >= ASLEEP_MS:
            gap_ms = t_ms - self._last_ms
            self._say(
                "slept", f"the computer slept for {lasting(gap_ms)}: nothing of it counts",
                lasted_ms=gap_ms,
            )  # fmt: skip

    # --- time ------------------------------------------------------------------------------

    def _keep_time(self, t_ms: int) -> None:
        if t_ms - self._minute_ms >= MINUTE_MS:
            self._minute_ms = t_ms
            self._minute()
        if t_ms - self._saved_ms >= SAVE_MS:
            self._saved_ms = t_ms
            self._save()

    def _minute(self) -> None:
        if self.days is not None:
            self._notice_forgotten(self.days)
        spent = self.state.tally.spent_ms
        fresh = {zone: ms - self._minute_spent.get(zone, 0) for zone, ms in spent.items()}
        self._minute_spent = dict(spent)
        text = zones_line(fresh, self._names) or "nothing watched"
        if self.state.baseline is None and self.parts.keeper.state is CameraState.ON:
            text += f"; no neutral yet: {self.state.trouble or 'nobody has been seen'}"
        self._say("minute", text, zones_ms=fresh)
        self.parts.running.tell(self._status())
        today = self.parts.now().date()
        if today != self._day:
            self._say("day", f"{self._day.isoformat()}: {today_line(self.today_ms, self._names)}")
            self._save()
            self.state = watching.new_day(self.state)
            self._day, self._earlier, self._minute_spent = today, {}, {}
            self._kept = False
            self._save()

    def _save(self) -> None:
        if self.days is None:
            return
        self._notice_forgotten(self.days)
        try:
            write_day(self.days, self._day, self.today_ms)
            self._kept = True
        except OutputError as error:
            self._say("not-saved", str(error))
            self.days = None  # said once

    def _notice_forgotten(self, days: Path) -> None:
        """Begin the day afresh when its file has gone: neckform history forget took it."""
        if self._kept and not day_file(days, self._day).exists():
            self.state = watching.new_day(self.state)
            self._earlier, self._minute_spent = {}, {}
            self._kept = False

    # --- orders ----------------------------------------------------------------------------

    def _obey(self, t_ms: int) -> None:
        key = self.parts.keys.pressed()
        if key == "p":
            paused = self.parts.keeper.state is CameraState.PAUSED
            self._carry_out(Order.RESUME if paused else Order.PAUSE, t_ms)
        elif key in _KEYS:
            self._carry_out(_KEYS[key], t_ms)
        order = self.parts.running.order()
        if order is not None:
            said = self._carry_out(order, t_ms)
            self.parts.running.tell(self._status(), said)

    def _carry_out(self, order: Order, t_ms: int) -> str:
        """Obey, and say what was done."""
        deeds: dict[Order, Callable[[int], str]] = {
            Order.WAKE: self._wake,
            Order.PAUSE: self._pause,
            Order.RESUME: self._resume,
            Order.RECALIBRATE: self._recalibrate,
            Order.STOP: self._stop,
            Order.TODAY: self._tell_today,
        }
        return deeds[order](t_ms) if order in deeds else self._snooze(order, t_ms)

    def _snooze(self, order: Order, t_ms: int) -> str:
        now = self.parts.now()
        lasts = snoozed_for(order, now)
        self.state = watching.snooze(self.state, t_ms + round(lasts.total_seconds() * 1000))
        return self._say("snoozed", f"quiet until {now + lasts:%A %H:%M}")

    def _wake(self, _t_ms: int) -> str:
        self.state = watching.wake(self.state)
        return self._say("awake", "no longer quiet")

    def _pause(self, _t_ms: int) -> str:
        self.parts.keeper.pause()
        self._was = self.parts.keeper.state
        return self._say("paused", "paused: the camera is let go")

    def _resume(self, _t_ms: int) -> str:
        if self.parts.keeper.state is CameraState.PAUSED:
            self.parts.keeper.resume()
            self._was = self.parts.keeper.state
        return self._say("resumed", "watching again")

    def _recalibrate(self, t_ms: int) -> str:
        self.state = watching.recalibrate(self.state)
        return self._ask_neutral(t_ms)

    def _stop(self, _t_ms: int) -> str:
        self._stopped = True
        return "stopped"

    def _tell_today(self, _t_ms: int) -> str:
        text = f"{self._doing()}; today: {today_line(self.today_ms, self._names)}"
        return self._say("today", text, zones_ms=self.today_ms)

    def _doing(self) -> str:
        """What it is doing at the moment, in words."""
        camera = self.parts.keeper.state
        if camera is not CameraState.ON:
            return _CAMERA_WORDS.get(camera, "ended")
        if self.state.baseline is None:
            return "waiting for a neutral"
        quiet = ", quiet" if self.state.alarms.snoozed(self._last_ms or 0) else ""
        zone = zone_name(self._zone or zones.UNSEEN, self._names)
        return f"watching{quiet}, now {zone}"

    def _status(self) -> dict[str, Any]:
        return {
            "schema": "neckform/watch-status/1",
            "camera": self.parts.keeper.state.value,
            "zone": self._zone,
            "neutral": self.state.baseline is not None,
            "snoozed": self.state.alarms.snoozed(self._last_ms or 0),
            "today_ms": self.today_ms,
        }

    def _say(self, event: str, text: str, **facts: Any) -> str:
        self.parts.lines.say(event, text, **facts)
        return text
