"""Whether somebody has nodded off: ``step(state, sample)``.

A head that falls asleep sinks slowly, onto the chest, back, or to a side, and then keeps still for
long. Whoever looks down at a page or a telephone gets there in less than a second, and moves on.
So three things are asked, one after another: the way from upright to there held no quick movement,
it took a while, and the head has kept still since. Eyes are not asked.

::

             slowly down              still for `after_s`
     AWAKE -------------> NAP (not told) ---------------> NAP (raised)
       ^                    |                                |
       +--------------------+--------------------------------+
            back for `lapse_s`, or unseen for `unseen_s`: over since it was last seen

A jerk in between that is shorter than `lapse_s` is part of nodding off. A head that moves to
another place of rest begins to be still anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from neckform.core.events import Event, EventKind
from neckform.core.parameter import milliseconds
from neckform.core.posture.flags import (
    DOZING,
    DOZING_BACK,
    DOZING_DOWN,
    DOZING_SIDE,
    Dozing,
    Dropped,
)
from neckform.core.types import Flag, Head, HeadSource, Sample, Side

Events = tuple[Event, ...]

Way = tuple[str, Side | None]
"""The flag of where the head has sunk to, and its side."""
DOWN: Way = (DOZING_DOWN, None)
BACK: Way = (DOZING_BACK, None)
LEFT: Way = (DOZING_SIDE, Side.LEFT)
RIGHT: Way = (DOZING_SIDE, Side.RIGHT)

PACE_MS = 400
"""Speed is taken over at least this: over less, it would be that of the reading's noise."""
BLIND_MS = 3000
"""Whatever happens to a head unseen for longer than this may have been quick."""
BLOCK_MS = 5000
"""Stillness is that of means over this: a breath or a stray reading is no movement."""


_Seen = tuple[int, float, float, float]
_NOT_SEEN: _Seen = (0, 0.0, math.inf, -math.inf)


def _with(seen: _Seen, value: float) -> _Seen:
    count, total, least, most = seen
    return count + 1, total + value, min(least, value), max(most, value)


@dataclass(frozen=True, slots=True)
class Means:
    """What was seen in a few seconds: the sums, least and most of each quantity.

    Attributes
    ----------
    seen : tuple of (int, float, float, float)
        How often it was seen, its sum, least and most; of flexion, rotation and lateral flexion in
        degrees, and of the height above the shoulders.
    """

    start_ms: int
    seen: tuple[_Seen, ...] = (_NOT_SEEN,) * 4

    def add(self, head: Head | None, height: float | None) -> Means:
        angles = (None, None, None) if head is None else tuple(head.angles)
        values = (*angles, height)
        return Means(
            self.start_ms,
            tuple(
                one if value is None else _with(one, value)
                for one, value in zip(self.seen, values, strict=True)
            ),
        )

    def is_still(self, first: Means, settings: Dozing) -> bool:
        """Whether the head was still throughout, where it was at `first`."""
        degrees = (settings.still_deg,) * 3
        for (count, total, least, most), (count_0, total_0, _, _), bound in zip(
            self.seen, first.seen, (*degrees, settings.still_height), strict=True
        ):
            if count and most - least > 2 * bound:
                return False
            if count and count_0 and abs(total / count - total_0 / count_0) > bound:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Nap:
    """A head that has sunk slowly, since `start_ms`.

    Attributes
    ----------
    still_ms : int
        Since when it has kept still.
    now, first : Means
        The few seconds that run, and the first ones since it has kept still; None before.
    raised_ms : int or None
        When it was told.
    """

    way: Way
    start_ms: int
    last_in_ms: int
    still_ms: int
    now: Means
    first: Means | None = None
    out_since_ms: int | None = None
    raised_ms: int | None = None
    sum_deg: float = 0.0
    peak_deg: float | None = None
    moments: int = 0

    def seen(self, t_ms: int, value_deg: float | None) -> Nap:
        nap = replace(self, last_in_ms=t_ms, out_since_ms=None)
        if value_deg is None:
            return nap
        peak_deg = value_deg if self.peak_deg is None else max(self.peak_deg, value_deg)
        return replace(
            nap, sum_deg=self.sum_deg + value_deg, moments=self.moments + 1, peak_deg=peak_deg
        )

    @property
    def flag(self) -> Flag:
        mean_deg = self.sum_deg / self.moments if self.moments else None
        name, side = self.way
        return Flag(name, self.start_ms, self.last_in_ms, mean_deg, self.peak_deg, side)


@dataclass(frozen=True, slots=True)
class DozingHead:
    """What is remembered.

    Attributes
    ----------
    upright_ms : int or None
        When the head was last upright; None before, and once it has left in a quick movement.
    mark : (int, Head) or None
        Where the head was a moment ago, for its speed.
    """

    settings: Dozing
    dropped: Dropped
    upright_ms: int | None = None
    mark: tuple[int, Head] | None = None
    nap: Nap | None = None

    @property
    def raised(self) -> Flag | None:
        """The flag as it stands now, if it is up."""
        return self.nap.flag if self.nap is not None and self.nap.raised_ms is not None else None


