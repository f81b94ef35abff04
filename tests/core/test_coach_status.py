"""What the coach's screens are given of one moment: the clock, the verdict and one line."""

from __future__ import annotations

from dataclasses import replace

from coach_stage import LEVATOR_LEFT, TRAP_LEFT, TRAP_RIGHT, Acts, Played, play, settings
from people import pose

from neckform.core.coach.coach_status import CoachStatus, coach_status
from neckform.core.coach.cues import Cue, CueKind
from neckform.core.coach.guided import Wish
from neckform.core.stretch.status import StretchZone
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Angles, Evidence, HoldState, Reason, Side

RISEN = pose(left_up_px=30.0)


def at_the_end(acts: Acts, went: Played | None = None) -> CoachStatus:
    went = went or play(settings(TRAP_LEFT), acts)
    status = coach_status(went.state)
    assert status is not None
    return status


def test_nothing_before_there_is_a_neutral() -> None:
    assert coach_status(play(settings(TRAP_LEFT), Acts().sit(0.5)).state) is None


def test_nothing_when_all_is_done() -> None:
    went = play(settings(TRAP_LEFT), Acts().sit(2).hold(TRAP_LEFT, 7))
    assert coach_status(went.state) is None


def test_at_rest_it_says_what_to_do() -> None:
    status = at_the_end(Acts().sit(4))
    assert (status.clock, status.held_ms, status.target_ms) == (HoldState.REST, 0, 5000)
    assert status.line == Cue(CueKind.INSTRUCTION, Side.LEFT, "upper-trapezius")
    assert status.hold.zone is StretchZone.ON_THE_WAY


def test_while_the_clock_runs_it_says_to_stay() -> None:
    status = at_the_end(Acts().sit(4).hold(TRAP_LEFT, 3))
    assert (status.clock, status.part) == (HoldState.HOLDING, 1)
    assert 2000 <= status.held_ms <= 3000
    assert status.line == Cue(CueKind.STAY)
    assert status.hold.zone is StretchZone.TARGET


def test_a_risen_shoulder_is_named_as_long_as_it_is_judged_out() -> None:
    status = at_the_end(Acts().sit(4).hold(TRAP_LEFT, 3).at(Angles(0, 0, 38), 1, RISEN))
    assert (status.clock, status.hold.reason) == (HoldState.PAUSED, Reason.SHOULDER_RISE)
    assert status.line == Cue(CueKind.SHOULDER_DOWN, Side.LEFT)
    assert status.hold.shoulders is not None
    assert status.hold.shoulders.evidence is Evidence.OUT


def test_what_was_held_waits_while_the_head_is_back() -> None:
    status = at_the_end(Acts().sit(4).hold(TRAP_LEFT, 4).sit(4))
    assert (status.clock, status.part) == (HoldState.PAUSED, 1)
    assert status.held_ms > 2000
    assert status.line == Cue(CueKind.PAUSED)


def test_a_levator_hold_left_too_far_down_is_told_though_its_clock_runs() -> None:
    acts = Acts().sit(4).hold(LEVATOR_LEFT, 2).at(Angles(75, 38, 0), 1)
    wanted = settings(LEVATOR_LEFT)
    own = replace(wanted.session, own_range=OwnRange(flexion_deg=30.0))
    status = at_the_end(acts, play(replace(wanted, session=own), acts))
    assert status.clock is HoldState.HOLDING
    assert status.hold.zone is StretchZone.EASE_OFF
    assert status.line == Cue(CueKind.EASE_OFF)
    assert [axis.axis.value for axis in status.hold.axes] == ["rotation", "flexion"]


def test_a_head_that_is_not_seen_is_in_no_zone() -> None:
    status = at_the_end(Acts().sit(4).hold(TRAP_LEFT, 3).away(1))
    assert status.clock is HoldState.PAUSED
    assert (status.hold.zone, status.line) == (StretchZone.UNSEEN, Cue(CueKind.COME_INTO_VIEW))


def test_in_a_rest_it_is_about_what_comes_next() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 6)
    status = at_the_end(acts, play(settings(TRAP_LEFT, TRAP_RIGHT), acts))
    assert (status.clock, status.hold.side) == (HoldState.REST, Side.RIGHT)
    assert status.line == Cue(CueKind.INSTRUCTION, Side.RIGHT, "upper-trapezius")


def test_a_skipped_exercise_takes_its_line_along() -> None:
    acts = Acts().sit(2).hold(TRAP_LEFT, 2).at(Angles(0, 0, 38), 1, RISEN)
    went = play(settings(TRAP_LEFT, LEVATOR_LEFT), acts, {4.95: Wish.SKIP})
    status = at_the_end(acts, went)
    assert status.hold.stretch == "levator-scapulae"
    assert status.line.kind is CueKind.INSTRUCTION
