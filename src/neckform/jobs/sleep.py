"""``neckform sleep`` draws how to lie, and how not to."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from neckform.core.wording import Worded, worded
from neckform.showing.words.telling import told


@dataclass(frozen=True, slots=True)
class Position:
    """One way to lie.

    Attributes
    ----------
    drawing : str
        The head is on the left. ``<``, ``>`` or ``^`` is the nose, ``o`` a bone of neck or back.
        Every terminal can print these signs.
    """

    name: Worded
    verdict: Worded
    words: Worded
    drawing: str


ON_THE_BACK = (
    Position(
        worded("On the back, head level"),
        worded("best"),
        worded("The neck is neither bent nor twisted."),
        r"""
             _^_
            (   ) o o o o o o o o o o o
            (___)
        ------------------------------------
        """,
    ),
    Position(
        worded("On the back, chin almost on the chest"),
        worded("wrong"),
        worded("The neck stays bent forward."),
        r"""
             ___
            (    >
            (___)  o
          [=======]  o o o o o o o o o o
        ------------------------------------
        """,
    ),
    Position(
        worded("On the back, head tilted far back"),
        worded("wrong"),
        worded("The neck stays bent backward."),
        r"""
             ___   o
           <    ) o  o
            (___)      o o o o o o o o o
        ------------------------------------
        """,
    ),
)
"""Seen from the side."""

ON_THE_SIDE = (
    Position(
        worded("On the side, spine straight"),
        worded("good"),
        worded("Head, neck and back lie in one line."),
        r"""
             ___
            (   ) o o o o o o o o o o o
            (___)
          [=======]
        ------------------------------------
        """,
    ),
    Position(
        worded("On the side, head too high"),
        worded("wrong"),
        worded("The neck stays tilted to one side."),
        r"""
             ___
            (   )
            (___)  o
          [=======]  o o o o o o o o o o
          [=======]
        ------------------------------------
        """,
    ),
    Position(
        worded("On the side, head sunk in"),
        worded("wrong"),
        worded("The neck stays tilted to the other side."),
        r"""
                     o o o o o o o o o o
             ___   o
            (   )
          [=(___)=]
        ------------------------------------
        """,
    ),
)
"""Seen from behind."""

FACE_DOWN = (
    Position(
        worded("Face down"),
        worded("worst"),
        worded("The head lies turned to one side, and the neck stays twisted."),
        r"""
             _^_
            (   )~o~o~o o o o o o o o o
            (___)
        """,
    ),
)
"""Seen from above."""

_STYLES = {"best": "green", "good": "green", "wrong": "yellow", "worst": "red"}


def run() -> int:
    """Print each position: its name, its drawing, and why it is good or bad."""
    from rich.text import Text

    from neckform.terminal import printing

    console = printing.out()
    for view, positions in (
        (worded("seen from the side"), ON_THE_BACK),
        (worded("seen from behind"), ON_THE_SIDE),
        (worded("seen from above"), FACE_DOWN),
    ):
        for position in positions:
            heading = Text.assemble(
                (told(position.name), "bold"),
                ": ",
                (told(position.verdict), _STYLES[position.verdict]),
                (f"  ({told(view)})", "dim"),
            )
            console.print(heading, soft_wrap=True)
            for line in dedent(position.drawing).strip("\n").splitlines():
                console.print(Text(f"    {line}".rstrip()), soft_wrap=True)
            printing.print_indented(console, position.words, 2)
            console.print()
    printing.print_indented(
        console,
        worded(
            "In the drawings the head is on the left, its nose < > or ^; o are the bones "
            "of neck and back, [===] is a pillow. Symptoms for longer than a fortnight: "
            "see a therapist."
        ),
        0,
    )
    return 0
