"""What a session tells while it goes on: events, and the attempts that did not count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from neckform.core.types import Axis, Flag, Hold, Reason, Side


class MissReason(StrEnum):
    """Why an attempt did not count: those of `Reason` that apply, and the other side.

    ``unseen`` are the shoulders.
    """

    ANGLE_LOW = "angle-low"
    CROSS_AXIS = "cross-axis"
    SHOULDER_RISE = "shoulder-rise"
    SHOULDER_DRIFT = "shoulder-drift"
    TRUNK_LEAN = "trunk-lean"
    TRUNK_TURN = "trunk-turn"
    TRUNK_BEND = "trunk-bend"
    WRONG_SIDE = "wrong-side"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An attempt that did not count.

    Attributes
    ----------
    side : Side or None
        The side that was tried; of ``wrong-side``, the side that was asked for.
    axis : Axis or None
        None where a shoulder or the trunk was measured.
    measured, limit : float
        Mean over `near_ms`, and where it begins, or no longer counts; degrees, or shoulder widths.
    error : float or None
        One standard error of `measured`; None where it is not known.
    """

    stretch: str
    side: Side | None
    start_ms: int
    end_ms: int
    near_ms: int
    reason: MissReason
    axis: Axis | None
    measured: float
    limit: float
    error: float | None
    shoulder: Side | None = None  # the higher one, of shoulder-rise

    @property
    def gap(self) -> float:
        """How much was missing, or too much; below 0 where the angle would have done."""
        if self.reason is MissReason.WRONG_SIDE:
            return 0.0
        low = self.reason in (MissReason.ANGLE_LOW, MissReason.UNSEEN)
        return (abs(self.limit) - abs(self.measured)) * (1 if low else -1)

    @property
    def perhaps(self) -> bool:
        """Whether the gap is within the stated error, or only the shoulders were not seen."""
        if self.reason is MissReason.UNSEEN:
            return True
        known = self.reason is not MissReason.WRONG_SIDE and self.error is not None
        return known and self.gap <= (self.error or 0.0)


class EventKind(StrEnum):
    """What may happen in a session."""

    NEUTRAL_FOUND = "neutral-found"
    HOLD_BEGAN = "hold-began"
    HOLD_PAUSED = "hold-paused"
    HOLD_RESUMED = "hold-resumed"
    HOLD_TARGET = "hold-target"
    HOLD_ENDED = "hold-ended"
    NEAR_MISS = "near-miss"
    FLAG_RAISED = "flag-raised"
    FLAG_ENDED = "flag-ended"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at `t_ms`; fields that do not apply are None."""

    t_ms: int
    kind: EventKind
    stretch: str | None = None
    side: Side | None = None
    reason: Reason | None = None
    hold: Hold | None = None
    flag: Flag | None = None
    miss: NearMiss | None = None
