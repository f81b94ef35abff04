"""All that is judged while neckform watches: ``step(watching, observation)``.

Composes the session of one person with presence, stretches, alarms, the minutes in each zone, and
whether the neutral still fits. The same observations give the same requests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from neckform.core import session
from neckform.core.events import Event, EventKind
from neckform.core.measure import presence
from neckform.core.measure.correction import Correction
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.presence import Presence
from neckform.core.monitor import alerts as alarm
from neckform.core.monitor import exemption, zones
from neckform.core.monitor import places as placing
from neckform.core.monitor import relief as relieving
from neckform.core.monitor import sitter as sitting
from neckform.core.monitor.alert_settings import AlertSettings
from neckform.core.monitor.alerts import Alerts, Requests
from neckform.core.monitor.exemption import Exemption, Stretched
from neckform.core.monitor.places import Places
from neckform.core.monitor.relief import Rested, Way
from neckform.core.monitor.sitter import Sitter, Takeover
from neckform.core.monitor.zones import ZoneTally
from neckform.core.neutral import drift as fitting
from neckform.core.neutral.baseline import NotNeutral
from neckform.core.neutral.drift import Fit
from neckform.core.people import unless_other
from neckform.core.posture.dozing import is_dozing
from neckform.core.posture.flags import PostureSettings
from neckform.core.posture.postures import PostureStatus, Zone
from neckform.core.session import SessionSettings, SessionState
from neckform.core.stretch.compensation import ShoulderLimits
from neckform.core.stretch.holds import HoldSettings
from neckform.core.types import Exercise, Flag

AWAY_MS = 30_000
"""A person who is not seen for this long has left the desk."""

_WHATEVER_THE_SHOULDERS_DO = ShoulderLimits(
    rise_sw=math.inf, drift_sw=math.inf, lean_deg=math.inf, turn_deg=math.inf, bend_deg=math.inf,
    nearer=math.inf,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """What the monitor needs to know.

    Attributes
    ----------
    stretches : HoldSettings
        The stretches: a head that holds one does not rest badly.
    """

    postures: PostureSettings
    correction: Correction
    stretches: HoldSettings
    alarms: AlertSettings = field(default_factory=AlertSettings)

    @property
    def session(self) -> SessionSettings:
        """As at any camera, but a stretch that the shoulders spoil is still no bad rest."""
        stretches = replace(self.stretches, shoulders=_WHATEVER_THE_SHOULDERS_DO)
        return SessionSettings(stretches, self.correction, postures=self.postures, live=True)


@dataclass(frozen=True, slots=True)
class MonitorState:
    """All that is remembered; bounded, however long it goes on.

    Attributes
    ----------
    not_bad : mapping of str to int
        How often today the person found a posture not bad, by posture. It is counted and told; no
        limit moves by itself.
    """

    settings: WatchSettings
    session: SessionState
    presence: Presence
    alarms: Alerts
    stretching: Exemption = field(default_factory=Exemption)
    tally: ZoneTally = field(default_factory=ZoneTally)
    fit: Fit = field(default_factory=Fit)
    sitter: Sitter = field(default_factory=Sitter)
    not_bad: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    rested: Rested = field(default_factory=Rested)
    places: Places = field(default_factory=Places)

    @property
    def baseline(self) -> Baseline | None:
        """The neutral, as soon as it is known."""
        measuring = self.session.measuring
        return None if measuring is None else measuring.baseline

    @property
    def trouble(self) -> NotNeutral | None:
        """Why no neutral was found so far."""
        return self.session.search.trouble


@dataclass(frozen=True, slots=True)
class Watched:
    """What one moment led to.

    Attributes
    ----------
    zone : str
        See `zones`.
    requests : tuple of Request
    neutral_found : bool
        Whether the neutral is found now, against which all is judged from here on.
    misfit : bool
        Whether the neutral no longer fits: ask for a new one. True once.
    takeover : Takeover or None
        Somebody has sat down in another one's place. Once.
    place : bool
        Whether the person has moved to a place that is known, whose neutral serves from here on.
        True once.
    """

    t_ms: int
    zone: str
    requests: Requests = ()
    neutral_found: bool = False
    misfit: bool = False
    takeover: Takeover | None = None
    place: bool = False


def begin(
    settings: WatchSettings,
    baseline: Baseline | None = None,
    places: tuple[Baseline, ...] = (),
) -> MonitorState:
    """State before the first observation; without a baseline, one is looked for.

    Parameters
    ----------
    places : tuple of Baseline
        The neutrals of the places that are known from earlier days.
    """
    return MonitorState(
        settings=settings,
        session=session.begin(settings.session, baseline),
        presence=Presence(AWAY_MS),
        alarms=Alerts(settings.alarms, settings.postures.live),
        places=placing.known(places),
    )


def step(watching: MonitorState, observation: Observation) -> tuple[MonitorState, Watched]:
    """Take in one observation.

    Raises
    ------
    ValueError
        When its time is not after that of the moment before it.
    """
    observation = unless_frozen(observation)
    t_ms = observation.t_ms
    watching, takeover = _notice_other(watching, observation)
    observation = unless_other(observation, watching.sitter.person)
    judged, step = session.step(watching.session, observation)
    there = presence.step(watching.presence, observation)
    watching = replace(watching, session=judged, presence=there)
    zone = zones.AWAY if there.away(t_ms) else _zone(step.resting)
    ways = (
        () if step.resting is None else zip(step.resting.present, step.resting.sides, strict=True)
    )
    watching = replace(watching, rested=relieving.count(watching.rested, t_ms, ways))
    watching, requests = _count(watching, t_ms, zone, step.events)
    dozing = _dozing(step.resting)
    requests = alarm.told_as(requests, dozing)
    for event in step.events:
        if event.kind is EventKind.FLAG_RAISED and event.flag is not None:
            if dozing is not None and not is_dozing(event.flag.flag):
                continue  # who sleeps keeps still
            alarms, notices = alarm.flagged(watching.alarms, t_ms, event.flag)
            watching, requests = replace(watching, alarms=alarms), (*requests, *notices)
    misfit = False
    if watching.baseline is not None and step.sample is not None:
        fit, misfit = fitting.step(watching.fit, watching.baseline, observation)
        watching = replace(watching, fit=fit)
    watching = _settled(watching, observation)
    found = any(event.kind is EventKind.NEUTRAL_FOUND for event in step.events)
    watching, place = _placed(watching, observation, found=found)
    misfit = misfit and not watching.alarms.snoozed(t_ms)
    return watching, Watched(t_ms, zone, requests, found, misfit, takeover, place)


def nobody(watching: MonitorState, t_ms: int) -> tuple[MonitorState, Watched]:
    """Take in a moment without a picture: nobody is there, and the camera rests."""
    watching, requests = _count(watching, t_ms, zones.AWAY)
    return watching, Watched(t_ms, zones.AWAY, requests)


def pause(watching: MonitorState) -> MonitorState:
    """Forget the moment: the time until the next one belongs to no zone."""
    tally = replace(watching.tally, zone=None)
    return replace(watching, tally=tally, stretching=Exemption())


def recalibrate(watching: MonitorState) -> MonitorState:
    """Look for a new neutral; the minutes, and the quiet after a notice, remain."""
    places = watching.places.left(watching.baseline)
    return replace(_with_neutral(watching, None), sitter=Sitter(), places=places)


def snooze(watching: MonitorState, until_ms: int) -> MonitorState:
    """Say nothing before `until_ms`."""
    return replace(watching, alarms=alarm.snooze(watching.alarms, until_ms))


def wake(watching: MonitorState) -> MonitorState:
    """End a snooze; bad rest begins to count afresh."""
    return replace(watching, alarms=alarm.wake(watching.alarms))


def not_bad(watching: MonitorState, posture: str) -> MonitorState:
    """Count that the person finds a posture not bad, of which they were told."""
    count = watching.not_bad.get(posture, 0) + 1
    return replace(watching, not_bad=MappingProxyType({**watching.not_bad, posture: count}))


def relief(watching: MonitorState) -> Exercise:
    """The stretch that undoes how the neck has rested since the last one."""
    settings = watching.settings
    return relieving.relief(watching.rested, settings.postures, settings.stretches.stretches)


def stretched(watching: MonitorState, exercise: Exercise) -> MonitorState:
    """Count a stretch that was led and held to its end elsewhere: it is also the break."""
    target_ms = watching.settings.stretches.by_id[exercise.stretch].target_ms
    tally = watching.tally
    spent = zones.plus(tally.spent_ms, zones.STRETCH, target_ms)
    return replace(
        watching,
        tally=replace(tally, spent_ms=spent),
        alarms=alarm.forgive(alarm.rested(watching.alarms), Stretched(MappingProxyType({}), True)),
        rested=Rested(last=exercise),
    )


def new_day(watching: MonitorState) -> MonitorState:
    """Begin a new tally."""
    return replace(watching, tally=ZoneTally(), not_bad=MappingProxyType({}))


def _with_neutral(watching: MonitorState, baseline: Baseline | None) -> MonitorState:
    begun = session.begin(watching.settings.session, baseline)
    return replace(watching, session=begun, fit=Fit(), stretching=Exemption())


def _notice_other(
    watching: MonitorState, observation: Observation
) -> tuple[MonitorState, Takeover | None]:
    """Hand over to somebody who has sat down in another one's place."""
    sitter, other = sitting.step(watching.sitter, observation)
    watching = replace(watching, sitter=sitter)
    if other is None:
        return watching, None
    known = sitter.neutral_of(other)
    return _with_neutral(watching, known), Takeover.KNOWN if known else Takeover.NEW


