"""The questions before a routine, and the advice that follows a yes.

Each question asks for a sign that a therapist or a doctor should see this neck before it is
stretched. neckform does not diagnose: any yes ends with advice, and no answer is kept.

The signs are those that guidelines call red flags of neck pain: myelopathy and arterial dissection
(trouble walking or speaking, double vision, dizziness), root compression (numb or weak arms),
fracture (a fall) and infection (fever). See the Orthopaedic Section of the APTA, "Neck Pain:
Revision 2017", J Orthop Sports Phys Ther 47(7):A1-A83. Their words stand in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neckform.showing.words.catalogue import phrase, words_at

SIGNS = ("stuck", "pain", "arm", "dizzy", "speech", "fall", "fever")
URGENT = frozenset({"dizzy", "speech", "fever"})
"""Signs that may be an emergency."""


def advice_after(answers: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    """The advice after the answers; None when every answer is no.

    A question without an answer counts as a yes, so that nobody is stretched by an oversight.
    """
    if any(answers.get(sign) not in (True, False) for sign in SIGNS):
        return {
            "title": phrase("advice.unanswered-title", language),
            "lines": [phrase("advice.unanswered", language)],
            "again": True,
        }
    found = [sign for sign in SIGNS if answers[sign]]
    if not found:
        return None
    lines = [phrase(f"question.{sign}.advice", language) for sign in found]
    if URGENT.intersection(found):
        lines.append(phrase("advice.emergency", language))
    return {
        "title": phrase("advice.not-today", language),
        "lines": [*lines, phrase("advice.not-kept", language)],
    }


def advice_after_pain(language: str) -> dict[str, Any]:
    """The advice when a stretch hurts."""
    *lines, last = words_at(language, "advice", "hurts")
    emergency = phrase("advice.emergency", language)
    return {
        "title": phrase("advice.hurts-title", language),
        "lines": [*lines, f"{last} {emergency}"],
    }


def questions_for_page(language: str) -> list[dict[str, str]]:
    return [{"id": sign, "text": phrase(f"question.{sign}.text", language)} for sign in SIGNS]
