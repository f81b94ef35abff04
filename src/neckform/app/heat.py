"""The timer of a heat pack: how long it may lie on the skin, and how long it still does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from neckform.sensing.sources.clock import Clock, RealClock

LONGEST_MIN = 20
USUAL_MIN = 15


@dataclass(slots=True)
class HeatTimer:
    """Counts down; the page tells when the time is over, wherever the person is in it.

    Attributes
    ----------
    clock : Clock
        One that never begins anew, as that of a routine does: the pack stays hot meanwhile.
    """

    clock: Clock = field(default_factory=RealClock)
    _end_ms: int | None = None

    def start(self, minutes: Any) -> None:
        """Begin, or begin anew; what is no allowed number of minutes changes nothing."""
        if isinstance(minutes, int) and 1 <= minutes <= LONGEST_MIN:
            self._end_ms = self.clock.now_ms() + minutes * 60_000

    def stop(self) -> None:
        self._end_ms = None

    def obeys(self, order: Mapping[str, Any]) -> bool:
        """Do what is asked of the timer; False when something else is asked for."""
        if order["do"] == "heat":
            self.start(order.get("minutes"))
        elif order["do"] == "heat-off":
            self.stop()
        else:
            return False
        return True

    @property
    def left_s(self) -> int | None:
        """Whole seconds, rounded up; None while no time runs."""
        left_ms = self.state()["left_ms"]
        return None if left_ms is None else -(-left_ms // 1000)

    def state(self) -> Mapping[str, Any]:
        left_ms = None if self._end_ms is None else max(0, self._end_ms - self.clock.now_ms())
        return {"left_ms": left_ms, "longest_min": LONGEST_MIN, "usual_min": USUAL_MIN}
