"""The zone of each moment in front of the camera, and the time in each zone.

A zone is ``good``, ``caution``, ``stretch``, ``unseen``, ``away``, or the id of a posture, such as
``chin-to-chest``. Time that nobody watched, such as a computer's sleep, is in no zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from neckform.core.time import watched_ms

GOOD = "good"
CAUTION = "caution"
STRETCH = "stretch"
"""A stretch was completed."""
UNSEEN = "unseen"
"""A person is there, or just was, but how the neck rests cannot be seen."""
AWAY = "away"
"""Nobody is there."""

HARMLESS = frozenset((GOOD, CAUTION, STRETCH, UNSEEN, AWAY))


def is_bad(zone: str) -> bool:
    """Whether a zone is a posture."""
    return zone not in HARMLESS


@dataclass(frozen=True, slots=True)
class ZoneTally:
    """The time spent in each zone.

    Attributes
    ----------
    spent_ms : mapping of str to int
        Milliseconds by zone.
    zone : str or None
        The zone of the last moment, which the time after it belongs to.
    """

    spent_ms: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    zone: str | None = None
    last_ms: int | None = None


def count(tally: ZoneTally, t_ms: int, zone: str) -> ZoneTally:
    """Take in one moment; the time since the moment before it belongs to that one's zone."""
    spent, passed_ms = tally.spent_ms, watched_ms(tally.last_ms, t_ms)
    if tally.zone is not None and passed_ms:
        spent = plus(spent, tally.zone, passed_ms)
    return ZoneTally(spent, zone, t_ms)


def moved(tally: ZoneTally, spent_ms: Mapping[str, int], zone: str) -> ZoneTally:
    """Give to `zone` the time that turns out not to belong where it was counted."""
    spent = tally.spent_ms
    for before, wrong_ms in spent_ms.items():
        right_ms = min(wrong_ms, spent.get(before, 0))
        spent = plus(plus(spent, before, -right_ms), zone, right_ms)
    return replace(tally, spent_ms=spent)


def plus(spent_ms: Mapping[str, int], zone: str, more_ms: int) -> Mapping[str, int]:
    """Milliseconds by zone, with more in one zone."""
    return MappingProxyType({**spent_ms, zone: spent_ms.get(zone, 0) + more_ms})
