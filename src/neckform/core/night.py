"""How somebody lies over a night: ``step(night, t_ms, position)``, ``finish(night)``.

Which way is up tells a position: the side of the body that points there. Above the bed, up is
toward the camera; beside it, up is where the picture's upper edge is. A position counts once it has
lasted for `SETTLED_MS`, from its beginning; what is shorter is part of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

import numpy as np

from neckform.core.posture.flags import FACE_DOWN
from neckform.core.types import Flag, Float64, Side

K = TypeVar("K", bound=StrEnum)

SETTLED_MS = 20_000
"""Shorter is a movement, an arm before the face, or a wrong reading, and no position."""
GAP_MS = 15_000
"""Moments further apart have nothing between them that was seen."""
UPRIGHT = 0.75
"""Cosine of the trunk to the upright from which on somebody sits."""


class Lie(StrEnum):
    """How somebody lies."""

    BACK = "back"
    LEFT = "left-side"
    RIGHT = "right-side"
    FRONT = "face-down"
    SITTING = "sitting"
    UNCLEAR = "unclear"
    """Somebody is there, but not how they lie."""
    NOBODY = "nobody"
    """An empty bed, or somebody under a blanket or in the dark."""


ASLEEP = (Lie.BACK, Lie.LEFT, Lie.RIGHT, Lie.FRONT)


class LyingChange(StrEnum):
    """What would help the neck."""

    LOWER = "lower-pillow"
    HIGHER = "higher-pillow"
    NOT_FACE_DOWN = "not-face-down"
    STRAIGHT = "straight-head"
    """The head lies twisted."""


@dataclass(frozen=True, slots=True)
class Lain:
    """One position, from when to when."""

    position: Lie
    start_ms: int
    end_ms: int

    @property
    def lasted_ms(self) -> int:
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Night:
    """What was seen so far.

    Attributes
    ----------
    lain : tuple of Lain
        In order; those that touch are of different positions.
    running : Lain or None
        The position of now.
    other : Lain or None
        Another one that has not yet lasted long enough.
    """

    lain: tuple[Lain, ...] = ()
    running: Lain | None = None
    other: Lain | None = None

    @property
    def spent_ms(self) -> dict[Lie, int]:
        """Milliseconds in each position, the longest first."""
        spent = dict.fromkeys(Lie, 0)
        for one in self.lain:
            spent[one.position] += one.lasted_ms
        return _longest_first(spent)

    @property
    def turns(self) -> tuple[int, ...]:
        """When somebody turned from one position to another, in milliseconds."""
        slept = [one for one in self.lain if one.position in ASLEEP]
        return tuple(
            after.start_ms
            for before, after in pairwise(slept)
            if before.position is not after.position
        )

    def at(self, t_ms: int) -> Lie:
        """The position of a moment."""
        return next(
            (one.position for one in self.lain if one.start_ms <= t_ms <= one.end_ms), Lie.NOBODY
        )


def lie_of(axes: Float64, up: Sequence[float]) -> Lie:
    """Which way a trunk lies.

    Parameters
    ----------
    axes : ndarray, shape (3, 3)
        Columns to the person's left, to the head, and out of the chest.
    up : sequence of three float
        Away from the ground, on the same axes as those columns.
    """
    left, head, out = (float(along) for along in axes.T @ np.asarray(up, np.float64))
    if abs(head) >= UPRIGHT:
        return Lie.SITTING
    if abs(out) >= abs(left):
        return Lie.BACK if out > 0 else Lie.FRONT
    return Lie.RIGHT if left > 0 else Lie.LEFT


def step(night: Night, t_ms: int, position: Lie) -> Night:
    """Take in one moment, whose time is after that of the moment before it."""
    running, other = night.running, night.other
    if running is None:
        return replace(night, running=Lain(position, t_ms, t_ms))
    last_ms = running.end_ms if other is None else max(running.end_ms, other.end_ms)
    if t_ms - last_ms > GAP_MS:
        return Night(finish(night).lain, Lain(position, t_ms, t_ms))
    if position is running.position:
        return replace(night, running=replace(running, end_ms=t_ms), other=None)
    if other is None or other.position is not position:
        return replace(night, other=Lain(position, t_ms, t_ms))
    other = replace(other, end_ms=t_ms)
    if other.lasted_ms < SETTLED_MS:
        return replace(night, other=other)
    ended = replace(running, end_ms=other.start_ms)
    return Night((*night.lain, ended), other)


def finish(night: Night) -> Night:
    """End the position of now; there are no more moments."""
    if night.running is None:
        return night
    end_ms = night.running.end_ms
    if night.other is not None:
        end_ms = max(end_ms, night.other.end_ms)
    lain = (*night.lain, replace(night.running, end_ms=end_ms))
    return Night(tuple(one for one in lain if one.lasted_ms))


def changes(night: Night, flags: Iterable[Flag]) -> dict[LyingChange, int]:
    """What to change, and for how many milliseconds it would have helped; the longest first."""
    helped = dict.fromkeys(LyingChange, 0)
    for flag in flags:
        change = _change(night.at((flag.start_ms + flag.end_ms) // 2), flag)
        if change is not None:
            helped[change] += flag.end_ms - flag.start_ms
    # One pillow is not both: what would help for longer is said.
    if helped[LyingChange.LOWER] and helped[LyingChange.HIGHER]:
        helped[min(LyingChange.LOWER, LyingChange.HIGHER, key=helped.__getitem__)] = 0
    return _longest_first(helped)


def _longest_first(times_ms: Mapping[K, int]) -> dict[K, int]:
    """Without what took no time at all."""
    lasted = ((what, time_ms) for what, time_ms in times_ms.items() if time_ms)
    return dict(sorted(lasted, key=lambda item: -item[1]))


def _change(position: Lie, flag: Flag) -> LyingChange | None:
    if flag.flag == FACE_DOWN:
        return LyingChange.NOT_FACE_DOWN
    if flag.flag == "side-tilt" and position in (Lie.LEFT, Lie.RIGHT):
        below = Side.LEFT if position is Lie.LEFT else Side.RIGHT
        # An ear toward the mattress: the head has sunk in.
        return LyingChange.HIGHER if flag.side is below else LyingChange.LOWER
    known = {
        "chin-to-chest": LyingChange.LOWER,
        "chin-up": LyingChange.HIGHER,
        "twisted": LyingChange.STRAIGHT,
    }
    return known.get(flag.flag)
