"""The monitor's loop with a camera that obeys a script, on a clock that does not wait.

There is no camera on a test machine, so the source is the one thing that is made up; models,
judgement, orders, files and what is printed are the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.errors import CameraError
from neckform.core.measure.observation import Baseline
from neckform.core.monitor import monitor
from neckform.core.monitor.monitor import WatchSettings
from neckform.jobs.watch.camera_duty import Keeper
from neckform.jobs.watch.job import Loop
from neckform.jobs.watch.lines import Lines
from neckform.jobs.watch.orders import Order
from neckform.jobs.watch.run import Parts
from neckform.jobs.watch.running import Running
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.sources.clock import QuickClock
from neckform.sensing.sources.video import Frame
from neckform.terminal.keys import Keys
from scripts import Script

MORNING = datetime(2026, 11, 23, 9, 0)


class ScriptedCamera:
    name = "camera 0"

    def __init__(self, script: Script, clock: QuickClock) -> None:
        self._script = script
        self._clock = clock
        self.is_open = False
        self.held: list[float] = []
        """When it was read, in seconds."""

    def open(self) -> None:
        if self._script(self._clock.now_ms() / 1000) is None:
            raise CameraError("camera 0 cannot be opened; it was unplugged")
        self.is_open = True

    def read(self) -> Frame | None:
        t_ms = self._clock.now_ms()
        image = self._script(t_ms / 1000)
        if image is None:
            raise CameraError("camera 0 gives no picture any more")
        self.held.append(t_ms / 1000)
        return Frame(t_ms, image)

    def release(self) -> None:
        self.is_open = False


class FixedKeys(Keys):
    """A key, pressed at a time in seconds."""

    def __init__(self, presses: dict[float, str], clock: QuickClock) -> None:
        super().__init__()
        self._presses = dict(presses)
        self._clock = clock

    def pressed(self) -> str:
        due = [at_s for at_s in self._presses if at_s * 1000 <= self._clock.now_ms()]
        return self._presses.pop(due[0]) if due else ""


@dataclass
class Shown:
    """How a run went."""

    camera: ScriptedCamera
    lines: list[dict[str, Any]]
    loop: Loop
    places: list[Baseline]
    """Whose neutrals were kept last."""

    def events(self, *without: str) -> list[str]:
        return [line["event"] for line in self.lines if line["event"] not in without]

    def named(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["event"] == event]

    @property
    def today_s(self) -> dict[str, float]:
        return {zone: spent / 1000 for zone, spent in self.loop.today_ms.items()}


@dataclass
class Stage:
    """Runs the monitor for so many seconds of its own time."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def play(
        self,
        script: Script,
        seconds: float,
        *,
        keys: dict[float, str] | None = None,
        orders: dict[float, Order] | None = None,
        baseline: Baseline | None = None,
        profile: Path | None = None,
        begin: datetime = MORNING,
        sleep: tuple[float, float] | None = None,
        calls: tuple[tuple[float, float], ...] = (),
        battery_s: float | None = None,
    ) -> Shown:
        """`calls` are the times, in seconds, in which another program has the camera."""
        clock = _SleepyClock(sleep)
        camera = ScriptedCamera(script, clock)
        asked = dict(orders or {})
        with ExitStack() as stack:
            running = stack.enter_context(Running(self.folder))

            def stop() -> bool:
                for at_s in [at_s for at_s in asked if at_s * 1000 <= clock.now_ms()]:
                    order = {"id": str(at_s), "order": asked.pop(at_s).value}
                    (self.folder / "order.json").write_text(json.dumps(order))
                return clock.now_ms() >= seconds * 1000

            def now() -> datetime:
                return begin + timedelta(milliseconds=clock.now_ms())

            parts = Parts(
                keeper=Keeper(camera),
                clock=clock,
                glancer=stack.enter_context(Glancer(find_models())),
                notifier=None,
                lines=Lines(as_json=True, minutes=True, now=now),
                keys=FixedKeys(keys or {}, clock),
                running=running,
                stop=stop,
                now=now,
                others=lambda: any(a <= clock.now_ms() / 1000 < b for a, b in calls),
                on_battery=lambda: battery_s is not None,
                battery_ms=round((battery_s or 0.5) * 1000),
            )
            settings = WatchSettings(load_postures(), load_correction(), load_settings())
            places: list[Baseline] = []

            def keep(known: Sequence[Baseline]) -> None:
                places[:] = known

            loop = Loop(
                parts,
                monitor.begin(settings, baseline),
                days=self.folder,
                profile=profile,
                keep_places=keep,
            )
            self.capsys.readouterr()
            loop.run()
        out = self.capsys.readouterr().out
        return Shown(camera, [json.loads(line) for line in out.splitlines()], loop, places)


class _SleepyClock(QuickClock):
    """Jumps, once: at a time in seconds, by so many seconds."""

    def __init__(self, sleep: tuple[float, float] | None) -> None:
        super().__init__()
        self._sleep = sleep

    def sleep_until(self, t_ms: int) -> None:
        if self._sleep is not None and t_ms >= self._sleep[0] * 1000:
            t_ms += round(self._sleep[1] * 1000)
            self._sleep = None
        super().sleep_until(t_ms)
