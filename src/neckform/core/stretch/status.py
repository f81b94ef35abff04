"""What is judged of a hold at one moment: everything that a screen, a voice or a table may tell.

It is judged here and nowhere else. Whoever shows it compares nothing with a limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from neckform.core.stretch.compensation import Verdict
from neckform.core.types import Axis, HoldState, Reason, Side


class StretchZone(StrEnum):
    """Where the head is on the way of a stretch, judged on every axis."""

    UNSEEN = "unseen"
    ON_THE_WAY = "on-the-way"
    TARGET = "target"
    """At the angle, and as far as it should go; leaving it takes the hysteresis of the hold."""
    EASE_OFF = "ease-off"
    """Further than the head should be forced."""


@dataclass(frozen=True, slots=True)
class AxisStatus:
    """One main axis of a stretch, in degrees from neutral, + toward the stretch.

    Attributes
    ----------
    angle_deg : float or None
        None while the face is unseen: a coarse direction is no degree.
    enter_deg, leave_deg : float
        Where the hold begins, and below which it is left.
    target_deg, to_deg : float, float or None
        What to aim for, and for how much at most; None: up to the ease-off mark.
    ease_off_deg : float
        Beyond this the head should not be forced.
    """

    axis: Axis
    angle_deg: float | None
    enter_deg: float
    leave_deg: float
    target_deg: float
    to_deg: float | None
    ease_off_deg: float


@dataclass(frozen=True, slots=True)
class HoldStatus:
    """One stretch at one moment, for the voice, the page, the overlay and ``frames.csv``.

    Attributes
    ----------
    stretch : str or None
        None when no stretch is tried.
    reason : Reason or None
        Why the clock does not run: while paused or lapsed, and at rest when the head is at the
        angle but something else spoils it.
    axes : tuple of AxisStatus
        The main axes, the one to show first; empty without a stretch.
    shoulders : Verdict or None
        None before the first sample.
    """

    state: HoldState
    stretch: str | None = None
    side: Side | None = None
    held_ms: int = 0
    target_ms: int = 0
    reason: Reason | None = None
    zone: StretchZone = StretchZone.UNSEEN
    axes: tuple[AxisStatus, ...] = ()
    shoulders: Verdict | None = None

    @property
    def shown(self) -> AxisStatus | None:
        """The axis that stands for the stretch where only one fits."""
        return self.axes[0] if self.axes else None

    @property
    def entered(self) -> bool:
        """Whether the head has entered the stretch, so that leaving it takes the hysteresis."""
        left = self.reason in (Reason.ANGLE_LOW, Reason.CROSS_AXIS)
        return self.state is not HoldState.REST and not left

    @property
    def way(self) -> float | None:
        """How much of the way into the stretch the head has gone, 0 to 1.

        On the axis that lacks most; None while the head is unseen, and without a stretch.
        """
        gone = [axis.angle_deg / axis.enter_deg for axis in self.axes if axis.angle_deg is not None]
        return max(0.0, min(1.0, *gone)) if gone else None

    @property
    def ease_off(self) -> bool:
        """Whether the head is further than it should be forced."""
        return self.zone is StretchZone.EASE_OFF
