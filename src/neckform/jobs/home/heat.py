"""The timer of a heat pack, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from neckform.jobs.heat import LONGEST_MIN
from neckform.sensing.sources.clock import Stopwatch

USUAL_MIN = 15


@dataclass(slots=True)
class HeatTimer:
    """Counts down; the page tells when the time is over, wherever the person is in it."""

    clock: Stopwatch
    _end_ms: int | None = None

    def start(self, minutes: Any) -> None:
        """Begin, or begin anew; what is no allowed number of minutes changes nothing."""
        if isinstance(minutes, int) and 1 <= minutes <= LONGEST_MIN:
            self._end_ms = self.clock.now_ms() + minutes * 60_000

    def stop(self) -> None:
        self._end_ms = None

    def state(self) -> Mapping[str, Any]:
        left_ms = None if self._end_ms is None else max(0, self._end_ms - self.clock.now_ms())
        return {"left_ms": left_ms, "longest_min": LONGEST_MIN, "usual_min": USUAL_MIN}
