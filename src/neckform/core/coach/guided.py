"""What a routine and a range test share: one person before a camera, led by a voice.

The person is placed and a neutral is taken. From then on a session judges what is seen. The person
can pause, skip and stop at any time; the person and the camera can be gone for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar

from neckform.core import session
from neckform.core.coach import cues
from neckform.core.coach import placement as placing
from neckform.core.coach.cues import (
    Cue,
    CueKind,
    Said,
    Tone,
    Voice,
)
from neckform.core.coach.framing import Scene
from neckform.core.coach.placement import Patience, Placement
from neckform.core.events import Event
from neckform.core.measure import presence
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.presence import Presence
from neckform.core.people import Visitor, unless_other, visited
from neckform.core.session import SessionSettings, SessionState, Step

AWAY_MS = 2000
"""A person who is not seen for this long is gone, or shakes out beside the picture."""
OTHER_MS = 4000
"""Somebody else who is there for this long takes over, with a neutral of their own."""


class Phase(StrEnum):
    """Where the person is on the way."""

    FRAMING = "framing"
    NEUTRAL = "neutral"
    SHOW = "show"
    HOLD = "hold"
    REST = "rest"
    REACH = "range"
    """A range test: the person goes as far as is comfortable."""
    CLOSING = "closing"
    """All exercises are done; a hold that goes on is judged until it ends."""
    OVER = "over"


class Wish(StrEnum):
    """What a person can ask for at any time."""

    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    STOP = "stop"


class PausedBy(StrEnum):
    """Why nothing goes on."""

    PERSON = "person"
    AWAY = "away"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Guided:
    """What is remembered of one person between two steps.

    Attributes
    ----------
    phase : Phase
    since_ms : int
        When the phase began.
    last_ms : int
        The latest moment before this one.
    placement : Placement
    presence : Presence
        When the person was last seen, or last asked to go on.
    session : SessionState or None
        None until there is a neutral.
    paused : PausedBy or None
    voice : Voice
    scene : Scene
        What the pixels showed at the latest moment.
    person : int or None
        Whose the neutral is; None until there is one.
    visitor : Visitor or None
        Somebody else who is there instead.
    first : int or None
        Who was there first, whose profile it is.
    """

    settings: SessionSettings
    phase: Phase
    since_ms: int
    last_ms: int
    placement: Placement
    presence: Presence
    session: SessionState | None = None
    paused: PausedBy | None = None
    voice: Voice = field(default_factory=Voice)
    scene: Scene = field(default_factory=Scene)
    person: int | None = None
    visitor: Visitor | None = None
    first: int | None = None

    @property
    def baseline(self) -> Baseline | None:
        """The neutral, once it is taken."""
        return self.session.measuring.baseline if self.session and self.session.measuring else None


@dataclass(frozen=True, slots=True)
class Response:
    """What one step led to.

    Attributes
    ----------
    step : Step or None
        Of the session; None before there is a neutral, and while paused.
    events : tuple of Event
    said : tuple of Said
    """

    step: Step | None = None
    events: tuple[Event, ...] = ()
    said: tuple[Said, ...] = ()


class Led(Protocol):
    """The state of a routine or of a range test, which contains that of its person."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def guided(self) -> Guided: ...


S = TypeVar("S", bound=Led)


def begin(settings: SessionSettings, patience: Patience, t_ms: int) -> Guided:
    """Before the first observation."""
    placement, there = placing.begin(patience), Presence(AWAY_MS, t_ms)
    return Guided(settings, Phase.FRAMING, t_ms, t_ms, placement, there)


def enter(state: S, phase: Phase, t_ms: int) -> S:
    """Go on to a phase; one that lasts already goes on."""
    if phase is state.guided.phase:
        return state
    return replace(state, guided=replace(state.guided, phase=phase, since_ms=t_ms))


def say(state: S, t_ms: int, wanted: Iterable[Cue]) -> tuple[S, Response]:
    """Say what the voice may say now."""
    voice, said = cues.step(state.guided.voice, t_ms, wanted)
    return replace(state, guided=replace(state.guided, voice=voice)), Response(said=said)


def step(
    state: S,
    observation: Observation,
    scene: Scene,
    *,
    first: Callable[[S, int], tuple[S, tuple[Cue, ...]]],
    judge: Callable[[S, Observation, Step], tuple[S, Response]],
) -> tuple[S, Response]:
    """Take in one observation: place the person first, then let the session judge.

    Parameters
    ----------
    first : callable
        Goes on once the neutral is taken.
    judge : callable
        Goes on after each judgement of the session.
    """
    observation = unless_frozen(observation)
    t_ms = observation.t_ms
    back = Response()
    if state.guided.paused is PausedBy.CAMERA:
        state, back = _resume(state, t_ms)
    state, changed = _notice_other(state, observation)
    observation = unless_other(observation, state.guided.person)
    judged = state.guided.session
    if state.guided.paused is PausedBy.PERSON or state.guided.phase is Phase.OVER:
        # Nothing is judged. A break that was asked for is a gap, which earns nothing.
        state, response = say(state, t_ms, ())
    elif judged is None or state.guided.person is None:
        state, wanted = _place(state, observation, scene)
        if state.guided.person is not None:
            state, more = first(state, t_ms)
            wanted += more
        state, response = say(state, t_ms, (*changed, *wanted))
    else:
        judged, judgement = session.step(judged, observation)
        state = replace(state, guided=replace(state.guided, scene=scene))
        state, response = judge(keep(state, judged), observation, judgement)
    state = replace(state, guided=replace(state.guided, last_ms=t_ms))
    return state, replace(response, said=(*back.said, *response.said))


