"""A short card as a QR code: the text of the card itself, without comments."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from neckform.files import replacing

if TYPE_CHECKING:
    from segno import QRCode

LARGEST = 1000
"""Bytes: a larger code has modules too small for the camera of a phone before a screen."""


def fits(text: str) -> bool:
    """Whether a card is short enough for a code."""
    return len(short(text).encode()) <= LARGEST


def short(text: str) -> str:
    """The card without comments and empty lines, which a code need not carry.

    The whole of it where such a line is a part of the words.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    kept = "\n".join(line for line in lines if line and not line.lstrip().startswith("#")) + "\n"
    return kept if _content(kept) == _content(text) else text


def write_svg(text: str, path: Path) -> None:
    """Write the code as a drawing.

    Raises
    ------
    OutputError
    """
    with replacing(path) as partial:
        _code(text).save(str(partial), kind="svg", scale=4)


def inline_svg(text: str) -> str:
    """The code as a drawing for a page, as large as its place."""
    drawn = io.BytesIO()
    _code(text).save(drawn, kind="svg", xmldecl=False, nl=False, omitsize=True)
    return drawn.getvalue().decode()


def in_signs(text: str) -> str:
    """The code as a terminal draws it."""
    drawn = io.StringIO()
    _code(text).terminal(drawn, compact=True)
    return drawn.getvalue()


def _code(text: str) -> QRCode:
    # segno: pure Python, no dependency, writes SVG and terminals, kept for ten years.
    import segno

    return segno.make(short(text), micro=False, error="l")


def _content(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
