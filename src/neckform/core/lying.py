"""A neck that rests lying down: head level on the back, spine straight on the side.

A person who lies down has no neutral, so none is asked for: the head is measured against the
trunk's own axis, which comes from the body and not from the picture. The margins of ``[lying]``
allow for what stays unknown: which way a level face of this person points, and how the camera is
tilted.

It takes a camera that looks at the front of the body: above the bed for the back, beside it and
facing the person for the side. A profile shows neither; nor does anything under a blanket.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from neckform.core import night
from neckform.core.events import Event, EventKind
from neckform.core.measure import smoothing
from neckform.core.measure.frozen import unless_frozen
from neckform.core.measure.geometry import angles_from_rotation
from neckform.core.measure.head import head_axes
from neckform.core.measure.observation import Observation, Pose
from neckform.core.measure.shoulders import shoulders_seen
from neckform.core.measure.skeleton import (
    HIPS,
    LEFT_SHOULDER,
    NOSE,
    RIGHT_SHOULDER,
    SHOULDERS,
)
from neckform.core.measure.smoothing import Smoothing
from neckform.core.neutral.baseline import NotNeutral
from neckform.core.night import Lie, Night
from neckform.core.outcome import Coverage, Outcome
from neckform.core.parameter import milliseconds
from neckform.core.posture import episode, postures
from neckform.core.posture.flags import Posture, PostureSettings, RecordedRules
from neckform.core.posture.postures import Postures, PostureStatus, Zone
from neckform.core.session import Step, covered
from neckform.core.stretch.status import HoldStatus
from neckform.core.time import LONGEST_STEP_MS
from neckform.core.types import (
    Angles,
    Axis,
    Evidence,
    Flag,
    Float64,
    Head,
    HeadSource,
    HoldState,
    Sample,
)

Up = tuple[float, float, float]

NIGHT_RULES = RecordedRules(after_s=30, lapse_s=5, unseen_s=60, gap_s=10)
"""When a flag is raised over a night with a look a second or fewer: sleepers move, and lie still
again."""
WRONG = {
    "back": ("chin-to-chest", "chin-up", "twisted"),
    "side": ("chin-to-chest", "side-tilt", "twisted"),
}
"""What is wrong in which position; on the side, a pillow too high or too low tilts the head."""
CARRIED_MS = 2000
"""How long a trunk that was seen stands for one that was not looked for: sleepers hardly move."""
LEVEL_NOSE_SW = 0.62
NOSE_DEG_PER_SW = 60.0
"""A face's own axes read a bent head short; how far the nose stands above the shoulder line, in
shoulder widths, tells the rest. Measured on 1100 pictures of sixteen people, cameras tilted by 0 to
20 degrees: with both, the mean reading is right within 12 degrees from 60 down to 60 up, and most
of what it is off by is upward."""
TOLD_SW = 0.25
"""A nose this far from the shoulder line, in shoulder widths, tells on which side the head is."""
UNCERTAINTY = Angles(12.0, 8.0, 6.0)
"""One standard error, degrees: of flexion, because nothing tells how the camera is tilted."""


@dataclass(frozen=True, slots=True)
class _Trunk:
    """Axes of a trunk: columns to the person's left, to the head, and out of the chest."""

    t_ms: int
    axes: Float64
    nose_sw: float
    faces_away: bool


def read_trunk(pose: Pose, t_ms: int) -> _Trunk | None:
    """Find the trunk's axes from the body; None when the shoulders are not seen.

    Without hips the trunk is taken as square to the camera, with the shoulders across it.
    """
    if not shoulders_seen(pose):
        return None
    across = (pose.points[LEFT_SHOULDER] - pose.points[RIGHT_SHOULDER]).astype(np.float64)
    if pose.visible[HIPS].all():
        shoulders = pose.world[SHOULDERS].astype(np.float64)
        up = shoulders.mean(axis=0) - pose.world[HIPS].mean(axis=0)
        left = shoulders[0] - shoulders[1]
        faces_away = bool(np.cross(left, up)[2] < 0.0)
    else:
        faces_away = _is_back(pose, across)
        left = np.array([across[0], across[1], 0.0])
        up = np.array([-across[1], across[0], 0.0]) * (-1.0 if faces_away else 1.0)
    up /= max(float(np.linalg.norm(up)), 1e-9)
    left = left - up * float(left @ up)
    left /= max(float(np.linalg.norm(left)), 1e-9)
    axes = np.column_stack([left, up, np.cross(left, up)])
    return _Trunk(t_ms, axes, _nose_sw(pose), faces_away)


