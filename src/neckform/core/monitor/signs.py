"""What an icon shows of the monitor, at a glance."""

from __future__ import annotations

from enum import StrEnum

from neckform.core.monitor.zones import AWAY, UNSEEN, is_bad


class Sign(StrEnum):
    """One of four; each has a colour and a shape of its own."""

    GOOD = "good"
    BAD = "bad"
    """The neck rests badly."""
    UNSEEN = "unseen"
    """Nobody is there, or how the neck rests cannot be seen."""
    PAUSED = "paused"
    """The camera is let go, because the person or another program wants it so."""


def sign_of(zone: str | None, *, watching: bool, paused: bool) -> Sign:
    """The sign of a moment.

    Parameters
    ----------
    zone : str or None
        See `zones`; None before there is a neutral to judge against.
    watching : bool
        Whether the camera shows anything.
    paused : bool
    """
    if paused:
        return Sign.PAUSED
    if not watching or zone in (None, AWAY, UNSEEN):
        return Sign.UNSEEN
    return Sign.BAD if is_bad(zone or UNSEEN) else Sign.GOOD
