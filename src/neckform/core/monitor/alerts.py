"""When to speak up about a neck that rests badly: ``step(alarms, t_ms, zone)``.

::

               bad for hint_s               bad for after_s
      calm -------------------> hinted -----------------------> noticed
       ^                          |                                |
       +---- good for lapse_s ----+--------------------------------+

This is the one clock of bad rest at a camera. All postures count together: a chin on the chest that
becomes a tilt goes on counting. A hint comes first, then a notice. After a notice there is quiet
for a while, however the neck rests, and there is no more than one hint in the same time. Unseen
time neither counts nor forgives, until it has lasted for unseen_s. A glance down, a drink or a
passer-by never lasts long enough to matter. Nothing is said while the person may be holding a
stretch, and a stretch is forgiven. A head that moves in and out all the time, as of somebody who
signs or nods along, does not rest: once it was good for half as long as bad, all begins anew.

The times are those of the live rules of ``postures.toml``, and `AlertSettings`.

Nothing here reads a clock: a snooze is given its end, on the same clock as the moments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from neckform.core.monitor.alert_settings import AlertSettings
from neckform.core.monitor.exemption import Stretched
from neckform.core.monitor.zones import (
    AWAY,
    CAUTION,
    GOOD,
    UNSEEN,
    is_bad,
    plus,
)
from neckform.core.parameter import milliseconds
from neckform.core.posture.dozing import is_dozing
from neckform.core.posture.flags import LiveRules, RecordedRules
from neckform.core.time import expect_later, watched_ms
from neckform.core.types import Flag

MOVES_SHARE = 0.5
"""Good for this share of the bad time since that began, a neck moves; it does not rest."""


class RequestKind(StrEnum):
    """What the outside is asked to do."""

    HINT = "hint"
    NOTICE = "notice"
    EASED = "eased"
    """After a hint or a notice, the neck rests well again."""
    BREAK = "break"
    """The person has sat for long: offer a stretch."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something to tell the person.

    Attributes
    ----------
    posture : str or None
        Id of the posture that made most of the bad rest; None for a break.
    lasted_ms : int
        How long the neck has rested badly, or how long the person has sat.
    """

    t_ms: int
    kind: RequestKind
    posture: str | None
    lasted_ms: int


Requests = tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class BadRest:
    """One run of bad rest, in one posture or several.

    Attributes
    ----------
    posture_ms : mapping of str to int
        How long the neck has rested badly, by posture; empty while it rests well.
    good_ms, unseen_ms : int
        Good rest, and time without any sight of it, since the last bad moment.
    told : bool
        Whether the run brought a hint or a notice.
    between_ms : int
        Good rest between the run's bad moments.
    """

    posture_ms: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    good_ms: int = 0
    unseen_ms: int = 0
    told: bool = False
    between_ms: int = 0

    @property
    def lasted_ms(self) -> int:
        return sum(self.posture_ms.values())

    def add(self, zone: str, passed_ms: int, rules: RecordedRules) -> BadRest:
        """Add time in a zone to the run, or to what ends the run."""
        if not self.posture_ms and not is_bad(zone):
            return self
        seen = passed_ms <= milliseconds(rules.gap_s)
        if seen and is_bad(zone):
            return BadRest(
                plus(self.posture_ms, zone, passed_ms),
                told=self.told,
                between_ms=self.between_ms + self.good_ms,
            )
        if seen and zone in (GOOD, CAUTION):
            return replace(self, good_ms=self.good_ms + passed_ms)
        unseen_ms = self.unseen_ms + passed_ms
        lost = unseen_ms > milliseconds(rules.unseen_s)
        return BadRest() if lost else replace(self, unseen_ms=unseen_ms)

    def without(self, spent_ms: Mapping[str, int]) -> BadRest:
        """Take away what was no bad rest; a run that was told keeps something to be eased."""
        left = {zone: ms - spent_ms.get(zone, 0) for zone, ms in self.posture_ms.items()}
        left = {zone: ms for zone, ms in left.items() if ms > 0}
        if left:
            return replace(self, posture_ms=MappingProxyType(left))
        return self if self.told else BadRest()

    def request(self, t_ms: int, kind: RequestKind) -> Request:
        worst = max(self.posture_ms, key=lambda posture: self.posture_ms[posture])
        return Request(t_ms, kind, worst, self.lasted_ms)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Time in front of the camera since the last break, and the absence that goes on."""

    sat_ms: int = 0
    away_ms: int = 0


