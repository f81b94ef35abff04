"""The best neutral that a whole recording offers, which serves for all of it.

The kinds, best first: ``held`` (a still upright second), ``brief`` (still moments that make some
tenths of a second together), ``usual`` (where the head mostly is while it faces the camera) and
``assumed`` (the face's own axes, with the average of people).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neckform.core.measure.baseline import (
    LEAST_FACES,
    LEVEL_DEG,
    STILL_DEG,
    STILL_SHARE,
    WINDOW_MS,
    averaged,
)
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.geometry import angles_from_rotation, rotation_from_angles
from neckform.core.measure.glimpses import Columns
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.types import Angles, Float64

USUAL_FLEXION_DEG = -7.0
"""How a level head looks to a camera before it, on average, by the axes of its face."""
FLEXION_SPREAD_DEG = 7.0
"""How far that differs between people and set-ups, one standard deviation."""
HELD_FLEXION_DEG = (LEVEL_DEG[0], 8.0)
"""A head that looks further down than this is more likely bent than seen from above."""
FACING_DEG = 20.0
"""A face turned further than this does not face the camera."""
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

ERRORS_DEG = {
    "held": Angles(0.0, 0.0, 0.0),  # the fitted errors were measured with a held neutral
    "brief": Angles(3.0, 2.0, 1.5),
    "usual": Angles(5.0, 4.0, 3.0),
    "assumed": Angles(6.0, 4.0, 3.0),
}
"""One standard error of each kind of neutral, added to that of the angles."""


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


def choose(seen: Columns) -> Choice | None:
    """Choose the neutral; None when there are too few faces to tell."""
    with np.errstate(invalid="ignore"):
        faces = seen.size >= LEAST_FACE_PX
    if faces.sum() < LEAST_FACES:
        return None
    usual_px = float(np.median(seen.size[faces]))
    own = faces & (np.abs(np.log(np.where(faces, seen.size, 1.0) / usual_px)) < np.log(SIZE_RATIO))
    free = own & (seen.covered == 0)
    if not free.any():
        free = own
    return _held(seen, free) or _gathered(seen, free) or _assumed(seen, free)


def held(seen: Columns) -> Choice | None:
    """Choose among still upright seconds alone."""
    choice = choose(seen)
    return choice if choice is not None and choice.kind == "held" else None


def baseline_of(choice: Choice, observations: Iterable[Observation]) -> Baseline:
    """Make the baseline that was chosen, of the recording's observations."""
    wanted, last_ms = set(choice.times_ms), choice.times_ms[-1]
    taken: list[Observation] = []
    shoulders: Observation | None = None
    for observation in map(unless_frozen, observations):
        if observation.t_ms in wanted:
            taken.append(observation)
        if observation.pose is not None and (shoulders is None or observation.t_ms <= last_ms):
            shoulders = observation if _shows_shoulders(observation) else shoulders
        if observation.t_ms >= last_ms and (shoulders is not None):
            break
    elsewhere = shoulders.pose if shoulders is not None else None
    baseline = averaged(taken, choice.kind, elsewhere)
    baseline = replace(baseline, error=ERRORS_DEG[choice.kind])
    if choice.facing is None:
        return baseline
    return replace(baseline, mesh=_turned_to(baseline, choice.facing))


def _shows_shoulders(observation: Observation) -> bool:
    return observation.pose is not None and shoulders_seen(observation.pose)


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


def _held(seen: Columns, free: NDArray[np.bool_]) -> Choice | None:
    upright, usual = _upright(seen), _usual_flexion(seen, free)
    best: tuple[float, int, int] | None = None
    next_ms = -np.inf
    for start in range(len(seen.t_ms)):
        if seen.t_ms[start] < next_ms or not free[start]:
            continue
        end = int(np.searchsorted(seen.t_ms, seen.t_ms[start] + WINDOW_MS))
        if end >= len(seen.t_ms):
            break
        next_ms = seen.t_ms[start] + EVERY_MS
        span = slice(start, end + 1)
        cost = _cost(seen, free, span, upright, usual)
        if cost is not None and (best is None or cost < best[0] - ALIKE_DEG):
            best = cost, start, end
    if best is None:
        return None
    _, start, end = best
    return Choice("held", _times(seen.t_ms[start : end + 1]))


