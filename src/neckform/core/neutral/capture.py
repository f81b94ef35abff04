"""Taking a neutral on request: some still seconds, begun again when they are not still.

`core.neutral.baseline.NeutralSearch` finds a neutral in a recording that nobody can speak to. Here
a person is asked to keep still, and is told what to change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.measure.camera_motion import steadied
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.neutral.baseline import (
    LEAST_FACES,
    TAKEN_EVERY_MS,
    NotNeutral,
    neutral_of,
    why_not_neutral,
)

JUDGED_FROM_MS = 600
"""A span shorter than this, or of very few pictures, is not judged yet."""
LONGEST_GAP_MS = 1000
"""Between two pictures further apart than this, nobody saw whether the head was still."""


@dataclass(frozen=True, slots=True)
class Capture:
    """What is remembered while a neutral is taken.

    Attributes
    ----------
    wanted_ms : int
        How long the head must be still.
    span : tuple of Observation
        The still moments so far.
    trouble : NotNeutral or None
        Why the last span was begun again.
    """

    wanted_ms: int
    span: tuple[Observation, ...] = ()
    trouble: NotNeutral | None = None

    @property
    def left_ms(self) -> int:
        if not self.span:
            return self.wanted_ms
        return max(0, self.wanted_ms - (self.span[-1].t_ms - self.span[0].t_ms))


def _goes_on(last: Observation, observation: Observation) -> bool:
    """Whether both are of the same person at the same camera, with no gap between them."""
    same = (observation.size, observation.person) == (last.size, last.person)
    return same and observation.t_ms - last.t_ms <= LONGEST_GAP_MS


def step(capture: Capture, observation: Observation) -> tuple[Capture, Baseline | None]:
    """Take in one observation; the answer has the neutral as soon as it is taken."""
    span, observation = capture.span, steadied(observation)
    if span and not _goes_on(span[-1], observation):
        span = ()
    if not span or observation.t_ms - span[-1].t_ms >= TAKEN_EVERY_MS or observation.pose:
        span = (*span, observation)
    lasted_ms = observation.t_ms - span[0].t_ms
    if lasted_ms < min(JUDGED_FROM_MS, capture.wanted_ms) or len(span) < LEAST_FACES:
        return replace(capture, span=span), None
    trouble = why_not_neutral(span)
    if trouble is not None:
        return replace(capture, span=(observation,), trouble=trouble), None
    if lasted_ms < capture.wanted_ms:
        return replace(capture, span=span, trouble=None), None
    return replace(capture, span=span, trouble=None), neutral_of(span, "held")
