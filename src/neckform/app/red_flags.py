"""The questions before anything begins."""

from __future__ import annotations

from neckform.app.desk import Desk
from neckform.app.front import State
from neckform.core.coach.cues import Cue, CueKind, Said
from neckform.showing.words.safety import advice_after, advice_after_pain, questions_for_page


def safe_to_begin(desk: Desk) -> bool:
    """Ask the questions; False when the answers call for a therapist or the program ends.

    After the advice a person can go back to the start or leave.
    """
    while True:
        order = desk.wait(
            lambda: {"phase": "questions", "questions": questions_for_page(desk.language)}
        )
        if order is None or order["do"] in ("stop", "again"):
            return False
        if order["do"] != "answer":
            continue
        answers = order.get("answers")
        advice = advice_after(answers if isinstance(answers, dict) else {}, desk.language)
        if advice is None:
            return True
        give_advice(desk, advice)
        return False


def let_go(desk: Desk) -> None:
    """It hurts: say and show what to do at once, before anything else."""
    desk.say([Said(0, desk.clock.now_ms(), Cue(CueKind.STOPPED), interrupts=True)])
    desk.show({"phase": "advice", "advice": advice_after_pain(desk.language)})


def give_advice(desk: Desk, advice: State) -> None:
    """Show advice until the person has read it."""
    desk.until_read({"phase": "advice", "advice": advice})
