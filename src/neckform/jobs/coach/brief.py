"""One stretch in a break: asked once a day, and over by itself."""

from __future__ import annotations

from datetime import date, datetime

from neckform.app.desk import ASK_S, Desk
from neckform.app.front import State
from neckform.app.safety import READ, Ready, safe_to_begin
from neckform.config import asked_today
from neckform.core.coach.pain import PainRules, Today, today

CLOSE_MS = 6000
"""The result is shown for so long."""
_EASY = (Today.FREE, Today.GENTLE)


def ready_for_one(desk: Desk, rules: PainRules, who: str | None) -> Ready | None:
    """Whether somebody may begin, as they answered today already, or as they answer now."""
    day = _today()
    pain = asked_today.pain_told(day, who)
    if pain is not None and today(pain, rules.bounds) in _EASY:
        return Ready(pain, today(pain, rules.bounds))
    ready = safe_to_begin(desk, rules, None)
    if ready is not None and ready.today in _EASY:
        asked_today.remember(day, ready.pain, who)
    return ready


def show_and_close(desk: Desk, done: State) -> None:
    """Show what was done for a moment, or until it was read."""
    desk.show({"phase": "done", "done": {**done, "closes": True}})
    until_ms = desk.clock.now_ms() + CLOSE_MS
    while not desk.over and desk.clock.now_ms() < until_ms:
        if any(order["do"] in READ for order in desk.orders(ASK_S)):
            return


def _today() -> date:
    return datetime.now().astimezone().date()
