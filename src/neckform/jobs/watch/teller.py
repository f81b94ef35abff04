"""Tells the person: a line on the terminal, and a notification where it is worth one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neckform.core.monitor.alerts import Request, RequestKind
from neckform.core.posture.dozing import is_dozing
from neckform.core.posture.flags import PostureSettings
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise
from neckform.core.wording import named, worded
from neckform.jobs.watch.lines import Lines
from neckform.jobs.watch.orders import Order
from neckform.showing.notifications import Notifier
from neckform.showing.words.telling import told
from neckform.showing.words.watch_words import exercise_name, lasting, nodded_off

NOT_BAD, OF = "not-bad", ":"
"""A button that says so of a posture, whose id follows."""
_BUTTONS: Mapping[str, str] = {
    Order.STRETCH: worded("Stretch now"),
    Order.SNOOZE_30M: worded("Quiet for 30 minutes"),
}


class Teller:
    """Everything that a monitor says goes through here.

    Parameters
    ----------
    notifier : Notifier or None
        None: on the terminal alone.
    postures : PostureSettings
        Their names and their advice.
    stretches : mapping of str to Stretch
        By id.
    """

    def __init__(
        self,
        lines: Lines,
        notifier: Notifier | None,
        postures: PostureSettings,
        stretches: Mapping[str, Stretch],
    ) -> None:
        self._lines = lines
        self._notifier = notifier
        self._postures = postures
        self._stretches = stretches
        self._trouble: str | None = None
        self._disturbs = True

    def say(self, event: str, text: str, **facts: Any) -> str:
        """Print a line; the answer is its text."""
        self._lines.say(event, text, **facts)
        return text

    def tell(self, request: Request, relief: Exercise) -> None:
        """Carry out what the alarms ask for; `relief` is the stretch against what was seen."""
        lasted = lasting(request.lasted_ms)
        facts: dict[str, Any] = {"posture": request.posture, "lasted_ms": request.lasted_ms}
        if request.kind is RequestKind.EASED:
            self.say("eased", worded("good again"), **facts)
        elif request.posture is None:
            text = worded(
                "You have sat for {lasted}. Against how your neck has rested: {exercise}, thirty "
                "seconds.",
                lasted=lasted,
                exercise=exercise_name(relief, self._stretches),
            )
            title = worded("A stretch for your neck?")
            self.announce("break", title, text, buttons=_BUTTONS, **facts)
        else:
            posture = self._postures.by_flag[request.posture]
            notice = request.kind is RequestKind.NOTICE
            title = named(posture.name)
            if notice:
                title = worded("{name} for {lasted}", name=title, lasted=lasted)
            text = named(posture.advice)
            if is_dozing(request.posture):
                title = worded("You may have nodded off")
                text = worded(
                    "{how} {advice}", how=nodded_off(request.posture, lasted), advice=text
                )
            buttons = {**_BUTTONS, f"{NOT_BAD}{OF}{request.posture}": worded("Not bad")}
            self.announce(request.kind.value, title, text, urgent=notice, buttons=buttons, **facts)

    def announce(
        self,
        event: str,
        title: str,
        text: str,
        *,
        urgent: bool = False,
        buttons: Mapping[str, str] | None = None,
        **facts: Any,
    ) -> None:
        """Print a line, and show a notification; `buttons` are words by what is asked for."""
        end = "" if title.endswith("?") else "."
        self.say(event, worded("{title}{end} {text}", title=title, end=end, text=text), **facts)
        if self._notifier is not None:
            said = {what: told(words) for what, words in (buttons or {}).items()}
            self._notifier.show(told(title), told(text), urgent=urgent, buttons=said)
            self.tell_trouble()
            self._tell_disturbing(self._notifier)

    def _tell_disturbing(self, notifier: Notifier) -> None:
        """Say when the desktop begins, or ends, to want no notifications."""
        if notifier.disturbs is self._disturbs:
            return
        self._disturbs = notifier.disturbs
        if self._disturbs:
            self.say("may-disturb", worded("notices are shown again"))
        else:
            self.say("do-not-disturb", worded("“do not disturb” is on: no notice is shown"))

    def tell_trouble(self) -> None:
        """Say once why there are no notifications."""
        if self._notifier is None:
            return
        trouble = self._notifier.trouble
        if trouble is not None and trouble != self._trouble:
            self.say("no-notifications", trouble, cause=self._notifier.cause)
        self._trouble = trouble
