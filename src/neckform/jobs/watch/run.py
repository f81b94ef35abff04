"""What the monitor knows while it runs, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.observation import Observation
from neckform.core.monitor import signs, zones
from neckform.core.monitor.monitor import MonitorState
from neckform.core.wording import Worded, worded
from neckform.jobs.watch.beside.icon import Icon
from neckform.jobs.watch.beside.small_coach import SmallCoach
from neckform.jobs.watch.camera_duty import CameraState, Keeper
from neckform.jobs.watch.day import WatchedDay
from neckform.jobs.watch.lines import Lines
from neckform.jobs.watch.running import Running
from neckform.jobs.watch.teller import Teller
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.sources.clock import Clock
from neckform.showing.notifications import Notifier
from neckform.showing.video.skeleton import shoulder_places, skeleton
from neckform.showing.words.watch_words import today_line, zone_name
from neckform.terminal.interrupt import Stop
from neckform.terminal.keys import Keys

JUDGE_MS = 500
"""Twice a second."""
SETTLE_MS = 3000
"""From asking for a neutral to looking for it: time to sit up."""
SHOULDERS_MS = 3000
SHOWN_MS = 10_000
"""Who asks what the monitor sees is told for so long; who still looks asks again."""

CAMERA_WORDS = {
    CameraState.RESTING: worded("nobody is there"),
    CameraState.GONE: worded("the camera is gone"),
    CameraState.PAUSED: worded("paused"),
    CameraState.LENT: worded("quiet: another program uses the camera or shares the screen"),
}
SIT_UP = worded(
    "sit upright, face the camera from half a metre to a metre, shoulders in view, "
    "and keep still for two seconds: that is your neutral"
)


@dataclass(slots=True)
class Parts:
    """What the loop is made of; whoever makes a part opens and closes it.

    Attributes
    ----------
    others : callable
        Whether other programs use a camera or share the screen.
    on_battery : callable
    battery_ms : int
        From one look to the next on battery.
    """

    keeper: Keeper
    clock: Clock
    glancer: Glancer
    notifier: Notifier | None
    lines: Lines
    keys: Keys
    running: Running
    stop: Stop
    now: Callable[[], datetime] = datetime.now
    icon: Icon | None = None
    others: Callable[[], bool] = lambda: False
    on_battery: Callable[[], bool] = lambda: False
    battery_ms: int = JUDGE_MS
    coach: SmallCoach = field(default_factory=SmallCoach)


@dataclass(slots=True)
class Run:
    """One run of the monitor: its parts, and all that changes; those who do its work share it.

    Attributes
    ----------
    names : mapping of str to str
        Those of the postures.
    camera : CameraState
        What was told of the camera last.
    seen : Observation or None
        The latest one. It is drawn for who asks to see it, and nothing of it is kept.
    """

    parts: Parts
    state: MonitorState
    teller: Teller
    names: Mapping[str, str]
    day: WatchedDay
    last_ms: int | None = None
    neutral_from_ms: int = 0
    zone: str | None = None
    camera: CameraState = CameraState.ON
    stopped: bool = False
    seen: Observation | None = None
    _shoulders: tuple[int, NDArray[np.float64]] | None = None
    _shown_until_ms: int = 0
    _told: object = field(default=None)

    @property
    def today_ms(self) -> dict[str, int]:
        """The day's milliseconds by zone, earlier runs included."""
        return self.day.total_ms(self.state.tally.spent_ms)

    @property
    def not_bad(self) -> dict[str, int]:
        """How often today the person found a posture not bad, earlier runs included."""
        return self.day.not_bad(self.state.not_bad)

    @property
    def today(self) -> Worded:
        """The day so far, in words."""
        return today_line(self.today_ms, self.names, self.not_bad)

    @property
    def quiet(self) -> bool:
        """Whether the person wants to hear nothing for now."""
        return self.state.alarms.snoozed(self.last_ms or 0)

    @property
    def sign(self) -> signs.Sign:
        """What an icon shows."""
        state = self.parts.keeper.state
        return signs.sign_of(
            self.zone if self.state.baseline is not None else None,
            watching=state is CameraState.ON,
            paused=state in (CameraState.PAUSED, CameraState.LENT),
        )

    def say(self, event: str, text: str, **facts: Any) -> str:
        """Print a line; the answer is its text."""
        return self.teller.say(event, text, **facts)

    def ask_neutral(self, t_ms: int) -> str:
        """Ask the person to sit up, and look for the neutral a little later."""
        self.neutral_from_ms = t_ms + SETTLE_MS
        return self.say("neutral-wanted", SIT_UP)

    def doing(self) -> str:
        """What the monitor does at the moment, in words."""
        camera = self.parts.keeper.state
        if camera is not CameraState.ON:
            return CAMERA_WORDS.get(camera, worded("ended"))
        if self.state.baseline is None:
            return worded("waiting for a neutral")
        zone = zone_name(self.zone or zones.UNSEEN, self.names)
        if self.quiet:
            return worded("watching, quiet, now {zone}", zone=zone)
        return worded("watching, now {zone}", zone=zone)

    # --- what others are told --------------------------------------------------------------

    def tell_status(self, said: str | None = None) -> None:
        """Write the status for other programs; `said` answers the last order."""
        self._told = self._news()
        self.parts.running.tell(self._status(), said)

    def tell_news(self) -> None:
        """Write the status if an icon or a page would show something else now."""
        if self.showing or self._news() != self._told:
            self.tell_status()

    def see(self, observation: Observation) -> None:
        """Remember what is seen; of the shoulders, for a moment: not every look is for them."""
        self.seen = observation
        places = shoulder_places(observation)
        if places is not None:
            self._shoulders = observation.t_ms, places

    def show_seen(self, t_ms: int) -> None:
        """Tell what is seen, drawn, for a while from now on."""
        self._shown_until_ms = t_ms + SHOWN_MS

    @property
    def showing(self) -> bool:
        """Whether somebody looks at what the monitor sees."""
        return (self.last_ms or 0) < self._shown_until_ms

    def _news(self) -> object:
        return self.sign, self.zone, self.not_bad, self.parts.keeper.state, self.quiet, self.showing

    def _status(self) -> dict[str, Any]:
        status = {
            "schema": "neckform/watch-status/1",
            "camera": self.parts.keeper.state.value,
            "zone": self.zone,
            "sign": self.sign.value,
            "neutral": self.state.baseline is not None,
            "snoozed": self.quiet,
            "today_ms": self.today_ms,
            "not_bad": self.not_bad,
        }
        if self.showing:
            status["seen"] = self._drawn()
        return status

    def _drawn(self) -> dict[str, Any] | None:
        seen = self.seen
        if seen is None or self.parts.keeper.state is not CameraState.ON:
            return None
        at_ms, places = self._shoulders or (-SHOULDERS_MS, None)
        width, height = seen.size
        drawn = skeleton(seen, places if seen.t_ms - at_ms < SHOULDERS_MS else None)
        return {**drawn, "width": width, "height": height}
