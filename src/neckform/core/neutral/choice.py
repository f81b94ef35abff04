"""The best neutral that a whole recording offers, which serves for all of it.

The kinds, best first: ``held`` (a still upright second), ``brief`` (still moments that make some
tenths of a second together), ``usual`` (where the head mostly is while it faces the camera) and
``assumed`` (the face's own axes, with the average of people).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.camera_motion import steadied
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.geometry import angles_from_rotation, rotation_from_angles
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Baseline, Observation, Pose
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.neutral.baseline import (
    FORWARD_DEG,
    LEAST_FACES,
    LEVEL_DEG,
    STILL_DEG,
    STILL_SHARE,
    WINDOW_MS,
    averaged,
)
from neckform.core.neutral.glimpses import Columns
from neckform.core.neutral.level_heads import LevelHeads
from neckform.core.types import Angles, Float64

HELD_FLEXION_DEG = (LEVEL_DEG[0], 8.0)
"""A head that looks further down than this is more likely bent than seen from above."""
UPRIGHT_DEG = 10.0
"""A head tilted further than this against its own shoulders is not upright."""
ALIKE_DEG = 3.0
"""Of neutrals that are better by less than this, the first is taken."""
NEAR_DEG = 4.0
"""How far the moments that make one neutral may lie from each other."""
SLOW_DEG_S = 20.0
"""A head that turns faster than this is on its way."""
LEAST_MS = 300
"""Moments that make less than this together are too little."""
LONGEST_MS = 200.0
"""No picture stands for longer than this: what is between two pictures that are further apart was
not seen."""
MOST_PICTURES = 100
"""More pictures make no better mean."""
LEAST_FACE_PX = 6.0
"""A smaller face (`geometry.Shape.size`, a third of its height) may be a model's guess."""
SIZE_RATIO = 1.6
"""A face that is larger or smaller than the usual one by more than this is somebody else's."""
ARMS_UP_DEG = 5.0
"""A second with the arms up is as good as one that is off by this."""
EVERY_MS = 250
"""How far the seconds that are looked at lie apart."""

STILL_WORTH_DEG = 8.0
"""A still second may be off by so much more than other moments: it is a second, and still."""
GRID_DEG = 2.0
BLUR_DEG = 3.0
"""People tremble and sway by so much about where their head usually is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pictures make the neutral.

    Attributes
    ----------
    kind : str
    times_ms : tuple of int
        The pictures to average.
    facing : Angles or None
        How the neutral head looks to the camera, where the pictures do not show just that; degrees.
    """

    kind: str
    times_ms: tuple[int, ...]
    facing: Angles | None = None


class _Offer(NamedTuple):
    """A neutral, and how far it seems to be from one, degrees."""

    choice: Choice
    cost: float


def choose(seen: Columns, known: LevelHeads) -> Choice | None:
    """Choose the neutral; None when there are too few faces to tell."""
    free = _free(seen)
    if free is None:
        return None
    usual = _usual(seen, free, known)
    still = _held(seen, free, usual)
    gathered = None if usual is None else _gathered(seen, free, usual, known)
    if gathered is not None and (still is None or still.cost > gathered.cost + STILL_WORTH_DEG):
        return gathered.choice
    return still.choice if still is not None else _assumed(seen, free, known)


def held(seen: Columns, known: LevelHeads) -> Choice | None:
    """Choose among still upright seconds alone."""
    free = _free(seen)
    still = None if free is None else _held(seen, free, _usual(seen, free, known))
    return None if still is None else still.choice


def _free(seen: Columns) -> NDArray[np.bool_] | None:
    """Where the person's own face is seen, uncovered if that ever is; None of too few faces."""
    with np.errstate(invalid="ignore"):
        faces = seen.size >= LEAST_FACE_PX
    if faces.sum() < LEAST_FACES:
        return None
    usual_px = float(np.median(seen.size[faces]))
    own: NDArray[np.bool_] = faces & (
        np.abs(np.log(np.where(faces, seen.size, 1.0) / usual_px)) < np.log(SIZE_RATIO)
    )
    free: NDArray[np.bool_] = own & (seen.covered == 0)
    return free if free.any() else own


