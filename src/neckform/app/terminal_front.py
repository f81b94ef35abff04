"""The coach and the range test in the terminal: lines to read, and keys to press.

What the page shows at a glance becomes a line when it changes. The questions are asked on standard
input, one line for each answer, so that another program can answer them as well.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Self

from neckform.app.front import Image, State
from neckform.app.incoming import Incoming
from neckform.app.state_board import Order
from neckform.core.errors import SettingsError
from neckform.core.wording import Worded, named, worded
from neckform.showing.words.catalogue import phrase, words_at, yes_or_no
from neckform.showing.words.phrases import clock
from neckform.showing.words.telling import language_now, told
from neckform.terminal.interrupt import Stop, end_as_ctrl_c
from neckform.terminal.keys import Keys, line_comes

EVERY_S = 5
"""How often the seconds that are left are printed."""
KEY_HELP = worded("keys: space pause, s skip, q stop, h it hurts")
_ORDERS = {"s": "skip", "q": "stop", "h": "hurts"}

Say = Callable[[str], None]


class TerminalFront:
    """Prints states; a context manager.

    Parameters
    ----------
    say : callable
        Prints a line.
    stop : callable
        Whether Ctrl-C was pressed; then nothing more is asked.
    """

    gone_s = 0.0

    def __init__(self, say: Say, stop: Stop = lambda: False) -> None:
        self._say, self._stop = say, stop
        self._waiting: deque[Order] = deque()
        self._keys: Keys | None = None
        self._closing = ExitStack()
        self._phase = ""
        self._paused = False
        self._said = 0
        self._told: dict[str, Any] = {}
        self._unanswered = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def show(self, state: State, image: Image | None) -> None:
        began = state["phase"] != self._phase
        self._phase = state["phase"]
        self._paused = state["paused"] is not None and state["paused"]["by"] == "person"
        for one in state["said"]:
            if one["id"] > self._said:
                self._said = one["id"]
                if one["text"]:
                    self._say(f"{clock(state['t_ms'])}  {one['text']}")
        self._tell_changed("camera", state["camera"]["text"])
        show = getattr(self, f"_show_{self._phase}", None)
        if show is not None:
            show(state, began=began)

    def orders(self, wait_s: float = 0.0) -> list[Order]:
        orders = list(self._waiting)
        self._waiting.clear()
        key = self._keys.pressed() if self._keys else ""
        if key in (" ", "p"):
            orders.append({"do": "resume" if self._paused else "pause"})
        elif key in _ORDERS:
            orders.append({"do": _ORDERS[key]})
        if not orders and wait_s:
            time.sleep(wait_s)
        return orders

    def show_report(self, page: str) -> Mapping[str, Any]:
        return {}

    def offer_file(self, name: str, content: bytes) -> Mapping[str, Any]:
        return {}

    def take_files(self, incoming: Incoming) -> None:
        """Nobody drops a file on a terminal: a command takes it."""

    def complain_unanswered(self, command: str) -> None:
        """Say what is missing when standard input ends before every question is answered.

        Raises
        ------
        SettingsError
        """
        if self._unanswered:
            raise SettingsError(
                command, [worded("answer the questions, each with y or n, on standard input")]
            )

    # --- one phase each ----------------------------------------------------------------------

    def _show_setup(self, state: State, *, began: bool) -> None:
        if not began:
            return
        choices = state["setup"]["choices"]
        stretches = {one["id"]: one for one in state["setup"]["stretches"]}
        steps = [
            stretches[one["stretch"]]["name"]
            + (f", {told(named(one['side']))}" if one["side"] else "")
            for one in choices["routine"]
        ]
        times = [stretches[one["stretch"]]["hold_s"] for one in choices["routine"]]
        if len(set(times)) == 1:
            self._say(
                worded(
                    "Your routine: {steps}; {hold_s:g} s each.",
                    steps="; ".join(steps),
                    hold_s=times[0],
                )
            )
        else:
            timed = (f"{step}, {time_s:g} s" for step, time_s in zip(steps, times, strict=True))
            self._say(worded("Your routine: {steps}.", steps="; ".join(timed)))
        self._waiting.append({"do": "begin"})

    def _show_questions(self, state: State, *, began: bool) -> None:
        if not began:
            return
        self._say(worded("First, your neck (y or n):"))
        answers: dict[str, Any] = {}
        for one in state["questions"]:
            answer = self._ask(one["text"])
            if answer is None:
                self._unanswered = True
                self._waiting.append({"do": "quit"})
                return
            answers[one["id"]] = answer
        pain = self._ask_number(state["pain"])
        if pain is None:
            self._unanswered = True
            self._waiting.append({"do": "quit"})
            return
        self._waiting.append({"do": "answer", "answers": {**answers, "pain": pain}})

    def _show_advice(self, state: State, *, began: bool) -> None:
        advice = state["advice"]
        if began:
            self._say(advice["title"])
            for line in (*advice["lines"], *advice.get("helps", ())):
                self._say(f"  {line}")
        pain = advice.get("pain")
        if "follows" in advice or not (began or pain):
            return
        if not self._asks_after(pain):
            goes_on = "goes_on" in advice and self._ask(phrase("pain.go-on", state["language"]))
            self._waiting.append({"do": "begin" if goes_on else "quit"})

    def _show_framing(self, state: State, *, began: bool) -> None:
        if began and self._keys is None:
            self._keys = self._closing.enter_context(Keys())
            if self._keys.there:
                self._say(KEY_HELP)
        wrong = [one["text"] for one in state["framing"]["checks"] if one["wrong"]]
        self._tell_changed("framing", wrong[0] if wrong else None)

    def _show_show(self, state: State, *, began: bool) -> None:
        if began:
            self._tell_exercise(state)

    def _show_hold(self, state: State, *, began: bool) -> None:
        self._tell_exercise(state)
        hold = state["hold"]
        left_s = max(0, -((hold["held_ms"] - hold["target_ms"]) // 1000))
        if hold["state"] == "holding" and left_s % EVERY_S == 0 and left_s:
            self._tell_changed("left", worded("  {left_s} s left", left_s=left_s))

    def _show_range(self, state: State, *, began: bool) -> None:
        reach = state["range"]
        self._tell_changed("range", f"{reach['index'] + 1}/{reach['count']} {reach['name']}")

    def _show_review(self, state: State, *, began: bool) -> None:
        if state["review"]["saved"]:
            self._tell_changed("saved", worded("Kept in {where}", where=state["review"]["where"]))
            self._waiting.append({"do": "quit"})
        if not began:
            return
        self._say(worded("Your comfortable range:"))
        for one in state["review"]["values"]:
            error = one["uncertainty_deg"]
            shown = told(worded("not measured"))
            if one["deg"] is not None:
                shown = f"{one['deg']:.0f}°"
            self._say(f"  {one['name']}: {shown}" + (f" ± {error:.0f}" if error else ""))
        values = {one["id"]: one["deg"] for one in state["review"]["values"]}
        self._waiting.append({"do": "save", "values": values})

    def _show_done(self, state: State, *, began: bool) -> None:
        done = state["done"]
        if not done["final"]:
            self._phase = ""  # what was done is told once it is known to the end
            return
        if began:
            self._say(done["title"])
            for one in done["exercises"]:
                self._say(f"  {told(_line(one))}")
            streak_days = done["streak_days"]
            row = streak_days and phrase("page.done.streak", state["language"], n=streak_days)
            for line in (*done["lines"], row, done["trend"], done["kept"]):
                if line:
                    self._say(line)
        if self._asks_after(done.get("pain")):
            return
        for line in (done["tomorrow"], *done.get("helps", ())):
            if line:
                self._say(line)
        self._waiting.append({"do": "quit"})

    # --- small things ------------------------------------------------------------------------

    def _tell_exercise(self, state: State) -> None:
        one = state["exercise"]
        name = one["name"] + (f", {one['to']}" if one["to"] else "")
        self._tell_changed("exercise", f"{one['index'] + 1}/{one['count']} {name}")

    def _tell_changed(self, what: str, text: str | None) -> None:
        if self._told.get(what) != text:
            self._told[what] = text
            if text:
                self._say(text)

    def _ask(self, question: str) -> bool | None:
        yes, no = (words_at(language_now(), word)[0] for word in ("yes", "no"))
        while (line := self._line(f"{question} [{yes}/{no}]")) is not None:
            answer = yes_or_no(line)
            if answer is not None:
                return answer
        return None

    def _ask_number(self, scale: Mapping[str, Any]) -> int | None:
        """How much it hurts; a plain no is no pain. None when standard input ends."""
        numbers = scale["numbers"]
        question = f"{scale['text']} [{numbers[0]}-{numbers[-1]}]"
        self._say(f"  {scale['least']}; {scale['most']}")
        while (line := self._line(question)) is not None:
            if line.strip() in map(str, numbers):
                return int(line)
            if yes_or_no(line) is False:
                return int(numbers[0])
            question = scale["unclear"]
        return None

    def _asks_after(self, pain: Mapping[str, Any] | None) -> bool:
        """Ask how much it hurts now, or say what follows from it; whether an answer is on its way.

        Enter leaves it out, and where nobody answers, nothing is asked.
        """
        if pain is None:
            return False
        if pain["value"] is None and (number := self._number_after(pain["scale"])) is not None:
            self._waiting.append({"do": "pain", "value": number})
            return True
        for line in pain["lines"]:
            self._say(line)
        return False

    def _number_after(self, scale: Mapping[str, Any]) -> int | None:
        self._closing.close()  # from now on, whole lines are read instead of keys
        self._keys = None
        if self._stop() or not line_comes():
            return None
        numbers = scale["numbers"]
        line = self._line(f"{scale['text']} [{numbers[0]}-{numbers[-1]}]")
        while line is not None and line.strip():
            if line.strip() in map(str, numbers):
                return int(line)
            line = self._line(scale["unclear"])
        return None

    def _line(self, question: str) -> str | None:
        """A line of standard input; None at its end."""
        self._say(f"  {question}")
        # Otherwise it would wait for a line before it hears of Ctrl-C.
        with end_as_ctrl_c():
            if self._stop():
                raise KeyboardInterrupt
            return sys.stdin.readline() or None


def _line(one: Mapping[str, Any]) -> Worded:
    held = worded(
        "{held_s} of {target_s} s", held_s=one["held_ms"] // 1000, target_s=one["target_ms"] // 1000
    )
    if one["parts"] > 1:
        held = worded("{held} in {parts} parts", held=held, parts=one["parts"])
    what = worded("not to the end")
    if one["completed"]:
        what = worded("done")
    elif one["skipped"]:
        what = worded("skipped")
    pauses = "".join(f"; {p['text']} ({p['times']}x)" for p in one["pauses"])
    name = one["name"] + (f", {one['to']}" if one["to"] else "")
    return worded("{name}: {held}, {what}{pauses}", name=name, held=held, what=what, pauses=pauses)
