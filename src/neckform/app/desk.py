"""What all states have in common, and the orders that mean the same everywhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from neckform.app.front import Front, State
from neckform.app.heat import HeatTimer
from neckform.app.outside import Outside
from neckform.app.state_board import Order
from neckform.core.coach.cues import Said
from neckform.core.stretch.stretches import Stretch
from neckform.sensing.sources.clock import Stopwatch
from neckform.sensing.sources.live import Look
from neckform.showing.page.coach_states import said_state
from neckform.showing.page.home_states import Chosen
from neckform.showing.video.skeleton import shoulder_places, skeleton
from neckform.showing.voice.speaker import Speaker
from neckform.showing.words.catalogue import known_language, system_language
from neckform.showing.words.telling import told, use_language

REMEMBERED = 12
"""How many of the last cues a state carries."""
VERSION = 1
ASK_S = 0.2
"""How long to wait for an order before checking whether the program ends."""
ABANDONED_S = 600.0
"""When nobody has looked at the page for this long, nobody comes back."""
SHOULDERS_MS = 1000
QUIETING = {"pause", "skip", "stop", "hurts", "home"}
"""After these, the sentence being spoken is about something that is over."""


@dataclass(slots=True)
class Desk:
    """One person's place before the camera.

    Attributes
    ----------
    job : str
        ``coach``, ``calibrate`` or ``home``.
    stop : callable
        Whether Ctrl-C was pressed.
    camera : str
        What the source is called.
    language_chosen : bool
        Whether the person chose the language; else it follows the browser, or the system.
    speaker : Speaker or None
        This computer's own voice.
    aloud : bool
        Whether this computer speaks: in the terminal, and for a browser without a voice.
    quit : bool
        Whether the person asked to end the program.
    home : bool
        Whether there is a home to go to, and `left` whether the person goes there.
    room : str
        Where at home the person goes.
    outside : Outside
        Counts what leaves this computer.
    busy : callable
        Whether something goes on that the person may have left alone.
    errands : mapping of str to callable
        Does what home is asked for while the person is elsewhere: a film has arrived, say.
    heat : HeatTimer
        Runs on from phase to phase, as the pack does.
    trouble : str or None
        Why the camera gave no picture at the latest look; None when it gave one.

    Notes
    -----
    A page numbers its orders, and each state names the last one that it is an answer to.
    """

    job: str
    front: Front
    clock: Stopwatch
    stop: Callable[[], bool]
    camera: str
    language: str = field(default_factory=system_language)
    language_chosen: bool = False
    volume: float = 0.8
    voice: bool = True
    tones: bool = True
    guiding: bool = False
    muted: bool = False
    speaker: Speaker | None = None
    aloud: bool = False
    quit: bool = False
    trouble: str | None = None
    home: bool = False
    left: bool = False
    room: str = "home"
    outside: Outside = field(default_factory=Outside)
    busy: Callable[[], bool] = lambda: False
    errands: Mapping[str, Callable[[Order], None]] = field(default_factory=dict)
    heat: HeatTimer = field(default_factory=HeatTimer)
    _waiting: deque[Order] = field(default_factory=deque)
    _heard: str | None = None
    _said: deque[State] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _numbered: int = 0
    _shoulders: tuple[int, Any] | None = None

    @property
    def over(self) -> bool:
        """Whether what goes on here ends, because the program does or the person goes home."""
        return self.left or self.ends

    @property
    def ends(self) -> bool:
        """Whether the program ends."""
        abandoned = self.front.gone_s > ABANDONED_S and not self.busy()
        return self.quit or self.stop() or abandoned

    def say(self, said: Iterable[Said], stretches: Mapping[str, Stretch] | None = None) -> None:
        """Give cues; each gets a number of its own while the program runs.

        Parameters
        ----------
        stretches : mapping of str to Stretch, optional
            By id; a stretch may bring along words of its own.
        """
        for cue in said:
            self._numbered += 1
            state = {**said_state(cue, self.language, stretches), "id": self._numbered}
            self._said.append(state)
            if self.speaker and self.aloud and self.voice and not self.muted and state["text"]:
                self.speaker.say(state["text"], self.language, self.volume)

    def use(self, chosen: Chosen) -> None:
        """Speak and sound as the person chose."""
        self.choose_language(chosen.language)
        self.volume, self.voice, self.tones = chosen.volume, chosen.voice, chosen.tones
        self.guiding = chosen.guiding

    def choose_language(self, tag: str | None) -> None:
        """Speak the language that the person chose; None: the browser's, or else the system's."""
        self.language_chosen = tag is not None
        self._speak(tag or self.language)

    def show(self, parts: Mapping[str, Any], look: Look | None = None) -> None:
        """Show a state: what all states have in common, and `parts`."""
        trouble = look.trouble if look else None
        if look is not None:
            self.trouble = trouble
        state: State = {
            "v": VERSION,
            "t_ms": look.t_ms if look else self.clock.now_ms(),
            "job": self.job,
            "home": self.home,
            "outside": self.outside.connections,
            "paused": None,
            "muted": self.muted,
            "language": self.language,
            "language_chosen": self.language_chosen,
            "volume": self.volume,
            "voice": self.voice,
            "tones": self.tones,
            "guiding": self.guiding,
            "heat": self.heat.state(),
            "speaks": bool(self.speaker and self.speaker.name),
            "camera": {"name": self.camera, "ok": trouble is None, "text": told(trouble)},
            "picture": None,
            "skeleton": self._skeleton(look),
            "said": list(self._said),
            "heard": self._heard,
            **parts,
        }
        self.front.show(state, look.frame.image if look and look.frame else None)

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        """The orders that are left after those that mean the same everywhere are done."""
        left = list(self._waiting)
        self._waiting.clear()
        for order in self._come(0.0 if left else wait_s):
            if order["do"] in QUIETING and self.speaker:
                self.speaker.hush()
            if order["do"] == "mute":
                self.muted = bool(order.get("on"))
                if self.muted and self.speaker:
                    self.speaker.hush()
            elif order["do"] == "languages":
                self._follow_browser(order.get("wishes"))
            elif self.heat.obeys(order) or self._run_errand(order):
                continue
            elif order["do"] == "speak":
                self.aloud = bool(order.get("on"))
            elif order["do"] == "quit":
                self.quit = True
            elif order["do"] == "home" and self.home:
                self.left, self.room = True, str(order.get("room", "home"))
            else:
                left.append(order)
        return left

    def _run_errand(self, order: Order) -> bool:
        errand = self.errands.get(order["do"])
        if errand is not None:
            errand(order)
        return errand is not None

    def _come(self, wait_s: float) -> Iterator[Order]:
        for order in self.front.orders(wait_s):
            if isinstance(order.get("number"), str):
                self._heard = order["number"]
            yield order

    def wait(self, parts: Callable[[], Mapping[str, Any]]) -> Order | None:
        """Show a state until there is an order; None when the program ends.

        Of several that came at once the others are the next ones, and no state goes out before.
        """
        if not self._waiting:
            self.show(parts())
        while not self.over:
            before = self.muted, self.language, self.heat.left_s, self._heard
            if orders := self.orders(ASK_S):
                self._waiting.extend(orders[1:])
                return orders[0]
            if (self.muted, self.language, self.heat.left_s, self._heard) != before:
                self.show(parts())
        return None

    def until_read(self, parts: Mapping[str, Any]) -> None:
        """Show a state until the person has read it or the program ends."""
        while True:
            order = self.wait(lambda: parts)
            if order is None or order["do"] in ("again", "stop"):
                return

    def _follow_browser(self, wishes: Any) -> None:
        if not self.language_chosen and isinstance(wishes, list):
            self._speak(known_language(*map(str, wishes), self.language))

    def _speak(self, tag: str) -> None:
        """What is no part of the page, such as the report, follows it."""
        self.language = tag
        use_language(tag)

    def _skeleton(self, look: Look | None) -> State | None:
        if look is None or look.observation is None:
            return None
        seen = shoulder_places(look.observation)
        if seen is not None:
            self._shoulders = look.t_ms, seen
        elif self._shoulders and look.t_ms - self._shoulders[0] > SHOULDERS_MS:
            self._shoulders = None
        return skeleton(look.observation, self._shoulders[1] if self._shoulders else None)