def _is_back(pose: Pose, across: Float64) -> bool:
    """Whether shoulders alone are those of a back: they lie the wrong way round for the head.

    Where the nose does not tell where the head is, it is up, as in a picture that was turned.
    """
    nose_sw = _nose_sw(pose)
    return nose_sw < 0.0 if abs(nose_sw) >= TOLD_SW else bool(across[0] < 0.0)


def _nose_sw(pose: Pose) -> float:
    shoulders = pose.points[SHOULDERS, :2].astype(np.float64)
    left, right = shoulders
    across = left - right
    width = max(float(np.linalg.norm(across)), 1.0)
    # Along the body, whichever way it lies in the picture.
    nose = pose.points[NOSE, :2].astype(np.float64) - (left + right) / 2.0
    return float(across[0] * nose[1] - across[1] * nose[0]) / width**2


@dataclass(frozen=True, slots=True)
class Lying:
    """State between two observations."""

    postures: Postures
    face_down: episode.PostureMachine
    trunk: _Trunk | None = None
    smooth: Smoothing = field(default_factory=Smoothing)
    coverage: Coverage = field(default_factory=Coverage)
    last: Sample | None = None
    last_ms: int | None = None
    up: Up | None = None
    night: Night = field(default_factory=Night)
    longest_ms: int = LONGEST_STEP_MS


def begin(
    settings: PostureSettings, position: str, up: Up | None = None, *, seldom: bool = False
) -> Lying:
    """State before the first observation; `position` is ``back`` or ``side``.

    Parameters
    ----------
    up : tuple of three float or None
        Away from the ground: to the right of the picture, up in it, and toward the camera. None:
        not known, and no position is told.
    seldom : bool
        A look a second or fewer, over a night: what is flagged lasts for longer.
    """
    if seldom:
        settings = replace(settings, recorded=NIGHT_RULES)
    chosen = tuple(
        _wider(posture, settings) for posture in settings.postures if posture.id in WRONG[position]
    )
    # Sleep is unmoving, and that is no fault of it.
    resting = postures.begin(replace(settings, postures=chosen), static=False)
    face_down = episode.PostureMachine(settings.lying.face_down, None, settings.recorded)
    longest_ms = milliseconds(NIGHT_RULES.gap_s) if seldom else LONGEST_STEP_MS
    return Lying(resting, face_down, up=up, longest_ms=longest_ms)


def _wider(posture: Posture, settings: PostureSettings) -> Posture:
    margin_deg = settings.lying.margin_deg
    if posture.axis is Axis.FLEXION:  # readings err upward, so a chin down needs no margin
        margin_deg = -settings.lying.back_margin_deg if posture.sign < 0 else 0.0
    return replace(
        posture,
        enter_deg=posture.enter_deg + margin_deg,
        leave_deg=posture.leave_deg + margin_deg,
        dropped=False,
        unless="",
    )


def step(state: Lying, observation: Observation) -> tuple[Lying, Step]:
    """Take in one observation.

    Raises
    ------
    ValueError
        When its time is not after that of the observation before it.
    """
    observation = unless_frozen(observation)
    t_ms = observation.t_ms
    coverage = covered(state.coverage, state.last, state.last_ms, t_ms, state.longest_ms)
    state = _see_trunk(state, observation)
    if state.up is not None:
        lie = _lie(state.trunk, observation, state.up)
        state = replace(state, night=night.step(state.night, t_ms, lie))
    state, sample = _measure(state, observation)
    resting, events = postures.step(state.postures, sample)
    evidence = _face_down(state, observation)
    face_down, told = episode.step(state.face_down, t_ms, evidence, None)
    state = replace(
        state, postures=resting, face_down=face_down, coverage=coverage, last=sample, last_ms=t_ms
    )
    shown = _status(state, postures.status(resting), evidence)
    return state, Step(t_ms, sample, HoldStatus(HoldState.REST), (*events, *told), shown)


