from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from people import SHOULDER_PX, observation, pose

from neckform.core.errors import NoNeutralError
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.neutral import baseline as neutral
from neckform.core.neutral.baseline import NeutralSearch, NotNeutral, baseline_from
from neckform.core.types import Angles

Motion = Callable[[int], Observation]


def search(
    motion: Motion, until_ms: int = 3000, every_ms: int = 100
) -> tuple[int, Baseline | None]:
    state = NeutralSearch()
    for t_ms in range(0, until_ms + 1, every_ms):
        state, found = neutral.step(state, motion(t_ms))
        if found is not None:
            return t_ms, found
    return until_ms, None


@pytest.mark.parametrize("every_ms", [16, 33, 100, 200])
def test_one_still_second_is_a_neutral_at_any_rate(every_ms: int) -> None:
    at_ms, found = search(observation, every_ms=every_ms)
    assert found is not None
    assert 1000 <= at_ms < 1000 + every_ms + neutral.TAKEN_EVERY_MS
    assert found.kind == "held"
    assert found.shoulder_width_px == pytest.approx(SHOULDER_PX)


def test_less_than_a_second_is_none() -> None:
    assert search(observation, until_ms=900)[1] is None


def test_the_neutral_comes_after_the_moving() -> None:
    def motion(t_ms: int) -> Observation:
        return observation(t_ms, Angles(0.0, max(0.0, 30.0 - t_ms / 50), 0.0))

    at_ms, found = search(motion, until_ms=5000)
    assert found is not None
    assert at_ms > 2200
    assert found.start_ms > 1100


def test_a_tremble_is_still_and_a_slow_turn_is_not() -> None:
    draw = np.random.default_rng(2)
    wobble = draw.normal(0.0, 0.7, (60, 3))
    assert search(lambda t: observation(t, Angles(*wobble[t // 100])))[1] is not None
    assert search(lambda t: observation(t, Angles(0.0, t / 50 - 20, 0.0)), 2000)[1] is None


@pytest.mark.parametrize(
    ("motion", "why"),
    [
        (lambda t: observation(t, Angles(0.0, 35.0, 0.0)), "turned"),
        (lambda t: observation(t, Angles(0.0, 0.0, -25.0)), "tilted"),
        (lambda t: observation(t, Angles(45.0, 0.0, 0.0)), "bent"),
        (lambda t: observation(t, None), "face"),
        (lambda t: observation(t, body=pose(visible=0.1)), "shoulders"),
        (lambda t: observation(t, looked=False), "shoulders"),
        (lambda t: observation(t, place=(t / 20, 0.0)), "still"),
        (lambda t: observation(t, Angles(0.0, 0.0, 88.0), place=(t / 20, 0.0)), "on-its-side"),
    ],
)
def test_why_not(motion: Motion, why: str) -> None:
    span = [motion(t_ms) for t_ms in range(0, 2000, 100)]
    assert search(motion)[1] is None
    if span[0].face is None:
        with pytest.raises(NoNeutralError, match=why):
            baseline_from(span, "span")
        return
    baseline, trouble = baseline_from(span, "span")
    assert baseline.kind == "span"
    assert trouble is not None
    assert why in trouble


def level_faces(seen: int, hidden: int) -> list[Observation]:
    shown = [observation(100 * n) for n in range(seen)]
    return shown + [observation(100 * (seen + n), None) for n in range(hidden)]


@pytest.mark.parametrize(
    ("seen", "hidden", "enough"),
    [(4, 0, True), (3, 0, False), (7, 3, True), (6, 3, False)],
)
def test_how_many_faces_are_enough(seen: int, hidden: int, enough: bool) -> None:
    trouble = neutral.why_not_neutral(level_faces(seen, hidden))
    assert trouble == (None if enough else NotNeutral.FACE_UNSEEN)


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("axis", ["rotation_deg", "lateral_deg"])
@pytest.mark.parametrize("beyond_deg", [0.0, 1e-9])
def test_at_the_limit_a_head_is_forward_and_upright(
    axis: str, sign: int, beyond_deg: float
) -> None:
    limit = {"rotation_deg": neutral.FORWARD_DEG, "lateral_deg": neutral.UPRIGHT_DEG}[axis]
    angles = Angles(0.0, 0.0, 0.0)._replace(**{axis: sign * (limit + beyond_deg)})
    assert (neutral.why_not_level(angles) is None) is (beyond_deg == 0.0)


@pytest.mark.parametrize(
    ("limit", "outward"), [(neutral.LEVEL_DEG[0], -1), (neutral.LEVEL_DEG[1], 1)]
)
def test_at_the_limit_a_head_is_level(limit: float, outward: int) -> None:
    assert neutral.why_not_level(Angles(limit, 0.0, 0.0)) is None
    assert neutral.why_not_level(Angles(limit + outward * 1e-9, 0.0, 0.0)) is not None


def test_a_neutral_lasts_a_second_to_the_millisecond() -> None:
    faces = [observation(t_ms) for t_ms in (0, 200, 400, 600, 800, 999)]
    state = NeutralSearch()
    for seen in faces:
        state, found = neutral.step(state, seen)
        assert found is None
    assert neutral.step(state, observation(1000))[1] is not None


def test_the_window_is_a_second_where_pictures_fall_on_it() -> None:
    state = NeutralSearch()
    for t_ms in range(0, 2001, 100):
        state, _ = neutral.step(state, observation(t_ms, None))
    assert [seen.t_ms for seen in state.window] == list(range(1000, 2001, 100))


def test_pictures_of_another_size_begin_anew() -> None:
    state = NeutralSearch()
    for t_ms in range(0, 1000, 100):
        state, _ = neutral.step(state, observation(t_ms))
    state, found = neutral.step(state, replace(observation(1000), size=(320, 240)))
    assert found is None
    assert len(state.window) == 1


def test_faces_closer_than_the_least_interval_are_left_out() -> None:
    state = NeutralSearch()
    for t_ms in (0, neutral.TAKEN_EVERY_MS - 1, neutral.TAKEN_EVERY_MS):
        state, _ = neutral.step(state, observation(t_ms, looked=False))
    assert [seen.t_ms for seen in state.window] == [0, neutral.TAKEN_EVERY_MS]


def test_an_empty_span_says_so() -> None:
    with pytest.raises(NoNeutralError, match="no pictures"):
        baseline_from([], "span")


def test_poses_may_come_less_often_than_faces() -> None:
    found = search(lambda t: observation(t, looked=t % 600 == 0))[1]
    assert found is not None


def test_the_search_remembers_a_second_however_long_it_lasts() -> None:
    state = NeutralSearch()
    for t_ms in range(0, 60_000, 16):
        state, _ = neutral.step(state, observation(t_ms, None))
    assert len(state.window) < 80


def test_shoulders_in_one_place_are_none() -> None:
    """A damaged landmark recording has them there; where they would be is known from the face."""
    flat = replace(pose(), points=np.zeros_like(pose().points))
    seen = neutral.averaged([observation(0, body=flat)], "span")
    unseen = neutral.averaged([observation(0, looked=False)], "span")
    assert seen.shoulder_width_px == unseen.shoulder_width_px > 0