@dataclass(frozen=True, slots=True)
class Alerts:
    """All that is remembered.

    Attributes
    ----------
    hint_after_ms, notice_after_ms : int or None
        No hint or notice is given before this; None is at any time.
    zone : str
        The zone of the last moment, which the time after it belongs to.
    snoozed_until_ms : int or None
    """

    settings: AlertSettings = field(default_factory=AlertSettings)
    rules: RecordedRules = field(default_factory=LiveRules)
    rest: BadRest = field(default_factory=BadRest)
    sitting: Sitting = field(default_factory=Sitting)
    hint_after_ms: int | None = None
    notice_after_ms: int | None = None
    zone: str = UNSEEN
    last_ms: int | None = None
    snoozed_until_ms: int | None = None

    def snoozed(self, t_ms: int) -> bool:
        """Whether alarms are switched off for now."""
        return self.snoozed_until_ms is not None and t_ms < self.snoozed_until_ms


def step(
    alarms: Alerts, t_ms: int, zone: str, *, undecided: bool = False
) -> tuple[Alerts, Requests]:
    """Take in one moment; the time since the moment before it belongs to that one's zone.

    Parameters
    ----------
    undecided : bool
        The moment may be a stretch: it counts, and nothing is said; see `stretching`.

    Raises
    ------
    ValueError
        When its time is not after that of the moment before it.
    """
    expect_later(t_ms, alarms.last_ms)
    if alarms.last_ms is not None:
        rest = alarms.rest.add(alarms.zone, t_ms - alarms.last_ms, alarms.rules)
        alarms = replace(alarms, rest=rest)
    alarms = replace(alarms, sitting=_sat(alarms, t_ms))
    if alarms.snoozed_until_ms is not None and not alarms.snoozed(t_ms):
        alarms = wake(alarms)
    alarms = replace(alarms, zone=zone, last_ms=t_ms)
    alarms, eased = _ease(alarms, t_ms)
    if alarms.snoozed(t_ms):
        return alarms, ()
    if undecided:
        return alarms, eased
    alarms, spoken = _speak(alarms, t_ms)
    alarms, offered = _offer(alarms, t_ms)
    return alarms, (*eased, *spoken, *offered)


def snooze(alarms: Alerts, until_ms: int) -> Alerts:
    """Say nothing before `until_ms`."""
    return replace(alarms, snoozed_until_ms=until_ms)


def wake(alarms: Alerts) -> Alerts:
    """End a snooze; bad rest begins to count afresh."""
    return replace(rested(alarms), snoozed_until_ms=None)


def rested(alarms: Alerts) -> Alerts:
    """Let bad rest count afresh, after something that undid it."""
    return replace(alarms, rest=BadRest())


def forgive(alarms: Alerts, stretched: Stretched) -> Alerts:
    """Take a stretch out of the bad rest; a completed stretch is also the break that is offered."""
    alarms = replace(alarms, rest=alarms.rest.without(stretched.spent_ms))
    if not stretched.completed:
        return alarms
    return replace(alarms, sitting=replace(alarms.sitting, sat_ms=0))


def flagged(alarms: Alerts, t_ms: int, flag: Flag) -> tuple[Alerts, Requests]:
    """Give a notice of a flag that the session has raised, where a notice may be given.

    Of somebody who has nodded off it is given in the quiet after a notice, too: that one was of the
    same head, before it was known why.
    """
    quiet = not (_may(alarms.notice_after_ms, t_ms) or is_dozing(flag.flag))
    if alarms.snoozed(t_ms) or quiet:
        return alarms, ()
    return _quiet_after(alarms, t_ms), (_of_flag(t_ms, flag),)


