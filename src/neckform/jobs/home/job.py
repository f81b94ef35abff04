"""Home: what is behind each door, and the way back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from platformdirs import user_documents_path

from neckform.app.desk import ASK_S, Desk
from neckform.app.incoming import Incoming
from neckform.app.opening import new_source
from neckform.app.state_board import Order
from neckform.config.paths import (
    OWN_PROFILE,
    data_folder,
    kept_profile,
    made,
    routines_folder,
)
from neckform.config.settings import load_postures, load_settings, own_settings_file
from neckform.core.coach.routine import all_exercises
from neckform.core.errors import NeckformError
from neckform.core.prescription import Prescription
from neckform.core.wording import worded
from neckform.jobs.calibrate import command as calibrate
from neckform.jobs.calibrate.options import CalibrateOptions
from neckform.jobs.coach import command as coach
from neckform.jobs.coach.choices import Choices, chosen, read_choices, write_choices
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.history.command import forget_kept, page_of_history
from neckform.jobs.home.cards import Cards
from neckform.jobs.home.earlier import EarlierRoutines
from neckform.jobs.home.first_look import FirstLook
from neckform.jobs.home.looking import KINDS, Looking
from neckform.jobs.home.options import SEES, HomeOptions
from neckform.jobs.home.watching import Watching
from neckform.sensing.sources.live import Look
from neckform.showing.page.home_states import settings_state, watch_state, welcome_state
from neckform.showing.words.telling import told
from neckform.terminal.missing import unexpected

WELCOME = "welcome"
ROOMS = frozenset(("home", WELCOME, "look", "card", "watch", "care", "reading", "settings"))


class Home:
    """The page's home; a context manager.

    Parameters
    ----------
    desk : Desk
    options : HomeOptions
    first : bool
        Whether nobody was here before: the camera is tried before anything else.
    """

    def __init__(self, desk: Desk, options: HomeOptions, *, first: bool = False) -> None:
        self._desk = desk
        self._options = options
        self._room = WELCOME if first else options.first_room
        self._first = first
        self._seen_through: int | None = None
        self._problem: str | None = None
        self._forgotten: str | None = None
        self._reading: str | None = None
        self._opened = 0
        self._before = "home"
        self._results = user_documents_path() / "neckform"
        self._keeps = False
        self._watching = Watching(options)
        self._cards = Cards(load_settings(own_settings_file()).stretches)
        self._earlier = EarlierRoutines(desk.front, routines_folder())
        self._looks_back = False
        self._watching.looking = options.room == SEES
        self._choices_file = coach.choices_file()
        self._postures = load_postures(own_settings_file("postures.toml")).names
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        folder = made(data_folder(), worded("films that the page brings are copied there"))
        self._incoming = self._stack.enter_context(Incoming(folder))
        self._looking = self._stack.enter_context(Looking())
        self._first_look = self._stack.enter_context(FirstLook(self._watching.set_aside))
        self._desk.home = True
        self._desk.busy = lambda: self._looking.busy
        self._desk.errands = dict.fromkeys(("look", "leave-out"), self._do)
        self._desk.front.take_files(self._incoming)
        self._choices = self._read_choices()
        self._desk.use(self._choices)
        if self._options.camera == 0:
            self._use_camera(self._choices.camera)
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def run(self) -> None:
        """Go on until the program ends."""
        while not self._desk.ends:
            self._desk.left = False
            self._desk.job = "home"
            self._desk.show({"phase": self._room, "house": self._state()}, self._seen())
            for order in self._desk.orders(ASK_S):
                self._do(order)
            self._incoming.forget_silent(self._desk.front.gone_s)
            if self._desk.left:
                self._go({"room": self._desk.room})

    def _do(self, order: Order) -> None:
        """Carry out one order; what goes wrong is a line on the page, and nothing else ends."""
        self._problem = None
        what = order["do"]
        doing: Mapping[str, Callable[[Order], None]] = {
            "room": self._go,
            "stretch": lambda _: self._stretch(),
            "card": self._card,
            "range": lambda _: self._range(),
            "look": self._look,
            "leave-out": lambda order: self._incoming.forget(order.get("upload")),
            "cancel": lambda order: self._looking.cancel(order.get("id")),
            "read": self._read,
            "results": self._choose_results,
            "history": lambda _: self._show_history(),
            "share": self._earlier.make,
            "watch": lambda order: self._watching.do(order.get("what"), self._desk.language),
            "choose": self._choose,
            "forget": self._forget,
        }
        try:
            if what in doing:
                doing[what](order)
        except NeckformError as error:
            self._problem = str(error)
        except Exception as error:  # noqa: BLE001 - recordings and the heat timer go on
            self._problem, _ = unexpected(error)

    def _go(self, order: Order) -> None:
        room = self._before if order.get("room") == "back" else order.get("room")
        if room not in ROOMS:
            return
        if self._room == WELCOME != room:
            self._end_first_visit()
        self._room, self._forgotten = room, None
        self._looks_back = False
        self._earlier.forget()
        self._watching.looking &= room == "watch"

    # --- the first visit ---------------------------------------------------------------------

    def _seen(self) -> Look | None:
        """What the camera shows in the welcome; elsewhere the camera is let go."""
        camera = self._options.camera
        if self._room != WELCOME:
            if self._seen_through is not None:
                self._first_look.end()
            self._seen_through = None
            return None
        if self._seen_through != camera:
            self._seen_through = camera
            self._first_look.begin(new_source(self._options, self._desk.clock))
        frame = self._first_look.frame
        return None if frame is None else Look(frame.t_ms, frame, None)

    def _end_first_visit(self) -> None:
        """It does not come a second time."""
        if self._first and self._choices_file is not None:
            write_choices(self._choices_file, self._choices)
        self._first = False

    # --- stretching --------------------------------------------------------------------------

    def _stretch(self, card: Prescription | None = None) -> None:
        profile = OWN_PROFILE if kept_profile(OWN_PROFILE) else None
        options = CoachOptions(profile=profile, **self._at_camera())
        self._visit("coach", lambda: coach.prepare(options, card)(self._desk).run())

    def _card(self, order: Order) -> None:
        self._cards.do(order)
        if order.get("what") == "stretch" and self._cards.card is not None:
            self._stretch(self._cards.card)

    def _range(self) -> None:
        options = CalibrateOptions(profile=OWN_PROFILE, **self._at_camera())
        self._visit("calibrate", lambda: calibrate.prepare(options)(self._desk).run())

    def _at_camera(self) -> dict[str, Any]:
        names = ("camera", "source", "turn", "mirrored")
        return {name: getattr(self._options, name) for name in names}

    def _visit(self, job: str, run: Callable[[], None]) -> None:
        self._desk.job = job
        self._end_first_visit()
        self._first_look.end()
        self._seen_through = None
        with self._watching.set_aside():
            run()
        self._choices = self._read_choices()
        self._room = "home"
        # What was wrong with the camera is said where it is needed.
        self._desk.trouble = None

    # --- recordings --------------------------------------------------------------------------

    def _look(self, order: Order) -> None:
        name, copy = order.get("name"), self._incoming.path(order.get("upload"))
        if copy is not None and copy.exists() and isinstance(name, str):
            named = self._incoming.name(copy, name)
            self._looking.add(
                named,
                self._results,
                history=self._keeps,
                after=lambda: shutil.rmtree(named.parent, ignore_errors=True),
            )
        elif isinstance(path := order.get("path"), str) and path.strip():
            self._looking.add(_named(path), self._results, history=self._keeps)

    def _choose_results(self, order: Order) -> None:
        folder = order.get("folder")
        if isinstance(folder, str) and folder.strip():
            self._results = _named(folder)
        self._keeps = order.get("history") is True

    def _read(self, order: Order) -> None:
        page = self._looking.page_of(order.get("id"))
        if page is not None:
            self._open(page.read_text(encoding="utf-8"))

    def _show_history(self) -> None:
        self._open(page_of_history())
        self._looks_back = True

    def _open(self, page: str) -> None:
        self._opened += 1
        report = self._desk.front.show_report(page).get("report")
        self._reading = f"{report}?{self._opened}"
        self._before, self._room = self._room, "reading"

    # --- settings ----------------------------------------------------------------------------

    def _read_choices(self) -> Choices:
        stretches = load_settings(own_settings_file()).stretches
        choices = Choices(all_exercises(stretches))
        if self._choices_file is None:
            return choices
        return read_choices(self._choices_file, stretches, choices)[0]

    def _choose(self, order: Order) -> None:
        wanted = order.get("choices")
        if not isinstance(wanted, Mapping):
            return
        names = ("language", "volume", "voice", "tones", "guiding", "camera", "keeps_landmarks")
        known = {key: wanted[key] for key in names if key in wanted}
        self._choices, problems = chosen(self._choices, known, ())
        if "camera" in known:
            self._use_camera(self._choices.camera)
        self._desk.use(self._choices)
        if self._choices_file is not None:
            write_choices(self._choices_file, self._choices)
        if problems:
            self._problem = problems[0]

    def _forget(self, _: Order) -> None:
        self._forgotten = None
        self._forgotten = forget_kept()

    def _use_camera(self, camera: int) -> None:
        self._options = replace(self._options, camera=camera)
        self._watching.use(self._options)

    # --- the page ----------------------------------------------------------------------------

    def _state(self) -> Mapping[str, Any]:
        language = self._desk.language
        return {
            "problem": told(self._problem),
            "watch": watch_state(self._watching.state(), language, self._postures),
            "looking": self._looking.state(language),
            "kinds": KINDS if self._room == "look" else (),
            "card": self._cards.state(language) if self._room == "card" else None,
            "results": str(self._results),
            "keeps": self._keeps,
            "forgotten": told(self._forgotten),
            "reading": self._reading,
            "earlier": self._earlier.state() if self._looks_back else None,
            "welcome": welcome_state(self._first_look.state()) if self._room == WELCOME else None,
            "settings": settings_state(self._choices, self._options.camera, language),
        }


def _named(text: str) -> Path:
    """A path as a person writes it: ``~`` is their own folder, and ``~nobody`` is only a name."""
    return Path(os.path.expanduser(text.strip()))  # noqa: PTH111 - the other one fails on ~nobody
