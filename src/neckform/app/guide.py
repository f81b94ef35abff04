"""What leads a person through a routine or a range test, for the loop at the camera."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol

from neckform.app.desk import Desk
from neckform.core.coach.framing import Scene
from neckform.core.coach.guided import (
    Phase,
    Response,
    S,
    Wish,
)
from neckform.core.events import Event
from neckform.core.measure.observation import Observation


class Plan(Protocol[S]):
    """The steps from one state to the next: `core.coach.coaching` or `core.coach.range_test`."""

    def step(self, state: S, observation: Observation, scene: Scene) -> tuple[S, Response]: ...

    def blind(self, state: S, t_ms: int) -> tuple[S, Response]: ...

    def obey(self, state: S, t_ms: int, wish: Wish) -> tuple[S, Response]: ...

    def finish(self, state: S, t_ms: int) -> tuple[S, Response]: ...


class Guide(Generic[S]):
    """Keeps the core's state, and hands on what it says.

    Parameters
    ----------
    plan : Plan
    state : S
        Before the first observation.
    page : callable
        The parts of a page's state that belong to it, in a language.

    Attributes
    ----------
    response : Response
        What the latest observation led to.
    events : list of Event
        All of the session's so far, as an analysis of the same pictures would give them.
    """

    def __init__(
        self, desk: Desk, plan: Plan[S], state: S, page: Callable[[S, str], Mapping[str, Any]]
    ) -> None:
        self.desk = desk
        self.state = state
        self.response = Response()
        self.events: list[Event] = []
        self._plan = plan
        self._page = page

    @property
    def over(self) -> bool:
        return self.state.guided.phase is Phase.OVER

    @property
    def places(self) -> bool:
        """Whether the person is still being placed, so that light and company matter."""
        return self.state.guided.phase in (Phase.FRAMING, Phase.NEUTRAL)

    def step(self, observation: Observation, scene: Scene) -> None:
        self._take(self._plan.step(self.state, observation, scene))

    def blind(self, t_ms: int) -> None:
        self._take(self._plan.blind(self.state, t_ms))

    def obey(self, t_ms: int, order: str) -> None:
        if order in set(Wish):
            self._take(self._plan.obey(self.state, t_ms, Wish(order)))

    def finish(self, t_ms: int) -> None:
        if not self.over:
            self._take(self._plan.finish(self.state, t_ms))

    def page(self) -> Mapping[str, Any]:
        return self._page(self.state, self.desk.language)

    def _take(self, answer: tuple[S, Response]) -> None:
        self.state, self.response = answer
        self.events += self.response.events
        judged = self.state.guided.session
        stretches = judged.holds.settings.by_id if judged else None
        self.desk.say(self.response.said, stretches)
