"""``neckform sleep`` draws how to lie, and how not to."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True, slots=True)
class Position:
    """One way to lie.

    Attributes
    ----------
    drawing : str
        The head is on the left. ``<``, ``>`` or ``^`` is the nose, ``o`` a bone of neck or back.
        Every terminal can print these signs.
    """

    name: str
    verdict: str
    words: str
    drawing: str


ON_THE_BACK = (
    Position(
        "On the back, head level",
        "best",
        "The neck is neither bent nor twisted.",
        r"""
             _^_
            (   ) o o o o o o o o o o o
            (___)
        ------------------------------------
        """,
    ),
    Position(
        "On the back, chin almost on the chest",
        "wrong",
        "The neck stays bent forward.",
        r"""
             ___
            (    >
            (___)  o
          [=======]  o o o o o o o o o o
        ------------------------------------
        """,
    ),
    Position(
        "On the back, head tilted far back",
        "wrong",
        "The neck stays bent backward.",
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
        "On the side, spine straight",
        "good",
        "Head, neck and back lie in one line.",
        r"""
             ___
            (   ) o o o o o o o o o o o
            (___)
          [=======]
        ------------------------------------
        """,
    ),
    Position(
        "On the side, head too high",
        "wrong",
        "The neck stays tilted to one side.",
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
        "On the side, head sunk in",
        "wrong",
        "The neck stays tilted to the other side.",
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
        "Face down",
        "worst",
        "The head lies turned to one side, and the neck stays twisted.",
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
        ("seen from the side", ON_THE_BACK),
        ("seen from behind", ON_THE_SIDE),
        ("seen from above", FACE_DOWN),
    ):
        for position in positions:
            heading = Text.assemble(
                (position.name, "bold"), ": ", (position.verdict, _STYLES[position.verdict]),
                (f"  ({view})", "dim"),
            )  # fmt: skip
            console.print(heading, soft_wrap=True)
            for line in dedent(position.drawing).strip("\n").splitlines():
                console.print(Text(f"    {line}".rstrip()), soft_wrap=True)
            printing.print_indented(console, position.words, 2)
            console.print()
    printing.print_indented(
        console,
        "In the drawings the head is on the left, its nose < > or ^; o are the bones of neck and "
        "back, [===] is a pillow. Symptoms for longer than a fortnight: see a therapist.",
        0,
    )
    return 0
