"""``neckform sleep`` draws how to lie, and how not to: in the terminal, or as pictures."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from neckform.core.wording import Worded, named, worded
from neckform.files import cannot_be_written, make_folder, replacing, write_text
from neckform.showing.lying.positions import POSITIONS, Position
from neckform.showing.words.catalogue import phrase
from neckform.showing.words.telling import language_now, told

SIGNS = {
    "back-level": r"""
             _^_
            (   ) o o o o o o o o o o o
            (___)
        ------------------------------------
        """,
    "back-chin": r"""
             ___
            (    >
            (___)  o
          [=======]  o o o o o o o o o o
        ------------------------------------
        """,
    "back-tilted": r"""
             ___   o
           <    ) o  o
            (___)      o o o o o o o o o
        ------------------------------------
        """,
    "side-straight": r"""
             ___
            (   ) o o o o o o o o o o o
            (___)
          [=======]
        ------------------------------------
        """,
    "side-high": r"""
             ___
            (   )
            (___)  o
          [=======]  o o o o o o o o o o
          [=======]
        ------------------------------------
        """,
    "side-sunk": r"""
                     o o o o o o o o o o
             ___   o
            (   )
          [=(___)=]
        ------------------------------------
        """,
    "face-down": r"""
             _^_
            (   )~o~o~o o o o o o o o o
            (___)
        """,
}
"""Each position in signs that every terminal can print. The head is on the left. ``<``, ``>`` or
``^`` is the nose, ``o`` a bone of neck or back."""

_STYLES = {"best": "green", "good": "green", "wrong": "yellow", "worst": "red"}


def run(pictures: Path | None = None) -> int:
    """Print each position: its name, its drawing, and why it is good or bad; or write pictures.

    Parameters
    ----------
    pictures : Path or None
        Folder for a picture of each position, as SVG and as PNG; then nothing is drawn in signs.

    Raises
    ------
    OutputError
    """
    if pictures is not None:
        _write(pictures)
        return 0
    from rich.text import Text

    from neckform.terminal import printing

    console, language = printing.out(), language_now()
    for position in POSITIONS:
        heading = Text.assemble(
            (phrase(f"page.care.{position.id}", language), "bold"),
            ": ",
            (phrase(f"page.care.{position.verdict}", language), _STYLES[position.verdict]),
            (f"  ({told(_view(position))})", "dim"),
        )
        console.print(heading, soft_wrap=True)
        for line in dedent(SIGNS[position.id]).strip("\n").splitlines():
            console.print(Text(f"    {line}".rstrip()), soft_wrap=True)
        why = named(phrase(f"page.care.{position.id}-why", language))
        printing.print_indented(console, why, 2)
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


def _view(position: Position) -> Worded:
    if position.twisted:
        return worded("seen from above")
    return worded("seen from behind") if position.nose is None else worded("seen from the side")


def _write(folder: Path) -> None:
    from neckform.showing.lying.drawings import picture_svg
    from neckform.showing.lying.pictures import picture_png
    from neckform.terminal.echo import say

    try:
        make_folder(folder)
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    language = language_now()
    for number, position in enumerate(POSITIONS, 1):
        name = folder / f"{number}-{position.id}"
        write_text(name.with_suffix(".svg"), picture_svg(position, language))
        with replacing(name.with_suffix(".png")) as partial:
            partial.write_bytes(picture_png(position, language))
    say(worded("Written: {path}", path=folder))
