"""Does what the person asks for: by a key, a button, or an order of another program."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from neckform.core.errors import OutputError
from neckform.core.monitor import monitor
from neckform.core.wording import why, worded
from neckform.jobs.watch.camera_duty import CameraState
from neckform.jobs.watch.orders import Order, snoozed_for
from neckform.jobs.watch.run import Run
from neckform.jobs.watch.teller import OF
from neckform.showing.words.phrases import WEEKDAYS
from neckform.showing.words.telling import told
from neckform.showing.words.watch_words import exercise_name, zone_name
from neckform.terminal.screen import there_is_a_screen

KEY_ORDERS = {
    "s": Order.SNOOZE_30M,
    "w": Order.WAKE,
    "t": Order.TODAY,
    "c": Order.RECALIBRATE,
    "x": Order.STRETCH,
    "q": Order.STOP,
}
KEY_HELP = worded(
    "keys: s snooze 30 min, w wake, p pause (lets the camera go), t today, c recalibrate, "
    "x stretch now, q quit"
)


class Obeying:
    """Carries out the orders to one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._doing: Mapping[Order, Callable[[int], str]] = {
            Order.STOP: self._stop,
            Order.WAKE: self._wake,
            Order.PAUSE: self._pause,
            Order.RESUME: self._resume,
            Order.RECALIBRATE: self._recalibrate,
            Order.TODAY: self._today,
            Order.STRETCH: self._stretch,
            Order.LOOK: self._look,
        }

    def obey(self, t_ms: int) -> None:
        """Carry out what was asked for since the last moment."""
        self._look_after_stretch()
        key = self._run.parts.keys.pressed()
        if key == "p":
            paused = self._run.parts.keeper.state is CameraState.PAUSED
            self._carry_out(Order.RESUME if paused else Order.PAUSE, t_ms)
        elif key in KEY_ORDERS:
            self._carry_out(KEY_ORDERS[key], t_ms)
        order = self._run.parts.running.order()
        if order is not None:
            answer = self._carry_out(order, t_ms)
            self._run.tell_status(told(answer))
        notifier = self._run.parts.notifier
        for pressed in () if notifier is None else notifier.pressed():
            name, _, posture = pressed.partition(OF)
            if posture:
                self._not_bad(posture)
            else:
                self._carry_out(Order(name), t_ms)

    def _not_bad(self, posture: str) -> None:
        run = self._run
        run.state = monitor.not_bad(run.state, posture)
        text = worded("noted: {posture} was not bad", posture=zone_name(posture, run.names))
        run.say("not-bad", text, posture=posture)

    def _carry_out(self, order: Order, t_ms: int) -> str:
        """Obey; the answer says what was done."""
        if order in self._doing:
            return self._doing[order](t_ms)
        return self._snooze(order, t_ms)

    def _stop(self, _: int) -> str:
        self._run.stopped = True
        return worded("stopped")

    def _wake(self, _: int) -> str:
        self._run.state = monitor.wake(self._run.state)
        return self._run.say("awake", worded("no longer quiet"))

    def _pause(self, _: int) -> str:
        keeper = self._run.parts.keeper
        keeper.pause()
        self._run.camera = keeper.state
        return self._run.say("paused", worded("paused: the camera is let go"))

    def _resume(self, _: int) -> str:
        keeper = self._run.parts.keeper
        if keeper.state is CameraState.PAUSED:
            keeper.resume()
            self._run.camera = keeper.state
        return self._run.say("resumed", worded("watching again"))

    def _recalibrate(self, t_ms: int) -> str:
        self._run.state = monitor.recalibrate(self._run.state)
        return self._run.ask_neutral(t_ms)

    def _stretch(self, _: int) -> str:
        run, coach = self._run, self._run.parts.coach
        if not there_is_a_screen():
            return run.say(
                "no-stretch",
                worded("there is no desktop here; neckform coach --text leads you in a terminal"),
            )
        if coach.exercise is not None:
            return run.say("stretching", worded("a stretch is open already"))
        exercise = monitor.relief(run.state)
        run.parts.keeper.pause()
        run.camera = run.parts.keeper.state
        try:
            coach.begin(exercise)
        except (OSError, OutputError) as error:
            run.parts.keeper.resume()
            return run.say(
                "no-stretch", worded("the stretch cannot be opened: {reason}", reason=why(error))
            )
        text = worded(
            "stretch now: {exercise}; the camera is lent to it",
            exercise=exercise_name(exercise, run.state.settings.stretches.by_id),
        )
        return run.say("stretching", text, stretch=exercise.stretch, side=exercise.side)

    def _look_after_stretch(self) -> None:
        """Take the camera back once the stretch has ended, and count it if it was held."""
        run, coach = self._run, self._run.parts.coach
        exercise, held = coach.exercise, coach.ended()
        if exercise is None or held is None:
            return
        coach.exercise = None
        run.parts.keeper.resume()
        run.camera = run.parts.keeper.state
        if held:
            run.state = monitor.stretched(run.state, exercise)
            run.say("stretched", worded("stretched: it counts as a break; watching again"))
        else:
            run.say("stretched-not", worded("the stretch was not held to its end; watching again"))

    def _look(self, t_ms: int) -> str:
        self._run.show_seen(t_ms)
        return ""

    def _today(self, _: int) -> str:
        run = self._run
        text = worded("{doing}; today: {today}", doing=run.doing(), today=run.today)
        return run.say("today", text, zones_ms=run.today_ms)

    def _snooze(self, order: Order, t_ms: int) -> str:
        now = self._run.parts.now()
        lasts = snoozed_for(order, now)
        until = now + lasts
        until_ms = t_ms + round(lasts.total_seconds() * 1000)
        self._run.state = monitor.snooze(self._run.state, until_ms)
        text = worded(
            "quiet until {weekday} {time}",
            weekday=WEEKDAYS[until.weekday()],
            time=f"{until:%H:%M}",
        )
        return self._run.say("snoozed", text)
