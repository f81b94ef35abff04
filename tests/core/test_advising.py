"""What is said to somebody who is trying: one table for each kind of mistake."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hold_samples import (
    LEVATOR_LEFT,
    NEUTRAL,
    PARASPINAL,
    SETTINGS,
    STILL,
    TRAP_LEFT,
    during,
    mirrored,
    up,
)

from neckform.core.coach.corrective_cues import advise
from neckform.core.coach.cues import Cue, CueKind
from neckform.core.stretch import holds
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Angles, HeadSource, HoldState, Sample, Shoulders, Side

LEFT, RIGHT = Side.LEFT, Side.RIGHT
TRAP, LEVATOR, PARA = "upper-trapezius", "levator-scapulae", "cervical-paraspinal"
REST = during(0, 2, NEUTRAL)


def advice(
    samples: Sequence[Sample],
    stretch: str = TRAP,
    side: Side | None = LEFT,
    own_range: OwnRange | None = None,
) -> Cue | None:
    """After the last of these samples, to somebody who was asked for a stretch."""
    state = holds.begin(SETTINGS, own_range)
    for one in samples:
        state, _ = holds.step(state, one)
    (machine,) = (m for m in state.machines if m.stretch.id == stretch and m.side is side)
    cue = advise(state, machine)
    if cue is not None and cue.kind is not CueKind.EASE_OFF:
        assert machine.state is not HoldState.HOLDING
    return cue


def at(
    angles: Angles, shoulders: Shoulders | None = STILL, uncertainty: Angles = NEUTRAL
) -> list[Sample]:
    """Rest, and then a second somewhere."""
    return [*REST, *during(2, 3, angles, shoulders, uncertainty=uncertainty)]


# --- nothing to say -----------------------------------------------------------------------


def test_nothing_before_the_first_sample() -> None:
    assert advice([]) is None


@pytest.mark.parametrize(
    ("stretch", "side", "angles"),
    [(TRAP, LEFT, TRAP_LEFT), (LEVATOR, LEFT, LEVATOR_LEFT), (PARA, None, PARASPINAL)],
)
def test_a_running_clock_earns_no_correction(
    stretch: str, side: Side | None, angles: Angles
) -> None:
    assert advice(at(angles), stretch, side) is None


@pytest.mark.parametrize("stretch", [TRAP, LEVATOR])
def test_a_head_that_has_not_set_out_has_been_told_already(stretch: str) -> None:
    assert advice(REST, stretch) is None
    assert advice(at(Angles(0.34 * 15, 0.34 * 20, 0.34 * 20)), stretch) is None


def test_a_lapse_too_brief_to_matter_is_not_told() -> None:
    samples = [*at(TRAP_LEFT), *during(3, 3.3, TRAP_LEFT, up(LEFT, 0.2))]
    assert advice(samples) is None
    assert advice([*at(TRAP_LEFT), *during(3, 3.5, TRAP_LEFT, up(LEFT, 0.2))]) is not None


# --- not far enough -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretch", "side", "angles", "cue"),
    [
        (TRAP, LEFT, Angles(0, 0, 7.1), Cue(CueKind.FURTHER, LEFT)),
        (TRAP, LEFT, Angles(0, 0, 19.9), Cue(CueKind.FURTHER, LEFT)),
        (TRAP, RIGHT, Angles(0, 0, -19.9), Cue(CueKind.FURTHER, RIGHT)),
        (PARA, None, Angles(24.9, 0, 0), Cue(CueKind.FURTHER)),
        (LEVATOR, LEFT, Angles(14, 19, 0), Cue(CueKind.FURTHER, LEFT)),
        (LEVATOR, LEFT, Angles(14, 21, 0), Cue(CueKind.DOWN_FURTHER, LEFT)),
        (LEVATOR, LEFT, Angles(16, 19, 0), Cue(CueKind.TURN_FURTHER, LEFT)),
        (LEVATOR, RIGHT, Angles(16, -19, 0), Cue(CueKind.TURN_FURTHER, RIGHT)),
        (LEVATOR, RIGHT, Angles(14, -21, 0), Cue(CueKind.DOWN_FURTHER, RIGHT)),
    ],
)
def test_not_far_enough(stretch: str, side: Side | None, angles: Angles, cue: Cue) -> None:
    assert advice(at(angles), stretch, side) == cue


def test_an_uncertain_angle_at_the_floor_is_not_far_enough_either() -> None:
    """The clock does not run at 21 when that may be 19: somebody has to say so."""
    doubt = Angles(2.0, 2.0, 2.0)
    assert advice(at(Angles(0, 0, 21), uncertainty=doubt)) == Cue(CueKind.FURTHER, LEFT)
    levator = advice(at(Angles(16, 30, 0), uncertainty=doubt), LEVATOR)
    assert levator == Cue(CueKind.DOWN_FURTHER, LEFT)


def test_a_hold_that_slackened_is_told_further() -> None:
    samples = [*at(TRAP_LEFT), *during(3, 3.6, Angles(0, 0, 13.0))]
    assert advice(samples) == Cue(CueKind.FURTHER, LEFT)


# --- strayed on another axis --------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretch", "side", "angles", "kind"),
    [
        (TRAP, LEFT, Angles(0, 21, 30), CueKind.FACE_FORWARD),
        (TRAP, LEFT, Angles(0, -21, 30), CueKind.FACE_FORWARD),
        (TRAP, RIGHT, Angles(0, 21, -30), CueKind.FACE_FORWARD),
        (TRAP, LEFT, Angles(21, 0, 30), CueKind.CHIN_UP),
        (TRAP, LEFT, Angles(-16, 0, 30), CueKind.CHIN_DOWN),
        (TRAP, RIGHT, Angles(-16, 0, -30), CueKind.CHIN_DOWN),
        (PARA, None, Angles(35, 16, 0), CueKind.FACE_FORWARD),
        (PARA, None, Angles(35, -16, 0), CueKind.FACE_FORWARD),
        (PARA, None, Angles(35, 0, 16), CueKind.HEAD_UPRIGHT),
        (PARA, None, Angles(35, 0, -16), CueKind.HEAD_UPRIGHT),
        (LEVATOR, LEFT, Angles(25, 35, -11), CueKind.HEAD_UPRIGHT),
        (LEVATOR, LEFT, Angles(25, 35, 31), CueKind.HEAD_UPRIGHT),
        (LEVATOR, RIGHT, Angles(25, -35, 11), CueKind.HEAD_UPRIGHT),
        # Further beyond on one axis than on the other.
        (TRAP, LEFT, Angles(22, 30, 30), CueKind.FACE_FORWARD),
        (TRAP, LEFT, Angles(30, 22, 30), CueKind.CHIN_UP),
    ],
)
def test_strayed(stretch: str, side: Side | None, angles: Angles, kind: CueKind) -> None:
    assert advice(at(angles), stretch, side) == Cue(kind)


def test_an_uncertain_angle_at_a_limit_has_strayed() -> None:
    assert advice(at(Angles(0, 19, 30), uncertainty=Angles(2, 2, 2))) == Cue(CueKind.FACE_FORWARD)


# --- the shoulders ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shoulders", "cue"),
    [
        (up(LEFT, 0.1), Cue(CueKind.SHOULDER_DOWN, LEFT)),
        (up(RIGHT, 0.1), Cue(CueKind.SHOULDER_DOWN, RIGHT)),
        (Shoulders(0.1, 0.1, 0, 0, 0), Cue(CueKind.SHOULDERS_DOWN)),
        (Shoulders(0.1, 0.081, 0, 0, 0), Cue(CueKind.SHOULDERS_DOWN)),
        (Shoulders(0.1, 0.079, 0, 0, 0), Cue(CueKind.SHOULDER_DOWN, LEFT)),
        (Shoulders(0, 0, 0.12, 0, 0), Cue(CueKind.SHOULDERS_MIDDLE)),
        (Shoulders(0, 0, -0.12, 0, 0), Cue(CueKind.SHOULDERS_MIDDLE)),
        (Shoulders(0, 0, 0, 9, 0), Cue(CueKind.SIT_UPRIGHT)),
        (Shoulders(0, 0, 0, -9, 0), Cue(CueKind.SIT_UPRIGHT)),
        (Shoulders(0, 0, 0, 0, 16), Cue(CueKind.CHEST_FORWARD)),
        (Shoulders(0, 0, 0, 0, -16), Cue(CueKind.CHEST_FORWARD)),
        (Shoulders(0, 0, 0, 0, 0, 13), Cue(CueKind.SIT_UPRIGHT)),
        (None, Cue(CueKind.NOT_SEEN)),
    ],
)
@pytest.mark.parametrize(
    ("stretch", "side", "angles"),
    [(TRAP, LEFT, TRAP_LEFT), (TRAP, RIGHT, TRAP_LEFT.mirrored()), (PARA, None, PARASPINAL)],
)
def test_shoulders(
    shoulders: Shoulders | None, cue: Cue, stretch: str, side: Side | None, angles: Angles
) -> None:
    assert advice(at(angles, shoulders), stretch, side) == cue
    paused = [*at(angles), *during(3, 3.6, angles, shoulders)]
    assert advice(paused, stretch, side) == cue


@pytest.mark.parametrize(
    ("shoulders", "cue"),
    [
        (up(LEFT, 0.2), Cue(CueKind.SHOULDER_DOWN, LEFT)),
        (Shoulders(-0.2, 0.06, 0.5, 12, 0), Cue(CueKind.SIT_UPRIGHT)),
        (Shoulders(0, 0, 0, 0, 20), Cue(CueKind.CHEST_FORWARD)),
        (None, Cue(CueKind.FURTHER, LEFT)),
    ],
)
def test_the_body_comes_before_how_far_the_head_is(shoulders: Shoulders | None, cue: Cue) -> None:
    assert advice(at(Angles(0, 0, 15), shoulders)) == cue


def test_shoulders_are_no_fault_before_the_head_sets_out() -> None:
    assert advice(at(Angles(0, 0, 6), up(LEFT, 0.2))) is None


# --- somewhere else -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretch", "side", "angles", "cue"),
    [
        (TRAP, RIGHT, TRAP_LEFT, Cue(CueKind.WRONG_SIDE, RIGHT)),
        (TRAP, LEFT, TRAP_LEFT.mirrored(), Cue(CueKind.WRONG_SIDE, LEFT)),
        (LEVATOR, RIGHT, LEVATOR_LEFT, Cue(CueKind.WRONG_SIDE, RIGHT)),
        (LEVATOR, LEFT, TRAP_LEFT, Cue(CueKind.OTHER_STRETCH, LEFT, LEVATOR)),
        (PARA, None, TRAP_LEFT, Cue(CueKind.OTHER_STRETCH, None, PARA)),
        (TRAP, RIGHT, PARASPINAL, Cue(CueKind.OTHER_STRETCH, RIGHT, TRAP)),
    ],
)
def test_somewhere_else(stretch: str, side: Side | None, angles: Angles, cue: Cue) -> None:
    assert advice([*REST, *during(2, 3.2, angles)], stretch, side) == cue


@pytest.mark.parametrize(("tilt_deg", "told"), [(14, False), (16, True)])
def test_a_head_that_sets_out_to_the_other_side_is_told_before_it_is_there(
    tilt_deg: float, told: bool
) -> None:
    cue = advice([*REST, *during(2, 2.5, Angles(0, 0, tilt_deg))], TRAP, RIGHT)
    assert cue == (Cue(CueKind.WRONG_SIDE, RIGHT) if told else None)


def test_a_head_on_its_way_back_from_the_other_side_is_not_told_so() -> None:
    samples = [*REST, *during(2, 5, TRAP_LEFT), *during(5, 6.5, NEUTRAL)]
    assert advice(samples, TRAP, RIGHT) is None


def test_two_stretches_at_once_are_right_when_the_asked_one_is() -> None:
    """A chin far down and turned is a levator; it may be a paraspinal's angle, too."""
    both = Angles(40, 24, 0)
    assert advice(at(both), LEVATOR) is None


