from collections.abc import Callable

import numpy as np
import pytest
from people import SHOULDER_PX, observation, pose

from neckform.core import baseline as neutral
from neckform.core.baseline import NeutralSearch, baseline_from
from neckform.core.errors import NoNeutralError
from neckform.core.observation import Baseline, Observation
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
    assert found.kind == "auto"
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
    ],
)
def test_why_not(motion: Motion, why: str) -> None:
    span = [motion(t_ms) for t_ms in range(0, 2000, 100)]
    with pytest.raises(NoNeutralError, match=why):
        baseline_from(span, "span")
    assert search(motion)[1] is None


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
