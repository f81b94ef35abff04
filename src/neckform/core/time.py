"""The one clock's rules: time increases, and what lies between two distant moments was not seen.

Two rules say how much of the time between two moments counts. A session counts up to a second of
it and takes the rest for a gap: a stretch is looked at several times a second. A watched day has
quiet stretches with one look a second, so longer steps count, and a gap counts nothing at all.
"""

from __future__ import annotations

LONGEST_STEP_MS = 1000
"""In a session, what lies further behind than this was not seen."""
LONGEST_WATCHED_STEP_MS = 2500
"""In a watched day, moments further apart than this have nothing between them that was seen."""

DAY_MS = 24 * 3600 * 1000

LONGEST_MS = 10 * 366 * DAY_MS
"""Ten years: no recording is longer, and a time beyond it is damage."""


def expect_later(t_ms: int, before_ms: int | None) -> None:
    """Refuse a moment that is not after the one before it; None: there was none.

    Raises
    ------
    ValueError
    """
    if before_ms is not None and t_ms <= before_ms:
        raise ValueError(f"time must increase: {t_ms} ms after {before_ms} ms")


def seen_ms(before_ms: int, t_ms: int, longest_ms: int = LONGEST_STEP_MS) -> int:
    """Milliseconds since the moment before that were seen in a session."""
    return min(t_ms - before_ms, longest_ms)


def watched_ms(before_ms: int | None, t_ms: int) -> int:
    """Milliseconds since the moment before that count in a watched day; none across a gap."""
    if before_ms is None or not 0 < t_ms - before_ms <= LONGEST_WATCHED_STEP_MS:
        return 0
    return t_ms - before_ms
