"""Stretches as data: the shipped ones say what they should, and one head is judged by them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hold_samples import NEUTRAL, SETTINGS, head

from neckform.core.stretch.stretches import (
    Figure,
    Goal,
    Guidance,
    Limit,
    OwnRange,
    Stretch,
    classify,
    eases_off,
)
from neckform.core.types import Angles, Axis, Evidence, Reason, Side, toward

KNOWN = SETTINGS.by_id
PARASPINAL = KNOWN["cervical-paraspinal"]
TRAPEZIUS = KNOWN["upper-trapezius"]
LEVATOR = KNOWN["levator-scapulae"]


def judged(
    stretch: Stretch, side: Side | None, angles: Angles, *, inside: bool = False
) -> tuple[Evidence, Reason | None]:
    return classify(stretch, side, head(angles), inside=inside, hysteresis_deg=6.0, margin_deg=3.0)


IN = (Evidence.IN, None)
LOW = (Evidence.OUT, Reason.ANGLE_LOW)
CROSS = (Evidence.OUT, Reason.CROSS_AXIS)

TABLE = [
    (PARASPINAL, None, Angles(25, 0, 0), IN),
    (PARASPINAL, None, Angles(24.9, 0, 0), LOW),
    (PARASPINAL, None, Angles(-40, 0, 0), LOW),
    (PARASPINAL, None, Angles(40, 15, -15), IN),
    (PARASPINAL, None, Angles(40, 15.1, 0), CROSS),
    (PARASPINAL, None, Angles(40, -15.1, 0), CROSS),
    (PARASPINAL, None, Angles(40, 0, 15.1), CROSS),
    (PARASPINAL, None, Angles(40, 0, -15.1), CROSS),
    (TRAPEZIUS, Side.LEFT, Angles(0, 0, 20), IN),
    (TRAPEZIUS, Side.LEFT, Angles(0, 0, 19.9), LOW),
    (TRAPEZIUS, Side.LEFT, Angles(0, 0, -35), LOW),
    (TRAPEZIUS, Side.LEFT, Angles(20, 20, 35), IN),
    (TRAPEZIUS, Side.LEFT, Angles(20.1, 0, 35), CROSS),
    (TRAPEZIUS, Side.LEFT, Angles(-15, -20, 35), IN),
    (TRAPEZIUS, Side.LEFT, Angles(-15.1, 0, 35), CROSS),
    (TRAPEZIUS, Side.LEFT, Angles(0, 20.1, 35), CROSS),
    (TRAPEZIUS, Side.LEFT, Angles(0, -20.1, 35), CROSS),
    (LEVATOR, Side.LEFT, Angles(15, 20, 0), IN),
    (LEVATOR, Side.LEFT, Angles(14.9, 20, 0), LOW),
    (LEVATOR, Side.LEFT, Angles(15, 19.9, 0), LOW),
    (LEVATOR, Side.LEFT, Angles(25, -35, 0), LOW),
    (LEVATOR, Side.LEFT, Angles(25, 35, 30), IN),
    (LEVATOR, Side.LEFT, Angles(25, 35, 30.1), CROSS),
    (LEVATOR, Side.LEFT, Angles(25, 35, -10), IN),
    (LEVATOR, Side.LEFT, Angles(25, 35, -10.1), CROSS),
]


@pytest.mark.parametrize(("stretch", "side", "angles", "verdict"), TABLE)
def test_where_each_stretch_begins_and_what_must_stay(
    stretch: Stretch, side: Side | None, angles: Angles, verdict: object
) -> None:
    assert judged(stretch, side, angles) == verdict


@pytest.mark.parametrize(("stretch", "side", "angles", "verdict"), TABLE)
def test_the_other_side_is_the_mirror_image(
    stretch: Stretch, side: Side | None, angles: Angles, verdict: object
) -> None:
    assert judged(stretch, side.other if side else None, angles.mirrored()) == verdict


def test_leaving_takes_six_degrees_more_on_every_limit() -> None:
    for angles, verdict in (
        (Angles(9, 14, 0), IN),
        (Angles(8.9, 14, 0), LOW),
        (Angles(9, 13.9, 0), LOW),
        (Angles(25, 35, 36), IN),
        (Angles(25, 35, 36.1), CROSS),
        (Angles(25, 35, -16.1), CROSS),
    ):
        assert judged(LEVATOR, Side.LEFT, angles, inside=True) == verdict


def test_toward_the_left_is_as_it_is_and_toward_the_right_is_mirrored() -> None:
    angles = Angles(1, 2, 3)
    assert toward(angles, Side.LEFT) == toward(angles, None) == Angles(1, 2, 3)
    assert toward(angles, Side.RIGHT) == Angles(1, -2, -3)


def test_the_shipped_targets_are_those_of_the_treatment() -> None:
    assert [(axis, goal.target_deg, goal.target_to_deg) for axis, goal in LEVATOR.main.items()] == [
        (Axis.ROTATION, 30.0, 45.0),
        (Axis.FLEXION, 20.0, 30.0),
    ]
    assert PARASPINAL.main[Axis.FLEXION].target_deg == 30.0
    assert TRAPEZIUS.main[Axis.LATERAL].target_deg == 25.0
    assert {stretch.target_ms for stretch in (PARASPINAL, TRAPEZIUS, LEVATOR)} == {30_000}
    assert [stretch.sided for stretch in (PARASPINAL, TRAPEZIUS, LEVATOR)] == [False, True, True]


@pytest.mark.parametrize(
    ("reached_deg", "target_deg"), [(None, 30.0), (30.0, 30.0), (40.0, 30.0), (60.0, 45.0)]
)
def test_the_target_is_three_quarters_of_the_own_range_but_never_less_than_the_general_one(
    reached_deg: float | None, target_deg: float
) -> None:
    goal = PARASPINAL.main[Axis.FLEXION]
    own = OwnRange(flexion_deg=reached_deg)
    assert Guidance().target(goal, Axis.FLEXION, None, own) == target_deg


def test_a_target_zone_does_not_follow_the_own_range() -> None:
    goal = LEVATOR.main[Axis.ROTATION]
    own = OwnRange(left_rotation_deg=80.0)
    assert Guidance().target(goal, Axis.ROTATION, Side.LEFT, own) == 30.0


def test_each_side_has_its_own_range() -> None:
    own = OwnRange(left_lateral_deg=20.0, right_lateral_deg=30.0)
    ease_off = [Guidance().ease_off(Axis.LATERAL, side, own) for side in Side]
    assert ease_off == [30.0, 40.0]


def test_however_far_a_head_goes_it_should_ease_off_where_all_should() -> None:
    own = OwnRange(flexion_deg=58.0)
    assert Guidance().ease_off(Axis.FLEXION, None, own) == 60.0


@pytest.mark.parametrize(
    ("angles", "expected"),
    [
        (NEUTRAL, False),
        (Angles(60, 0, 0), False),
        (Angles(60.1, 0, 0), True),
        (Angles(0, 0, 50.1), True),
        (Angles(0, 0, -50.1), True),
        (Angles(-60.1, 0, 0), False),
    ],
)
def test_when_to_ease_off(angles: Angles, expected: bool) -> None:
    assert eases_off(PARASPINAL, None, angles, Guidance(), OwnRange()) is expected


def test_a_stretch_is_drawn_a_little_beyond_its_targets_or_as_it_says() -> None:
    goals = {Axis.ROTATION: Goal(20, 30, 45), Axis.LATERAL: Goal(10, 20)}
    stretch = replace(TRAPEZIUS, main=goals, stay={}, figure=Figure())
    assert stretch.drawn(Side.LEFT) == Angles(0, 45, 28)
    assert stretch.drawn(Side.RIGHT) == Angles(0, -45, -28)
    said = replace(stretch, figure=Figure(flexion_deg=-5, lateral_deg=30))
    assert said.drawn(Side.LEFT) == Angles(-5, 45, 30)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Goal(20, 19), "target_deg .19. must not be below enter_deg .20."),
        (lambda: Goal(20, 30, 29), "target_to_deg .29. must not be below target_deg .30."),
        (lambda: Limit(5, 5), "from_deg .5. must be below to_deg .5."),
        (lambda: stretch_with({}, {}), "at least one axis"),
        (
            lambda: stretch_with({Axis.FLEXION: Goal(20, 30)}, {Axis.FLEXION: Limit(0, 1)}),
            "flexion cannot be both",
        ),
        (lambda: stretch_with({Axis.LATERAL: Goal(20, 30)}, {}), "without sides"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=message):
        make()


def stretch_with(main: dict[Axis, Goal], stay: dict[Axis, Limit]) -> Stretch:
    return Stretch("id", "name", sided=False, how_to="do", when_not="not", main=main, stay=stay)
