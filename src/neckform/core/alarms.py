"""When to speak up about a neck that rests badly: ``step(alarms, t_ms, zone)``.

::

               bad for hint_s               bad for after_s
      calm -------------------> hinted -----------------------> noticed
       ^                          |                                |
       +---- good for lapse_s ----+--------------------------------+

First comes a hint, then a notice; after a notice there is quiet for a while, however the neck
rests, and no more than one hint in the same time. Bad rest is bad rest: a chin on the chest that
becomes a tilt goes on counting. Unseen neither counts nor forgives, until it has lasted for
unseen_s. A glance down, a drink or somebody who passes by never lasts long enough to matter.
Nothing is said while it may be a stretch that is being held, and what was one is forgiven.

The times of a notice are those of the live rules of ``postures.toml``; what else there is to set is
in `AlarmSettings`.

Nothing here reads a clock: a snooze is told when to end, on the same clock as the moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from neckform.core.alarm_settings import AlarmSettings
from neckform.core.posture import STATIC, LiveRules, RecordedRules
from neckform.core.setting import milliseconds
from neckform.core.stretching import Stretched
from neckform.core.time import expect_later, watched_ms
from neckform.core.zones import AWAY, CAUTION, GOOD, is_bad


class RequestKind(StrEnum):
    """What is asked of the outside."""

    HINT = "hint"
    NOTICE = "notice"
    EASED = "eased"
    """After a hint or a notice, the neck rests well again."""
    BREAK = "break"
    """Somebody has sat for long: offer a stretch."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something that the person should be told.

    Attributes
    ----------
    posture : str or None
        Id of the flag that made most of the bad rest; None for a break.
    lasted_ms : int
        How long the neck has rested badly, or how long the person has sat.
    """

    t_ms: int
    kind: RequestKind
    posture: str | None
    lasted_ms: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """All that is remembered.

    Attributes
    ----------
    bad_ms : mapping of str to int
        The running stretch of bad rest, by posture.
    good_ms, unseen_ms : int
        Good rest, and time without any sight of it, since the last bad moment.
    told : bool
        Whether this run of bad rest brought a hint or a notice.
    hint_after_ms, notice_after_ms : int or None
        Not before this; None is at any time.
    sat_ms, away_ms : int
        Time in front of the camera since the last break; the running absence.
    snoozed_until_ms : int or None
    """

    settings: AlarmSettings = field(default_factory=AlarmSettings)
    rules: RecordedRules = field(default_factory=LiveRules)
    bad_ms: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    good_ms: int = 0
    unseen_ms: int = 0
    told: bool = False
    hint_after_ms: int | None = None
    notice_after_ms: int | None = None
    sat_ms: int = 0
    away_ms: int = 0
    zone: str | None = None
    last_ms: int | None = None
    snoozed_until_ms: int | None = None

    def snoozed(self, t_ms: int) -> bool:
        """Whether alarms are switched off for now."""
        return self.snoozed_until_ms is not None and t_ms < self.snoozed_until_ms


Requests = tuple[Request, ...]


def step(
    alarms: Alarms, t_ms: int, zone: str, *, undecided: bool = False
) -> tuple[Alarms, Requests]:
    """Take in one moment; the time since the one before belongs to that one's zone.

    Parameters
    ----------
    undecided : bool
        It may be a stretch: it counts, and nothing is said; see `stretching`.

    Raises
    ------
    ValueError
        When its time is not after that of the moment before it.
    """
    expect_later(t_ms, alarms.last_ms)
    alarms = _sat(_rested(alarms, t_ms), t_ms)
    if alarms.snoozed_until_ms is not None and not alarms.snoozed(t_ms):
        alarms = wake(alarms)
    alarms = replace(alarms, zone=zone, last_ms=t_ms)
    alarms, eased = _eased(alarms, t_ms)
    if alarms.snoozed(t_ms):
        return alarms, ()
    if undecided:
        return alarms, eased
    alarms, spoken = _speak(alarms, t_ms)
    alarms, offered = _offer(alarms, t_ms)
    return alarms, (*eased, *spoken, *offered)


def snooze(alarms: Alarms, until_ms: int) -> Alarms:
    """Say nothing before `until_ms`."""
    return replace(alarms, snoozed_until_ms=until_ms)


def wake(alarms: Alarms) -> Alarms:
    """End a snooze; bad rest begins to count afresh."""
    return replace(_calm(alarms), snoozed_until_ms=None)


def forgive(alarms: Alarms, stretched: Stretched) -> Alarms:
    """It was a stretch, and no bad rest; a completed one is also the break that is offered."""
    bad = {
        posture: ms - stretched.spent_ms.get(posture, 0) for posture, ms in alarms.bad_ms.items()
    }
    bad = {posture: ms for posture, ms in bad.items() if ms > 0}
    if not bad and not alarms.told:
        alarms = _calm(alarms)
    elif bad:
        alarms = replace(alarms, bad_ms=MappingProxyType(bad))
    return replace(alarms, sat_ms=0) if stretched.completed else alarms


def unmoving(alarms: Alarms, t_ms: int, lasted_ms: int) -> tuple[Alarms, Requests]:
    """The head has not moved for long: a notice, where one may be given."""
    if alarms.snoozed(t_ms) or not _may(alarms.notice_after_ms, t_ms):
        return alarms, ()
    request = Request(t_ms, RequestKind.NOTICE, STATIC, lasted_ms)
    return replace(_noticed(alarms, t_ms), told=alarms.told), (request,)


def _calm(alarms: Alarms) -> Alarms:
    return replace(alarms, bad_ms=MappingProxyType({}), good_ms=0, unseen_ms=0, told=False)


def _rested(alarms: Alarms, t_ms: int) -> Alarms:
    """Add the time since the last moment to the run of bad rest, or to what ends it."""
    if (
        alarms.zone is None
        or alarms.last_ms is None
        or (not alarms.bad_ms and not is_bad(alarms.zone))
    ):
        return alarms
    zone, passed_ms = alarms.zone, watched_ms(alarms.last_ms, t_ms)
    if zone in (GOOD, CAUTION) and passed_ms:
        return replace(alarms, good_ms=alarms.good_ms + passed_ms)
    if is_bad(zone) and passed_ms:
        bad = {**alarms.bad_ms, zone: alarms.bad_ms.get(zone, 0) + passed_ms}
        return replace(alarms, bad_ms=MappingProxyType(bad), good_ms=0, unseen_ms=0)
    unseen_ms = alarms.unseen_ms + t_ms - alarms.last_ms
    lost = unseen_ms > milliseconds(alarms.rules.unseen_s)
    return _calm(alarms) if lost else replace(alarms, unseen_ms=unseen_ms)


def _sat(alarms: Alarms, t_ms: int) -> Alarms:
    """Count the time in front of the camera, and the breaks from it."""
    gap_ms = 0 if alarms.last_ms is None else t_ms - alarms.last_ms
    passed_ms = watched_ms(alarms.last_ms, t_ms)
    if alarms.zone == AWAY or not passed_ms:
        away_ms = alarms.away_ms + gap_ms
        rested = away_ms >= 60_000 * alarms.settings.rest_min
        return replace(alarms, away_ms=away_ms, sat_ms=0 if rested else alarms.sat_ms)
    return replace(alarms, away_ms=0, sat_ms=alarms.sat_ms + passed_ms)


def _eased(alarms: Alarms, t_ms: int) -> tuple[Alarms, Requests]:
    if not alarms.bad_ms or alarms.good_ms < milliseconds(alarms.rules.lapse_s):
        return alarms, ()
    told = (_request(alarms, t_ms, RequestKind.EASED),) if alarms.told else ()
    return _calm(alarms), () if alarms.snoozed(t_ms) else told


def _speak(alarms: Alarms, t_ms: int) -> tuple[Alarms, Requests]:
    """A notice where one is due, else a hint where one is; only while the neck rests badly."""
    lasted_ms = sum(alarms.bad_ms.values())
    if alarms.zone is None or not is_bad(alarms.zone):
        return alarms, ()
    quiet_ms = milliseconds(alarms.rules.cooldown_s)
    if lasted_ms >= milliseconds(alarms.rules.after_s) and _may(alarms.notice_after_ms, t_ms):
        return _noticed(alarms, t_ms), (_request(alarms, t_ms, RequestKind.NOTICE),)
    if lasted_ms >= milliseconds(alarms.settings.hint_s) and _may(alarms.hint_after_ms, t_ms):
        alarms = replace(alarms, told=True, hint_after_ms=t_ms + quiet_ms)
        return alarms, (_request(alarms, t_ms, RequestKind.HINT),)
    return alarms, ()


def _noticed(alarms: Alarms, t_ms: int) -> Alarms:
    after_ms = t_ms + milliseconds(alarms.rules.cooldown_s)
    return replace(alarms, told=True, hint_after_ms=after_ms, notice_after_ms=after_ms)


def _offer(alarms: Alarms, t_ms: int) -> tuple[Alarms, Requests]:
    """Offer a break to somebody who is there; once, until the time has passed again."""
    due_ms = 60_000 * alarms.settings.break_min
    if not due_ms or alarms.sat_ms < due_ms or alarms.zone == AWAY:
        return alarms, ()
    return replace(alarms, sat_ms=0), (Request(t_ms, RequestKind.BREAK, None, alarms.sat_ms),)


def _may(after_ms: int | None, t_ms: int) -> bool:
    return after_ms is None or t_ms >= after_ms


def _request(alarms: Alarms, t_ms: int, kind: RequestKind) -> Request:
    bad = alarms.bad_ms
    worst = max(bad, key=lambda posture: bad[posture])
    return Request(t_ms, kind, worst, sum(bad.values()))
