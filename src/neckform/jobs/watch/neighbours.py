"""Asks now and then what else goes on: calls of other programs, and the battery."""

from __future__ import annotations

import math

from neckform.core.monitor import courtesy
from neckform.core.monitor.courtesy import Courtesy
from neckform.jobs.watch.camera_duty import CameraState
from neckform.jobs.watch.run import JUDGE_MS, Run

CALLS_EVERY_MS = 5000
BATTERY_EVERY_MS = 30_000


class Neighbours:
    """What a run knows of its surroundings.

    Attributes
    ----------
    look_ms : int
        From one look to the next.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._courtesy = Courtesy()
        self._calls_ms = self._battery_ms = -math.inf
        self.look_ms = JUDGE_MS

    def notice(self, t_ms: int) -> None:
        """Let the camera go for others, or take it back; look less often on battery."""
        run = self._run
        if run.parts.coach.exercise is not None:  # the camera is lent to neckform itself
            self._courtesy = Courtesy()
        elif t_ms - self._calls_ms >= CALLS_EVERY_MS:
            self._calls_ms = t_ms
            self._courtesy = courtesy.step(self._courtesy, t_ms, busy=run.parts.others())
        if run.parts.keeper.state is not CameraState.OVER:
            run.parts.keeper.lend(gives=self._courtesy.gives)
        if t_ms - self._battery_ms >= BATTERY_EVERY_MS:
            self._battery_ms = t_ms
            self.look_ms = run.parts.battery_ms if run.parts.on_battery() else JUDGE_MS
