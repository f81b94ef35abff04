"""A head that has not moved for ten minutes."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from posture_samples import SETTINGS, flags, fold, sample

from neckform.core.events import EventKind
from neckform.core.posture import postures
from neckform.core.posture.postures import Zone
from neckform.core.types import Angles, Sample

MINUTE = 60.0


def sitting(
    minutes: float, at: Callable[[float], Angles | None], *, start_s: float = 0.0
) -> list[Sample]:
    """Twice a second, where `at` says that the head is at a time in seconds."""
    steps = range(round(minutes * MINUTE * 2))
    return [sample(start_s + i / 2, at(start_s + i / 2)) for i in steps]


def trembling(seed: int = 1, deg: float = 1.0) -> Callable[[float], Angles]:
    chance = random.Random(seed)
    return lambda _t_s: Angles(*(2.0 + chance.gauss(0, deg) for _ in range(3)))


def static(samples: list[Sample], **choices: object) -> list[tuple[float, float]]:
    found = [flag for flag in flags(samples, **choices) if flag.flag == "static"]
    return [(flag.start_ms / 1000, flag.end_ms / 1000) for flag in found]


def test_ten_minutes_unmoving_are_a_flag_and_nine_are_not() -> None:
    assert static(sitting(9.9, trembling())) == []
    ((start_s, end_s),) = static(sitting(11, trembling()))
    assert (start_s, end_s) == (0, pytest.approx(660, abs=6))
    raised = fold(sitting(11, trembling()))[0]
    assert (raised.kind, raised.t_ms) == (EventKind.FLAG_RAISED, 600_000)


def test_a_head_well_held_is_still_a_good_zone() -> None:
    state = postures.begin(SETTINGS)
    for one in sitting(11, trembling()):
        state, _ = postures.step(state, one)
    status = postures.status(state)
    assert status.zone is Zone.GOOD
    assert [flag.flag for flag in status.raised] == ["static"]


def test_it_is_over_when_the_head_moves() -> None:
    still = sitting(12, trembling())
    moved = sitting(2, lambda _: Angles(12.0, 0.0, 0.0), start_s=12 * MINUTE)
    ((_, end_s),) = static([*still, *moved])
    assert end_s == pytest.approx(12 * MINUTE, abs=6)


@pytest.mark.parametrize("axis", range(3))
@pytest.mark.parametrize("side", [-1, 1])
def test_a_look_aside_now_and_then_is_movement(axis: int, side: int) -> None:
    def glancing(t_s: float) -> Angles:
        angles = [0.0, 0.0, 0.0]
        angles[axis] = side * 12.0 if t_s % (5 * MINUTE) < 8 else 0.0
        return Angles(*angles)

    assert static(sitting(30, glancing)) == []


def test_a_stray_reading_is_no_movement() -> None:
    def stray(t_s: float) -> Angles:
        return Angles(30.0, 0, 0) if t_s == 300 else Angles(0, 0, 0)

    assert static(sitting(11, stray))


def test_a_slow_drift_within_five_degrees_in_ten_minutes_is_none() -> None:
    slow = sitting(30, lambda t_s: Angles(t_s / MINUTE * 0.4, 0, 0))
    quick = sitting(30, lambda t_s: Angles(t_s / MINUTE * 0.6, 0, 0))
    assert len(static(slow)) == 1
    assert static(quick) == []


def test_what_is_near_enough_to_now_goes_on_counting() -> None:
    """Too far from the first of three directions, near enough to the second."""

    def turning(t_s: float) -> Angles:
        return Angles(0, 0.0 if t_s < 300 else 4.0 if t_s < 570 else 7.0, 0)

    ((start_s, _),) = static(sitting(17, turning))
    assert start_s == pytest.approx(300, abs=6)


def test_no_time_is_in_two_flags() -> None:
    def turning(t_s: float) -> Angles:
        return Angles(0, 0.0 if t_s < 300 else 4.0 if t_s < 660 else 7.0, 0)

    first, second = static(sitting(22, turning))
    assert first == (0, pytest.approx(660, abs=6))
    assert second[0] == pytest.approx(660, abs=6)


def test_moments_weigh_by_their_time() -> None:
    still = sitting(11, lambda _: Angles(0, 0, 0))
    burst = [sample(300 + i / 500, Angles(30, 0, 0)) for i in range(1, 51)]
    assert static(sorted([*still, *burst], key=lambda one: one.t_ms))


def test_no_moment_stands_for_more_than_a_second() -> None:
    still = [
        one for one in sitting(11, lambda _: Angles(0, 0, 0)) if not 300 <= one.t_ms / 1000 < 304
    ]
    still[600] = sample(304, Angles(20, 0, 0))
    assert static(still)


def test_an_absence_begins_it_anew() -> None:
    away = [*sitting(7, trembling()), *sitting(7, trembling(), start_s=8 * MINUTE)]
    assert static(away) == []
    ((_, end_s),) = static([*sitting(11, trembling()), *sitting(1, trembling(), start_s=900)])
    assert end_s == pytest.approx(11 * MINUTE, abs=1)


def test_a_moment_unseen_does_not() -> None:
    samples = sitting(11, trembling())
    samples[600:606] = [sample(t, None) for t in (300, 300.5, 301, 301.5, 302, 302.5)]
    assert static(samples)


def test_a_stretch_is_movement() -> None:
    assert static(sitting(15, trembling()), stretching=(400, 430)) == []


def test_its_degrees_are_how_far_the_head_strayed() -> None:
    samples = sitting(11, lambda t_s: Angles(0, 0, 4.0 if t_s > 300 else 0.0))
    (flag,) = (one for one in flags(samples) if one.flag == "static")
    assert flag.peak_deg == pytest.approx(2.0, abs=0.2)
    assert flag.mean_deg == pytest.approx(2.0, abs=0.2)


def test_memory_stays_small() -> None:
    state = postures.begin(SETTINGS)
    for one in sitting(40, trembling()):
        state, _ = postures.step(state, one)
    assert len(state.unmoving.blocks) <= 122
