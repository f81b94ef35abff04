"""A therapist's card, made or opened in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from neckform.app.state_board import Order
from neckform.config.card import (
    LONGEST_WORDS,
    brought_card,
    card_content,
    card_in,
    card_text,
)
from neckform.core.errors import SettingsError
from neckform.core.plain_text import one_line
from neckform.core.prescription import Prescription
from neckform.core.stretch.stretches import Stretch
from neckform.showing.page.card_states import card_state, code_state, form_state
from neckform.showing.words.telling import told

_EMPTY: Mapping[str, Any] = {"who": None, "words": None, "days": [], "stretch": []}


class Cards:
    """The one card that is being written.

    Parameters
    ----------
    known : sequence of Stretch
        What a card can ask for.

    Attributes
    ----------
    card : Prescription or None
        None while it is empty or has a mistake.
    """

    def __init__(self, known: Sequence[Stretch]) -> None:
        self.card: Prescription | None = None
        self._known = known
        self._draft = _EMPTY
        self._text = ""
        self._problems: tuple[str, ...] = ()
        self._opened = 0

    def do(self, order: Order) -> None:
        """Open a file, take what was filled in, or begin anew."""
        what = order.get("what")
        try:
            if what == "open":
                self._open(order)
            elif what == "write" and isinstance(draft := order.get("card"), Mapping):
                self._write(draft)
            elif what == "empty":
                self._write(_EMPTY)
                self._opened += 1
        except SettingsError as error:
            self.card, self._problems = None, error.problems

    def state(self, language: str) -> Mapping[str, Any]:
        """The form, the card in words, its text and its code."""
        card = None
        if self.card is not None:
            own = {"text": self._text, "code": code_state(self._text)}
            card = {**card_state(self.card, self._known), **own}
        return {
            **form_state(self._known, language),
            "longest": LONGEST_WORDS,
            "draft": self._draft,
            "opened": self._opened,
            "problems": [told(problem) for problem in self._problems],
            "card": card,
        }

    def _open(self, order: Order) -> None:
        text = order.get("text")
        self.card = brought_card(text, order.get("name"), self._known)
        self._text, self._problems = str(text), ()
        self._draft = card_content(self.card)
        self._opened += 1

    def _write(self, draft: Mapping[str, Any]) -> None:
        parts = draft.get("stretch")
        given = parts if isinstance(parts, list) else []
        lines = [dict(one) for one in given if isinstance(one, Mapping)]
        self._draft = {**_EMPTY, **draft, "stretch": lines}
        self.card, self._problems = None, ()
        if not lines:
            return
        self._text = card_text(self._draft)
        self.card = card_in(self._text, Path(one_line(draft.get("who") or "card")), self._known)
