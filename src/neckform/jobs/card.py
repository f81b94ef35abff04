"""``neckform card``: check a therapist's card, say what it asks for, and show it as a QR code."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

from neckform.config.card import card_in
from neckform.config.settings import load_settings, own_settings_file, read_small_text
from neckform.core.errors import SettingsError
from neckform.core.wording import named, worded
from neckform.files import replacing
from neckform.showing.words.card_words import asked_words, days_words
from neckform.terminal import printing
from neckform.terminal.echo import hand_out, say

EXAMPLE = """\
schema = "neckform/card/1"
who = "P-017"                  # whose it is; a pseudonym does; may be left out
words = "Slowly, and breathe." # to the person; may be left out
days = ["monday", "wednesday", "friday"]   # left out: every day

[[stretch]]
id = "upper-trapezius"         # neckform stretches says what there is
sides = ["left", "right"]      # left out: both
hold_s = 30                    # seconds, 3 to 600
repetitions = 3                # 1 to 20
to_deg = 35                    # how far; left out: the usual target
words = "Let the shoulder hang."

[[stretch]]
id = "cervical-paraspinal"
hold_s = 20
"""

_LARGEST_QR = 1000
"""Bytes: a larger code has modules too small for the camera of a phone before a screen."""


def run(card: Path | None, qr: Path | None, *, example: bool) -> int:
    """Print what a card asks for.

    Parameters
    ----------
    qr : Path or None
        Where to write the code as SVG.
    example : bool
        Print a card to begin with, and nothing else.

    Raises
    ------
    SettingsError, OutputError
    """
    if example:
        hand_out(EXAMPLE)
        return 0
    if card is None:
        raise SettingsError("card", [worded("name a card, or begin with --example")])
    known = load_settings(own_settings_file()).stretches
    text = read_small_text(card)  # once: a pipe has it no second time
    read = card_in(text, card, known)
    by_id = {stretch.id: stretch for stretch in known}
    console = printing.out()
    if read.who:
        printing.print_line(console, named(read.who), "bold")
    if read.words:
        printing.print_indented(console, named(read.words), 0)
    printing.print_line(console, days_words(read))
    for line in read.lines:
        for side in line.sides or (None,):
            printing.print_indented(console, asked_words(by_id[line.stretch], line, side), 2)
        if line.words:
            printing.print_indented(console, named(line.words), 4, style="dim")
    text = _short(text)
    if len(text.encode()) > _LARGEST_QR:
        if qr is not None:
            raise SettingsError(
                "--qr", [worded("the card is too long for a code; send the file itself")]
            )
        return 0
    _show(text, qr)
    return 0


def _short(text: str) -> str:
    """The card without comments and empty lines, which a code need not carry.

    The whole of it where such a line is a part of the words.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    short = "\n".join(line for line in lines if line and not line.lstrip().startswith("#")) + "\n"
    return short if _content(short) == _content(text) else text


def _content(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _show(text: str, path: Path | None) -> None:
    # segno: pure Python, no dependency, writes SVG and terminals, kept for ten years.
    import segno

    code = segno.make(text, micro=False, error="l")
    if path is not None:
        with replacing(path) as partial:
            code.save(str(partial), kind="svg", scale=4)
        say(path)
    elif sys.stdout.isatty():
        drawn = io.StringIO()
        code.terminal(drawn, compact=True)
        hand_out(drawn.getvalue())