def blind(state: S, t_ms: int) -> tuple[S, Response]:
    """There is no picture: the camera is gone."""
    person = state.guided
    if person.phase is Phase.OVER:
        return state, Response()
    wanted: tuple[Cue, ...] = ()
    if person.paused in (None, PausedBy.AWAY):
        person = replace(person, paused=PausedBy.CAMERA)
        wanted = (Cue(CueKind.CAMERA_LOST, tone=Tone.OUT),)
    person = replace(person, last_ms=max(t_ms, person.last_ms))
    return say(replace(state, guided=person), t_ms, wanted)


def obey(
    state: S,
    t_ms: int,
    wish: Wish,
    *,
    skip: Callable[[S, int], tuple[S, Response]],
    stop: Callable[[S, int], tuple[S, Response]],
) -> tuple[S, Response]:
    """Do what the person asks for, unless all is done.

    Parameters
    ----------
    skip, stop : callable
        Leaves out what is at hand, once the person is placed; ends it where it is.
    """
    person = state.guided
    t_ms = max(t_ms, person.last_ms)
    if person.phase in (Phase.CLOSING, Phase.OVER):
        return state, Response()
    if wish is Wish.RESUME:
        return _resume(state, t_ms) if person.paused is PausedBy.PERSON else (state, Response())
    person = replace(person, voice=cues.hush(person.voice))
    if wish is Wish.PAUSE:
        paused = replace(state, guided=replace(person, paused=PausedBy.PERSON))
        return say(paused, t_ms, (Cue(CueKind.PAUSED, tone=Tone.OUT),))
    if wish is Wish.SKIP and person.person is None:
        person = replace(person, placement=placing.go_on_anyway(person.placement))
        return replace(state, guided=person), Response()
    after = skip if wish is Wish.SKIP else stop
    return after(replace(state, guided=person), t_ms)


def _place(state: S, observation: Observation, scene: Scene) -> tuple[S, tuple[Cue, ...]]:
    """Place the person and take the neutral; the session begins once it is taken."""
    t_ms = observation.t_ms
    placement, baseline, cue = placing.step(state.guided.placement, observation, scene)
    person = replace(state.guided, placement=placement)
    if baseline is not None:
        begun = (
            session.begin(person.settings, baseline)
            if person.session is None
            else session.handed_over(person.session, _settings(person, observation), baseline)
        )
        person = replace(
            person,
            session=begun,
            presence=Presence(AWAY_MS, t_ms),
            person=observation.person,
            first=observation.person if person.first is None else person.first,
        )
    state = replace(state, guided=person)
    if baseline is None:
        state = enter(state, Phase.NEUTRAL if placement.placed else Phase.FRAMING, t_ms)
    return state, () if cue is None else (cue,)


def _settings(person: Guided, observation: Observation) -> SessionSettings:
    """The settings for whoever is there: a profile's own range is the first person's."""
    if observation.person == person.first:
        return person.settings
    return replace(person.settings, own_range=None)


def _notice_other(state: S, observation: Observation) -> tuple[S, tuple[Cue, ...]]:
    """Begin anew with somebody else who has sat down in the person's place.

    Their measures are not the first one's: they need a neutral of their own. What was done before
    is kept.
    """
    person, t_ms = state.guided, observation.t_ms
    if person.person is None or person.phase in (Phase.CLOSING, Phase.OVER):
        return state, ()
    if not presence.person_seen(observation):
        return state, ()
    visitor = visited(person.visitor, person.person, observation, OTHER_MS)
    if visitor is None or visitor.lasted_ms < OTHER_MS or person.paused is PausedBy.PERSON:
        return replace(state, guided=replace(person, visitor=visitor)), ()
    begun = replace(
        person,
        person=None,
        visitor=None,
        placement=placing.begin(person.placement.patience),
        paused=None,
    )
    state = enter(replace(state, guided=begun), Phase.FRAMING, t_ms)
    return state, (Cue(CueKind.SOMEBODY_ELSE),)


def notice(state: S, observation: Observation) -> tuple[S, tuple[Cue, ...]]:
    """Pause while nobody is there."""
    seen = presence.step(state.guided.presence, observation)
    person = replace(state.guided, presence=seen)
    away = seen.away(observation.t_ms)
    wanted: tuple[Cue, ...] = ()
    if not away and person.paused is PausedBy.AWAY:
        person, wanted = replace(person, paused=None), (Cue(CueKind.WELCOME_BACK),)
    elif away and person.paused is None:
        person = replace(person, paused=PausedBy.AWAY)
        wanted = (Cue(CueKind.AWAY, tone=Tone.OUT),)
    return replace(state, guided=person), wanted


def keep(state: S, judged: SessionState) -> S:
    """Keep what the session has become."""
    return replace(state, guided=replace(state.guided, session=judged))


def _resume(state: S, t_ms: int) -> tuple[S, Response]:
    person = replace(state.guided, paused=None, presence=Presence(AWAY_MS, t_ms))
    state = replace(state, guided=person)
    return say(state, t_ms, (Cue(CueKind.RESUMED),))
