from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from people import observation, pose

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core import session as one
from neckform.core.events import EventKind
from neckform.core.measure.observation import Face, Observation
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Angles, HeadSource, Sample

SETTINGS = SessionSettings(load_settings(), load_correction())
REST = Angles(0.0, 0.0, 0.0)
TILTED = Angles(0.0, 0.0, 38.0)


def routine(until_ms: int = 40_000, every_ms: int = 100) -> list[Observation]:
    """Two seconds of neutral, a left upper-trapezius stretch, and back."""
    return [
        observation(t, TILTED if 3000 <= t < 36_000 else REST)
        for t in range(0, until_ms + 1, every_ms)
    ]


def samples(observations: Iterable[Observation]) -> list[Sample | None]:
    session = Session(SETTINGS)
    return [session.step(seen).sample for seen in observations]


def test_nothing_is_judged_before_a_neutral_is_known() -> None:
    session = Session(SETTINGS)
    steps = [session.step(seen) for seen in routine(2000)]
    (found,) = (s for s in steps if any(e.kind is EventKind.NEUTRAL_FOUND for e in s.events))
    assert all(step.sample is None for step in steps if step.t_ms <= found.t_ms)
    assert all(step.sample is not None for step in steps if step.t_ms > found.t_ms)


def test_a_recording_without_a_neutral_takes_none_on_its_way() -> None:
    """All of it was looked at before: a second that would do at the camera did not do there."""
    session = Session(SETTINGS, looks=False)
    steps = [session.step(seen) for seen in routine()]
    _, outcome = session.finish()
    assert all(step.sample is None and step.events == () for step in steps)
    assert (outcome.baseline, outcome.holds) == (None, ())
    assert session.trouble is not None


def test_a_given_neutral_judges_from_the_first_moment() -> None:
    first = Session(SETTINGS)
    for seen in routine(2000):
        first.step(seen)
    again = Session(SETTINGS, first.baseline)
    assert again.step(observation(0)).sample is not None


def test_a_good_stretch_is_completed() -> None:
    events, outcome = Session(SETTINGS).replay(routine())
    (hold,) = outcome.holds
    assert (hold.stretch, hold.side, hold.completed) == ("upper-trapezius", "left", True)
    assert hold.held_ms == pytest.approx(33_000, abs=500)
    assert EventKind.HOLD_TARGET in [event.kind for event in events]


def test_every_prefix_tells_the_same_story() -> None:
    whole = routine(20_000)
    state = one.begin(SETTINGS)
    told = []
    for seen in whole:
        state, step = one.step(state, seen)
        told.append(step.events)
    for cut in (1, 12, 40, 150):
        state = one.begin(SETTINGS)
        for index, seen in enumerate(whole[:cut]):
            state, step = one.step(state, seen)
            assert step.events == told[index]


def test_a_step_does_not_change_the_state_it_was_given() -> None:
    state = one.begin(SETTINGS)
    for seen in routine(3500):
        state, _ = one.step(state, seen)
    seen = observation(3600, TILTED)
    assert one.step(state, seen)[1] == one.step(state, seen)[1]


def test_time_must_increase() -> None:
    session = Session(SETTINGS)
    session.step(observation(100))
    with pytest.raises(ValueError, match="time must increase"):
        session.step(observation(100))


def test_coverage_counts_each_moment_once() -> None:
    session = Session(SETTINGS)
    for t in range(0, 10_001, 100):
        session.step(
            observation(t, None if 5000 <= t < 7000 else REST, looked=not 5000 <= t < 7000)
        )
    coverage = session.finish()[1].coverage
    # The search for the neutral takes 1.1 s, the absence 2 s.
    assert coverage.head_seen_ms == 6900
    assert coverage.unseen_ms == 3100
    assert coverage.head_seen_ms + coverage.unseen_ms == 10_000


def test_a_lost_face_leaves_a_coarse_direction_marked_as_such() -> None:
    seen = routine(2000) + [observation(t, None) for t in range(2100, 3000, 100)]
    lost = samples(seen)[-1]
    assert lost is not None
    assert lost.head is not None
    assert lost.head.source is HeadSource.POSE
    seen_face = samples(routine(2100))[-1]
    assert seen_face is not None
    assert seen_face.head is not None
    assert lost.head.uncertainty.flexion_deg > 1.5 * seen_face.head.uncertainty.flexion_deg
    assert lost.head.quality < seen_face.head.quality


def test_a_face_that_comes_back_is_used_at_once() -> None:
    away = [observation(t, None) for t in range(2100, 4000, 100)]
    back = samples([*routine(2000), *away, observation(4000)])[-1]
    assert back is not None
    assert back.head is not None
    assert back.head.source is HeadSource.FACE


def test_shoulders_are_carried_between_poses_but_not_for_long() -> None:
    session = Session(SETTINGS)
    for seen in routine(2000):
        session.step(seen)
    carried = [session.step(observation(t, looked=False)).sample for t in range(2100, 3600, 100)]
    known = [s is not None and s.shoulders is not None for s in carried]
    assert known == [True] * 10 + [False] * 5


