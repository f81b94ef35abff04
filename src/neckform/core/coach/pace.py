"""How long a routine takes; light, so that the command line can tell its bounds."""

from __future__ import annotations

from dataclasses import dataclass

from neckform.core.parameter import setting


@dataclass(frozen=True, slots=True)
class Pace:
    """How long everything takes, and how often."""

    hold_s: float = setting("how long each stretch is held, in seconds", low=5, high=120,
                            default=30.0)  # fmt: skip
    rest_s: float = setting("rest between two stretches, in seconds", low=3, high=120,
                            default=10.0)  # fmt: skip
    repetitions: int = setting("how often the whole routine is done", low=1, high=5, default=1)
