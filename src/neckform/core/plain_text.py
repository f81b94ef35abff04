"""Text that somebody else chose, such as a file's name, made harmless to show and to write."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories that move, hide or turn other text, end lines, or are no text at all."""

_JOINERS = "\u200c\u200d\u00ad"
"""Persian, Indian scripts and emoji need them; they harm nothing."""


def plain(text: object, *, lines: bool = False) -> str:
    r"""Text in which everything that could do harm stands as an escape, such as ``\x1b``.

    Control characters, marks of direction, ends of lines, and bytes of a file name that are no
    UTF-8 (which Python carries as lone surrogates: byte e9 becomes ``\xe9``).

    Parameters
    ----------
    text : object
        Text, or anything with a text, such as a path or an error.
    lines : bool
        Leave line feeds and tabs as they are, in text of neckform's own that has them.
    """
    whole = str(text)
    if whole.isprintable():
        return whole
    kept = _JOINERS + "\n\t" if lines else _JOINERS
    return "".join(one if one in kept else _escaped(one) for one in whole)


def one_line(text: object) -> str:
    """The same for a text of several lines or with odd spaces, which become single spaces."""
    return plain(" ".join(str(text).split()))


def cell(text: object) -> str:
    """The same for a cell of a table: a spreadsheet takes it for text and never for a formula."""
    whole = plain(text)
    # A spreadsheet takes the wide forms of these signs for formulas, too.
    begins = unicodedata.normalize("NFKC", whole.lstrip()[:1])
    return f"'{whole}" if begins in {"=", "+", "-", "@"} else whole


def same_name(name: str) -> str:
    """What two names have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def plain_json(text: str) -> str:
    r"""JSON in which the same signs stand as JSON's own escapes, such as ``\u009b``."""
    if text.isprintable():
        return text
    kept = _JOINERS + "\n"
    return "".join(
        one if one in kept or unicodedata.category(one) not in _HIDDEN else _json_escaped(one)
        for one in text
    )


def _escaped(one: str) -> str:
    if unicodedata.category(one) not in _HIDDEN:
        return one
    code = ord(one)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    if one in "\n\r\t":
        return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}[one]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escaped(one: str) -> str:
    units = one.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))
