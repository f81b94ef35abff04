"""At the end of a routine: one file for the therapist, made of what is still in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from neckform.app.front import Front
from neckform.app.state_board import Order
from neckform.config.card import text_of
from neckform.core.coach.coaching import CoachSettings
from neckform.core.coach.pain import Felt
from neckform.core.errors import OutputError
from neckform.core.parameter import checked
from neckform.core.prescription import CardLine, Prescription
from neckform.core.report import SessionReport
from neckform.sensing.sources.recording import InMemory
from neckform.showing.exports.parcel import HOLDS, SUFFIX, Letter, packed, parcel_of
from neckform.showing.words.telling import told

NAME = f"shared{SUFFIX}"


class ForTherapist:
    """Makes the file that ``neckform share`` makes, when the person asks for it.

    Parameters
    ----------
    landmarks : InMemory
        Of the whole routine.
    """

    def __init__(
        self,
        front: Front,
        landmarks: InMemory,
        report: SessionReport,
        routine: CoachSettings,
    ) -> None:
        self._front = front
        self._landmarks = landmarks
        self._report = report
        self._card = report.card or asked_for(routine)
        self._made = 0
        self._state: Mapping[str, Any] = {}

    def make(self, order: Order, felt: Felt) -> None:
        """Make it, with the person's words and pain."""
        given = {name: order[name] for name in ("words", "who") if order.get(name)}
        good, problems = checked(Letter, {**given, "before": felt.before, "after": felt.after})
        if problems:
            self._state = {"lines": [told(problem) for problem in problems]}
            return
        letter = Letter(**good)
        card = text_of(replace(self._card, who=letter.who))
        parcel = parcel_of(self._landmarks.content(), self._report, letter, card)
        try:
            content = packed(parcel, Path(NAME))
        except OutputError as error:
            self._state = {"lines": [told(error)]}
            return
        offered = self._front.offer_file(NAME, content)
        self._made += 1
        self._state = {**offered, "number": self._made, "lines": [told(HOLDS)]}

    def forget(self) -> None:
        """What was made does not say any more what the person does."""
        if self._state:
            self._front.offer_file(NAME, b"")
        self._state = {}

    def state(self) -> Mapping[str, Any]:
        """What the page shows of it."""
        return {"name": NAME, **self._state}


def asked_for(routine: CoachSettings) -> Prescription:
    """The routine that a person chose, as a card: whoever opens the file judges by the same."""
    by_id = routine.session.holds.by_id
    lines = []
    for stretch in dict.fromkeys(exercise.stretch for exercise in routine.exercises):
        same = [one.side for one in routine.exercises if one.stretch == stretch]
        sides = tuple(side for side in dict.fromkeys(same) if side is not None)
        hold_s = by_id[stretch].hold_s
        lines.append(CardLine(stretch, sides, hold_s, max(map(same.count, same))))
    return Prescription(tuple(lines))
