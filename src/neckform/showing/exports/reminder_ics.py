"""A daily reminder as a calendar file (iCalendar, RFC 5545).

One event needs a dozen lines; a library for all of the format would bring three packages along. A
time without a zone is the person's own, wherever they are.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

_LINE_BYTES = 75
_QUARTER_MIN = 15
_LASTS_MIN = 5


def reminder(begin: datetime, title: str, text: str) -> str:
    """A daily event from `begin` on, with an alarm when it begins.

    Parameters
    ----------
    begin : datetime
        Local time; its quarter of an hour counts.
    """
    begin = begin.replace(
        minute=begin.minute - begin.minute % _QUARTER_MIN, second=0, microsecond=0, tzinfo=None
    )
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//neckform//reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid4()}@neckform",
        f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{begin:%Y%m%dT%H%M%S}",
        f"DURATION:PT{_LASTS_MIN}M",
        "RRULE:FREQ=DAILY",
        f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(text)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT0S",
        f"DESCRIPTION:{_text(title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Long lines go on in the next one, after a space; no letter is cut in two."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        room = _LINE_BYTES - bool(pieces)
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
