"""Sampling a comfortable range: six directions in order, each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pytest
from coach_stage import Acts
from seated import BRIGHT

from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import range_test
from neckform.core.coach.cues import CueKind, Said
from neckform.core.coach.guided import PausedBy, Phase, Wish
from neckform.core.coach.placement import RECORDED, Patience
from neckform.core.coach.range_test import RangeSettings, RangeTest, own_range
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Direction, Reached
from neckform.core.session import Session, SessionSettings
from neckform.core.stretch.range_of_motion import SIGNS
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Angles

SETTINGS = RangeSettings(
    SessionSettings(load_settings(), load_correction(), live=True), patience=RECORDED
)
ENDS = {
    Direction.FLEXION: Angles(40.0, 0.0, 0.0),
    Direction.EXTENSION: Angles(-30.0, 0.0, 0.0),
    Direction.LEFT_ROTATION: Angles(0.0, 45.0, 0.0),
    Direction.RIGHT_ROTATION: Angles(0.0, -40.0, 0.0),
    Direction.LEFT_LATERAL: Angles(0.0, 0.0, 35.0),
    Direction.RIGHT_LATERAL: Angles(0.0, 0.0, -30.0),
}


@dataclass
class Went:
    state: RangeTest
    said: list[Said] = field(default_factory=list)
    directions: list[tuple[float, Direction | None]] = field(default_factory=list)

    def words(self) -> list[CueKind]:
        return [one.cue.kind for one in self.said if one.words]

    def asked(self) -> list[str | None]:
        return [one.cue.stretch for one in self.said if one.cue.kind is CueKind.REACH]

    def deg(self, direction: Direction) -> float:
        reached = self.state.measured[direction]
        assert reached is not None
        return reached.deg


def measure(
    seen: Acts | Iterable[Observation],
    *,
    skips: Iterable[float] = (),
    pauses: Mapping[float, bool] | None = None,
    settings: RangeSettings = SETTINGS,
) -> Went:
    """Fold all; `skips` in seconds, `pauses` on or off at seconds."""
    went = Went(range_test.begin(settings, 0))
    due = {round(t_s * 1000) for t_s in skips}
    switched = {round(t_s * 1000): on for t_s, on in (pauses or {}).items()}
    for one in seen.seen if isinstance(seen, Acts) else seen:
        if one.t_ms in switched:
            wish = Wish.PAUSE if switched[one.t_ms] else Wish.RESUME
            went.state, told = range_test.obey(went.state, one.t_ms, wish)
            went.said += told.said
        if one.t_ms in due:
            went.state, told = range_test.obey(went.state, one.t_ms, Wish.SKIP)
            went.said += told.said
        went.state, told = range_test.step(went.state, one, BRIGHT)
        went.said += told.said
        if not went.directions or went.directions[-1][1] is not went.state.direction:
            went.directions.append((one.t_ms / 1000, went.state.direction))
    return went


def reach(acts: Acts, direction: Direction, seconds: float = 2.5) -> Acts:
    return acts.at(ENDS[direction], seconds).sit(1.5)


def all_six() -> Acts:
    acts = Acts().sit(2)
    for direction in Direction:
        acts = reach(acts, direction)
    return acts


def test_six_directions_in_order() -> None:
    went = measure(all_six())
    assert [one for _, one in went.directions] == [*Direction, None]
    assert went.state.guided.phase is Phase.OVER
    assert went.said[-1].cue.kind is CueKind.RANGE_DONE


def judged(angles: Angles) -> Angles:
    """How a session reads the made-up person's head there."""
    session = Session(SETTINGS.session)
    steps = [session.step(seen) for seen in Acts().sit(2).at(angles, 3).seen]
    sample = steps[-1].sample
    assert sample is not None
    assert sample.head is not None
    return sample.head.angles


