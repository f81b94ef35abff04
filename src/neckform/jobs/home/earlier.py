"""An earlier day for the therapist: routines that were kept for that, beside the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from neckform.app.front import Front
from neckform.app.state_board import Order
from neckform.jobs.coach.offering import OfferedParcel
from neckform.jobs.kept_routines import kept_routines
from neckform.showing.exports.parcel import Letter, Parcel, read_parcel, without_names
from neckform.showing.words.phrases import day_words
from neckform.showing.words.telling import told


class EarlierRoutines:
    """Makes the file for the therapist of a routine that is kept.

    Parameters
    ----------
    folder : Path
        In which they are kept. It may not exist.
    """

    def __init__(self, front: Front, folder: Path) -> None:
        self._folder = folder
        self._offered = OfferedParcel(front)

    def make(self, order: Order) -> None:
        """Make it of the routine that was chosen.

        Raises
        ------
        InputError
            It is damaged.
        """
        chosen = {_number(at): path for at, path in kept_routines(self._folder).items()}
        path = chosen.get(str(order.get("routine")))
        if path is None:
            return
        kept = read_parcel(path)

        def parcel(letter: Letter) -> Parcel:
            return replace(kept, letter=letter, report=without_names(kept.report, letter.who))

        felt = kept.letter
        self._offered.make(order, parcel, before=felt.before, after=felt.after)

    def forget(self) -> None:
        """Take back what was made."""
        self._offered.forget()

    def state(self) -> Mapping[str, Any] | None:
        """Which routines there are, and what was made; None where none is kept."""
        routines = [
            {"id": _number(at), "name": f"{told(day_words(at.date()))}, {at:%H:%M}"}
            for at in kept_routines(self._folder)
        ]
        return {"routines": routines, **self._offered.state()} if routines else None


def _number(at: datetime) -> str:
    return at.isoformat()