# --- too far ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretch", "side", "angles", "too_far"),
    [
        (TRAP, LEFT, Angles(0, 0, 49), False),
        (TRAP, LEFT, Angles(0, 0, 51), True),
        (PARA, None, Angles(59, 0, 0), False),
        (PARA, None, Angles(61, 0, 0), True),
        (LEVATOR, LEFT, Angles(25, 69, 0), False),
        (LEVATOR, LEFT, Angles(25, 71, 0), True),
        (LEVATOR, LEFT, Angles(61, 40, 0), True),
        (TRAP, RIGHT, Angles(0, 0, 51), True),
    ],
)
def test_ease_off_comes_though_the_clock_runs(
    stretch: str, side: Side | None, angles: Angles, too_far: bool
) -> None:
    cue = advice(at(angles), stretch, side)
    assert (cue == Cue(CueKind.EASE_OFF)) is too_far


def test_ease_off_follows_the_own_range() -> None:
    own = OwnRange(left_lateral_deg=25.0)
    assert advice(at(Angles(0, 0, 34)), own_range=own) is None
    assert advice(at(Angles(0, 0, 36)), own_range=own) == Cue(CueKind.EASE_OFF)
    assert advice(at(Angles(0, 0, -36)), TRAP, RIGHT, own) is None


def test_a_shoulder_that_its_own_hand_lifts_is_not_named() -> None:
    both = Shoulders(0.13, 0.12, 0.0, 0.0, 0.0)
    samples = [*at(TRAP_LEFT), *during(3, 3.6, TRAP_LEFT, both, [LEFT])]
    assert advice(samples) == Cue(CueKind.SHOULDER_DOWN, RIGHT)


