"""Whether somebody is there: ``step(presence, t_ms, seen)``.

Somebody who cannot be seen for a moment is still there; who has not been seen for long is away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.setting import milliseconds, setting


@dataclass(frozen=True, slots=True)
class PresenceSettings:
    """When somebody is taken to have left."""

    away_s: float = setting(
        "seen neither face nor shoulders for this long means away, in seconds",
        low=5, high=600, default=30.0,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Presence:
    """State of the machine; nobody has been seen yet at first, and nobody is away yet either."""

    settings: PresenceSettings = PresenceSettings()
    seen: bool = False
    seen_ms: int | None = None

    def away(self, t_ms: int) -> bool:
        """Whether nobody has been there for long."""
        return self.seen_ms is not None and self.absent_ms(t_ms) >= milliseconds(
            self.settings.away_s
        )

    def absent_ms(self, t_ms: int) -> int:
        """How long nobody has been seen."""
        return 0 if self.seen_ms is None else t_ms - self.seen_ms


def step(presence: Presence, t_ms: int, seen: bool) -> Presence:
    """Take in one moment."""
    if seen or presence.seen_ms is None:
        return replace(presence, seen=seen, seen_ms=t_ms)
    return replace(presence, seen=False)
