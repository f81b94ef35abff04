"""Which of several people in view is meant.

Places are those of the picture as the camera took it: left is the picture's left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neckform.core.wording import worded

PLACES = ("left", "middle", "right")


@dataclass(frozen=True, slots=True)
class Whom:
    """Which of several people is meant.

    Attributes
    ----------
    place : str or int
        ``left``, ``middle`` or ``right`` of the picture, or a number: 1 is the leftmost.
    mirrored : bool
        Places are those of the mirror image, as a page at the camera shows it.
    """

    place: str | int
    mirrored: bool = False

    @classmethod
    def parse(cls, text: str, *, mirrored: bool = False) -> Whom:
        """Read ``left``, ``middle``, ``right`` or a number from 1.

        Raises
        ------
        ValueError
        """
        text = text.strip().lower()
        if text in PLACES:
            return cls(text, mirrored)
        if text.isdecimal() and 1 <= int(text) <= 9:
            return cls(int(text), mirrored)
        raise ValueError(
            worded(
                "{text}: neither left, middle nor right, nor a number from 1 (leftmost)", text=text
            )
        )

    def pick(self, across: Sequence[float], middle: float) -> int | None:
        """Index of the one who is meant; None when so many people are not there.

        Parameters
        ----------
        across : sequence of float
            How far to the right each person is in the picture.
        middle : float
            The picture's middle.
        """
        order = sorted(range(len(across)), key=lambda index: across[index], reverse=self.mirrored)
        if isinstance(self.place, int):
            return order[self.place - 1] if self.place <= len(order) else None
        if not order:
            return None
        if self.place == "middle":
            if len(order) % 2:
                return order[len(order) // 2]
            return min(order, key=lambda index: abs(across[index] - middle))
        return order[0 if self.place == "left" else -1]