def test_what_was_reached_is_each_direction_s_own() -> None:
    went = measure(all_six())
    for direction, angles in ENDS.items():
        axis, sign = SIGNS[direction]
        assert went.deg(direction) == pytest.approx(sign * axis.of(judged(angles)), abs=1.5)
        assert went.deg(direction) > 20
    found = own_range(went.state.measured)
    assert found.flexion_deg == went.deg(Direction.FLEXION)
    assert found.right_lateral_deg == went.deg(Direction.RIGHT_LATERAL)


def test_what_another_direction_brought_along_is_not_its_own() -> None:
    """Far to the left while looking up: that turn is not the measure of turning left."""
    acts = reach(Acts().sit(2), Direction.FLEXION)
    both = acts.at(Angles(-30.0, 40.0, 0.0), 2.5).sit(1.5)
    went = measure(both.at(Angles(0.0, 20.0, 0.0), 2.5).sit(1.5))
    assert went.deg(Direction.EXTENSION) > 15
    assert went.deg(Direction.LEFT_ROTATION) == pytest.approx(20, abs=4)


def test_each_direction_is_asked_for() -> None:
    assert measure(Acts().sit(4)).asked() == [Direction.FLEXION.value]
    slow = Acts().sit(6)
    for direction in Direction:
        slow = reach(slow, direction, 5).sit(7)
    assert measure(slow).asked() == [direction.value for direction in Direction]


def test_who_stays_is_asked_back() -> None:
    went = measure(Acts().sit(2).at(ENDS[Direction.FLEXION], 6))
    assert went.words().count(CueKind.COME_BACK) == 1
    (at_ms,) = [one.t_ms for one in went.said if one.cue.kind is CueKind.COME_BACK]
    assert at_ms == pytest.approx(2000 + 500 + 1500, abs=900)
    assert went.state.direction is Direction.FLEXION


def test_a_small_movement_is_no_attempt() -> None:
    went = measure(Acts().sit(2).at(Angles(9.0, 0.0, 0.0), 2).sit(3))
    assert went.state.direction is Direction.FLEXION


def test_a_moment_in_the_middle_is_not_back() -> None:
    acts = Acts().sit(2).at(ENDS[Direction.FLEXION], 2)
    assert measure(acts.sit(0.6)).state.direction is Direction.FLEXION
    assert measure(acts.sit(0.9)).state.direction is Direction.EXTENSION


def test_a_swing_past_the_end_does_not_count() -> None:
    acts = Acts(30).sit(2).at(Angles(30.0, 0, 0), 2).at(Angles(50.0, 0, 0), 0.3)
    went = measure(acts.at(Angles(30.0, 0, 0), 1).sit(1.5))
    assert went.deg(Direction.FLEXION) < 36


def test_skip_leaves_a_direction_out() -> None:
    # Taken a little bent, the neutral leaves a head that sits clearly on the other side of it.
    waits = Acts().at(Angles(1.0, 0.0, 0.0), 1.2).sit(2.8)
    went = measure(reach(waits, Direction.EXTENSION), skips=[2.5])
    assert went.state.measured[Direction.FLEXION] is None
    assert went.deg(Direction.EXTENSION) == pytest.approx(30, abs=6)
    assert own_range(went.state.measured).flexion_deg is None


def test_skip_at_the_end_of_a_reach_takes_it_as_it_is() -> None:
    went = measure(Acts().sit(2).at(ENDS[Direction.FLEXION], 4), skips=[5.0])
    assert went.state.direction is Direction.EXTENSION
    assert went.deg(Direction.FLEXION) > 20


def test_skipping_all_of_them_ends_it() -> None:
    went = measure(Acts().sit(9), skips=[3, 4, 5, 6, 7, 8])
    assert went.state.guided.phase is Phase.OVER
    assert own_range(went.state.measured) == OwnRange()


def test_skip_in_the_set_up_goes_on_anyway() -> None:
    patient = RangeSettings(SETTINGS.session, patience=Patience(60_000, 1000))
    assert measure(Acts().sit(4), settings=patient).state.guided.phase is Phase.FRAMING
    assert measure(Acts().sit(4), settings=patient, skips=[2.0]).state.guided.phase is Phase.REACH


