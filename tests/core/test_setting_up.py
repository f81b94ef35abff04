"""From sitting down to a neutral, a transition at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pytest
from people import pose
from seated import BRIGHT, absent, seated, sized, still, times

from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import placement
from neckform.core.coach.cues import Cue, CueKind
from neckform.core.coach.framing import Scene
from neckform.core.coach.placement import RECORDED, Patience, Placement
from neckform.core.events import EventKind
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Angles

BACKLIT = Scene(30.0, 150.0, 1)


@dataclass
class Sat:
    """How it went until there was a neutral."""

    state: Placement
    cues: list[tuple[int, CueKind]]
    baseline: Baseline | None = None
    at_ms: int | None = None

    @property
    def said(self) -> list[CueKind]:
        """What was to be said, each run of the same once."""
        kinds = [kind for _, kind in self.cues]
        return [one for index, one in enumerate(kinds) if kinds[index - 1 : index] != [one]]


def sit(
    observations: Iterable[Observation],
    scene: Scene = BRIGHT,
    *,
    patience: Patience | None = None,
    state: Placement | None = None,
) -> Sat:
    went = Sat(state or placement.begin(patience), [])
    for seen in observations:
        went.state, baseline, cue = placement.step(went.state, seen, scene)
        if cue is not None:
            went.cues.append((seen.t_ms, cue.kind))
        if baseline is not None:
            went.baseline, went.at_ms = baseline, seen.t_ms
            break
    return went


def small(start_ms: int, end_ms: int) -> list[Observation]:
    return [sized(seen, 0.05) for seen in still(start_ms, end_ms)]


def test_a_second_well_placed_then_three_still() -> None:
    went = sit(still(0, 6000))
    assert went.at_ms == 4000
    assert went.said == [CueKind.SIT_STILL, CueKind.NEUTRAL_TAKEN]
    assert went.cues[0][0] == 1000
    assert went.baseline is not None
    assert (went.baseline.start_ms, went.baseline.end_ms) == (1000, 4000)


@pytest.mark.parametrize("fps", [5, 10, 30])
def test_the_same_at_any_rate(fps: float) -> None:
    assert sit(still(0, 8000, fps)).at_ms == pytest.approx(4000, abs=2000 / fps)


def test_nobody_is_asked_into_the_picture() -> None:
    went = sit(absent(t) for t in times(0, 3000))
    assert went.said == [CueKind.COME_INTO_VIEW]
    assert not went.state.placed


def test_badly_placed_is_told_until_it_is_mended() -> None:
    went = sit([*small(0, 3000), *still(3000, 9000)])
    assert went.said == [CueKind.COME_CLOSER, CueKind.SIT_STILL, CueKind.NEUTRAL_TAKEN]
    assert went.at_ms == 7000


def test_a_moment_well_placed_is_not_enough() -> None:
    went = sit([*still(0, 900), *small(900, 1000), *still(1000, 1900), *small(1900, 2000)])
    assert not went.state.placed
    assert went.said == [CueKind.COME_CLOSER]


def test_bad_light_is_told() -> None:
    assert sit(still(0, 3000), BACKLIT).said == [CueKind.MORE_LIGHT]


def test_restless_is_told_and_begun_again() -> None:
    shaking = [
        seated(t, Angles(0.0, 10.0 * (-1) ** (index // 2), 0.0))
        for index, t in enumerate(times(1000, 4000))
    ]
    went = sit([*still(0, 1000), *shaking, *still(4000, 9000)])
    assert went.said[:2] == [CueKind.SIT_STILL, CueKind.KEEP_STILL]
    assert went.said[-1] is CueKind.NEUTRAL_TAKEN
    assert went.at_ms == pytest.approx(7000, abs=700)


def test_who_leaves_is_placed_anew() -> None:
    away = [absent(t) for t in times(2000, 6000)]
    went = sit([*still(0, 2000), *away])
    assert not went.state.placed
    assert went.said[-1] is CueKind.COME_INTO_VIEW
    back = sit(still(6000, 12_000), state=went.state)
    assert back.at_ms == 10_000


def test_a_moment_unseen_while_the_neutral_is_taken_is_no_leaving() -> None:
    went = sit([*still(0, 2000), absent(2000), *still(2100, 9000)])
    assert went.state.placed
    assert went.at_ms is not None


def test_light_that_fails_while_the_neutral_is_taken_does_not_end_it() -> None:
    state = sit(still(0, 1500)).state
    assert state.placed
    assert sit(still(1500, 6000), BACKLIT, state=state).baseline is not None


def test_a_pose_stands_for_a_second_and_a_half() -> None:
    seldom = [seated(t, looked=t % 1000 == 0) for t in times(0, 6000)]
    assert sit(seldom).at_ms == 4000
    once = [seated(t, looked=t == 0) for t in times(0, 3000)]
    states = [sit(once[: index + 1]).state for index in (15, 16)]
    assert [{c.id: c.known for c in one.found}["shoulders"] for one in states] == [True, False]


def test_a_pose_that_was_looked_for_in_vain_says_so() -> None:
    gone = [seated(0), *(replace(seated(t), pose=None) for t in (100, 200))]
    assert sit(gone).said == [CueKind.SHOW_SHOULDERS]


# --- going on anyway ----------------------------------------------------------------------


def test_going_on_anyway_takes_the_neutral_at_once() -> None:
    state = placement.go_on_anyway(sit(small(0, 2000)).state)
    assert state.placed
    went = sit(small(2000, 6000), state=state)
    assert went.at_ms == 5000


def test_going_on_anyway_needs_a_head_and_shoulders() -> None:
    nobody = sit([absent(0)]).state
    assert placement.go_on_anyway(nobody) is nobody
    bodiless = sit([replace(seated(0), pose=None)]).state
    assert placement.go_on_anyway(bodiless) is bodiless
    untried = placement.begin()
    assert placement.go_on_anyway(untried) is untried


def test_going_on_anyway_while_the_neutral_is_taken_begins_it_again() -> None:
    state = placement.go_on_anyway(sit(still(0, 3000)).state)
    assert sit(still(3000, 9000), state=state).at_ms == 6000


# --- a recording in the camera's place ---------------------------------------------------


def analysed(observations: Sequence[Observation]) -> tuple[Baseline | None, int]:
    session = Session(SessionSettings(load_settings(), load_correction()))
    for seen in observations:
        events = session.step(seen).events
        if any(event.kind is EventKind.NEUTRAL_FOUND for event in events):
            return session.baseline, seen.t_ms
    raise AssertionError("no neutral was found")


@pytest.mark.parametrize("fps", [5, 10, 30])
def test_a_recording_s_first_still_second_is_its_neutral_as_in_an_analysis(fps: float) -> None:
    seen = still(0, 4000, fps)
    went = sit(seen, patience=RECORDED)
    baseline, at_ms = analysed(seen)
    assert went.at_ms == at_ms
    assert went.baseline is not None
    assert baseline is not None
    assert went.baseline.end_ms == baseline.end_ms
    assert (went.baseline.mesh == baseline.mesh).all()


def test_a_recording_of_somebody_badly_placed_is_taken_as_it_is() -> None:
    """As in an analysis: nobody can be asked to come closer."""
    seen = small(0, 3000)
    went = sit(seen, patience=RECORDED)
    assert CueKind.COME_CLOSER not in went.said
    assert went.baseline is not None
    assert sit(seen).baseline is None


def test_a_recording_without_shoulders_has_no_neutral() -> None:
    went = sit([replace(one, pose=None) for one in still(0, 3000)], patience=RECORDED)
    assert went.baseline is None
    assert CueKind.SHOW_SHOULDERS in went.said


def test_what_is_said_has_no_side() -> None:
    _, _, cue = placement.step(placement.begin(), replace(seated(0), pose=None), BRIGHT)
    assert cue == Cue(CueKind.SHOW_SHOULDERS)


def test_a_step_does_not_change_the_state_it_was_given() -> None:
    state = sit(still(0, 2000), patience=Patience(0, 9000)).state
    seen = seated(2000, body=pose(visible=0.0))
    one, two = (placement.step(state, seen, BRIGHT) for _ in range(2))
    assert (one[0].found, one[2]) == (two[0].found, two[2])
    assert one[0].capture.left_ms == two[0].capture.left_ms