def told_as(requests: Requests, dozing: Flag | None) -> Requests:
    """What is said of a neck that rests badly, said as nodding off while that goes on."""
    if dozing is None:
        return requests
    return tuple(
        _of_flag(request.t_ms, dozing) if request.kind is RequestKind.NOTICE else request
        for request in requests
    )


def _of_flag(t_ms: int, flag: Flag) -> Request:
    return Request(t_ms, RequestKind.NOTICE, flag.flag, flag.end_ms - flag.start_ms)


def _sat(alarms: Alerts, t_ms: int) -> Sitting:
    """Count the time in front of the camera, and the breaks from it."""
    sitting = alarms.sitting
    passed_ms = watched_ms(alarms.last_ms, t_ms)
    if alarms.zone != AWAY and passed_ms:
        return Sitting(sitting.sat_ms + passed_ms)
    gap_ms = 0 if alarms.last_ms is None else t_ms - alarms.last_ms
    away_ms = sitting.away_ms + gap_ms
    rested = away_ms >= 60_000 * alarms.settings.rest_min
    return Sitting(0 if rested else sitting.sat_ms, away_ms)


def _ease(alarms: Alerts, t_ms: int) -> tuple[Alerts, Requests]:
    """End a run of bad rest once the neck has rested well for long enough."""
    rest = alarms.rest
    moves = rest.between_ms + rest.good_ms >= MOVES_SHARE * rest.lasted_ms
    lapsed = rest.good_ms >= milliseconds(alarms.rules.lapse_s)
    if not rest.posture_ms or not (lapsed or moves):
        return alarms, ()
    tell = rest.told and not alarms.snoozed(t_ms)
    eased = (rest.request(t_ms, RequestKind.EASED),) if tell else ()
    return replace(alarms, rest=BadRest()), eased


def _speak(alarms: Alerts, t_ms: int) -> tuple[Alerts, Requests]:
    """Give a notice where one is due, else a hint where one is; only while the neck rests badly."""
    rest, rules = alarms.rest, alarms.rules
    if not is_bad(alarms.zone):
        return alarms, ()
    told = replace(alarms, rest=replace(rest, told=True))
    if rest.lasted_ms >= milliseconds(rules.after_s) and _may(alarms.notice_after_ms, t_ms):
        return _quiet_after(told, t_ms), (rest.request(t_ms, RequestKind.NOTICE),)
    hint_ms = milliseconds(alarms.settings.hint_s)
    if rest.lasted_ms >= hint_ms and _may(alarms.hint_after_ms, t_ms):
        told = replace(told, hint_after_ms=t_ms + milliseconds(rules.cooldown_s))
        return told, (rest.request(t_ms, RequestKind.HINT),)
    return alarms, ()


def _quiet_after(alarms: Alerts, t_ms: int) -> Alerts:
    """Keep quiet for a while after a notice."""
    after_ms = t_ms + milliseconds(alarms.rules.cooldown_s)
    return replace(alarms, hint_after_ms=after_ms, notice_after_ms=after_ms)


def _offer(alarms: Alerts, t_ms: int) -> tuple[Alerts, Requests]:
    """Offer a break to a person who is there; once, until the time has passed again."""
    due_ms = 60_000 * alarms.settings.break_min
    sat_ms = alarms.sitting.sat_ms
    if not due_ms or sat_ms < due_ms or alarms.zone == AWAY:
        return alarms, ()
    offered = replace(alarms, sitting=replace(alarms.sitting, sat_ms=0))
    return offered, (Request(t_ms, RequestKind.BREAK, None, sat_ms),)


def _may(after_ms: int | None, t_ms: int) -> bool:
    return after_ms is None or t_ms >= after_ms
