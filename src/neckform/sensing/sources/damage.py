"""What is wrong inside a recording that can still be read, and how it is told."""

from __future__ import annotations

from neckform.core.wording import listed, plural, worded

GAP_MS = 500
"""Pictures further apart than this,"""
HELD_BACK = 16
"""with more packets between them than a decoder holds back, were lost."""


class Damage:
    """Counts what could not be read, and what could be read only in part."""

    def __init__(self) -> None:
        self._places = self._patched = 0
        self._lost_ms = 0
        self._packets = 0

    def packet(self, *, decoded: bool) -> None:
        """Another packet goes to the decoder, which may pass over it where it is not needed."""
        self._packets += decoded

    def place(self) -> None:
        """Something cannot be read, and is skipped."""
        self._places += 1

    def frame(self, t_ms: int, before_ms: int | None, *, patched: bool) -> None:
        """A frame came out; `patched` where the decoder had to guess at a part of it."""
        self._patched += patched
        if before_ms is not None and t_ms - before_ms > GAP_MS and self._packets > HELD_BACK:
            self._lost_ms += t_ms - before_ms
        self._packets = 0

    def note(self, name: str) -> str | None:
        """One line for the person; None where nothing is wrong."""
        told = []
        if self._places:
            told.append(
                plural("in {n} place, passed over", "in {n} places, passed over", n=self._places)
            )
        if self._patched:
            told.append(
                plural(
                    "in {n} picture, which may be measured wrongly",
                    "in {n} pictures, which may be measured wrongly",
                    n=self._patched,
                )
            )
        if self._lost_ms:
            lost_s = self._lost_ms / 1000
            told.append(worded("for {lost_s:.1f} s, of which nothing could be seen", lost_s=lost_s))
        if not told:
            return None
        return worded("{name} is damaged {where}", name=name, where=listed(told, ", "))
