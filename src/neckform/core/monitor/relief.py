"""Which stretch undoes how a neck has rested: ``count(rested, t_ms, ways)``, then ``relief``.

A head that leaned to the left for long is given the ear to the right shoulder: of all stretches the
one that goes the other way on the angle that the posture is told by. One that goes further the same
way is never chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from neckform.core.posture.flags import PostureSettings
from neckform.core.stretch.stretches import Stretch
from neckform.core.time import watched_ms
from neckform.core.types import Axis, Exercise, Side

Way = tuple[str, Side | None]
"""A posture's id, and its side."""


@dataclass(frozen=True, slots=True)
class Rested:
    """How the neck has rested badly since the last stretch.

    Attributes
    ----------
    spent_ms : mapping of Way to int
    ways : tuple of Way
        Those of the last moment, which the time after it belongs to.
    last : Exercise or None
        The stretch that was offered last.
    """

    spent_ms: Mapping[Way, int] = field(default_factory=lambda: MappingProxyType({}))
    ways: tuple[Way, ...] = ()
    last_ms: int | None = None
    last: Exercise | None = None


def count(rested: Rested, t_ms: int, ways: Iterable[Way]) -> Rested:
    """Take in one moment; the time since the moment before it belongs to that one's ways."""
    spent, passed_ms = rested.spent_ms, watched_ms(rested.last_ms, t_ms)
    if rested.ways and passed_ms:
        more = {way: spent.get(way, 0) + passed_ms for way in rested.ways}
        spent = MappingProxyType({**spent, **more})
    return replace(rested, spent_ms=spent, ways=tuple(ways), last_ms=t_ms)


def relief(rested: Rested, postures: PostureSettings, stretches: Sequence[Stretch]) -> Exercise:
    """The stretch against the longest bad rest; to the other side than last time where both fit."""
    known = {posture.id: posture for posture in postures.postures}
    seen = [way for way in rested.spent_ms if way[0] in known]
    worst = max(seen, key=lambda way: rested.spent_ms[way], default=None)
    against: tuple[Axis, float] | None = None
    if worst is not None:
        posture = known[worst[0]]
        against = posture.axis, -posture.sign * _toward(posture.axis, worst[1])
    exercises = [Exercise(each.id, side) for each in stretches for side in each.sides]
    by_id = {each.id: each for each in stretches}

    def fits(exercise: Exercise) -> tuple[float, bool]:
        undoes = 0.0
        if against is not None and against[0] in by_id[exercise.stretch].main:
            undoes = _toward(against[0], exercise.side) * against[1]
        return undoes, exercise != rested.last

    return max(exercises, key=fits)


def _toward(axis: Axis, side: Side | None) -> float:
    """Which way something that is written for the left goes on an axis."""
    return -1.0 if side is Side.RIGHT and axis is not Axis.FLEXION else 1.0
