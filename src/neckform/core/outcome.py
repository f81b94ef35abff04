"""What a session found, when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from neckform.core.events import NearMiss
from neckform.core.measure.observation import Baseline
from neckform.core.night import Night
from neckform.core.types import Flag, Hold


@dataclass(frozen=True, slots=True)
class Coverage:
    """How long was analysed, and how long head and shoulders were seen in it."""

    head_seen_ms: int = 0
    shoulders_seen_ms: int = 0
    unseen_ms: int = 0


class Direction(StrEnum):
    """A way that the head can go, from neutral."""

    FLEXION = "flexion"
    """Chin down."""
    EXTENSION = "extension"
    """Chin up."""
    LEFT_ROTATION = "left_rotation"
    RIGHT_ROTATION = "right_rotation"
    LEFT_LATERAL = "left_lateral"
    RIGHT_LATERAL = "right_lateral"


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the head went in one direction, and stayed there for half a second.

    Attributes
    ----------
    deg : float
        Degrees from neutral in that direction, always positive.
    uncertainty : float
        One standard error of it, in degrees.
    at_ms : int
        When.
    """

    direction: Direction
    deg: float
    uncertainty: float
    at_ms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a session found; the report is made of this and of where it came from.

    Attributes
    ----------
    night : Night or None
        How somebody lay, where that could be told.
    """

    baseline: Baseline | None
    coverage: Coverage
    holds: tuple[Hold, ...] = ()
    flags: tuple[Flag, ...] = field(default=())
    reached: tuple[Reached, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    night: Night | None = None
