"""All that is judged while neckform watches: ``step(watching, observation)``.

Composes the session of one person with presence, stretches, alarms, the minutes in each zone, and
whether the neutral still fits. The same observations give the same requests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from neckform.core import presence, session
from neckform.core.measure import neutral_drift as fitting
from neckform.core.measure.correction import Correction
from neckform.core.measure.neutral_drift import Fit
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.monitor import alerts as alarm
from neckform.core.monitor import exemption, zones
from neckform.core.monitor.alert_settings import AlarmSettings
from neckform.core.monitor.alerts import Alarms, Requests
from neckform.core.monitor.exemption import Stretching
from neckform.core.monitor.zones import ZoneTally
from neckform.core.posture.flags import PostureSettings
from neckform.core.posture.postures import PostureStatus, Zone
from neckform.core.presence import Presence
from neckform.core.session import SessionSettings, SessionState
from neckform.core.stretch.compensation import ShoulderLimits
from neckform.core.stretch.holds import HoldSettings
from neckform.core.types import Event, EventKind

AWAY_MS = 30_000
"""A person who is not seen for this long has left the desk."""

_WHATEVER_THE_SHOULDERS_DO = ShoulderLimits(
    rise_sw=math.inf, drift_sw=math.inf, lean_deg=math.inf, turn_deg=math.inf
)


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
    alarms: AlarmSettings = field(default_factory=AlarmSettings)

    @property
    def session(self) -> SessionSettings:
        """As at any camera, but a stretch that the shoulders spoil is still no bad rest."""
        stretches = replace(self.stretches, shoulders=_WHATEVER_THE_SHOULDERS_DO)
        return SessionSettings(stretches, self.correction, postures=self.postures, live=True)


@dataclass(frozen=True, slots=True)
class Watching:
    """All that is remembered; bounded, however long it goes on."""

    settings: WatchSettings
    session: SessionState
    presence: Presence
    alarms: Alarms
    stretching: Stretching = field(default_factory=Stretching)
    tally: ZoneTally = field(default_factory=ZoneTally)
    fit: Fit = field(default_factory=Fit)

    @property
    def baseline(self) -> Baseline | None:
        """The neutral, as soon as it is known."""
        measuring = self.session.measuring
        return None if measuring is None else measuring.baseline

    @property
    def trouble(self) -> str | None:
        """Why no neutral was found so far, in words for the person."""
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
    """

    t_ms: int
    zone: str
    requests: Requests = ()
    neutral_found: bool = False
    misfit: bool = False


def begin(settings: WatchSettings, baseline: Baseline | None = None) -> Watching:
    """State before the first observation; without a baseline, one is looked for."""
    return Watching(
        settings=settings,
        session=session.begin(settings.session, baseline),
        presence=Presence(AWAY_MS),
        alarms=Alarms(settings.alarms, settings.postures.live),
    )


def step(watching: Watching, observation: Observation) -> tuple[Watching, Watched]:
    """Take in one observation.

    Raises
    ------
    ValueError
        When its time is not after that of the moment before it.
    """
    t_ms = observation.t_ms
    judged, step = session.step(watching.session, observation)
    there = presence.step(watching.presence, observation)
    watching = replace(watching, session=judged, presence=there)
    zone = zones.AWAY if there.away(t_ms) else _zone(step.resting)
    watching, requests = _count(watching, t_ms, zone, step.events)
    for event in step.events:
        if event.kind is EventKind.FLAG_RAISED and event.flag is not None:
            alarms, notices = alarm.flagged(watching.alarms, t_ms, event.flag)
            watching, requests = replace(watching, alarms=alarms), (*requests, *notices)
    misfit = False
    if watching.baseline is not None and step.sample is not None:
        fit, misfit = fitting.step(watching.fit, watching.baseline, observation)
        watching = replace(watching, fit=fit)
    found = any(event.kind is EventKind.NEUTRAL_FOUND for event in step.events)
    quiet = watching.alarms.snoozed(t_ms)
    return watching, Watched(t_ms, zone, requests, found, misfit and not quiet)


def nobody(watching: Watching, t_ms: int) -> tuple[Watching, Watched]:
    """Take in a moment without a picture: nobody is there, and the camera rests."""
    watching, requests = _count(watching, t_ms, zones.AWAY)
    return watching, Watched(t_ms, zones.AWAY, requests)


def pause(watching: Watching) -> Watching:
    """Forget the moment: the time until the next one belongs to no zone."""
    tally = replace(watching.tally, zone=None)
    return replace(watching, tally=tally, stretching=Stretching())


def recalibrate(watching: Watching) -> Watching:
    """Look for a new neutral; the minutes, and the quiet after a notice, remain."""
    begun = session.begin(watching.settings.session)
    return replace(watching, session=begun, fit=Fit(), stretching=Stretching())


def snooze(watching: Watching, until_ms: int) -> Watching:
    """Say nothing before `until_ms`."""
    return replace(watching, alarms=alarm.snooze(watching.alarms, until_ms))


def wake(watching: Watching) -> Watching:
    """End a snooze; bad rest begins to count afresh."""
    return replace(watching, alarms=alarm.wake(watching.alarms))


def new_day(watching: Watching) -> Watching:
    """Begin a new tally."""
    return replace(watching, tally=ZoneTally())


def _count(
    watching: Watching, t_ms: int, zone: str, events: Iterable[Event] = ()
) -> tuple[Watching, Requests]:
    held, over = exemption.step(watching.stretching, t_ms, zone, watching.session.holds, events)
    alarms, requests = alarm.step(watching.alarms, t_ms, zone, undecided=held.undecided)
    tally = zones.count(watching.tally, t_ms, zone)
    if over is not None:
        alarms = alarm.forgive(alarms, over)
        if over.completed:
            tally = zones.moved(tally, over.spent_ms, zones.STRETCH)
    return replace(watching, stretching=held, alarms=alarms, tally=tally), requests


def _zone(resting: PostureStatus | None) -> str:
    if resting is None:
        return zones.UNSEEN
    if resting.zone is Zone.BAD:
        return resting.present[0]
    return resting.zone.value