def _cost(
    seen: Columns, free: NDArray[np.bool_], span: slice, upright: Float64, usual: float | None
) -> float | None:
    """How far a second is from a neutral, degrees; None when it is none."""
    good = free[span]
    if not _seen_throughout(seen, span, good) or not _still(seen, span, good):
        return None
    flexion = float(seen.flexion[span][good].mean())
    turned = abs(float(seen.rotation[span][good].mean()))
    tilted = abs(float(upright[span][good].mean()))
    level = HELD_FLEXION_DEG[0] <= flexion <= HELD_FLEXION_DEG[1]
    if turned > FACING_DEG or tilted > UPRIGHT_DEG or not level:
        return None
    unusual = abs(flexion - usual) if usual is not None else 0.0
    return tilted + turned + unusual + ARMS_UP_DEG * float(seen.arms_up[span].mean())


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


def _furthest(rows: Float64) -> float:
    return float(np.linalg.norm(rows - rows.mean(axis=1)[:, None], axis=0).max())


def _facing(seen: Columns, free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        level = (seen.flexion >= LEVEL_DEG[0]) & (seen.flexion <= LEVEL_DEG[1])
        forward = np.abs(seen.rotation) <= FACING_DEG
        return free & level & forward & (np.abs(_upright(seen)) <= UPRIGHT_DEG)


def _usual_flexion(seen: Columns, free: NDArray[np.bool_]) -> float | None:
    """Where the head mostly is while it faces the camera, by what is likely for a head at all.

    A long stretch outlasts the moments around it; that a level head looks about level is what
    keeps it from being taken for the usual.
    """
    facing = _facing(seen, free)
    if not facing.any():
        return None
    places = np.arange(LEVEL_DEG[0], LEVEL_DEG[1] + 0.5, 0.5)
    counts = np.histogram(seen.flexion[facing], bins=np.append(places, np.inf))[0]
    kernel = np.exp(-0.5 * (np.arange(-9.0, 9.5, 0.5) / 3.0) ** 2)
    density = np.convolve(counts, kernel, mode="same")
    likely = np.exp(-0.5 * ((places - USUAL_FLEXION_DEG) / FLEXION_SPREAD_DEG) ** 2)
    return float(places[np.argmax(density * likely)]) + 0.25


def _gathered(seen: Columns, free: NDArray[np.bool_]) -> Choice | None:
    """A neutral of moments: those that are still, else all in which the head is as usual."""
    usual = _usual_flexion(seen, free)
    if usual is None:
        return None
    with np.errstate(invalid="ignore"):
        near = _facing(seen, free) & (np.abs(seen.flexion - usual) <= NEAR_DEG)
    lasts = np.minimum(np.diff(seen.t_ms, append=seen.t_ms[-1]), 200.0)
    with np.errstate(invalid="ignore"):
        straight = near & (np.abs(seen.rotation) <= 2 * NEAR_DEG)
    for kind, moments in (
        ("brief", straight & _slow(seen)),
        ("usual", straight),
        ("usual", near),
    ):
        if lasts[moments].sum() >= LEAST_MS:
            facing = Angles(
                float(np.median(seen.flexion[moments])),
                float(np.median(seen.rotation[moments])) / 2.0,
                float(np.median(_upright(seen)[moments])) / 2.0
                + float(np.nan_to_num(np.nanmedian(np.append(seen.tilt[moments], 0.0)))),
            )
            return Choice(kind, _times(seen.t_ms[moments]), facing)
    return None


def _slow(seen: Columns) -> NDArray[np.bool_]:
    angles = np.stack([seen.flexion, seen.rotation, seen.lateral])
    if angles.shape[1] < 2:
        return np.zeros(angles.shape[1], dtype=bool)
    rate = np.linalg.norm(np.diff(angles, axis=1), axis=0) / np.diff(seen.t_ms) * 1000.0
    with np.errstate(invalid="ignore"):
        calm = rate <= SLOW_DEG_S
    slow: NDArray[np.bool_] = np.append(calm, calm[-1]) & np.append(calm[0], calm)
    return slow


def _assumed(seen: Columns, free: NDArray[np.bool_]) -> Choice:
    """The picture that is nearest to level and forward, turned to where people's average is."""
    off = np.stack([seen.flexion - USUAL_FLEXION_DEG, seen.rotation, _upright(seen)])
    far = np.where(free, np.linalg.norm(np.nan_to_num(off), axis=0), np.inf)
    tilts = seen.tilt[np.isfinite(seen.tilt)]
    tilt = float(np.median(tilts)) if len(tilts) else 0.0
    order = np.argsort(far, kind="stable")[:LEAST_FACES]
    best = np.sort(order[np.isfinite(far[order]) & (far[order] <= far[order[0]] + NEAR_DEG)])
    return Choice("assumed", _times(seen.t_ms[best]), Angles(USUAL_FLEXION_DEG, 0.0, tilt))


def _times(t_ms: Float64) -> tuple[int, ...]:
    step = max(1, -(-len(t_ms) // MOST_PICTURES))
    return tuple(int(t) for t in t_ms[::step])
