"""Measuring how far a neck goes in comfort: observations and wishes in, cues out.

::

    FRAMING -> NEUTRAL -> REACH (six directions, one after the other) -> OVER

In each direction the furthest counts at which the head stayed for half a second
(`core.stretch.range_of_motion`). A head that has gone somewhere and comes back to the middle has
shown it, and the next direction is asked for. Nobody is asked to go to the end: comfortable is the
word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from neckform.core.coach import guided
from neckform.core.coach.cues import Cue, CueKind, Tone
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import (
    Guided,
    Phase,
    Response,
    Wish,
)
from neckform.core.coach.placement import Patience
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Direction, Reached
from neckform.core.session import SessionSettings, Step
from neckform.core.stretch.range_of_motion import SIGNS, Reach
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Head

WENT_DEG = 10.0
"""Less than this is no attempt to reach."""
BACK_DEG = 8.0
"""Within this of the middle, on each axis, the head is back."""
BACK_MS = 700
"""For so long."""

STAYED_MS = 1500
"""A head that goes no further for so long has gone as far as it likes."""
FURTHER_DEG = 1.0
"""Less than this is a head that trembles, or an estimate that settles, and no going further."""


@dataclass(frozen=True, slots=True)
class RangeSettings:
    """What a range test needs to know."""

    session: SessionSettings
    patience: Patience = field(default_factory=Patience)
    directions: tuple[Direction, ...] = tuple(Direction)


@dataclass(frozen=True, slots=True)
class Excursion:
    """How the head goes in the direction at hand.

    Attributes
    ----------
    further_ms, furthest_deg : int, float
        When the head last went further, and how far.
    now_deg : float or None
        Where it is in that direction; None while it is not seen.
    uncertainty_deg : float
        Standard error of that.
    back_since_ms : int or None
        Since when it is back in the middle.
    asked_back : bool
        Whether the person was asked to come back.
    """

    further_ms: int = 0
    furthest_deg: float = 0.0
    now_deg: float | None = None
    uncertainty_deg: float = 0.0
    back_since_ms: int | None = None
    asked_back: bool = False

    def unseen(self) -> Excursion:
        return replace(self, now_deg=None, back_since_ms=None)

    def moved(self, t_ms: int, direction: Direction, head: Head, best_deg: float) -> Excursion:
        """Take in where the head is, and the furthest at which it stayed."""
        axis, sign = SIGNS[direction]
        near = max(abs(angle) for angle in head.angles) <= BACK_DEG
        since_ms = t_ms if self.back_since_ms is None else self.back_since_ms
        further = best_deg >= self.furthest_deg + FURTHER_DEG
        return replace(
            self,
            further_ms=t_ms if further else self.further_ms,
            furthest_deg=best_deg if further else self.furthest_deg,
            now_deg=sign * axis.of(head.angles),
            uncertainty_deg=abs(axis.of(head.uncertainty)),
            back_since_ms=since_ms if near else None,
        )

    def is_back(self, t_ms: int) -> bool:
        return self.back_since_ms is not None and t_ms - self.back_since_ms >= BACK_MS

    def stays(self, t_ms: int) -> bool:
        """Whether the head has gone as far as it likes, and does not come back."""
        return self.back_since_ms is None and t_ms - self.further_ms >= STAYED_MS


@dataclass(frozen=True, slots=True)
class RangeTest:
    """What is remembered between two steps.

    Attributes
    ----------
    index : int
        Of the direction at hand.
    measured : mapping of Direction to Reached or None
        The directions that are over; None for one that was skipped.
    excursion : Excursion
        In the direction at hand.
    """

    settings: RangeSettings
    guided: Guided
    index: int = 0
    measured: dict[Direction, Reached | None] = field(default_factory=dict)
    excursion: Excursion = field(default_factory=Excursion)

    @property
    def direction(self) -> Direction | None:
        directions = self.settings.directions
        return directions[self.index] if self.index < len(directions) else None

    @property
    def best(self) -> Reached | None:
        """The furthest so far in the direction at hand."""
        if self.guided.session is None:
            return None
        best = self.guided.session.reach.best
        return next((reached for reached in best if reached.direction is self.direction), None)


def begin(settings: RangeSettings, t_ms: int) -> RangeTest:
    """Before the first observation."""
    return RangeTest(settings, guided.begin(settings.session, settings.patience, t_ms))


def step(state: RangeTest, observation: Observation, scene: Scene) -> tuple[RangeTest, Response]:
    """Take in one observation."""
    return guided.step(state, observation, scene, first=_first, judge=_measure)


def blind(state: RangeTest, t_ms: int) -> tuple[RangeTest, Response]:
    """There is no picture: the camera is gone."""
    return guided.blind(replace(state, excursion=state.excursion.unseen()), t_ms)


def obey(state: RangeTest, t_ms: int, wish: Wish) -> tuple[RangeTest, Response]:
    """Do what the person asks for; a skip takes the direction at hand as it is."""
    return guided.obey(state, t_ms, wish, skip=_next, stop=finish)


def finish(state: RangeTest, t_ms: int) -> tuple[RangeTest, Response]:
    """End it where it is; what was measured stays."""
    if state.guided.phase is Phase.REACH and state.direction is not None:
        state = replace(state, measured={**state.measured, state.direction: state.best})
    return guided.enter(state, Phase.OVER, t_ms), Response()


def own_range(measured: dict[Direction, Reached | None]) -> OwnRange:
    """The degrees of a profile; a direction that was not reached for is not known."""
    known = {
        f"{direction.value}_deg": reached.deg
        for direction, reached in measured.items()
        if reached is not None and reached.deg >= WENT_DEG
    }
    return OwnRange(**known)


def _first(state: RangeTest, t_ms: int) -> tuple[RangeTest, tuple[Cue, ...]]:
    state = guided.enter(state, Phase.REACH, t_ms)
    # Of somebody else, who sits here now, no direction is known yet.
    state = replace(state, index=0, measured={}, excursion=Excursion(further_ms=t_ms))
    return state, _request(state)


def _measure(
    state: RangeTest, observation: Observation, judgement: Step
) -> tuple[RangeTest, Response]:
    t_ms, direction = observation.t_ms, state.direction
    head = judgement.sample.face_head if judgement.sample else None
    if head is None or direction is None:
        return guided.say(replace(state, excursion=state.excursion.unseen()), t_ms, ())
    best_deg = state.best.deg if state.best else 0.0
    excursion = state.excursion.moved(t_ms, direction, head, best_deg)
    state = replace(state, excursion=excursion)
    if best_deg >= WENT_DEG and excursion.is_back(t_ms):
        return _next(state, t_ms)
    if best_deg >= WENT_DEG and excursion.stays(t_ms) and not excursion.asked_back:
        state = replace(state, excursion=replace(excursion, asked_back=True))
        return guided.say(state, t_ms, (Cue(CueKind.COME_BACK, tone=Tone.DONE),))
    return guided.say(state, t_ms, ())


def _next(state: RangeTest, t_ms: int) -> tuple[RangeTest, Response]:
    """Write down the direction at hand, and ask for the next."""
    if state.direction is None or state.guided.session is None:
        return state, Response()
    # Reaching in one direction brings the others along a little; each is measured by itself.
    fresh = replace(state.guided.session, reach=Reach())
    state = replace(
        guided.keep(state, fresh),
        measured={**state.measured, state.direction: state.best},
        index=state.index + 1,
        excursion=Excursion(further_ms=t_ms),
    )
    if state.direction is not None:
        return guided.say(state, t_ms, _request(state))
    return guided.say(guided.enter(state, Phase.OVER, t_ms), t_ms, (Cue(CueKind.RANGE_DONE),))


def _request(state: RangeTest) -> tuple[Cue, ...]:
    direction = state.direction
    return () if direction is None else (Cue(CueKind.REACH, stretch=direction.value),)
