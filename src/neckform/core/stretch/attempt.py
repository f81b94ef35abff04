"""One attempt at one stretch: its clock, its lapses, and what it adds up to.

The clock is fed with the times that samples carry and with nothing else. It earns the time between
two moments in form that follow each other; a lapse too brief to matter lies between two such
moments and is earned with them, a longer one is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from neckform.core.types import (
    Angles,
    Head,
    Hold,
    Pause,
    Reason,
    Shoulders,
    Side,
    Stats,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the time in form, each moment weighted with the milliseconds that it earned."""

    weight_ms: int = 0
    sums: tuple[float, float, float] = (0.0, 0.0, 0.0)
    least: tuple[float, float, float] | None = None
    most: tuple[float, float, float] | None = None
    error_sums: tuple[float, float, float] = (0.0, 0.0, 0.0)
    left_hand_ms: int = 0
    right_hand_ms: int = 0

    def add(self, head: Head, hands: frozenset[Side], earned_ms: int) -> Tally:
        tally = replace(
            self,
            left_hand_ms=self.left_hand_ms + earned_ms * (Side.LEFT in hands),
            right_hand_ms=self.right_hand_ms + earned_ms * (Side.RIGHT in hands),
        )
        if not head.face_seen:  # a coarse direction is no degree
            return tally
        angles, errors = tuple(head.angles), tuple(head.uncertainty)
        return replace(
            tally,
            weight_ms=self.weight_ms + earned_ms,
            sums=_three(s + a * earned_ms for s, a in zip(self.sums, angles, strict=True)),
            least=_three(map(min, self.least or angles, angles)),
            most=_three(map(max, self.most or angles, angles)),
            error_sums=_three(
                s + abs(e) * earned_ms for s, e in zip(self.error_sums, errors, strict=True)
            ),
        )

    def ranges(self) -> tuple[Stats, Stats, Stats]:
        """Flexion, rotation and lateral."""
        least, most = self.least or (0.0, 0.0, 0.0), self.most or (0.0, 0.0, 0.0)
        means = _three(s / self.weight_ms for s in self.sums) if self.weight_ms else least
        flexion, rotation, lateral = map(Stats, means, least, most)
        return flexion, rotation, lateral

    def uncertainty(self) -> Angles:
        return Angles(*(s / max(self.weight_ms, 1) for s in self.error_sums))


def _three(values: Iterable[float]) -> tuple[float, float, float]:
    first, second, third = values
    return first, second, third


@dataclass(frozen=True, slots=True)
class Lapse:
    """Out of form since `since_ms`.

    Attributes
    ----------
    reason : Reason
        What it is now.
    spent : tuple of (Reason, int)
        The milliseconds that each reason has lasted, in the order in which they came up.
    stood_ms : int
        How much of it is a single look at the shoulders that stood until the next.
    """

    since_ms: int
    last_ms: int
    reason: Reason
    spent: tuple[tuple[Reason, int], ...] = ()
    paused: bool = False
    stood_ms: int = 0
    one_look: bool = False

    def until(self, t_ms: int, reason: Reason, looks: int = 0) -> Lapse:
        """The same lapse, still going on at `t_ms`, now for `reason`.

        Parameters
        ----------
        looks : int
            How many looks at the shoulders speak for it, where they do.
        """
        spent = dict(self.spent)
        spent[self.reason] = spent.get(self.reason, 0) + t_ms - self.last_ms
        return replace(
            self,
            last_ms=t_ms,
            reason=reason,
            spent=tuple(spent.items()),
            stood_ms=0 if looks > 1 else self._stood(t_ms),
            one_look=looks == 1,
        )

    def lasted_ms(self, t_ms: int) -> int:
        """How long it has lasted at `t_ms`, without what one look alone says."""
        return t_ms - self.since_ms - self._stood(t_ms)

    def _stood(self, t_ms: int) -> int:
        return self.stood_ms + (t_ms - self.last_ms if self.one_look else 0)

    def cause(self, lasting_ms: int) -> Reason:
        """The first reason that lasted, or else the one that lasted longest.

        One stray moment does not name a whole lapse, and neither does what came of it later.
        """
        spent = dict(self.spent)
        spent.setdefault(self.reason, 0)
        lasted = (reason for reason, ms in spent.items() if ms >= lasting_ms)
        return next(lasted, None) or max(spent, key=lambda reason: spent[reason])


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt under way.

    Attributes
    ----------
    start_ms, last_in_ms : int
        The first and the latest moment in form.
    held_ms : int
        The time in form so far.
    begun : bool
        Whether it has lasted long enough to be more than a stray moment at the angle.
    lapse : Lapse or None
        Set while it is out of form.
    left_rise_sw, right_rise_sw, drift_sw : float or None
        The furthest so far, signed, while the head was at its angle.
    """

    start_ms: int
    last_in_ms: int
    held_ms: int = 0
    begun: bool = False
    pauses: tuple[Pause, ...] = ()
    lapse: Lapse | None = None
    tally: Tally = Tally()
    left_rise_sw: float | None = None
    right_rise_sw: float | None = None
    drift_sw: float | None = None

    def with_shoulders(self, moved: Shoulders) -> Attempt:
        return replace(
            self,
            left_rise_sw=_further(self.left_rise_sw, moved.left_rise_sw),
            right_rise_sw=_further(self.right_rise_sw, moved.right_rise_sw),
            drift_sw=_further(self.drift_sw, moved.drift_sw),
        )

    def in_form(self, t_ms: int, head: Head, hands: frozenset[Side]) -> Attempt:
        """In form at `t_ms`, and so since `last_in_ms`: that time is earned."""
        earned_ms = t_ms - self.last_in_ms
        return replace(
            self,
            last_in_ms=t_ms,
            held_ms=self.held_ms + earned_ms,
            lapse=None,
            tally=self.tally.add(head, hands, earned_ms),
        )

    def resumed(self, t_ms: int, cause: Reason) -> Attempt:
        """In form again after a lapse that mattered: the clock starts from here."""
        pause = Pause(self.last_in_ms, t_ms, cause)
        return replace(self, pauses=(*self.pauses, pause), last_in_ms=t_ms, lapse=None)

    def hold(self, stretch: str, side: Side | None, *, target_ms: int, ended_by: str) -> Hold:
        """What the attempt came to, now that it has ended."""
        flexion, rotation, lateral = self.tally.ranges()
        hands = {
            hand
            for hand, ms in (
                (Side.LEFT, self.tally.left_hand_ms),
                (Side.RIGHT, self.tally.right_hand_ms),
            )
            if 2 * ms > self.held_ms
        }
        return Hold(
            stretch=stretch,
            side=side,
            start_ms=self.start_ms,
            end_ms=self.last_in_ms,
            held_ms=self.held_ms,
            target_ms=target_ms,
            completed=self.held_ms >= target_ms,
            ended_by=ended_by,
            pauses=self.pauses,
            flexion_deg=flexion,
            rotation_deg=rotation,
            lateral_deg=lateral,
            uncertainty=self.tally.uncertainty(),
            left_rise_sw=self.left_rise_sw,
            right_rise_sw=self.right_rise_sw,
            drift_sw=self.drift_sw,
            hand_on_head=frozenset(hands),
        )


def _further(so_far: float | None, now: float) -> float:
    return now if so_far is None or abs(now) > abs(so_far) else so_far