def test_a_head_whose_face_is_hidden_is_as_large_as_it_was() -> None:
    def nearer(t_ms: int) -> Observation:
        seen = observation(t_ms)
        assert seen.face is not None
        return replace(seen, face=Face(seen.face.points * np.float32(1.1)))

    hidden = [observation(t, None) for t in range(3000, 4000, 100)]
    seen = samples([*routine(1900), *map(nearer, range(2000, 3000, 100)), *hidden])
    before, after = seen[29], seen[39]
    assert before is not None and before.shoulders is not None
    assert after is not None and after.shoulders is not None
    assert before.shoulders.head_nearer == pytest.approx(np.log(1.1), abs=0.01)
    assert after.shoulders.head_nearer == before.shoulders.head_nearer


def test_a_risen_shoulder_is_told_from_the_other() -> None:
    session = Session(SETTINGS)
    for seen in routine(2000):
        session.step(seen)
    up = pose(left_up_px=40.0)
    for t in range(2100, 6000, 100):
        sample = session.step(observation(t, body=up)).sample
    assert sample is not None
    assert sample.shoulders is not None
    assert sample.shoulders.left_rise_sw > 0.12
    assert abs(sample.shoulders.right_rise_sw) < 0.02
    assert sample.shoulders.tilt_deg < -5


def test_uncertainty_grows_with_the_angle() -> None:
    seen = routine(2000) + [observation(t, Angles(0.0, 50.0, 0.0)) for t in range(2100, 3000, 100)]
    first, last = (s for s in (samples(seen)[15], samples(seen)[-1]) if s and s.head)
    assert first.head
    assert last.head
    assert np.all(np.array(last.head.uncertainty) >= np.array(first.head.uncertainty))
    assert last.head.uncertainty.rotation_deg > first.head.uncertainty.rotation_deg


# --- resting posture -----------------------------------------------------------------------

BOTH = replace(SETTINGS, postures=load_postures())
ALONE = replace(BOTH, holds=replace(SETTINGS.holds, stretches=()))


def test_postures_are_judged_only_when_asked_for() -> None:
    session = Session(SETTINGS)
    assert all(session.step(seen).resting is None for seen in routine(5000))
    assert Session(replace(SETTINGS, holds=ALONE.holds)).replay(routine())[1].flags == ()


def test_a_head_held_at_an_angle_is_a_stretch_or_a_flag_but_not_both() -> None:
    _, both = Session(BOTH).replay(routine())
    assert (len(both.holds), both.flags) == (1, ())
    events, alone = Session(ALONE).replay(routine())
    assert alone.holds == ()
    (flag,) = alone.flags
    assert (flag.flag, flag.side) == ("side-tilt", "left")
    assert flag.start_ms == pytest.approx(3000, abs=400)
    assert flag.end_ms == pytest.approx(36_000, abs=400)
    assert [e.kind for e in events if e.flag] == [EventKind.FLAG_RAISED, EventKind.FLAG_ENDED]


def test_a_head_that_stays_after_its_stretch_was_spoiled_is_no_flag() -> None:
    spoiled = [
        observation(
            t,
            TILTED if t >= 3000 else REST,
            pose(left_up_px=45.0) if t >= 10_000 else None,
        )
        for t in range(0, 20_001, 100)
    ]
    _, outcome = Session(BOTH).replay(spoiled)
    (hold,) = outcome.holds
    assert hold.ended_by == "shoulder-rise"
    assert outcome.flags == ()
    assert outcome.near_misses == ()  # the hold tells it
    (flag,) = Session(ALONE).replay(spoiled)[1].flags
    assert flag.flag == "side-tilt"


def test_the_flags_that_are_up_are_told_with_each_step() -> None:
    session = Session(ALONE)
    steps = [session.step(seen) for seen in routine(10_000)]
    told = {
        step.t_ms: [flag.flag for flag in step.resting.raised] for step in steps if step.resting
    }
    assert (told[500], told[5000], told[9000]) == ([], [], ["side-tilt"])


def test_at_a_camera_flags_come_late() -> None:
    assert Session(replace(ALONE, live=True)).replay(routine())[1].flags == ()


def test_every_prefix_tells_the_same_story_of_flags() -> None:
    whole = routine(20_000)
    told = Session(BOTH).replay(whole)[0]
    for cut in (1, 12, 60, 150):
        session = Session(BOTH)
        events = [event for seen in whole[:cut] for event in session.step(seen).events]
        assert events == list(told[: len(events)])


def test_a_sleeper_s_chin_is_no_stretch() -> None:
    settings = SessionSettings(load_settings(), load_correction(), postures=load_postures())

    def flexion_deg(t_ms: int) -> float:
        return 48.0 * min(1.0, max(0.0, (t_ms - 10_000) / 8000))

    slept = [
        observation(t_ms, Angles(flexion_deg(t_ms), 0.0, 0.0), looked=t_ms % 1000 == 0)
        for t_ms in range(0, 400_000, 200)
    ]
    _, outcome = Session(settings).replay(slept)
    assert outcome.holds == ()
    assert "dozing-down" in [flag.flag for flag in outcome.flags]
    # For too short a time to be told from one, it is one.
    _, outcome = Session(settings).replay(slept[:600])
    assert [hold.stretch for hold in outcome.holds] == ["cervical-paraspinal"]