def step(state: DozingHead, sample: Sample) -> tuple[DozingHead, Events]:
    """Take in one sample, whose time is after that of the sample before it."""
    t_ms = sample.t_ms
    state, ended = _end_overdue(state, t_ms)
    state = _follow(state, sample)
    way, value_deg = _way(state, sample)
    nap = state.nap
    if nap is None:
        slow = state.upright_ms is not None and (
            t_ms - state.upright_ms >= milliseconds(state.settings.sink_s)
        )
        if way is None or not slow:
            return state, ended
        nap = Nap(way, t_ms, t_ms, t_ms, Means(t_ms))
    if way is None:
        if sample.face_head is not None and nap.out_since_ms is None:
            nap = replace(nap, out_since_ms=t_ms)
        return replace(state, nap=nap), ended
    nap = _keep_still(state.settings, nap.seen(t_ms, value_deg), sample)
    long = t_ms - nap.still_ms >= milliseconds(state.settings.after_s)
    if not long or nap.raised_ms is not None:
        return replace(state, nap=nap), ended
    # Told as what it is now: it may have begun on the chest and have gone to a side.
    nap = replace(nap, raised_ms=t_ms, way=way)
    told = Event(t_ms, EventKind.FLAG_RAISED, side=nap.flag.side, flag=nap.flag)
    return replace(state, nap=nap), (*ended, told)


def finish(state: DozingHead) -> tuple[DozingHead, Events]:
    """End what is still running; there are no more samples."""
    return _end(state, None)


def is_dozing(flag: str) -> bool:
    """Whether a flag tells that somebody may have nodded off."""
    return flag in DOZING


def _follow(state: DozingHead, sample: Sample) -> DozingHead:
    """Remember when the head was last upright, and whether it has moved quickly since."""
    t_ms, head = sample.t_ms, sample.head
    if head is None:
        return state
    flexion_deg, _, lateral_deg = head.angles
    upright_deg = state.settings.upright_deg
    upright = head.face_seen and max(abs(flexion_deg), abs(lateral_deg)) <= upright_deg
    if state.mark is None:
        return replace(state, mark=(t_ms, head), upright_ms=t_ms if upright else None)
    since_ms, before = state.mark
    if t_ms - since_ms < PACE_MS:
        return state
    quick = t_ms - since_ms > BLIND_MS
    if before.source is head.source is HeadSource.FACE:
        moved_deg = max(
            abs(flexion_deg - before.angles.flexion_deg),
            abs(lateral_deg - before.angles.lateral_deg),
        )
        quick |= moved_deg > state.settings.quick_deg_s * (t_ms - since_ms) / 1000
    upright_ms = t_ms if upright else None if quick else state.upright_ms
    return replace(state, mark=(t_ms, head), upright_ms=upright_ms)


def _way(state: DozingHead, sample: Sample) -> tuple[Way | None, float | None]:
    """Where the head has sunk to, and by how much; None where it has not, or is not seen."""
    settings, head, carriage = state.settings, sample.head, sample.carriage
    inside = state.nap is not None and state.nap.out_since_ms is None
    if sample.face_head is None and carriage is not None:
        least = state.dropped.leave_height if inside else state.dropped.height
        if carriage.height <= least:
            return DOWN, None
    if head is None:
        return None, None
    less_deg = settings.hysteresis_deg if inside else 0.0
    lean_deg = 0.0 if carriage is None else carriage.lean_deg
    depths = {
        DOWN: (head.angles.flexion_deg - lean_deg, settings.down_deg),
        BACK: (-head.angles.flexion_deg, settings.back_deg),
        LEFT: (head.angles.lateral_deg, settings.side_deg),
        RIGHT: (-head.angles.lateral_deg, settings.side_deg),
    }
    way = max(depths, key=lambda one: depths[one][0] / depths[one][1])
    depth_deg, least_deg = depths[way]
    return (way, depth_deg) if depth_deg >= least_deg - less_deg else (None, None)


def _keep_still(settings: Dozing, nap: Nap, sample: Sample) -> Nap:
    """Compare each few seconds with the first ones; the head is still since those."""
    now = nap.now
    if sample.t_ms - now.start_ms >= BLOCK_MS:
        if not now.is_still(nap.first or now, settings):
            nap = replace(nap, first=None, still_ms=sample.t_ms)
        elif nap.first is None:
            nap = replace(nap, first=now)
        now = Means(sample.t_ms)
    height = None if sample.carriage is None else sample.carriage.height
    return replace(nap, now=now.add(sample.face_head, height))


def _end_overdue(state: DozingHead, t_ms: int) -> tuple[DozingHead, Events]:
    nap = state.nap
    if nap is None:
        return state, ()
    back = nap.out_since_ms is not None and (
        t_ms - nap.out_since_ms >= milliseconds(state.settings.lapse_s)
    )
    if back or t_ms - nap.last_in_ms > milliseconds(state.settings.unseen_s):
        return _end(state, t_ms)
    return state, ()


def _end(state: DozingHead, t_ms: int | None) -> tuple[DozingHead, Events]:
    nap = state.nap
    state = replace(state, nap=None, upright_ms=None)
    if nap is None or nap.raised_ms is None:
        return state, ()
    ended_ms = nap.last_in_ms if t_ms is None else t_ms
    return state, (Event(ended_ms, EventKind.FLAG_ENDED, side=nap.flag.side, flag=nap.flag),)
