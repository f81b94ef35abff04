"""A whole visit with a camera and a person that obey a script, on a clock that does not wait.

There is no camera on a test machine, and nobody before it: these two are made up. Models,
judgement, history, files and what is shown are the real ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neckform.app.desk import Desk
from neckform.app.front import State
from neckform.app.state_board import Order
from neckform.config.paths import history_file
from neckform.config.settings import load_settings
from neckform.core.coach import coaching
from neckform.core.coach.pace import Pace
from neckform.core.errors import CameraError
from neckform.core.events import Event
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Exercise, Hold, Side
from neckform.history.entry import Entry
from neckform.history.store import Store
from neckform.jobs.coach.choices import Choices
from neckform.jobs.coach.job import Visit
from neckform.jobs.coach.options import CoachOptions
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.sources.camera import LiveSource
from neckform.sensing.sources.clock import QuickClock, Stopwatch
from neckform.sensing.sources.video import Frame
from neckform.showing.words.safety import SIGNS
from scripts import Image, Script

LEFT = Exercise("upper-trapezius", Side.LEFT)
RIGHT = Exercise("upper-trapezius", Side.RIGHT)
NO: Mapping[str, Any] = {**dict.fromkeys(SIGNS, False), "pain": 0}
PATIENCE = 2000
"""Orders asked for in vain; then nobody will ever answer."""


class ScriptedCamera:
    """So many pictures a second."""

    name = "camera 0"

    def __init__(self, script: Script, clock: Stopwatch, fps: float, until_s: float) -> None:
        self._script = script
        self._clock = clock
        self._every_ms = round(1000 / fps)
        self._until_ms = round(until_s * 1000)
        self.is_open = False
        self.opened = 0
        self.read_at: list[float] = []

    def open(self) -> None:
        # Before the first picture the time is not the visit's yet.
        if self.read_at and self._script(self._clock.now_ms() / 1000) is None:
            raise CameraError("camera 0 cannot be opened; it was unplugged")
        self.is_open = True
        self.opened += 1

    def read(self) -> Frame | None:
        assert self.is_open, "read before it was opened"
        self._clock.sleep_until(self._clock.now_ms() + self._every_ms)
        t_ms = self._clock.now_ms()
        if t_ms > self._until_ms:
            return None
        self.read_at.append(t_ms / 1000)
        image = self._script(t_ms / 1000)
        if image is None:
            raise CameraError("camera 0 gives no picture any more; was it unplugged?")
        return Frame(t_ms, image)

    def release(self) -> None:
        self.is_open = False


class Person:
    """Answers, asks for things at times of the routine, and remembers all that was shown.

    Parameters
    ----------
    orders : mapping of float to order
        At seconds of the routine.
    visits : int
        How often the routine is begun.
    after : int
        How much it hurts afterwards; None: that is not told.
    goes_on : bool
        Whether they go on gently where they are advised to rest first.
    """

    gone_s = 0.0

    def __init__(
        self,
        *,
        answers: Mapping[str, Any] = NO,
        orders: Mapping[float, Order] | None = None,
        choose: Order | None = None,
        visits: int = 1,
        after: int | None = None,
        goes_on: bool = False,
    ) -> None:
        self._after, self._goes_on = after, goes_on
        self.states: list[State] = []
        self.reports: list[str] = []
        self.offered: list[tuple[str, bytes]] = []
        self.heard: list[dict[str, Any]] = []
        self._answers = answers
        self._due = dict(orders or {})
        self._choose = choose
        self._visits = visits
        self._vain = 0

    def show(self, state: State, image: Image | None) -> None:
        self.states.append(state)
        known = {one["id"] for one in self.heard}
        self.heard += [one for one in state["said"] if one["id"] not in known]

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        if not wait_s:
            return self._asked()
        self._vain += 1
        assert self._vain < PATIENCE, f"nobody answers in {self.states[-1]['phase']}"
        answer = self._answer(self.states[-1])
        return [] if answer is None else [answer]

    def show_report(self, page: str) -> Mapping[str, Any]:
        self.reports.append(page)
        return {"report": "report.html"}

    def offer_file(self, name: str, content: bytes) -> Mapping[str, Any]:
        self.offered.append((name, content))
        return {"href": f"file/{name}"}

    def _asked(self) -> list[Order]:
        now_s = self.states[-1]["t_ms"] / 1000
        return [self._due.pop(at_s) for at_s in [one for one in self._due if one <= now_s]]

    def _answer(self, state: State) -> Order | None:
        if state["phase"] == "setup":
            if self._choose is not None:
                chosen, self._choose = self._choose, None
                return chosen
            self._visits -= 1
            return {"do": "begin"} if self._visits >= 0 else {"do": "quit"}
        if state["phase"] == "questions":
            return {"do": "answer", "answers": self._answers}
        asks_after = state["phase"] == "done" or "pain" in state.get("advice", {})
        if asks_after and self._after is not None:
            told, self._after = self._after, None
            return {"do": "pain", "value": told}
        if state["phase"] == "advice" and self._goes_on and "goes_on" in state["advice"]:
            return {"do": "begin"}
        return {"do": "again"}


@dataclass
class Visited:
    """How it went."""

    visit: Visit
    person: Person
    cameras: list[ScriptedCamera] = field(default_factory=list)
    """One for each routine."""

    @property
    def camera(self) -> ScriptedCamera:
        (camera,) = self.cameras
        return camera

    @property
    def events(self) -> list[Event]:
        assert self.visit.guide is not None
        return self.visit.guide.events

    @property
    def holds(self) -> tuple[Hold, ...]:
        assert self.visit.guide is not None
        return coaching.outcome(self.visit.guide.state).holds

    @property
    def phases(self) -> list[str]:
        found = [state["phase"] for state in self.person.states]
        return [one for index, one in enumerate(found) if found[index - 1 : index] != [one]]

    @property
    def words(self) -> list[str]:
        return [one["text"] for one in self.person.heard if one["text"]]

    def in_phase(self, phase: str) -> list[State]:
        return [state for state in self.person.states if state["phase"] == phase]

    @property
    def done(self) -> dict[str, Any]:
        """What was told in the end."""
        done = self.in_phase("done")[-1]["done"]
        assert isinstance(done, dict)
        assert done["final"]
        return done


def visit(
    script: Script,
    person: Person | None = None,
    *,
    exercises: tuple[Exercise, ...] = (LEFT,),
    hold_s: float = 5.0,
    options: CoachOptions | None = None,
    own_range: OwnRange | None = None,
    choices_file: Path | None = None,
    source: Callable[[Stopwatch], LiveSource] | None = None,
    fps: float = 5.0,
    until_s: float = 30.0,
    stop: Callable[[float], bool] = lambda _: False,
) -> Visited:
    """Go through with it.

    Parameters
    ----------
    source : callable
        In place of a scripted camera.
    until_s : float
        When the camera has no more pictures, in seconds of a routine.
    stop : callable
        Whether Ctrl-C was pressed, at a time in seconds.
    """
    options = options or CoachOptions()
    clock = Stopwatch(QuickClock())
    someone = person or Person()
    cameras: list[ScriptedCamera] = []

    def new_source() -> LiveSource:
        if source is not None:
            return source(clock)
        cameras.append(ScriptedCamera(script, clock, fps, until_s))
        return cameras[-1]

    came = Visit(
        desk=Desk("coach", someone, clock, lambda: stop(clock.now_ms() / 1000), "camera 0"),
        options=options,
        settings=load_settings(options.settings),
        own_range=own_range or OwnRange(),
        choices=Choices(exercises, Pace(hold_s=hold_s, rest_s=3.0)),
        models=find_models(),
        new_source=new_source,
        choices_file=choices_file,
    )
    came.run()
    return Visited(came, someone, cameras)


def kept() -> list[Entry]:
    """The history so far."""
    if not history_file().exists():
        return []
    with Store(history_file()) as store:
        return store.entries()


def kept_soon() -> list[Entry]:
    """Whoever is advised need not wait for the history; it is told on a thread of its own."""
    for _ in range(200):
        if entries := kept():
            return entries
        time.sleep(0.05)
    return []


def files(folder: Path) -> set[str]:
    """All files in a folder and below it, but for the history."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("history.db")
    }