def _settled(watching: MonitorState, observation: Observation) -> MonitorState:
    """The neutral is that of whoever is first seen with it."""
    baseline, sitter = watching.baseline, watching.sitter
    if baseline is None or sitter.person is not None or not presence.person_seen(observation):
        return watching
    return replace(watching, sitter=sitter.settled(observation.person, baseline))


def _placed(
    watching: MonitorState, observation: Observation, *, found: bool
) -> tuple[MonitorState, bool]:
    """Take the neutral of the place that the person has moved to, if it is known."""
    if found:
        return replace(watching, places=watching.places.found(observation)), False
    if not watching.sitter.is_owner or watching.sitter.visitor is not None:
        return watching, False  # the places are those of whoever was first
    fit = None if watching.baseline is None else watching.fit
    places, here = placing.step(watching.places, fit, observation)
    if here is None:
        return replace(watching, places=places), False
    watching = replace(watching, places=places.left(watching.baseline))
    sitter = watching.sitter
    if sitter.person is not None:
        sitter = sitter.settled(sitter.person, here)
    return replace(_with_neutral(watching, here), sitter=sitter), True


def _count(
    watching: MonitorState, t_ms: int, zone: str, events: Iterable[Event] = ()
) -> tuple[MonitorState, Requests]:
    held, over = exemption.step(watching.stretching, t_ms, zone, watching.session.holds, events)
    alarms, requests = alarm.step(watching.alarms, t_ms, zone, undecided=held.undecided)
    tally = zones.count(watching.tally, t_ms, zone)
    if over is not None:
        alarms = alarm.forgive(alarms, over)
        if over.completed:
            tally = zones.moved(tally, over.spent_ms, zones.STRETCH)
            watching = replace(watching, rested=Rested(last=watching.rested.last))
    return replace(watching, stretching=held, alarms=alarms, tally=tally), requests


def _dozing(resting: PostureStatus | None) -> Flag | None:
    """The flag of somebody who may have nodded off, while it is up."""
    raised = () if resting is None else resting.raised
    return next((flag for flag in raised if is_dozing(flag.flag)), None)


def _ways(resting: PostureStatus | None) -> Iterable[Way]:
    return () if resting is None else zip(resting.present, resting.sides, strict=True)


def _zone(resting: PostureStatus | None) -> str:
    if resting is None:
        return zones.UNSEEN
    if resting.zone is Zone.BAD:
        return resting.present[0]
    return resting.zone.value