def baseline_of(choice: Choice, observations: Iterable[Observation], known: LevelHeads) -> Baseline:
    """Make the baseline that was chosen, of the recording's observations."""
    wanted, last_ms = set(choice.times_ms), choice.times_ms[-1]
    taken: list[Observation] = []
    elsewhere: Pose | None = None
    for observation in map(steadied, map(unless_frozen, observations)):
        if observation.t_ms in wanted:
            taken.append(observation)
        pose, in_time = observation.pose, observation.t_ms <= last_ms
        if pose is not None and shoulders_seen(pose) and (elsewhere is None or in_time):
            elsewhere = pose
        if observation.t_ms >= last_ms and elsewhere is not None:
            break
    baseline = averaged(taken, choice.kind, elsewhere)
    baseline = replace(baseline, error=known.kinds[choice.kind].error)
    if choice.facing is None:
        return baseline
    return replace(baseline, mesh=_turned_to(baseline, choice.facing))


def head_facing(baseline: Baseline) -> Angles:
    """How the neutral head looks to the camera, degrees."""
    return angles_from_rotation(head_axes(baseline.mesh, baseline.size))


def _turned_to(baseline: Baseline, facing: Angles) -> Float64:
    """The mesh, turned about its middle until its head looks to the camera as `facing` says."""
    now = head_axes(baseline.mesh, baseline.size)
    turn = rotation_from_angles(facing) @ now.T
    middle = baseline.mesh.mean(axis=0)
    return np.asarray(middle + (baseline.mesh - middle) @ turn.T)


def _upright(seen: Columns) -> Float64:
    """Lateral flexion against the own shoulders; against the picture where they are not seen."""
    return seen.lateral - np.where(np.isfinite(seen.tilt), seen.tilt, 0.0)


def _held(seen: Columns, free: NDArray[np.bool_], usual: Angles | None) -> _Offer | None:
    look = looks(seen)
    best: tuple[float, int, int] | None = None
    next_ms = -np.inf
    for start in range(len(seen.t_ms)):
        if seen.t_ms[start] < next_ms or not free[start]:
            continue
        end = int(np.searchsorted(seen.t_ms, seen.t_ms[start] + WINDOW_MS))
        if end >= len(seen.t_ms):
            break
        next_ms = seen.t_ms[start] + EVERY_MS
        cost = _cost(seen, free, slice(start, end + 1), look, usual)
        if cost is not None and (best is None or cost < best[0] - ALIKE_DEG):
            best = cost, start, end
    if best is None:
        return None
    cost, start, end = best
    return _Offer(Choice("held", _times(seen.t_ms[start : end + 1])), cost)


def _cost(
    seen: Columns, free: NDArray[np.bool_], span: slice, look: Float64, usual: Angles | None
) -> float | None:
    """How far a second is from a neutral, degrees; None when it is none."""
    good = free[span]
    if not _seen_throughout(seen, span, good) or not _still(seen, span, good):
        return None
    flexion = float(seen.flexion[span][good].mean())
    turned = abs(float(seen.rotation[span][good].mean()))
    tilted = abs(float(look[span, 2][good].mean()))
    level = HELD_FLEXION_DEG[0] <= flexion <= HELD_FLEXION_DEG[1]
    if turned > FORWARD_DEG or tilted > UPRIGHT_DEG or not level:
        return None
    unusual = abs(flexion - usual.flexion_deg) if usual is not None else 0.0
    arms_up = ARMS_UP_DEG * float(seen.arms_up[span].mean())
    return tilted + turned + unusual + _on_its_way_deg(look[span][good]) + arms_up


def _seen_throughout(seen: Columns, span: slice, good: NDArray[np.bool_]) -> bool:
    enough = good.sum() >= LEAST_FACES and good.mean() >= 0.7
    gapless = np.diff(seen.t_ms[span]).max() <= WINDOW_MS / 2
    shoulders = np.isfinite(seen.tilt[span]).any()
    return bool(enough and gapless and shoulders and not seen.covered[span].any())


def _still(seen: Columns, span: slice, good: NDArray[np.bool_]) -> bool:
    angles = np.stack([seen.flexion[span], seen.rotation[span], seen.lateral[span]])[:, good]
    places = np.stack([seen.x[span], seen.y[span]])[:, good]
    strays_deg, wander_px = _furthest(angles), _furthest(places)
    return strays_deg <= STILL_DEG and wander_px <= STILL_SHARE * seen.size[span][good].mean()


