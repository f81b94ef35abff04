"""``neckform card``: check a therapist's card, say what it asks for, and show it as a QR code."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from neckform.config.card import card_in
from neckform.config.settings import load_settings, own_settings_file, read_small_text
from neckform.core.errors import SettingsError
from neckform.core.prescription import Prescription
from neckform.core.stretch.stretches import Stretch
from neckform.core.wording import named, worded
from neckform.showing.exports import card_code
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
    _print_card(read, {stretch.id: stretch for stretch in known})
    _show_code(text, qr)
    return 0


def _print_card(card: Prescription, by_id: Mapping[str, Stretch]) -> None:
    console = printing.out()
    if card.who:
        printing.print_line(console, named(card.who), "bold")
    if card.words:
        printing.print_indented(console, named(card.words), 0)
    printing.print_line(console, days_words(card))
    for line in card.lines:
        for side in line.sides or (None,):
            printing.print_indented(console, asked_words(by_id[line.stretch], line, side), 2)
        if line.words:
            printing.print_indented(console, named(line.words), 4, style="dim")


def _show_code(text: str, path: Path | None) -> None:
    if path is not None:
        if not card_code.fits(text):
            raise SettingsError(
                "--qr", [worded("the card is too long for a code; send the file itself")]
            )
        card_code.write_svg(text, path)
        say(path)
    elif sys.stdout.isatty() and card_code.fits(text):
        hand_out(card_code.in_signs(text))
