"""The monitor's words for times, zones and minutes."""

from __future__ import annotations

from collections.abc import Mapping

from neckform.core.monitor import zones
from neckform.core.posture.flags import DOZING_BACK, DOZING_DOWN
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise
from neckform.core.wording import Worded, listed, named, plural, worded
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, words_at

_RANKS = {zones.GOOD: 0, zones.STRETCH: 1, zones.CAUTION: 2, zones.UNSEEN: 4, zones.AWAY: 5}
_BAD_RANK = 3


def lasting(milliseconds: int) -> Worded:
    """A length of time as people say it: ``48 s``, ``12 min``, ``3 h 5 min``; rounded down."""
    seconds = milliseconds // 1000
    if seconds < 60:
        return worded("{seconds} s", seconds=seconds)
    minutes = seconds // 60
    if minutes < 60:
        return worded("{minutes} min", minutes=minutes)
    return worded("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def nodded_off(flag: str, lasted: Worded) -> Worded:
    """How the head of somebody hangs who may have fallen asleep, and for how long."""
    if flag == DOZING_DOWN:
        return worded("Your chin has been on your chest for {lasted}.", lasted=lasted)
    if flag == DOZING_BACK:
        return worded("Your head has hung back for {lasted}.", lasted=lasted)
    return worded("Your head has hung to one side for {lasted}.", lasted=lasted)


def zone_name(zone: str, names: Mapping[str, str]) -> Worded:
    """The plain name of a zone; `names` are those of the postures."""
    plain = words_at(DEFAULT_LANGUAGE, "zone", zone)
    return named(str(plain or names.get(zone, zone).lower()))


def exercise_name(exercise: Exercise, stretches: Mapping[str, Stretch]) -> Worded:
    """A stretch and its side."""
    name = named(stretches[exercise.stretch].name)
    if exercise.side is None:
        return name
    return worded("{stretch}, {side}", stretch=name, side=named(exercise.side.value))


def zone_order(spent_ms: Mapping[str, int]) -> list[str]:
    """The zones with any time to speak of: good first, then what is bad, the longest first."""
    order = sorted(spent_ms, key=lambda zone: (_RANKS.get(zone, _BAD_RANK), -spent_ms[zone]))
    return [zone for zone in order if spent_ms[zone] >= 1000]


def zones_line(spent_ms: Mapping[str, int], names: Mapping[str, str]) -> Worded:
    """Each zone and its time, in the order of `zone_order`."""
    shown = zone_order(spent_ms)
    pairs = (
        worded("{zone} {lasted}", zone=zone_name(zone, names), lasted=lasting(spent_ms[zone]))
        for zone in shown
    )
    return listed(list(pairs), ", ")


def today_line(
    spent_ms: Mapping[str, int],
    names: Mapping[str, str],
    not_bad: Mapping[str, int] | None = None,
) -> Worded:
    """The minutes of the day so far, and what the person found not bad of what they were told."""
    watched_ms = sum(spent for zone, spent in spent_ms.items() if zone != zones.AWAY)
    if watched_ms < 1000:
        return worded("nothing was watched yet")
    minutes = worded(
        "{lasted} before the camera: {zones}",
        lasted=lasting(watched_ms),
        zones=zones_line(spent_ms, names),
    )
    return listed([minutes, *not_bad_lines(not_bad or {}, names)])


def not_bad_lines(not_bad: Mapping[str, int], names: Mapping[str, str]) -> list[Worded]:
    """A line for each posture that the person found not bad; who often does can set its limit."""
    return [
        plural(
            "{posture}: not bad, you said {n} time",
            "{posture}: not bad, you said {n} times",
            posture=zone_name(posture, names),
            n=times,
        )
        for posture, times in not_bad.items()
        if times
    ]
