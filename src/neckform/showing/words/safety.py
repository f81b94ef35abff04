"""The questions before a routine, and the advice that follows a yes.

Each question asks for a sign that a therapist or a doctor should see this neck before it is
stretched. neckform does not diagnose: any yes ends with advice, and no answer is kept.

The signs are those that guidelines call red flags of neck pain: myelopathy and arterial dissection
(trouble walking or speaking, double vision, dizziness), root compression (numb or weak arms),
fracture (a fall) and infection (fever). See the Orthopaedic Section of the APTA, "Neck Pain:
Revision 2017", J Orthop Sports Phys Ther 47(7):A1-A83.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_THERAPIST = "See a physiotherapist before you stretch it."
_DOCTOR = "Have a doctor look at it before you stretch your neck."
_NOW = "If it began suddenly, call the emergency number now: 112 in Europe, 911 in North America."


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one sign.

    Attributes
    ----------
    advice : str
        What to do after a yes.
    urgent : bool
        The sign may be an emergency.
    """

    id: str
    text: str
    advice: str
    urgent: bool = False


QUESTIONS = (
    Question("stuck", "Is your neck stuck, so that you cannot move it?",
             f"A neck that is stuck must not be stretched. {_THERAPIST}"),
    Question("pain", "Does it hurt now, while you sit still?",
             f"A neck that hurts at rest should not be stretched today. {_THERAPIST}"),
    Question("arm", "Is an arm or a hand numb, tingling or weak?",
             f"Numb or weak arms can come from a nerve in the neck. {_DOCTOR}"),
    Question("dizzy", "Are you dizzy, or do you see double?",
             f"Dizziness or double vision should be looked at. {_DOCTOR}", urgent=True),
    Question("speech", "Do you have trouble speaking, swallowing or walking?",
             f"Trouble speaking, swallowing or walking should be looked at soon. {_DOCTOR}",
             urgent=True),
    Question("fall", "Did you fall, or have an accident, in the last days?",
             f"After a fall, a neck should be looked at first. {_DOCTOR}"),
    Question("fever", "Do you have a fever, or feel ill with it?",
             f"Neck pain with fever should be looked at soon. {_DOCTOR}", urgent=True),
)  # fmt: skip

CARE = "neckform is a coach, not a medical device. It never diagnoses. Stop at any pain."


def advice_after(answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """The advice after the answers; None when every answer is no.

    A question without an answer counts as a yes, so that nobody is stretched by an oversight.
    """
    unanswered = [
        question for question in QUESTIONS if answers.get(question.id) not in (True, False)
    ]
    if unanswered:
        return {
            "title": "Not yet",
            "lines": ["Please answer every question first."],
            "again": True,
        }
    signs = [question for question in QUESTIONS if answers[question.id]]
    if not signs:
        return None
    lines = [sign.advice for sign in signs]
    if any(sign.urgent for sign in signs):
        lines.append(_NOW)
    return {
        "title": "Not today",
        "lines": [*lines, "None of your answers is kept. Take good care of yourself."],
    }


def advice_after_pain() -> dict[str, Any]:
    """The advice when a stretch hurts."""
    return {
        "title": "Stop. Let go, and rest.",
        "lines": [
            "Bring your head slowly back to the middle, let your shoulders hang, and breathe.",
            "Do not stretch again today.",
            "If the pain stays, or comes back when you stretch, see a physiotherapist.",
            "If your arm becomes numb or weak, you become dizzy, see double, or have trouble "
            f"speaking or walking, have a doctor look at it at once. {_NOW}",
        ],
    }


def questions_for_page() -> list[dict[str, str]]:
    return [{"id": question.id, "text": question.text} for question in QUESTIONS]
