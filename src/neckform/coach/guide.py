"""The routine, as the loop at the camera leads through it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neckform.core import coaching
from neckform.core.coaching import Coaching, CoachSettings, Phase, Told, Wish
from neckform.core.framing import Scene
from neckform.core.observation import Observation
from neckform.core.outcome import Outcome
from neckform.core.types import Event
from neckform.live.desk import Desk
from neckform.showing.coach_states import coach_state


class RoutineGuide:
    """Keeps the core's state, and hands on what it says.

    Attributes
    ----------
    told : Told
        What the latest observation led to.
    events : list of Event
        All of the session's so far, as an analysis of the same pictures would give them.
    """

    def __init__(self, desk: Desk, settings: CoachSettings) -> None:
        self._desk = desk
        self.coaching: Coaching = coaching.begin(settings, 0)
        self.told = Told()
        self.events: list[Event] = []

    @property
    def over(self) -> bool:
        return self.coaching.phase is Phase.OVER

    @property
    def setting_up(self) -> bool:
        return self.coaching.phase in (Phase.FRAMING, Phase.NEUTRAL)

    @property
    def outcome(self) -> Outcome:
        return coaching.outcome(self.coaching)

    def step(self, observation: Observation, scene: Scene) -> None:
        self._take(coaching.step(self.coaching, observation, scene))

    def blind(self, t_ms: int) -> None:
        self._take(coaching.blind(self.coaching, t_ms))

    def obey(self, t_ms: int, order: str) -> None:
        if order in set(Wish):
            self._take(coaching.obey(self.coaching, t_ms, Wish(order)))

    def finish(self, t_ms: int) -> None:
        if not self.over:
            self._take(coaching.finish(self.coaching, t_ms))

    def state(self) -> Mapping[str, Any]:
        return coach_state(self.coaching, self._desk.language)

    def _take(self, answer: tuple[Coaching, Told]) -> None:
        self.coaching, self.told = answer
        self.events += self.told.events
        self._desk.say(self.told.said, self.coaching.settings.session.holds.by_id)