def test_a_pause_measures_nothing() -> None:
    acts = Acts().sit(2).at(ENDS[Direction.FLEXION], 4).sit(4)
    went = measure(acts, pauses={1.9: True, 6.5: False})
    assert went.state.direction is Direction.FLEXION
    assert went.state.best is None or went.state.best.deg < 10
    assert measure(acts, pauses={1.9: True}).state.guided.paused is PausedBy.PERSON


def test_a_pause_is_said_as_in_a_routine() -> None:
    went = measure(Acts().sit(9), pauses={5.0: True, 7.0: False})
    assert went.words()[-2:] == [CueKind.PAUSED, CueKind.RESUMED]


def test_a_lost_camera_measures_nothing_and_says_so() -> None:
    went = measure(Acts().sit(9).at(ENDS[Direction.FLEXION], 0.3))
    state, told = range_test.blind(went.state, 9300)
    assert state.excursion.now_deg is None
    assert [one.cue.kind for one in told.said if one.words] == [CueKind.CAMERA_LOST]
    state, told = range_test.blind(state, 20_000)
    assert told.said == ()
    assert range_test.blind(range_test.obey(went.state, 9300, Wish.PAUSE)[0], 9300)[1].said == ()
    assert range_test.blind(range_test.finish(went.state, 9300)[0], 9300)[1].said == ()


def test_a_camera_that_is_back_goes_on() -> None:
    state = measure(Acts().sit(9)).state
    for t_ms in range(9000, 20_000, 100):
        state, _ = range_test.blind(state, t_ms)
    later = Acts().gap(20).at(ENDS[Direction.FLEXION], 2).sit(2)
    said: list[CueKind] = []
    for one in later.seen:
        state, told = range_test.step(state, one, BRIGHT)
        said += [a.cue.kind for a in told.said if a.words]
    assert said == [CueKind.RESUMED, CueKind.REACH]
    assert state.direction is Direction.EXTENSION


def test_nobody_there_measures_nothing() -> None:
    went = measure(Acts().sit(2).at(ENDS[Direction.FLEXION], 2).away(5))
    assert went.state.excursion.now_deg is None
    assert went.state.direction is Direction.FLEXION


def test_ending_it_early_keeps_what_was_measured() -> None:
    acts = reach(Acts().sit(2), Direction.FLEXION).at(ENDS[Direction.EXTENSION], 2)
    state = range_test.finish(measure(acts).state, 9000)[0]
    assert state.guided.phase is Phase.OVER
    assert set(state.measured) == {Direction.FLEXION, Direction.EXTENSION}
    found = own_range(state.measured)
    assert found.extension_deg == pytest.approx(30, abs=6)
    assert found.left_rotation_deg is None


def test_ending_it_before_the_neutral_has_measured_nothing() -> None:
    state = range_test.finish(measure(Acts().sit(0.5)).state, 9000)[0]
    assert (state.measured, state.guided.baseline) == ({}, None)


def test_a_range_too_small_to_be_an_attempt_is_not_known() -> None:
    def reached(deg: float) -> OwnRange:
        return own_range({Direction.FLEXION: Reached(Direction.FLEXION, deg, 1.0, 0)})

    assert reached(9.9) == OwnRange()
    assert reached(10.0) == OwnRange(flexion_deg=10.0)


def test_now_is_toward_the_direction_that_was_asked_for() -> None:
    went = measure(Acts().sit(2).at(ENDS[Direction.EXTENSION], 2), skips=[2.0])
    assert went.state.direction is Direction.EXTENSION
    assert went.state.excursion.now_deg == pytest.approx(30, abs=6)
    wrong_way = measure(Acts().sit(2).at(ENDS[Direction.EXTENSION], 2))
    assert wrong_way.state.excursion.now_deg == pytest.approx(-30, abs=6)


def test_every_prefix_tells_the_same_story() -> None:
    seen = all_six().seen
    whole = measure(seen)
    for cut in (5, 30, 99, 180):
        part = measure(seen[:cut])
        assert part.said == whole.said[: len(part.said)]
