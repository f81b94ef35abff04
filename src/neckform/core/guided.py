"""What a routine and a range test share: one person before a camera, led by a voice.

The person is placed and a neutral is taken. From then on a session judges what is seen. The person
can pause, skip and stop at any time; the person and the camera can be gone for a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar

from neckform.core import cues, presence, session, setting_up
from neckform.core.cues import Cue, CueKind, Said, Tone, Voice
from neckform.core.framing import Scene
from neckform.core.observation import Baseline, Observation
from neckform.core.presence import Presence
from neckform.core.session import SessionSettings, SessionState, Step
from neckform.core.setting_up import Patience, SettingUp
from neckform.core.types import Event

AWAY_MS = 2000
"""A person who is not seen for this long is gone, or shakes out beside the picture."""


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
        The latest moment.
    placement : SettingUp
    presence : Presence
        When the person was last seen, or last asked to go on.
    session : SessionState or None
        None until there is a neutral.
    paused : PausedBy or None
    voice : Voice
    """

    phase: Phase
    since_ms: int
    last_ms: int
    placement: SettingUp
    presence: Presence
    session: SessionState | None = None
    paused: PausedBy | None = None
    voice: Voice = field(default_factory=Voice)

    @property
    def waits(self) -> bool:
        """Whether nothing is judged: a break that was asked for is a gap, which earns nothing."""
        return self.paused is PausedBy.PERSON or self.phase is Phase.OVER

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


def begin(patience: Patience, t_ms: int) -> Guided:
    """Before the first observation."""
    return Guided(Phase.FRAMING, t_ms, t_ms, setting_up.begin(patience), Presence(AWAY_MS, t_ms))


def enter(state: S, phase: Phase, t_ms: int) -> S:
    """Go on to a phase; one that lasts already goes on."""
    if phase is state.guided.phase:
        return state
    return replace(state, guided=replace(state.guided, phase=phase, since_ms=t_ms))


def say(state: S, t_ms: int, wanted: Iterable[Cue]) -> tuple[S, Response]:
    """Say what the voice may say now."""
    voice, said = cues.step(state.guided.voice, t_ms, wanted)
    return replace(state, guided=replace(state.guided, voice=voice)), Response(said=said)


def step(state: S, t_ms: int) -> tuple[S, Response]:
    """There is a picture. A camera that was lost is back."""
    state = replace(state, guided=replace(state.guided, last_ms=t_ms))
    lost = state.guided.paused is PausedBy.CAMERA
    return _resume(state, t_ms) if lost else (state, Response())


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


def obey(state: S, t_ms: int, wish: Wish) -> tuple[S, Response]:
    """Do what is the same for every wish and everywhere.

    What comes after a skip once the person is placed, and after a stop, is the caller's to do.
    """
    person = state.guided
    if wish is Wish.RESUME:
        return _resume(state, t_ms) if person.paused is PausedBy.PERSON else (state, Response())
    person = replace(person, voice=cues.hush(person.voice))
    if wish is Wish.PAUSE:
        paused = replace(state, guided=replace(person, paused=PausedBy.PERSON))
        return say(paused, t_ms, (Cue(CueKind.PAUSED, tone=Tone.OUT),))
    if wish is Wish.SKIP and person.session is None:
        person = replace(person, placement=setting_up.go_on_anyway(person.placement))
    return replace(state, guided=person), Response()


def place(
    state: S, settings: SessionSettings, observation: Observation, scene: Scene
) -> tuple[S, tuple[Cue, ...]]:
    """Place the person and take the neutral; the session begins once it is taken."""
    t_ms = observation.t_ms
    placement, baseline, cue = setting_up.step(state.guided.placement, observation, scene)
    person = replace(state.guided, placement=placement)
    if baseline is not None:
        begun = session.begin(settings, baseline)
        person = replace(person, session=begun, presence=Presence(AWAY_MS, t_ms))
    state = replace(state, guided=person)
    if baseline is None:
        state = enter(state, Phase.NEUTRAL if placement.placed else Phase.FRAMING, t_ms)
    return state, () if cue is None else (cue,)


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


def judged(state: S, after: SessionState) -> S:
    """Keep what a session has become."""
    return replace(state, guided=replace(state.guided, session=after))


def _resume(state: S, t_ms: int) -> tuple[S, Response]:
    person = replace(state.guided, paused=None, presence=Presence(AWAY_MS, t_ms))
    state = replace(state, guided=person)
    return say(state, t_ms, (Cue(CueKind.RESUMED),))
