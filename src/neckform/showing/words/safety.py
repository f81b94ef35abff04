"""The questions before a routine, and the advice that follows a yes, or much pain.

Each question asks for a sign that a therapist or a doctor should see this neck before it is
stretched. neckform does not diagnose: any yes ends with advice, and no answer is kept. How much it
hurts is kept with the day. Each refusal offers what helps today: heat, and how to lie.

The signs are those that guidelines call red flags of neck pain: myelopathy and arterial dissection
(trouble walking or speaking, double vision, dizziness), root compression (numb or weak arms),
fracture (a fall) and infection (fever). See the Orthopaedic Section of the APTA, "Neck Pain:
Revision 2017", J Orthop Sports Phys Ther 47(7):A1-A83. Their words stand in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neckform.core.coach.pain import LEAST, MOST, is_pain
from neckform.showing.words.catalogue import phrase, words_at

SIGNS = ("stuck", "arm", "dizzy", "speech", "fall", "fever")
URGENT = frozenset({"dizzy", "speech", "fever"})
"""Signs that may be an emergency."""


def advice_after(answers: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    """The advice after the answers; None when every answer is no, and the pain is told.

    A question without an answer counts as a yes, so that nobody is stretched by an oversight.
    """
    told = is_pain(answers.get("pain"))
    if not told or any(answers.get(sign) not in (True, False) for sign in SIGNS):
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
        "helps": what_helps(language),
    }


def advice_after_pain(language: str) -> dict[str, Any]:
    """The advice when a stretch hurts."""
    *lines, last = words_at(language, "advice", "hurts")
    emergency = phrase("advice.emergency", language)
    return {
        "title": phrase("advice.hurts-title", language),
        "lines": [*lines, f"{last} {emergency}"],
        "helps": what_helps(language),
    }


def advice_in_pain(language: str) -> dict[str, Any]:
    """The advice when it hurts too much for any stretch."""
    title = phrase("advice.not-today", language)
    return {
        "title": title,
        "lines": list(words_at(language, "pain", "much")),
        "helps": what_helps(language),
    }


def advice_before_easing(pain: int, language: str) -> dict[str, Any]:
    """The advice when it hurts somewhat: first heat and lying, then less than usual."""
    lines = [
        phrase("pain.eased-first", language, pain=pain),
        phrase("pain.eased-then", language),
    ]
    title = phrase("pain.eased-title", language)
    return {"title": title, "lines": lines, "goes_on": True, "helps": what_helps(language)}


def advice_for_range(gentle_to: int, language: str) -> dict[str, Any]:
    """The advice when it hurts somewhat, and the range was to be measured."""
    title = phrase("advice.not-today", language)
    lines = [phrase("pain.range", language, pain=gentle_to)]
    return {"title": title, "lines": lines, "helps": what_helps(language)}


def lines_after(before: int, after: int, worse: int, language: str) -> list[str]:
    """What to say of the pain after a routine; `worse` is how much more of it counts, or 0."""
    told = phrase("pain.told", language, before=before, after=after)
    if not worse:
        return [told]
    emergency = phrase("advice.emergency", language)
    return [
        told,
        phrase("pain.worse", language, n=worse),
        f"{phrase('pain.whom', language)} {emergency}",
    ]


def pain_scale(language: str, *, keeps: bool = False, after: bool = False) -> dict[str, Any]:
    """How much it hurts, as it is asked for; `keeps`: it is said that the number is kept."""
    key = "pain.after" if after else "pain.before"
    return {
        "text": phrase(key, language),
        "numbers": list(range(LEAST, MOST + 1)),
        "least": phrase("pain.least", language),
        "most": phrase("pain.most", language),
        "kept": phrase("pain.kept", language) if keeps else "",
        "unclear": phrase("pain.unclear", language, least=LEAST, most=MOST),
    }


def questions_for_page(language: str) -> list[dict[str, str]]:
    return [{"id": sign, "text": phrase(f"question.{sign}.text", language)} for sign in SIGNS]


def what_helps(language: str) -> list[str]:
    """What helps today, where there is no page to offer it."""
    return list(words_at(language, "pain", "helps"))