# --- not seen -----------------------------------------------------------------------------


def test_a_head_that_was_lost_in_a_hold_is_told() -> None:
    assert advice([*at(TRAP_LEFT), *during(3, 4, None)]) == Cue(CueKind.NOT_SEEN)


def test_a_head_that_was_never_there_is_for_others_to_tell() -> None:
    assert advice([*REST, *during(2, 4, None)]) is None


@pytest.mark.parametrize("tilt_deg", [12, 70])
@pytest.mark.parametrize(
    ("until", "cue"), [(5, None), (30, Cue(CueKind.NOT_SEEN)), (40, None), (60, None)]
)
def test_a_coarse_direction_is_no_degree_to_correct_by(
    tilt_deg: float, until: int, cue: Cue | None
) -> None:
    coarse = during(3, 9, Angles(0, 0, tilt_deg), source=HeadSource.POSE)
    assert advice([*at(TRAP_LEFT), *coarse[:until]]) == cue


# --- for any sequence ---------------------------------------------------------------------


def mirror(cue: Cue | None) -> Cue | None:
    if cue is None or cue.side is None:
        return cue
    return Cue(cue.kind, cue.side.other, cue.stretch)


@pytest.mark.parametrize("seed", range(40))
def test_mirrored_input_with_the_mirrored_side_earns_the_mirrored_cue(seed: int) -> None:
    draw = random.Random(seed)
    angles = Angles(draw.uniform(-20, 65), draw.uniform(-50, 50), draw.uniform(-55, 55))
    shoulders = Shoulders(
        draw.uniform(-0.1, 0.15), draw.uniform(-0.1, 0.15), draw.uniform(-0.15, 0.15),
        draw.uniform(-10, 10), draw.uniform(-18, 18),
    )  # fmt: skip
    samples = [*at(angles), *during(3, 4.5, angles, shoulders)]
    turned = [mirrored(one) for one in samples]
    for stretch in (TRAP, LEVATOR):
        assert advice(turned, stretch, RIGHT) == mirror(advice(samples, stretch, LEFT))
    assert advice(turned, PARA, None) == mirror(advice(samples, PARA, None))
