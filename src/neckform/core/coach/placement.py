"""From sitting down to a neutral: ``step(setup, observation, scene)``.

First the person changes what keeps them from being judged. Then they keep still for a few seconds.
Both begin again when they move, and the voice says both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from neckform.core.coach.cues import Cue, CueKind
from neckform.core.coach.framing import (
    Check,
    Scene,
    all_right,
    checks,
    first_wrong,
)
from neckform.core.measure.observation import Baseline, Observation, Pose
from neckform.core.neutral import capture
from neckform.core.neutral.capture import Capture

POSE_CARRIED_MS = 1500
"""How long the last pose counts where a pose is not looked for in each picture."""
_OF_ONE_ALONE = ("alone", "middle")
LOST_MS = 1500
"""A person who is out of place for this long, while the neutral is taken, hears what to change."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a person must be placed right, and still.

    Attributes
    ----------
    placed_ms : int
        Everything must be right for this long before the neutral is taken.
    still_ms : int
    strict : bool
        False: a head and both shoulders are enough, wherever they are.
    company : bool
        Somebody was chosen of several: the others may be there, and nobody need be in the middle.
    """

    placed_ms: int = 1000
    still_ms: int = 3000
    strict: bool = True
    company: bool = False


RECORDED = Patience(placed_ms=0, still_ms=1000, strict=False)
"""For a recording in the camera's place. It cannot sit elsewhere or keep still on request, so its
first still second is the neutral, as in an analysis."""


def patience_for(*, recorded: bool, strict: bool, company: bool) -> Patience:
    """A recording is taken as it is, unless it is to be treated as a camera."""
    return replace(RECORDED if recorded and not strict else Patience(), company=company)


@dataclass(frozen=True, slots=True)
class Placement:
    """What is remembered between two steps.

    Attributes
    ----------
    found : tuple of Check
        The latest, in the order of their weight.
    placed : bool
        Whether the neutral is being taken.
    """

    patience: Patience
    capture: Capture
    found: tuple[Check, ...] = ()
    placed: bool = False
    right_since_ms: int | None = None
    wrong_since_ms: int | None = None
    pose: tuple[int, Pose | None] | None = None


def begin(patience: Patience | None = None) -> Placement:
    patience = patience or Patience()
    return Placement(patience, Capture(patience.still_ms))


def step(
    state: Placement, observation: Observation, scene: Scene
) -> tuple[Placement, Baseline | None, Cue | None]:
    """Take in one observation; answers with the neutral once it is taken, and with what to say."""
    state, full = _with_pose(state, observation)
    state = replace(state, found=_wanted(checks(full, scene), state.patience))
    state = _timed(state, observation.t_ms)
    if not state.placed:
        if state.right_since_ms is None:
            kind = first_wrong(state.found)
            return state, None, Cue(kind) if kind else None
        if observation.t_ms - state.right_since_ms < state.patience.placed_ms:
            return state, None, None
        state = replace(state, placed=True, capture=Capture(state.patience.still_ms))
    elif _lost(state, observation.t_ms):
        return replace(state, placed=False), None, None
    taken, baseline = capture.step(state.capture, observation)
    state = replace(state, capture=taken)
    if baseline is not None:
        return state, baseline, Cue(CueKind.NEUTRAL_TAKEN)
    return state, None, Cue(CueKind.KEEP_STILL if taken.trouble else CueKind.SIT_STILL)


def go_on_anyway(state: Placement) -> Placement:
    """Take the neutral although something is wrong, if it can be taken at all."""
    if not _can_be_taken(state):
        return state
    return replace(state, placed=True, capture=Capture(state.patience.still_ms))


def _wanted(found: tuple[Check, ...], patience: Patience) -> tuple[Check, ...]:
    if not patience.company:
        return found
    return tuple(
        replace(check, cue=None) if check.id in _OF_ONE_ALONE else check for check in found
    )


def _with_pose(state: Placement, observation: Observation) -> tuple[Placement, Observation]:
    if observation.pose_looked:
        return replace(state, pose=(observation.t_ms, observation.pose)), observation
    if state.pose is None or observation.t_ms - state.pose[0] > POSE_CARRIED_MS:
        return state, observation
    return state, replace(observation, pose=state.pose[1], pose_looked=True)


def _timed(state: Placement, t_ms: int) -> Placement:
    right = all_right(state.found) if state.patience.strict else _can_be_taken(state)
    if right:
        since = t_ms if state.right_since_ms is None else state.right_since_ms
        return replace(state, right_since_ms=since, wrong_since_ms=None)
    since = t_ms if state.wrong_since_ms is None else state.wrong_since_ms
    return replace(state, right_since_ms=None, wrong_since_ms=since)


def _lost(state: Placement, t_ms: int) -> bool:
    """Whether a neutral cannot be taken, and could not for a while."""
    since = state.wrong_since_ms
    return not _can_be_taken(state) and since is not None and t_ms - since >= LOST_MS


def _can_be_taken(state: Placement) -> bool:
    """Whether a neutral can be taken at all: it needs a head and both shoulders."""
    return bool(state.found) and all(
        check.ok for check in state.found if check.id in ("head", "shoulders")
    )
