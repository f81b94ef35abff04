"""The loop of the monitor: a picture, a judgement, a word where one is due, and sleep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from neckform.config.profile import write_profile
from neckform.core.errors import OutputError
from neckform.core.measure.observation import Baseline
from neckform.core.monitor import monitor, zones
from neckform.core.monitor.monitor import MonitorState, Watched
from neckform.core.monitor.sitter import Takeover
from neckform.core.wording import worded
from neckform.jobs.watch.camera_duty import CameraState
from neckform.jobs.watch.day import WatchedDay
from neckform.jobs.watch.minutes import Minutes
from neckform.jobs.watch.neighbours import Neighbours
from neckform.jobs.watch.obeying import KEY_HELP, Obeying
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.run import SETTLE_MS, SIT_UP, Parts, Run
from neckform.jobs.watch.teller import Teller
from neckform.showing.words.watch_words import lasting

SEARCH_MS = 200
"""While a neutral is looked for: its second must hold several faces."""
ASLEEP_MS = 30_000
"""The computer slept when there is no moment for this long."""

CAMERA_NEWS = {
    (CameraState.ON, CameraState.RESTING): (
        "away",
        worded("nobody is there: the camera is let go, with a look now and then"),
    ),
    (CameraState.LENT, CameraState.ON): (
        "call-over",
        worded("the camera is free again: watching"),
    ),
    (CameraState.RESTING, CameraState.ON): ("back", worded("somebody is back: watching")),
    (CameraState.GONE, CameraState.ON): ("camera-back", worded("the camera is back: watching")),
}
CALL = worded(
    "another program uses the camera or shares the screen: "
    "quiet, and the camera is let go, until that is over"
)


class Loop:
    """One run of the monitor.

    Parameters
    ----------
    days : Path or None
        Where the minutes of the days are kept; None: they are not.
    profile : Path or None
        Where a neutral that is found is kept.
    keep_places : callable, optional
        Keeps the neutrals of all places, that of this one last; None: they are not kept.
    """

    def __init__(
        self,
        parts: Parts,
        state: MonitorState,
        days: Path | None = None,
        profile: Path | None = None,
        keep_places: Callable[[Sequence[Baseline]], None] | None = None,
    ) -> None:
        postures = state.settings.postures
        self._run = Run(
            parts,
            state,
            Teller(parts.lines, parts.notifier, postures, state.settings.stretches.by_id),
            postures.names,
            WatchedDay(days, parts.now().date()),
        )
        self._profile = profile
        self._keep = keep_places
        self._minutes = Minutes(self._run, parts.clock.now_ms())
        self._obeying = Obeying(self._run)
        self._neighbours = Neighbours(self._run)

    @property
    def today_ms(self) -> dict[str, int]:
        """The day's milliseconds by zone, earlier runs included."""
        return self._run.today_ms

    def run(self) -> None:
        """Watch until somebody stops it, or a recording ends."""
        run, parts = self._run, self._run.parts
        t_ms = parts.clock.now_ms()
        parts.keeper.start(t_ms)
        self._minutes.save()
        run.tell_status()
        self._begin(t_ms)
        try:
            while not (run.stopped or parts.stop()):
                t_ms = self._moment()
                self._obeying.obey(t_ms)
                if parts.keeper.state is CameraState.OVER:
                    break
                run.tell_news()
                searching = run.state.baseline is None and t_ms >= run.neutral_from_ms
                parts.clock.sleep_until(
                    t_ms + (SEARCH_MS if searching else self._neighbours.look_ms)
                )
        finally:
            parts.keeper.close()
            self._minutes.save()
        run.say(
            "end",
            worded("today: {today}", today=run.today),
            zones_ms=run.today_ms,
        )

    # --- one moment ------------------------------------------------------------------------

    def _moment(self) -> int:
        run, keeper = self._run, self._run.parts.keeper
        now_ms = run.parts.clock.now_ms()
        t_ms = now_ms if run.last_ms is None else max(now_ms, run.last_ms + 1)
        self._notice_sleep(t_ms)
        self._neighbours.notice(t_ms)
        frame = keeper.picture(t_ms)
        if frame is not None and frame.t_ms > (run.last_ms or -1):
            t_ms = frame.t_ms
            judging = run.state.baseline is not None or t_ms >= run.neutral_from_ms
            if judging or run.showing:
                run.see(run.parts.glancer.look(frame))
            if judging and run.seen is not None:
                run.state, watched = monitor.step(run.state, run.seen)
                keeper.somebody(t_ms, there=watched.zone != zones.AWAY)
                self._react(watched)
        elif keeper.state is CameraState.RESTING:
            run.state, _ = monitor.nobody(run.state, t_ms)
        elif keeper.state in (CameraState.PAUSED, CameraState.LENT, CameraState.GONE):
            run.state = monitor.pause(run.state)
        run.last_ms = t_ms
        self._tell_camera()
        icon = run.parts.icon
        if icon is not None and (trouble := icon.trouble()) is not None:
            run.say("no-icon", trouble)
        self._minutes.pass_by(t_ms)
        return t_ms

    def _react(self, watched: Watched) -> None:
        self._run.zone = watched.zone
        for request in watched.requests:
            self._run.teller.tell(request, monitor.relief(self._run.state))
        if watched.takeover is not None:
            self._hand_over(watched.t_ms, watched.takeover)
        if watched.neutral_found:
            self._keep_neutral()
            self._keep_places()
        if watched.place:
            self._run.say("place", worded("this place is known: its own neutral serves"))
            self._keep_places()
        if watched.misfit:
            self._run.teller.announce(
                "misfit",
                worded("Have you moved?"),
                worded(
                    "Your neutral no longer fits: chair, screen or camera stand in another way. "
                    "Sit up and take a new one: with the button, key c, or neckform watch "
                    "--recalibrate."
                ),
                buttons={Order.RECALIBRATE: worded("New neutral")},
            )

    def _notice_sleep(self, t_ms: int) -> None:
        if self._run.last_ms is not None and t_ms - self._run.last_ms >= ASLEEP_MS:
            gap_ms = t_ms - self._run.last_ms
            text = worded(
                "the computer slept for {lasted}: nothing of it counts", lasted=lasting(gap_ms)
            )
            self._run.say("slept", text, lasted_ms=gap_ms)

    def _tell_camera(self) -> None:
        keeper = self._run.parts.keeper
        was, self._run.camera = self._run.camera, keeper.state
        if keeper.state is CameraState.GONE and was is not CameraState.GONE:
            self._run.say(
                "camera-gone", worded("{trouble} Trying again every 10 s.", trouble=keeper.trouble)
            )
        elif keeper.state is CameraState.LENT and was is not CameraState.LENT:
            self._run.say("call", CALL)
        elif (was, keeper.state) in CAMERA_NEWS:
            self._run.say(*CAMERA_NEWS[was, keeper.state])

    # --- the neutral -----------------------------------------------------------------------

    def _begin(self, t_ms: int) -> None:
        self._run.teller.tell_trouble()
        if self._run.parts.keys.there:
            self._run.say("keys", KEY_HELP)
        if self._run.state.baseline is None:
            self._run.ask_neutral(t_ms)
        else:
            self._run.say("neutral", worded("watching; the neutral is the profile's"))

    def _hand_over(self, t_ms: int, takeover: Takeover) -> None:
        if takeover is Takeover.KNOWN:
            self._run.say(
                "own-neutral", worded("somebody who sat here before is back: their neutral serves")
            )
            return
        self._run.neutral_from_ms = t_ms + SETTLE_MS
        text = worded(
            "Somebody else sits here now, who needs a neutral of their own: {sit_up}.",
            sit_up=SIT_UP,
        )
        if self._run.quiet:
            self._run.say("somebody-else", text)
        else:
            self._run.teller.announce("somebody-else", worded("Somebody else?"), text)

    def _keep_places(self) -> None:
        state = self._run.state
        if self._keep is None or state.baseline is None or not state.sitter.is_owner:
            return
        try:
            self._keep((*state.places.baselines, state.baseline))
        except OutputError as error:
            self._keep = None
            self._run.say("not-saved", str(error))

    def _keep_neutral(self) -> None:
        text = worded("neutral found: watching")
        owned = self._run.state.sitter.is_owner
        if self._profile is not None and self._run.state.baseline is not None and owned:
            try:
                write_profile(self._profile, self._run.state.baseline)
                text = worded("{text}; kept in {profile}", text=text, profile=self._profile)
            except OutputError as error:
                text = worded("{text}, but {error}", text=text, error=error)
        self._run.say("neutral", text)
