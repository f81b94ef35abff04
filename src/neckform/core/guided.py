"""What a routine and a range test share: one person before a camera, led by a voice.

The person is placed and a neutral is taken. From then on a session judges what is seen. The person
can pause, skip and stop at any time; the person and the camera can be gone for a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from neckform.core import cues, session, setting_up
from neckform.core.cues import Cue, CueKind, Said, Tone, Voice
from neckform.core.framing import Scene
from neckform.core.observation import Baseline, Observation
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
    seen_ms : int
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
    seen_ms: int
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


Answer = tuple[Guided, tuple[Said, ...]]


def begin(patience: Patience, t_ms: int) -> Guided:
    """Before the first observation."""
    return Guided(Phase.FRAMING, t_ms, t_ms, setting_up.begin(patience), seen_ms=t_ms)


def enter(state: Guided, phase: Phase, t_ms: int) -> Guided:
    """Go on to a phase; one that lasts already goes on."""
    return state if phase is state.phase else replace(state, phase=phase, since_ms=t_ms)


def say(state: Guided, t_ms: int, wanted: Iterable[Cue]) -> Answer:
    """Say what the voice may say now."""
    voice, said = cues.step(state.voice, t_ms, wanted)
    return replace(state, voice=voice), said


def step(state: Guided, t_ms: int) -> Answer:
    """There is a picture. A camera that was lost is back."""
    state = replace(state, last_ms=t_ms)
    return _resume(state, t_ms) if state.paused is PausedBy.CAMERA else (state, ())


def blind(state: Guided, t_ms: int) -> Answer:
    """There is no picture: the camera is gone."""
    if state.phase is Phase.OVER:
        return state, ()
    wanted: tuple[Cue, ...] = ()
    if state.paused in (None, PausedBy.AWAY):
        state = replace(state, paused=PausedBy.CAMERA)
        wanted = (Cue(CueKind.CAMERA_LOST, tone=Tone.OUT),)
    return say(replace(state, last_ms=max(t_ms, state.last_ms)), t_ms, wanted)


def obey(state: Guided, t_ms: int, wish: Wish) -> Answer:
    """Do what is the same for every wish and everywhere.

    What comes after a skip once the person is placed, and after a stop, is the caller's to do.
    """
    if wish is Wish.RESUME:
        return _resume(state, t_ms) if state.paused is PausedBy.PERSON else (state, ())
    state = replace(state, voice=cues.hush(state.voice))
    if wish is Wish.PAUSE:
        paused = replace(state, paused=PausedBy.PERSON)
        return say(paused, t_ms, (Cue(CueKind.PAUSED, tone=Tone.OUT),))
    if wish is Wish.SKIP and state.session is None:
        state = replace(state, placement=setting_up.go_on_anyway(state.placement))
    return state, ()


def place(
    state: Guided, settings: SessionSettings, observation: Observation, scene: Scene
) -> tuple[Guided, tuple[Cue, ...]]:
    """Place the person and take the neutral; the session begins once it is taken."""
    t_ms = observation.t_ms
    placement, baseline, cue = setting_up.step(state.placement, observation, scene)
    state = replace(state, placement=placement)
    if baseline is None:
        state = enter(state, Phase.NEUTRAL if placement.placed else Phase.FRAMING, t_ms)
    else:
        state = replace(state, session=session.begin(settings, baseline), seen_ms=t_ms)
    return state, () if cue is None else (cue,)


def notice(state: Guided, observation: Observation) -> tuple[Guided, tuple[Cue, ...]]:
    """Pause while nobody is there.

    A pose counts as well as a face: far down in a stretch only the body is seen.
    """
    t_ms = observation.t_ms
    if observation.face is not None or observation.pose is not None:
        if state.paused is PausedBy.AWAY:
            return replace(state, seen_ms=t_ms, paused=None), (Cue(CueKind.WELCOME_BACK),)
        return replace(state, seen_ms=t_ms), ()
    if state.paused is None and t_ms - state.seen_ms >= AWAY_MS:
        return replace(state, paused=PausedBy.AWAY), (Cue(CueKind.AWAY, tone=Tone.OUT),)
    return state, ()


def _resume(state: Guided, t_ms: int) -> Answer:
    state = replace(state, paused=None, seen_ms=t_ms)
    return say(state, t_ms, (Cue(CueKind.RESUMED),))
