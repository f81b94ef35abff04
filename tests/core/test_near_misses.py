"""Attempts that did not count: how far they were, by how much they missed, and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hold_samples import (
    LEVATOR_LEFT,
    NEUTRAL,
    PARASPINAL,
    SETTINGS,
    TRAP_LEFT,
    during,
    mirrored,
    up,
)

from neckform.core.events import MissReason, NearMiss
from neckform.core.stretch import holds, near_miss
from neckform.core.types import Angles, Axis, Exercise, Sample, Shoulders, Side

LEFT, RIGHT = Side.LEFT, Side.RIGHT
TRAP, LEVATOR, PARA = "upper-trapezius", "levator-scapulae", "cervical-paraspinal"
LEANING = Shoulders(-0.2, 0.06, 0.5, 13, 0)
SLACK = Angles(0, 0, 17)


def watched(samples: Sequence[Sample], *only: Exercise) -> tuple[list[NearMiss], list[bool]]:
    """The near misses, and for each sample whether it was near."""
    judged, misses = holds.begin(SETTINGS, only=only), near_miss.begin(SETTINGS, only)
    found, near = [], []
    for one in samples:
        judged, _ = holds.step(judged, one)
        misses, events = near_miss.step(misses, judged)
        found += events
        near.append(misses.near)
    found += near_miss.finish(misses)[1]
    return [event.miss for event in found if event.miss is not None], near


def missed(samples: Sequence[Sample], *only: Exercise) -> list[NearMiss]:
    return watched(samples, *only)[0]


def tried(angles: Angles, shoulders: Shoulders | None = None, *, error_deg: float = 1.0,
          long_s: float = 30) -> list[Sample]:  # fmt: skip
    """Rest, a while somewhere, and rest again."""
    doubt = Angles(error_deg, error_deg, error_deg)
    there = {} if shoulders is None else {"shoulders": shoulders}
    return [
        *during(0, 2, NEUTRAL),
        *during(2, 2 + long_s, angles, uncertainty=doubt, **there),
        *during(2 + long_s, 6 + long_s, NEUTRAL),
    ]


def test_too_little_is_told_with_its_gap_and_its_error() -> None:
    (miss,) = missed(tried(SLACK))
    assert (miss.stretch, miss.side, miss.reason) == (TRAP, LEFT, MissReason.ANGLE_LOW)
    assert (miss.axis, miss.limit, miss.error) == (Axis.LATERAL, 20.0, pytest.approx(1.0))
    assert miss.gap == pytest.approx(3.0)
    assert not miss.perhaps
    assert (miss.start_ms, miss.end_ms, miss.near_ms) == (2000, 31_900, 29_900)


@pytest.mark.parametrize(("error_deg", "perhaps"), [(2.9, False), (3.1, True)])
def test_a_gap_within_its_error_perhaps_counted(error_deg: float, perhaps: bool) -> None:
    (miss,) = missed(tried(SLACK, error_deg=error_deg))
    assert miss.perhaps is perhaps


def test_an_angle_whose_error_alone_kept_it_from_counting_perhaps_did() -> None:
    (miss,) = missed(tried(Angles(0, 0, 21), error_deg=2.0))
    assert miss.reason is MissReason.ANGLE_LOW
    assert miss.gap == pytest.approx(-1.0)
    assert miss.perhaps


def test_of_two_axes_the_one_that_lacks_is_told() -> None:
    (miss,) = missed(tried(Angles(12, 30, 0)))
    assert (miss.stretch, miss.side, miss.axis) == (LEVATOR, LEFT, Axis.FLEXION)
    assert miss.gap == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("shoulders", "reason", "gap"),
    [
        (LEANING, MissReason.TRUNK_LEAN, 5.0),
        (Shoulders(0, 0, 0, 0, 21), MissReason.TRUNK_TURN, 6.0),
        (Shoulders(0, 0, 0, 0, 0, 17), MissReason.TRUNK_BEND, 5.0),
        (Shoulders(0, 0, -0.15, 0, 0), MissReason.SHOULDER_DRIFT, 0.05),
        (Shoulders(0.12, 0.12, 0, 0, 0), MissReason.SHOULDER_RISE, 0.04),
    ],
)
@pytest.mark.parametrize("angles", [TRAP_LEFT, SLACK])
def test_the_body_comes_before_the_angle(
    shoulders: Shoulders, reason: MissReason, gap: float, angles: Angles
) -> None:
    (miss,) = missed(tried(angles, shoulders))
    assert (miss.stretch, miss.side, miss.reason) == (TRAP, LEFT, reason)
    assert miss.gap == pytest.approx(gap)
    assert miss.error is None
    assert not miss.perhaps


def test_the_shoulder_that_came_up_is_named() -> None:
    (miss,) = missed(tried(TRAP_LEFT, up(RIGHT, 0.12)))
    assert (miss.reason, miss.shoulder) == (MissReason.SHOULDER_RISE, RIGHT)


def test_a_body_that_carries_the_head_there_is_a_try_of_its_own() -> None:
    (miss,) = missed(tried(Angles(0, 0, 11), LEANING))
    assert miss.reason is MissReason.TRUNK_LEAN
    assert missed(tried(Angles(0, 0, 6), LEANING)) == []  # the body reaches for something
    assert missed(tried(Angles(0, 0, 11))) == []


def test_the_other_side_is_told_where_one_was_asked_for() -> None:
    (miss,) = missed(tried(LEVATOR_LEFT), Exercise(LEVATOR, RIGHT))
    assert (miss.stretch, miss.side, miss.reason) == (LEVATOR, RIGHT, MissReason.WRONG_SIDE)
    assert miss.near_ms == 29_900
    assert missed(tried(LEVATOR_LEFT), Exercise(LEVATOR)) == []
    assert missed(tried(LEVATOR_LEFT)) == []


def test_a_head_that_strays_is_told_where_it_was_asked_for() -> None:
    turned = tried(Angles(0, 25, 30))
    (miss,) = missed(turned, Exercise(TRAP, LEFT))
    assert (miss.reason, miss.axis) == (MissReason.CROSS_AXIS, Axis.ROTATION)
    assert miss.gap == pytest.approx(5.0)
    assert missed(turned) == []


def test_a_body_that_turns_in_place_of_the_neck_is_told_where_the_stretch_was_asked_for() -> None:
    """The neck's own part is nothing but the nod, once the trunk's turn is taken out."""
    with_body = tried(Angles(21, 2, 0), Shoulders(0, 0, 0, 0, 30))
    (miss,) = missed(with_body, Exercise(LEVATOR, LEFT))
    assert (miss.reason, miss.measured) == (MissReason.TRUNK_TURN, pytest.approx(30.0))
    assert missed(with_body) == [], "whoever turns the chair and reads"


SHALLOW = Angles(21, 0, 0)


def sinking(over_s: float, long_s: float = 30) -> list[Sample]:
    """The head comes down to `SHALLOW` in so many seconds, and stays."""
    down = [
        replace(
            one, head=replace(one.head, angles=Angles(21 * (one.t_ms / 1000 - 2) / over_s, 0, 0))
        )
        for one in during(2, 2 + over_s, SHALLOW)
        if one.head is not None
    ]
    end_s = 2 + over_s + long_s
    return [
        *during(0, 2, NEUTRAL), *down, *during(2 + over_s, end_s, SHALLOW),
        *during(end_s, end_s + 4, NEUTRAL),
    ]  # fmt: skip


def test_a_head_that_comes_down_and_stays_too_high_tried_the_paraspinal() -> None:
    for samples in (tried(SHALLOW), sinking(2.0)):
        (miss,) = missed(samples)
        assert (miss.stretch, miss.side, miss.axis) == (PARA, None, Axis.FLEXION)
        assert miss.gap == pytest.approx(4.0, abs=0.2)


@pytest.mark.parametrize(
    "samples",
    [
        tried(Angles(18, 0, 0)),  # not almost there
        tried(SHALLOW, long_s=14.9),  # a line is read
        sinking(6.0),  # it sinks
        tried(SHALLOW, up(LEFT, 0.12)),
        tried(SHALLOW, Shoulders(0, 0, 0, 0, 21)),
        tried(Angles(38, 1, 17)),  # a doze
        tried(SHALLOW, Shoulders(0, 0, 0, 0, 0, bend_deg=7)),
    ],
)
def test_looking_down_is_no_try(samples: list[Sample]) -> None:
    found, near = watched(samples)
    assert found == []
    if samples[-1].t_ms > 25_000:
        assert not any(near)


def test_with_a_hand_on_the_head_looking_down_is_a_try_at_once() -> None:
    hand = [replace(one, hands_on_head=frozenset({LEFT})) for one in sinking(6.0, long_s=8)]
    (miss,) = missed(hand)
    assert (miss.stretch, miss.reason) == (PARA, MissReason.ANGLE_LOW)


@pytest.mark.parametrize(
    "angles", [NEUTRAL, Angles(0, 0, 14), Angles(0, 40, 0), Angles(-20, 0, 0), Angles(14, 14, 0)]
)
def test_what_is_far_from_a_stretch_is_no_try(angles: Angles) -> None:
    assert missed(tried(angles)) == []


def test_passing_by_is_no_try() -> None:
    assert missed(tried(SLACK, long_s=4.9)) == []
    assert len(missed(tried(SLACK, long_s=5.2))) == 1


def test_a_try_goes_on_over_a_moment_between_and_ends_after_a_longer_one() -> None:
    def twice(away_s: float) -> list[Sample]:
        there = during(2, 10, SLACK), during(10 + away_s, 20, SLACK)
        return [*during(0, 2, NEUTRAL), *there[0], *during(10, 10 + away_s, None), *there[1]]

    (miss,) = missed(twice(1.5))
    assert miss.near_ms == pytest.approx(17_900 - 1_600)
    assert len(missed(twice(3.0))) == 2


@pytest.mark.parametrize("angles", [TRAP_LEFT, LEVATOR_LEFT, PARASPINAL])
def test_what_remains_of_a_spoiled_hold_is_near_and_told_by_the_hold(angles: Angles) -> None:
    spoiled = [
        *during(0, 2, NEUTRAL),
        *during(2, 12, angles),
        *during(12, 30, angles, up(LEFT, 0.15)),
    ]
    found, near = watched(spoiled)
    assert found == []
    assert all(near[30:])


def headless(samples: Sequence[Sample]) -> list[Sample]:
    """The same in a picture that ends above the shoulders."""
    return [replace(one, shoulders=None) for one in samples]


@pytest.mark.parametrize("angles", [TRAP_LEFT, LEVATOR_LEFT])
def test_a_stretch_without_shoulders_perhaps_counted_and_is_no_posture(angles: Angles) -> None:
    found, near = watched(headless(tried(angles)))
    (miss,) = found
    assert (miss.side, miss.reason, miss.perhaps) == (LEFT, MissReason.UNSEEN, True)
    assert miss.near_ms == 29_900
    assert all(near[20:-40])


def test_looking_down_without_shoulders_is_a_try_only_where_that_was_asked_for() -> None:
    samples = headless(tried(PARASPINAL))
    assert watched(samples) == ([], [False] * len(samples))
    (miss,) = missed(samples, Exercise(PARA))
    assert miss.reason is MissReason.UNSEEN


def test_shoulders_that_are_out_of_sight_for_a_moment_make_no_miss() -> None:
    samples = tried(TRAP_LEFT)
    hidden = [
        replace(one, shoulders=None) if 100 <= n < 140 else one for n, one in enumerate(samples)
    ]
    assert missed(hidden) == []


def test_a_completed_hold_is_no_miss() -> None:
    for angles in (TRAP_LEFT, LEVATOR_LEFT, PARASPINAL):
        assert missed(tried(angles, long_s=32)) == []


@pytest.mark.parametrize("angles", [SLACK, Angles(0, 0, 19), Angles(12, 30, 0)])
@pytest.mark.parametrize("shoulders", [None, LEANING, up(LEFT, 0.12)])
def test_mirrored_input_is_the_mirrored_miss(angles: Angles, shoulders: Shoulders | None) -> None:
    samples = tried(angles, shoulders)
    (miss,) = missed(samples)
    (other,) = missed([mirrored(one) for one in samples])
    assert (other.stretch, other.reason, other.near_ms) == (miss.stretch, miss.reason, miss.near_ms)
    assert other.side is (None if miss.side is None else miss.side.other)
    assert other.gap == pytest.approx(miss.gap)


@pytest.mark.parametrize("fps", [5, 10, 30])
def test_the_rate_of_pictures_does_not_matter(fps: float) -> None:
    (miss,) = missed(
        [*during(0, 2, NEUTRAL, fps=fps), *during(2, 22, SLACK, fps=fps)], Exercise(TRAP, LEFT)
    )
    assert miss.near_ms == pytest.approx(20_000, abs=250)


def test_time_without_samples_is_not_near() -> None:
    late = [replace(one, t_ms=one.t_ms + 1500) for one in during(6, 9, SLACK)]
    (miss,) = missed([*during(0, 2, NEUTRAL), *during(2, 6, SLACK), *late])
    assert miss.near_ms == pytest.approx(6_800, abs=50)


def test_a_trunk_that_bends_the_head_down_is_a_try_only_where_that_was_asked_for() -> None:
    bent = tried(Angles(12, 0, 0), Shoulders(0, 0, 0, 0, 0, bend_deg=15))
    assert missed(bent) == []
    (miss,) = missed(bent, Exercise(PARA))
    assert (miss.reason, miss.gap) == (MissReason.TRUNK_BEND, pytest.approx(3.0))
