"""Leads a made-up person through a routine, in the time that their moments carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from seated import BRIGHT, absent, seated, times

from changed import resized
from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import coaching
from neckform.core.coach.coaching import Coaching, CoachSettings
from neckform.core.coach.cues import CueKind, Said
from neckform.core.coach.exercise_clock import ExerciseClock
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import Phase, Response, Wish
from neckform.core.coach.placement import RECORDED, Patience
from neckform.core.coach.routine import held_for
from neckform.core.events import Event
from neckform.core.measure.observation import Observation, Pose
from neckform.core.session import SessionSettings
from neckform.core.types import Angles, Exercise, Hold, Side

REST = Angles(0.0, 0.0, 0.0)
TRAP_LEFT = Exercise("upper-trapezius", Side.LEFT)
TRAP_RIGHT = Exercise("upper-trapezius", Side.RIGHT)
LEVATOR_LEFT = Exercise("levator-scapulae", Side.LEFT)
PARA = Exercise("cervical-paraspinal")
POSED = {
    TRAP_LEFT: Angles(0.0, 0.0, 38.0),
    TRAP_RIGHT: Angles(0.0, 0.0, -38.0),
    LEVATOR_LEFT: Angles(28.0, 40.0, 0.0),
    PARA: Angles(45.0, 0.0, 0.0),
}
NEUTRAL_S = 1.1
"""A recording's neutral is there at one second."""


def settings(
    *exercises: Exercise, hold_s: float = 5.0, rest_s: float = 4.0, patience: Patience = RECORDED
) -> CoachSettings:
    judged = SessionSettings(held_for(load_settings(), hold_s), load_correction(), live=True)
    return CoachSettings(judged, exercises, round(rest_s * 1000), patience)


class Acts:
    """What somebody does, one thing after the other; each lasts for so many seconds."""

    def __init__(self, fps: float = 10.0) -> None:
        self.fps = fps
        self.seen: list[Observation] = []
        self.now_s = 0.0

    def sit(self, seconds: float) -> Acts:
        return self.at(REST, seconds)

    def hold(self, exercise: Exercise, seconds: float) -> Acts:
        return self.at(POSED[exercise], seconds)

    def at(
        self, angles: Angles | None, seconds: float, body: Pose | None = None, size: float = 1.0
    ) -> Acts:
        """Somewhere; `size` is how many times larger all looks, nearer or further away."""
        seen = [resized(seated(t, angles, body), size) for t in self._times(seconds)]
        return self._add(seen, seconds)

    def away(self, seconds: float) -> Acts:
        return self._add([absent(t) for t in self._times(seconds)], seconds)

    def gap(self, seconds: float) -> Acts:
        """Nobody looks."""
        return self._add([], seconds)

    def _times(self, seconds: float) -> list[int]:
        return times(round(self.now_s * 1000), round((self.now_s + seconds) * 1000), self.fps)

    def _add(self, seen: list[Observation], seconds: float) -> Acts:
        self.seen += seen
        self.now_s = round(self.now_s + seconds, 3)
        return self


@dataclass
class Played:
    """How a routine went."""

    state: Coaching
    told: list[tuple[int, Response]] = field(default_factory=list)
    phases: list[tuple[float, Phase]] = field(default_factory=list)

    def take(self, t_ms: int, answer: tuple[Coaching, Response]) -> None:
        self.state, told = answer
        self.told.append((t_ms, told))
        if not self.phases or self.phases[-1][1] is not self.state.guided.phase:
            self.phases.append((t_ms / 1000, self.state.guided.phase))

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for _, told in self.told for event in told.events)

    @property
    def said(self) -> list[Said]:
        return [one for _, told in self.told for one in told.said]

    @property
    def order(self) -> list[Phase]:
        return [phase for _, phase in self.phases]

    @property
    def finished(self) -> tuple[ExerciseClock, ...]:
        return self.state.finished

    @property
    def holds(self) -> tuple[Hold, ...]:
        return coaching.outcome(self.state).holds

    def words(self, *without: CueKind) -> list[CueKind]:
        """The kinds that were spoken."""
        return [one.cue.kind for one in self.said if one.words and one.cue.kind not in without]

    def times_of(self, kind: CueKind) -> list[float]:
        return [one.t_ms / 1000 for one in self.said if one.words and one.cue.kind is kind]

    def entered(self, phase: Phase) -> float:
        """When a phase was first entered, in seconds."""
        return next(t_s for t_s, one in self.phases if one is phase)


def play(
    wanted: CoachSettings,
    acts: Acts | Sequence[Observation],
    orders: Mapping[float, Wish] | None = None,
    *,
    blind: Iterable[int] = (),
    scene: Scene = BRIGHT,
    played: Played | None = None,
) -> Played:
    """Fold a whole visit.

    Parameters
    ----------
    orders : mapping of float to Wish
        At times in seconds, before the observation of that time.
    blind : iterable of int
        Milliseconds at which there was no picture instead of an observation.
    """
    seen = {one.t_ms: one for one in (acts.seen if isinstance(acts, Acts) else acts)}
    asked = {round(t_s * 1000): wish for t_s, wish in (orders or {}).items()}
    dark = set(blind)
    went = played or Played(coaching.begin(wanted, 0))
    for t_ms in sorted({*seen, *asked, *dark}):
        if t_ms in asked:
            went.take(t_ms, coaching.obey(went.state, t_ms, asked[t_ms]))
        if t_ms in dark:
            went.take(t_ms, coaching.blind(went.state, t_ms))
        elif t_ms in seen:
            went.take(t_ms, coaching.step(went.state, seen[t_ms], scene))
    return went
