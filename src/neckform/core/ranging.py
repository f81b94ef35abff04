"""Measuring how far a neck goes in comfort: observations and orders in, cues out.

::

    FRAMING -> NEUTRAL -> REACH (six directions, one after the other) -> OVER

In each direction the furthest counts at which the head stayed for half a second (`core.reach`).
Who has been somewhere and comes back to the middle has shown it, and the next direction is asked
for. Nobody is asked to go to the end: comfortable is the word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from neckform.core import cues, session, setting_up
from neckform.core.cues import Cue, CueKind, Said, Tone, Voice
from neckform.core.framing import Scene
from neckform.core.observation import Baseline, Observation
from neckform.core.outcome import Direction, Reached
from neckform.core.reach import SIGNS, Reach
from neckform.core.session import SessionSettings, SessionState
from neckform.core.setting_up import Patience, SettingUp
from neckform.core.stretches import Axis, OwnRange
from neckform.core.types import Event

WENT_DEG = 10.0
"""Less than this is no attempt to reach."""
BACK_DEG = 8.0
"""Within this of the middle, on each axis, the head is back."""
BACK_MS = 700
"""For so long."""

STAYED_MS = 1500
FURTHER_DEG = 1.0
"""Less than this is a head that trembles, or an estimate that settles, and no going further."""
"""A head that goes no further for so long has gone as far as it likes."""


class Phase(StrEnum):
    FRAMING = "framing"
    NEUTRAL = "neutral"
    REACH = "range"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RangeSettings:
    """What the measuring needs to know."""

    session: SessionSettings
    patience: Patience = field(default_factory=Patience)
    directions: tuple[Direction, ...] = tuple(Direction)


@dataclass(frozen=True, slots=True)
class Ranging:
    """All that is remembered between two steps.

    Attributes
    ----------
    index : int
        Of the direction at hand.
    measured : mapping of Direction to Reached or None
        The directions that are over; None for one that was skipped.
    now_deg : float or None
        Where the head is in the direction at hand.
    grew_ms, grown_deg : int, float
        When the head last went further, and how far.
    blind : bool
        Whether the camera is gone.
    """

    settings: RangeSettings
    phase: Phase
    last_ms: int
    setting_up: SettingUp
    session: SessionState | None = None
    index: int = 0
    measured: dict[Direction, Reached | None] = field(default_factory=dict)
    now_deg: float | None = None
    uncertainty_deg: float = 0.0
    back_since_ms: int | None = None
    grew_ms: int = 0
    grown_deg: float = 0.0
    blind: bool = False
    asked_back: bool = False
    paused: bool = False
    voice: Voice = field(default_factory=Voice)

    @property
    def direction(self) -> Direction | None:
        directions = self.settings.directions
        return directions[self.index] if self.index < len(directions) else None

    @property
    def best(self) -> Reached | None:
        """The furthest so far in the direction at hand."""
        if self.session is None:
            return None
        return next(
            (one for one in self.session.reach.best if one.direction is self.direction), None
        )

    @property
    def baseline(self) -> Baseline | None:
        return self.session.measuring.baseline if self.session and self.session.measuring else None


@dataclass(frozen=True, slots=True)
class Told:
    """What one step led to."""

    events: tuple[Event, ...] = ()
    said: tuple[Said, ...] = ()


def begin(settings: RangeSettings, t_ms: int) -> Ranging:
    """Before the first observation."""
    return Ranging(settings, Phase.FRAMING, t_ms, setting_up.begin(settings.patience))


def step(state: Ranging, observation: Observation, scene: Scene) -> tuple[Ranging, Told]:
    """Take in one observation."""
    t_ms = observation.t_ms
    back = (Cue(CueKind.RESUMED),) if state.blind and not state.paused else ()
    state, again = _say(replace(state, last_ms=t_ms, blind=False), t_ms, back)
    state, told = _take(state, observation, scene)
    return state, replace(told, said=(*again.said, *told.said))


def _take(state: Ranging, observation: Observation, scene: Scene) -> tuple[Ranging, Told]:
    t_ms = observation.t_ms
    if state.phase is Phase.OVER or state.paused:
        return _say(state, t_ms, ())
    if state.session is None:
        return _set_up(state, observation, scene)
    judged, found = session.step(state.session, observation)
    state = replace(state, session=judged)
    head = found.sample.face_head if found.sample else None
    if head is None or state.direction is None:
        state = replace(state, now_deg=None, back_since_ms=None)
        return _say(state, t_ms, ())
    axis, sign = SIGNS[state.direction]
    state = replace(
        state,
        now_deg=sign * axis.of(head.angles),
        uncertainty_deg=abs(axis.of(head.uncertainty)),
    )
    best = state.best
    if best is not None and best.deg >= state.grown_deg + FURTHER_DEG:
        state = replace(state, grew_ms=t_ms, grown_deg=best.deg)
    near = max(abs(angle) for angle in head.angles) <= BACK_DEG
    since = (state.back_since_ms if state.back_since_ms is not None else t_ms) if near else None
    state = replace(state, back_since_ms=since)
    went = best is not None and best.deg >= WENT_DEG
    if went and since is not None and t_ms - since >= BACK_MS:
        return _next(state, t_ms)
    if went and not near and not state.asked_back and t_ms - state.grew_ms >= STAYED_MS:
        state = replace(state, asked_back=True)
        return _say(state, t_ms, (Cue(CueKind.COME_BACK, tone=Tone.DONE),))
    return _say(state, t_ms, ())


def blind(state: Ranging, t_ms: int) -> tuple[Ranging, Told]:
    """There is no picture: the camera is gone."""
    first = not state.blind and not state.paused and state.phase is not Phase.OVER
    state = replace(
        state, last_ms=max(t_ms, state.last_ms), now_deg=None, back_since_ms=None, blind=True
    )
    return _say(state, t_ms, (Cue(CueKind.CAMERA_LOST, tone=Tone.OUT),) if first else ())


def pause(state: Ranging, *, on: bool) -> Ranging:
    return replace(state, paused=on, voice=cues.hush(state.voice))


def skip(state: Ranging, t_ms: int) -> tuple[Ranging, Told]:
    """Take the direction at hand as it is; in the set-up, go on where that is possible."""
    if state.session is None:
        return replace(state, setting_up=setting_up.go_on_anyway(state.setting_up)), Told()
    return _next(replace(state, voice=cues.hush(state.voice)), max(t_ms, state.last_ms))


def finish(state: Ranging) -> Ranging:
    """End it where it is; what was measured stays."""
    if state.phase is Phase.REACH and state.direction is not None:
        measured = {**state.measured, state.direction: state.best}
        state = replace(state, measured=measured)
    return replace(state, phase=Phase.OVER)


def own_range(measured: dict[Direction, Reached | None]) -> OwnRange:
    """The degrees of a profile; a direction that was not reached for is not known."""
    found = {
        f"{direction.value}_deg": reached.deg
        for direction, reached in measured.items()
        if reached is not None and reached.deg >= WENT_DEG
    }
    return OwnRange(**found)


def axis_of(direction: Direction) -> Axis:
    return SIGNS[direction][0]


def _set_up(state: Ranging, observation: Observation, scene: Scene) -> tuple[Ranging, Told]:
    t_ms = observation.t_ms
    made, baseline, cue = setting_up.step(state.setting_up, observation, scene)
    state = replace(state, setting_up=made)
    if baseline is None:
        state = replace(state, phase=Phase.NEUTRAL if made.placed else Phase.FRAMING)
        return _say(state, t_ms, (cue,) if cue else ())
    judged = session.begin(state.settings.session, baseline)
    state = replace(state, session=judged, phase=Phase.REACH, grew_ms=t_ms)
    return _say(state, t_ms, (*((cue,) if cue else ()), *_asking(state)))


def _next(state: Ranging, t_ms: int) -> tuple[Ranging, Told]:
    """Write down the direction at hand, and ask for the next."""
    direction = state.direction
    if direction is None or state.session is None:
        return state, Told()
    measured = {**state.measured, direction: state.best}
    # Reaching in one direction brings the others along a little; each is measured by itself.
    fresh = replace(state.session, reach=Reach())
    state = replace(
        state, measured=measured, session=fresh, index=state.index + 1, now_deg=None,
        back_since_ms=None, grew_ms=t_ms, grown_deg=0.0, asked_back=False,
    )  # fmt: skip
    if state.direction is None:
        state = replace(state, phase=Phase.OVER)
        return _say(state, t_ms, (Cue(CueKind.RANGE_DONE),))
    return _say(state, t_ms, _asking(state))


def _asking(state: Ranging) -> tuple[Cue, ...]:
    direction = state.direction
    return () if direction is None else (Cue(CueKind.REACH, stretch=direction.value),)


def _say(state: Ranging, t_ms: int, wanted: Iterable[Cue]) -> tuple[Ranging, Told]:
    voice, said = cues.step(state.voice, t_ms, wanted)
    return replace(state, voice=voice), Told(said=said)
