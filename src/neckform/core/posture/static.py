"""Whether a head has not moved for long: ``step(state, t_ms, angles)``.

The head's direction is averaged over a few seconds at a time: a tremble or a stray reading is no
movement, a glance aside is one. The head is unmoving for as long as these averages, back from now,
stay within a small range on each axis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.events import Event, EventKind
from neckform.core.parameter import milliseconds
from neckform.core.posture.flags import STATIC, RecordedRules, Static
from neckform.core.types import Angles, Flag

Events = tuple[Event, ...]

BLOCK_MS = 5000
"""One average. Ten minutes are 120 of them, which is all that is remembered."""
LONGEST_SHARE_MS = 1000
"""No single moment stands for more than this in an average."""


@dataclass(frozen=True, slots=True)
class Block:
    """A few seconds, summed up; each moment weighted with its milliseconds."""

    start_ms: int
    weight_ms: int = 0
    sums: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def add(self, angles: Angles, share_ms: int) -> Block:
        flexion, rotation, lateral = (
            total + angle * share_ms for total, angle in zip(self.sums, angles, strict=True)
        )
        return Block(self.start_ms, self.weight_ms + share_ms, (flexion, rotation, lateral))

    @property
    def mean(self) -> Angles:
        return Angles(*(total / self.weight_ms for total in self.sums))


@dataclass(frozen=True, slots=True)
class StaticHead:
    """What is remembered of a head that may be unmoving.

    Attributes
    ----------
    blocks : tuple of (int, Angles)
        Start and mean of each block in which the head stayed where it is now.
    since_ms : int or None
        Since when the head has not moved.
    last_ms : int or None
        When the head was last seen.
    raised : Flag or None
        The flag so far, once it is raised.
    """

    static: Static
    rules: RecordedRules
    block: Block | None = None
    blocks: tuple[tuple[int, Angles], ...] = ()
    since_ms: int | None = None
    last_ms: int | None = None
    raised: Flag | None = None
    quiet_until_ms: int | None = None


def step(state: StaticHead, t_ms: int, angles: Angles | None) -> tuple[StaticHead, Events]:
    """Take in one moment; `angles` is None for a head that is not seen."""
    ended: Events = ()
    if state.last_ms is not None and t_ms - state.last_ms > milliseconds(state.rules.unseen_s):
        state, ended = stop(state, t_ms)
    if angles is None:
        return state, ended
    closed: Events = ()
    block = state.block
    if block is not None and t_ms - block.start_ms >= BLOCK_MS:
        state, closed = _close(state, block, t_ms)
        block = None
    before_ms = t_ms if state.last_ms is None else state.last_ms
    share_ms = max(1, min(t_ms - before_ms, LONGEST_SHARE_MS))
    block = (block or Block(t_ms)).add(angles, share_ms)
    return replace(state, block=block, last_ms=t_ms), (*ended, *closed)


def stop(state: StaticHead, t_ms: int | None) -> tuple[StaticHead, Events]:
    """Forget all: the head moves on purpose or is gone, or there are no more samples (None)."""
    events: Events = ()
    if state.last_ms is not None:
        state, events = _lower(state, state.last_ms if t_ms is None else t_ms, state.last_ms)
    return StaticHead(state.static, state.rules, quiet_until_ms=state.quiet_until_ms), events


def _lower(state: StaticHead, t_ms: int, end_ms: int) -> tuple[StaticHead, Events]:
    """End the flag, if it is up, as of `end_ms`."""
    if state.raised is None:
        return state, ()
    event = Event(t_ms, EventKind.FLAG_ENDED, flag=replace(state.raised, end_ms=end_ms))
    quiet_ms = t_ms + milliseconds(state.rules.cooldown_s)
    return replace(state, raised=None, quiet_until_ms=quiet_ms), (event,)


def _close(state: StaticHead, block: Block, t_ms: int) -> tuple[StaticHead, Events]:
    """Take in a finished block, and drop the blocks that it is too far from."""
    blocks = (*state.blocks, (block.start_ms, block.mean))
    kept = blocks
    while _range_deg(kept) > state.static.within_deg:
        kept = kept[1:]
    moved = len(kept) < len(blocks)
    events: Events = ()
    if moved and state.raised is not None:
        state, events = _lower(state, t_ms, block.start_ms)
        kept = blocks[-1:]  # no time is in two flags
    since_ms = kept[0][0] if moved or state.since_ms is None else state.since_ms
    long_ms = milliseconds(state.static.after_s)
    while t_ms - kept[0][0] > long_ms + BLOCK_MS:
        kept = kept[1:]
    state = replace(state, blocks=kept, since_ms=since_ms)
    quiet = state.quiet_until_ms is not None and t_ms < state.quiet_until_ms
    if t_ms - since_ms < long_ms or (quiet and state.raised is None):
        return state, events
    flag = _flag(state, since_ms, t_ms)
    if state.raised is None:
        events = (*events, Event(t_ms, EventKind.FLAG_RAISED, flag=flag))
    return replace(state, raised=flag), events


def _flag(state: StaticHead, since_ms: int, t_ms: int) -> Flag:
    """The flag so far; its degrees tell how far the head strays from the middle of its range."""
    middles = [(min(values) + max(values)) / 2 for values in _columns(state.blocks)]
    strays = [
        max(abs(angle - middle) for angle, middle in zip(mean, middles, strict=True))
        for _, mean in state.blocks
    ]
    peak_deg = max(strays)
    if state.raised is not None and state.raised.peak_deg is not None:
        peak_deg = max(peak_deg, state.raised.peak_deg)
    return Flag(STATIC, since_ms, t_ms, sum(strays) / len(strays), peak_deg)


def _range_deg(blocks: tuple[tuple[int, Angles], ...]) -> float:
    """The widest range of the three axes."""
    return max(max(values) - min(values) for values in _columns(blocks))


def _columns(blocks: tuple[tuple[int, Angles], ...]) -> list[tuple[float, ...]]:
    return list(zip(*(mean for _, mean in blocks), strict=True))
