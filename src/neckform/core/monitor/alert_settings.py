"""The settings of the alarms; light, so that the command line can show their defaults."""

from __future__ import annotations

from dataclasses import dataclass

from neckform.core.parameter import setting


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """The settings of the alarms, beside the live rules of the postures."""

    hint_s: float = setting(
        "bad rest for this long brings a hint, in seconds", low=5, high=3600, default=30.0
    )
    break_min: float = setting(
        "a stretch break is offered after this long without one, in minutes; 0 is never",
        low=0, high=600, default=50.0,
    )  # fmt: skip
    rest_min: float = setting(
        "being away for this long is a break, in minutes", low=0.5, high=60, default=2.0
    )