def finish(state: Lying) -> tuple[Lying, tuple[Event, ...]]:
    """End what is still running; there are no more observations."""
    resting, events = postures.finish(state.postures)
    face_down, told = episode.finish(state.face_down)
    state = replace(state, postures=resting, face_down=face_down, night=night.finish(state.night))
    return state, (*events, *told)


def _lie(trunk: _Trunk | None, observation: Observation, up: Up) -> Lie:
    if trunk is not None:
        return night.lie_of(trunk.axes, up)
    somebody = observation.face is not None or observation.pose is not None
    return Lie.UNCLEAR if somebody else Lie.NOBODY


def _see_trunk(state: Lying, observation: Observation) -> Lying:
    trunk = read_trunk(observation.pose, observation.t_ms) if observation.pose else None
    if trunk is None:
        old = state.trunk is not None and observation.t_ms - state.trunk.t_ms > CARRIED_MS
        return replace(state, trunk=None) if old else state
    return replace(state, trunk=trunk)


def _measure(state: Lying, observation: Observation) -> tuple[Lying, Sample]:
    face, trunk = observation.face, state.trunk
    if face is None or trunk is None or trunk.faces_away:
        return state, Sample(observation.t_ms, None, None)
    axes = head_axes(face.points.astype(np.float64), observation.size)
    seen = angles_from_rotation(trunk.axes.T @ axes)
    bent_deg = NOSE_DEG_PER_SW * (LEVEL_NOSE_SW - trunk.nose_sw)
    measured = seen._replace(flexion_deg=seen.flexion_deg + bent_deg)
    smooth = smoothing.step(state.smooth, observation.t_ms, measured)
    head = Head(Angles(*smooth.values), measured, UNCERTAINTY, HeadSource.FACE, 0.5)
    return replace(state, smooth=smooth), Sample(observation.t_ms, head, None)


def _face_down(state: Lying, observation: Observation) -> Evidence:
    """A back toward the camera and no face; anything else without a face is only unseen."""
    if observation.face is not None:
        return Evidence.OUT
    if state.trunk is not None and state.trunk.faces_away:
        return Evidence.IN
    return Evidence.UNSEEN


def _status(state: Lying, resting: PostureStatus, evidence: Evidence) -> PostureStatus:
    if evidence is not Evidence.IN:
        return resting
    name, running = state.face_down.posture.id, state.face_down.spell
    raised = resting.raised
    if running is not None and running.raised:
        raised = (running.flag(name, None), *raised)
    return PostureStatus(Zone.BAD, raised, (name, *resting.present))


class LyingSession:
    """A recording of somebody lying down; the same use as `session.Session`.

    Parameters
    ----------
    settings : PostureSettings
    position : str
        ``back`` or ``side``.
    up, seldom
        See `begin`.
    """

    baseline = None
    trouble: NotNeutral | None = None

    def __init__(
        self,
        settings: PostureSettings,
        position: str,
        up: Up | None = None,
        *,
        seldom: bool = False,
    ) -> None:
        self._state = begin(settings, position, up, seldom=seldom)
        self._flags: list[Flag] = []

    def step(self, observation: Observation) -> Step:
        """Take in one observation; see `step`."""
        self._state, result = step(self._state, observation)
        self._collect(result.events)
        return result

    def finish(self) -> tuple[tuple[Event, ...], Outcome]:
        """End the session: the last events, and all that was found."""
        self._state, events = finish(self._state)
        self._collect(events)
        flags = sorted(self._flags, key=lambda flag: (flag.start_ms, flag.flag))
        lain = None if self._state.up is None else self._state.night
        return events, Outcome(None, self._state.coverage, (), tuple(flags), night=lain)

    def _collect(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.kind is EventKind.FLAG_ENDED and event.flag is not None:
                self._flags.append(event.flag)
