"""The monitor's words for times, zones and minutes."""

from __future__ import annotations

from collections.abc import Mapping

from neckform.core.monitor import zones
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, words_at

_RANKS = {zones.GOOD: 0, zones.STRETCH: 1, zones.CAUTION: 2, zones.UNSEEN: 4, zones.AWAY: 5}
_BAD_RANK = 3


def lasting(milliseconds: int) -> str:
    """A length of time as people say it: ``48 s``, ``12 min``, ``3 h 5 min``; rounded down."""
    seconds = milliseconds // 1000
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def zone_name(zone: str, names: Mapping[str, str]) -> str:
    """The plain name of a zone; `names` are those of the postures."""
    plain = words_at(DEFAULT_LANGUAGE, "zone", zone)
    return str(plain or names.get(zone, zone).lower())


def zone_order(spent_ms: Mapping[str, int]) -> list[str]:
    """The zones with any time to speak of: good first, then what is bad, the longest first."""
    order = sorted(spent_ms, key=lambda zone: (_RANKS.get(zone, _BAD_RANK), -spent_ms[zone]))
    return [zone for zone in order if spent_ms[zone] >= 1000]


def zones_line(spent_ms: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Each zone and its time, in the order of `zone_order`."""
    shown = zone_order(spent_ms)
    return ", ".join(f"{zone_name(zone, names)} {lasting(spent_ms[zone])}" for zone in shown)


def today_line(spent_ms: Mapping[str, int], names: Mapping[str, str]) -> str:
    """The minutes of the day so far."""
    watched_ms = sum(spent for zone, spent in spent_ms.items() if zone != zones.AWAY)
    if watched_ms < 1000:
        return "nothing was watched yet"
    return f"{lasting(watched_ms)} before the camera: {zones_line(spent_ms, names)}"
