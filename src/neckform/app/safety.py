"""What is asked for safety: red flags and pain before anything begins, and pain after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from neckform.app.desk import Desk
from neckform.app.front import State
from neckform.app.state_board import Order
from neckform.core.coach.cues import Cue, CueKind, Said
from neckform.core.coach.pain import Felt, PainBounds, PainRules, Today, is_pain, today
from neckform.showing.words.safety import (
    advice_after,
    advice_after_pain,
    advice_before_easing,
    advice_for_range,
    advice_in_pain,
    lines_after,
    pain_scale,
    questions_for_page,
)

READ = ("again", "stop")
"""Orders of somebody who has read what was shown."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Somebody may begin.

    Attributes
    ----------
    pain : int
        Before it, 0 to 10.
    today : Today
        What the routine may be.
    """

    pain: int
    today: Today


def safe_to_begin(
    desk: Desk, rules: PainRules, keep: Callable[[Felt], None] | None, *, to_the_end: bool = False
) -> Ready | None:
    """Ask; None when the answers call for somebody to see, or the program ends.

    After the advice a person can go back to the start or leave.

    Parameters
    ----------
    keep : callable, optional
        Gets the pain when it is what speaks against a stretch; None: no pain is kept.
    to_the_end : bool
        Whether the head is to go as far as it can: nobody does that in moderate pain.
    """
    while True:
        order = desk.wait(
            lambda: {
                "phase": "questions",
                "questions": questions_for_page(desk.language),
                "pain": pain_scale(desk.language, keeps=keep is not None),
            }
        )
        if order is None or order["do"] in READ:
            return None
        if order["do"] == "answer":
            break
    given = order.get("answers")
    answers = given if isinstance(given, dict) else {}
    advice = advice_after(answers, desk.language)
    if advice is not None:
        give_advice(desk, advice)
        return None
    pain = int(answers["pain"])
    ready = Ready(pain, today(pain, rules.bounds))
    if ready.today is Today.NOT:
        if keep is not None:
            keep(Felt(pain))
        give_advice(desk, advice_in_pain(desk.language))
        return None
    if ready.today is Today.EASED and to_the_end:
        give_advice(desk, advice_for_range(rules.bounds.gentle_to, desk.language))
        return None
    if ready.today is Today.EASED and not _goes_on(desk, pain):
        return None
    if ready.today is not Today.FREE:
        desk.say([Said(0, desk.clock.now_ms(), Cue(CueKind.GENTLY))])
    return ready


def let_go(desk: Desk) -> None:
    """It hurts: say and show what to do at once, before what was done is kept.

    See `advise_hurt` for what follows.
    """
    desk.say([Said(0, desk.clock.now_ms(), Cue(CueKind.STOPPED), interrupts=True)])
    advice = {**advice_after_pain(desk.language), "follows": True}
    desk.show({"phase": "advice", "advice": advice})


def give_advice(desk: Desk, advice: State) -> None:
    """Show advice until the person has read it."""
    desk.until_read({"phase": "advice", "advice": advice})


def _goes_on(desk: Desk, pain: int) -> bool:
    """Advise heat and lying first; whether the person goes on all the same, or afterwards."""
    advice = advice_before_easing(pain, desk.language)
    while True:
        order = desk.wait(lambda: {"phase": "advice", "advice": advice})
        if order is None or order["do"] in READ:
            return False
        if order["do"] == "begin":
            return True


def _keep_nothing(_: Felt) -> None:
    pass


@dataclass(slots=True)
class PainAfter:
    """The question after a routine, and what follows from its answer.

    Attributes
    ----------
    keep : callable
        Gets the answer each time that it is given.
    """

    felt: Felt
    bounds: PainBounds
    keep: Callable[[Felt], None] = _keep_nothing

    @property
    def worse(self) -> bool:
        return self.felt.worse(self.bounds) > 0

    def takes(self, order: Order) -> bool:
        """Take the answer if that is what the order is."""
        if order["do"] != "pain" or not is_pain(order.get("value")):
            return False
        self.felt = replace(self.felt, after=order["value"])
        self.keep(self.felt)
        return True

    def state(self, language: str) -> State:
        """The question, and the answer to the answer."""
        felt = self.felt
        told: State = {
            "scale": pain_scale(language, after=True),
            "value": felt.after,
            "lines": [],
            "worse": self.worse,
        }
        if felt.after is not None:
            lines = lines_after(felt.before, felt.after, felt.worse(self.bounds), language)
            told["lines"] = lines
        return told


def advise_hurt(desk: Desk, pain: PainAfter) -> None:
    """Show what to do once it hurts, and ask how much, until the person has read it."""

    def parts() -> State:
        advice = advice_after_pain(desk.language)
        return {"phase": "advice", "advice": {**advice, "pain": pain.state(desk.language)}}

    while (order := desk.wait(parts)) is not None and order["do"] not in READ:
        pain.takes(order)
