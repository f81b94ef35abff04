"""The page offers one file for a therapist, with what the person adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from neckform.app.front import Front
from neckform.app.state_board import Order
from neckform.core.errors import OutputError
from neckform.core.parameter import checked
from neckform.showing.exports.parcel import HOLDS, SUFFIX, Letter, Parcel, packed
from neckform.showing.words.telling import told

NAME = f"shared{SUFFIX}"


class OfferedParcel:
    """The file that is offered now, or what was wrong with the latest wish for one."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._made = 0
        self._state: Mapping[str, Any] = {}

    def make(
        self,
        order: Order,
        parcel: Callable[[Letter], Parcel],
        *,
        before: int | None,
        after: int | None,
    ) -> None:
        """Offer a parcel, with the words and the name that an order gives.

        Parameters
        ----------
        parcel : callable
            Makes it, with this letter.
        before, after : int or None
            How much it hurt.
        """
        given = {name: order[name] for name in ("words", "who") if order.get(name)}
        good, problems = checked(Letter, {**given, "before": before, "after": after})
        if problems:
            self._state = {"lines": [told(problem) for problem in problems]}
            return
        try:
            content = packed(parcel(Letter(**good)), Path(NAME))
        except OutputError as error:
            self._state = {"lines": [told(error)]}
            return
        offered = self._front.offer_file(NAME, content)
        self._made += 1
        self._state = {**offered, "number": self._made, "lines": [told(HOLDS)]}

    def forget(self) -> None:
        """Take the file back."""
        if self._state:
            self._front.offer_file(NAME, b"")
        self._state = {}

    def state(self) -> Mapping[str, Any]:
        """What the page shows of it."""
        return {"name": NAME, **self._state}
