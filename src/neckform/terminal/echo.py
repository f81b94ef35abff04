"""The one way to the terminal for lines without a drawing; `printing` has those with one.

Light enough for the command line to import. Nothing else in neckform prints: a test holds it.
"""

from __future__ import annotations

import click

from neckform.core.plain_text import plain
from neckform.showing.words.telling import told


def say(line: object, *, aside: bool = False) -> None:
    """Print one line at once; whatever name stands in it cannot begin another.

    Parameters
    ----------
    aside : bool
        On standard error: what went wrong, or what is no result.
    """
    click.echo(plain(told(line)), err=aside)


def hand_out(text: str, *, aside: bool = False) -> None:
    """Print lines that end as they are, such as JSON or a table for another program."""
    click.echo(plain(text, lines=True), nl=False, err=aside)
