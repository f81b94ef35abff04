"""Whether a person is there: ``step(presence, observation)``.

The coach, the monitor and the camera's duty all have their answer from here. A person who is not
seen for a moment is still there. A person who is not seen for long is away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.measure.observation import Observation
from neckform.core.measure.shoulders import shoulders_seen


@dataclass(frozen=True, slots=True)
class Presence:
    """When a person was last seen.

    Attributes
    ----------
    away_after_ms : int
        A person who is not seen for this long is away.
    seen_ms : int or None
        None before the first observation. Until a person is seen, the time counts from there.
    """

    away_after_ms: int
    seen_ms: int | None = None

    def away(self, t_ms: int) -> bool:
        """Whether nobody has been there for long."""
        return self.seen_ms is not None and t_ms - self.seen_ms >= self.away_after_ms


def step(presence: Presence, observation: Observation) -> Presence:
    """Take in one observation."""
    if presence.seen_ms is None or person_seen(observation):
        return replace(presence, seen_ms=observation.t_ms)
    return presence


def person_seen(observation: Observation) -> bool:
    """Whether a picture shows a person: a face, or both shoulders, as far down in a stretch.

    A pose alone is no proof: it is also found in a chair with a coat on it. A pose that was not
    looked for says nothing.
    """
    pose = observation.pose
    return observation.face is not None or (pose is not None and shoulders_seen(pose))
