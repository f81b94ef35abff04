"""How far the head went in each direction: ``step(reach, sample) -> reach``.

A direction counts as far as the head stayed there for half a second, so that neither one bad
picture nor a swing past the end becomes a range of motion. Only a head seen with its face counts:
the coarse direction from the body is no degree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.outcome import Direction, Reached
from neckform.core.time import LONGEST_STEP_MS
from neckform.core.types import Angles, Axis, Sample

STEADY_MS = 500
"""The head must be at least that far for this long."""
ROUNDING_DEG = 1e-6
"""A head at neutral may be computed as this far from it, differently on each processor."""

SIGNS: dict[Direction, tuple[Axis, int]] = {
    Direction.FLEXION: (Axis.FLEXION, 1),
    Direction.EXTENSION: (Axis.FLEXION, -1),
    Direction.LEFT_ROTATION: (Axis.ROTATION, 1),
    Direction.RIGHT_ROTATION: (Axis.ROTATION, -1),
    Direction.LEFT_LATERAL: (Axis.LATERAL, 1),
    Direction.RIGHT_LATERAL: (Axis.LATERAL, -1),
}


@dataclass(frozen=True, slots=True)
class _SeenHead:
    t_ms: int
    angles: Angles
    uncertainty: Angles


@dataclass(frozen=True, slots=True)
class Reach:
    """The furthest in each direction so far, and the last half second; bounded.

    Attributes
    ----------
    best : tuple of Reached
        At most one for each direction, in the order of `Direction`.
    """

    best: tuple[Reached, ...] = ()
    recent: tuple[_SeenHead, ...] = ()


def step(reach: Reach, sample: Sample) -> Reach:
    """Take in one sample."""
    head = sample.face_head
    if head is None:
        return replace(reach, recent=()) if reach.recent else reach
    recent = reach.recent
    if recent and sample.t_ms - recent[-1].t_ms > LONGEST_STEP_MS:
        recent = ()
    recent = (*recent, _SeenHead(sample.t_ms, head.angles, head.uncertainty))
    # The shortest run that still lasts long enough.
    while len(recent) > 2 and sample.t_ms - recent[1].t_ms >= STEADY_MS:
        recent = recent[1:]
    if sample.t_ms - recent[0].t_ms < STEADY_MS:
        return replace(reach, recent=recent)
    return Reach(_furthest(reach.best, recent), recent)


def _furthest(best: tuple[Reached, ...], recent: tuple[_SeenHead, ...]) -> tuple[Reached, ...]:
    known = {one.direction: one for one in best}
    for direction, (axis, sign) in SIGNS.items():
        before = known.get(direction)
        best_deg = before.deg if before else ROUNDING_DEG
        if sign * axis.of(recent[-1].angles) <= best_deg:
            continue  # the least of them is no more than this one
        held = min(recent, key=lambda seen: sign * axis.of(seen.angles))
        deg = sign * axis.of(held.angles)
        if deg > best_deg:
            uncertainty = abs(axis.of(held.uncertainty))
            known[direction] = Reached(direction, float(deg), float(uncertainty), recent[0].t_ms)
    return tuple(known[direction] for direction in Direction if direction in known)
