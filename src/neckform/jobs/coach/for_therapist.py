"""At the end of a routine: one file for the therapist, made of what is still in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from neckform.app.front import Front
from neckform.app.state_board import Order
from neckform.config.card import text_of
from neckform.core.coach.coaching import CoachSettings
from neckform.core.coach.pain import Felt
from neckform.core.errors import NeckformError
from neckform.core.prescription import CardLine, Prescription
from neckform.core.report import SessionReport
from neckform.jobs.coach.offering import OfferedParcel
from neckform.jobs.kept_routines import keep
from neckform.sensing.sources.recording import InMemory
from neckform.showing.exports.parcel import Letter, Parcel, parcel_of
from neckform.showing.words.telling import told


class ForTherapist:
    """Makes the file that ``neckform share`` makes, when the person asks for it.

    Parameters
    ----------
    landmarks : InMemory
        Of the whole routine.
    keeps : tuple of Path and datetime, optional
        The folder in which the routine is kept to be sent later, and when it began.
    """

    def __init__(
        self,
        front: Front,
        landmarks: InMemory,
        report: SessionReport,
        routine: CoachSettings,
        keeps: tuple[Path, datetime] | None = None,
    ) -> None:
        self._landmarks = landmarks
        self._report = report
        self._card = report.card or asked_for(routine)
        self._keeps = keeps
        self._offered = OfferedParcel(front)
        self._problem: str | None = None

    def make(self, order: Order, felt: Felt) -> None:
        """Make it, with the person's words and pain."""
        self._offered.make(order, self._parcel, before=felt.before, after=felt.after)

    def renew(self, felt: Felt) -> None:
        """What was made does not say any more how much it hurts; what is kept says it now."""
        self._offered.forget()
        if self._keeps is None:
            return
        folder, began = self._keeps
        try:
            keep(folder, began, self._parcel(Letter(before=felt.before, after=felt.after)))
        except NeckformError as error:
            self._problem = str(error)

    def forget(self) -> None:
        """What was made does not say any more what the person does."""
        self._offered.forget()

    def state(self) -> Mapping[str, Any]:
        """What the page shows of it."""
        return {**self._offered.state(), "problem": told(self._problem)}

    def _parcel(self, letter: Letter) -> Parcel:
        card = text_of(replace(self._card, who=letter.who))
        return parcel_of(self._landmarks.content(), self._report, letter, card)


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
