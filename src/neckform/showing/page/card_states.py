"""What the page is told of a therapist's card: what it asks for, and what can be asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from neckform.core.parameter import parameters
from neckform.core.prescription import CardLine, Prescription
from neckform.core.stretch.stretches import Stretch
from neckform.showing.exports import card_code
from neckform.showing.words.card_words import DAY_NAMES, asked_words, days_words
from neckform.showing.words.spoken import stretch_words
from neckform.showing.words.telling import told


def card_state(card: Prescription, known: Sequence[Stretch]) -> dict[str, Any]:
    """What a card asks for, in the words of ``neckform card``."""
    by_id = {stretch.id: stretch for stretch in known}
    return {
        "who": card.who,
        "words": card.words,
        "days": told(days_words(card)),
        "lines": [
            {
                "asked": [
                    told(asked_words(by_id[line.stretch], line, side))
                    for side in line.sides or (None,)
                ],
                "words": line.words,
            }
            for line in card.lines
        ],
    }


def form_state(known: Sequence[Stretch], language: str) -> Mapping[str, Any]:
    """What can be filled in."""
    numbers = {name: one for name, one in parameters(CardLine).items() if one.kind in (int, float)}
    return {
        "stretches": [
            {
                "id": stretch.id,
                "name": stretch_words(stretch, language).name,
                "sided": stretch.sided,
                "hold_s": stretch.hold_s,
            }
            for stretch in known
        ],
        "days": [{"id": day, "name": told(name)} for day, name in DAY_NAMES.items()],
        "limits": {name: (one.low, one.high) for name, one in numbers.items()},
    }


def code_state(text: str) -> str | None:
    """The QR code of a short card, as a drawing."""
    return card_code.inline_svg(text) if card_code.fits(text) else None
