"""Taking a neutral on request: so many still seconds, begun again when they were not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from people import pose
from seated import absent, seated, still, times

from neckform.core.measure.observation import Baseline, Observation
from neckform.core.neutral import baseline as neutral
from neckform.core.neutral import capture
from neckform.core.neutral.baseline import NeutralSearch, NotNeutral
from neckform.core.neutral.capture import Capture
from neckform.core.types import Angles


def folded(
    observations: Iterable[Observation], wanted_ms: int = 3000
) -> tuple[Capture, Baseline | None, int | None]:
    """Until there is a neutral: with it, and when it was there."""
    state = Capture(wanted_ms)
    for seen in observations:
        state, found = capture.step(state, seen)
        if found is not None:
            return state, found, seen.t_ms
    return state, None, None


def taken_at(observations: Iterable[Observation]) -> int | None:
    return folded(observations)[2]


def restless(start_ms: int, end_ms: int) -> list[Observation]:
    """Shaking the head by ten degrees, twice a second."""
    return [
        seated(t, Angles(0.0, 10.0 * (-1) ** (index // 2), 0.0))
        for index, t in enumerate(times(start_ms, end_ms))
    ]


def test_three_still_seconds() -> None:
    state, found, at_ms = folded(still(0, 5000))
    assert at_ms == 3000
    assert found is not None
    assert (found.kind, found.start_ms, found.end_ms) == ("held", 0, 3000)
    assert (state.trouble, state.left_ms) == (None, 0)


def test_a_step_less_is_none() -> None:
    state, found, _ = folded(still(0, 3000))
    assert found is None
    assert state.left_ms == 100


@pytest.mark.parametrize("fps", [5, 10, 15, 30])
def test_the_same_at_any_rate(fps: float) -> None:
    _, found, at_ms = folded(still(0, 5000, fps))
    assert found is not None
    assert at_ms == pytest.approx(3000, abs=1000 / fps)
    slow = folded(still(0, 5000, 5))[1]
    assert slow is not None
    np.testing.assert_allclose(found.mesh, slow.mesh, atol=1e-3)


def test_irregular_times() -> None:
    at = [0, 30, 410, 450, 900, 1700, 1733, 2100, 2990, 3001]
    _, found, at_ms = folded(seated(t) for t in at)
    assert at_ms == 3001
    assert found is not None


def test_restless_begins_again_and_says_why() -> None:
    state, found, _ = folded(restless(0, 6000))
    assert found is None
    assert state.trouble == NotNeutral.NOT_STILL
    assert state.left_ms > 2000


def test_still_at_last_takes_three_seconds_from_then() -> None:
    at_ms = taken_at([*restless(0, 2000), *still(2000, 9000)])
    assert at_ms == pytest.approx(5000, abs=700)


def test_the_trouble_goes_once_a_span_is_still() -> None:
    state, _, _ = folded([*restless(0, 2000), *still(2000, 4000)])
    assert state.trouble is None


def test_a_single_jump_begins_it_again() -> None:
    jump = [*still(0, 2000), seated(2000, Angles(0.0, 12.0, 0.0)), *still(2100, 9000)]
    at_ms = taken_at(jump)
    assert at_ms == pytest.approx(5100, abs=700)


def test_somebody_who_leaves_begins_it_again() -> None:
    away = [absent(t) for t in times(1500, 5000)]
    state, found, _ = folded([*still(0, 1500), *away])
    assert found is None
    assert state.trouble == NotNeutral.FACE_UNSEEN
    assert taken_at([*still(0, 1500), *away, *still(5000, 10_000)]) == pytest.approx(8000, abs=700)


def test_a_gap_is_no_still_time() -> None:
    """Two looks three seconds apart say nothing about what was between them."""
    assert taken_at([*still(0, 2000), *still(9000, 11_900)]) is None
    assert taken_at([*still(0, 2000), *still(9000, 13_000)]) == 12_000
    assert taken_at([seated(0), seated(900), *still(1900, 5000)]) == 3000


@pytest.mark.parametrize(
    ("angles", "why"),
    [
        (Angles(0.0, 25.0, 0.0), NotNeutral.TURNED),
        (Angles(0.0, -25.0, 0.0), NotNeutral.TURNED),
        (Angles(0.0, 0.0, 18.0), NotNeutral.TILTED),
        (Angles(0.0, 0.0, -18.0), NotNeutral.TILTED),
        (Angles(30.0, 0.0, 0.0), NotNeutral.BENT),
    ],
)
def test_a_still_head_that_is_not_upright_will_not_do(angles: Angles, why: str) -> None:
    state, found, _ = folded(seated(t, angles) for t in times(0, 5000))
    assert (found, state.trouble) == (None, why)


def test_no_shoulders_no_neutral() -> None:
    state, found, _ = folded(seated(t, body=pose(visible=0.0)) for t in times(0, 5000))
    assert (found, state.trouble) == (None, NotNeutral.SHOULDERS_UNSEEN)


def test_a_picture_of_another_size_begins_it_again() -> None:
    smaller = [replace(seen, size=(640, 480)) for seen in still(0, 2000)]
    assert taken_at([*smaller, *still(2000, 9000)]) == 5000


def test_its_memory_is_bounded_at_sixty_pictures_a_second() -> None:
    seen = [seated(t, looked=index % 20 == 0) for index, t in enumerate(times(0, 2900, 60))]
    assert len(folded(seen)[0].span) < 45


def test_a_recorded_second_is_the_neutral_of_an_analysis() -> None:
    """Trembling a little, so that the means of two different seconds are two."""
    draw = np.random.default_rng(3)
    seen = [
        seated(t, Angles(*draw.normal(0.0, 0.4, 3)), looked=index % 3 == 0)
        for index, t in enumerate(times(0, 4000, 30))
    ]
    _, taken, at_ms = folded(seen, wanted_ms=1000)
    search = NeutralSearch()
    for one in seen:
        search, found = neutral.step(search, one)
        if found is not None:
            break
    assert taken is not None
    assert found is not None
    assert at_ms == one.t_ms
    assert (taken.start_ms, taken.end_ms) == (found.start_ms, found.end_ms)
    np.testing.assert_array_equal(taken.mesh, found.mesh)
    np.testing.assert_array_equal(taken.left_shoulder, found.left_shoulder)
    np.testing.assert_array_equal(taken.pose_head, found.pose_head)


def test_a_step_does_not_change_the_state_it_was_given() -> None:
    state, _, _ = folded(still(0, 2000))
    again = [capture.step(state, seated(2000))[0].span[-1].t_ms for _ in range(2)]
    assert again == [2000, 2000]
    assert state.span[-1].t_ms == 1900


def test_half_of_one_person_and_half_of_another_are_no_neutral() -> None:
    first = still(0, 2500)
    second = [replace(seen, person=1) for seen in still(2500, 8000)]
    _, found, at_ms = folded([*first, *second])
    assert at_ms == 5500
    assert found is not None
    assert found.start_ms == 2500