def _on_its_way_deg(look: Float64) -> float:
    """How far a head goes in a second: from its first third to its last."""
    third = max(1, len(look) // 3)
    return float(np.linalg.norm(look[-third:].mean(axis=0) - look[:third].mean(axis=0)))


def _furthest(rows: Float64) -> float:
    return float(np.linalg.norm(rows - rows.mean(axis=1)[:, None], axis=0).max())


def _facing(seen: Columns, free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        level = (seen.flexion >= LEVEL_DEG[0]) & (seen.flexion <= LEVEL_DEG[1])
        forward = np.abs(seen.rotation) <= FORWARD_DEG
        return free & level & forward & (np.abs(_upright(seen)) <= UPRIGHT_DEG)


def looks(seen: Columns) -> Float64:
    """How the heads look to the camera, as `LevelHeads` has it; shape (n, 3), degrees."""
    return np.stack([seen.flexion, seen.rotation, _upright(seen)], axis=1)


def _usual(seen: Columns, free: NDArray[np.bool_], known: LevelHeads) -> Angles | None:
    """Where the head mostly is while it faces the camera, by what is likely for a head at all.

    A long stretch outlasts the moments around it; that a level head looks about level is what
    keeps it from being taken for the usual.
    """
    facing = _facing(seen, free)
    if not facing.any():
        return None
    ranges = (LEVEL_DEG, (-FORWARD_DEG, FORWARD_DEG), (-UPRIGHT_DEG, UPRIGHT_DEG))
    edges = [np.arange(low, high + 1.5 * GRID_DEG, GRID_DEG) for low, high in ranges]
    density = np.histogramdd(looks(seen)[facing], bins=edges, weights=_lasts(seen)[facing])[0]
    places = [(edge[:-1] + edge[1:]) / 2.0 for edge in edges]
    for axis, place in enumerate(places):
        blur = np.exp(-0.5 * ((place[:, None] - place) / BLUR_DEG) ** 2)
        likely = np.exp(-0.5 * ((place - known.mean[axis]) / known.spread[axis]) ** 2)
        density = np.moveaxis((np.moveaxis(density, axis, -1) @ blur) * likely, -1, axis)
    best = np.unravel_index(int(density.argmax()), density.shape)
    return Angles(*(float(place[index]) for place, index in zip(places, best, strict=True)))


def _lasts(seen: Columns) -> Float64:
    """How long each picture stands, milliseconds."""
    return np.minimum(np.diff(seen.t_ms, append=seen.t_ms[-1]), LONGEST_MS)


def _gathered(
    seen: Columns, free: NDArray[np.bool_], usual: Angles, known: LevelHeads
) -> _Offer | None:
    """A neutral of the moments in which the head is as usual: the still ones, else all of them."""
    look, lasts = looks(seen), _lasts(seen)
    with np.errstate(invalid="ignore"):
        near = _facing(seen, free) & (np.abs(look - np.array(usual)) <= NEAR_DEG).all(axis=1)
    for kind, moments in (("brief", near & _slow(seen)), ("usual", near)):
        if lasts[moments].sum() >= LEAST_MS:
            middle = np.median(look[moments], axis=0)
            mean, trust = np.array(known.mean), np.array(known.kinds[kind].trust)
            facing = Angles(*map(float, mean + trust * (middle - mean)))
            choice = Choice(kind, _times(seen.t_ms[moments]), _tilted(facing, seen.tilt[moments]))
            return _Offer(choice, float(np.abs(middle[1:]).sum()))
    return None


def _tilted(facing: Angles, tilts: Float64) -> Angles:
    """Against the picture what was against the shoulders, whose line is tilted by so much."""
    tilts = tilts[np.isfinite(tilts)]
    tilt = float(np.median(tilts)) if len(tilts) else 0.0
    return facing._replace(lateral_deg=facing.lateral_deg + tilt)


def _slow(seen: Columns) -> NDArray[np.bool_]:
    angles = np.stack([seen.flexion, seen.rotation, seen.lateral])
    if angles.shape[1] < 2:
        return np.zeros(angles.shape[1], dtype=bool)
    rate = np.linalg.norm(np.diff(angles, axis=1), axis=0) / np.diff(seen.t_ms) * 1000.0
    with np.errstate(invalid="ignore"):
        calm = rate <= SLOW_DEG_S
    slow: NDArray[np.bool_] = np.append(calm, calm[-1]) & np.append(calm[0], calm)
    return slow


def _assumed(seen: Columns, free: NDArray[np.bool_], known: LevelHeads) -> Choice:
    """The picture that is nearest to a level head's average, turned to just that."""
    off = np.nan_to_num(looks(seen) - np.array(known.mean))
    far = np.where(free, np.linalg.norm(off, axis=1), np.inf)
    order = np.argsort(far, kind="stable")[:LEAST_FACES]
    best = np.sort(order[np.isfinite(far[order]) & (far[order] <= far[order[0]] + NEAR_DEG)])
    return Choice("assumed", _times(seen.t_ms[best]), _tilted(known.mean, seen.tilt))


def _times(t_ms: Float64) -> tuple[int, ...]:
    step = max(1, -(-len(t_ms) // MOST_PICTURES))
    return tuple(int(t) for t in t_ms[::step])
