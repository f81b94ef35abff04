import pytest

from neckform.core import misreading
from neckform.core.misreading import LIFTS_SW, Misreading
from neckform.core.types import Angles

TILTED = Angles(0.0, 0.0, 35.0)
REST = Angles(3.0, -2.0, 4.0)


def run(
    until_ms: int,
    head: Angles,
    rises: tuple[float, float],
    state: Misreading,
    lean_deg: float = 0.0,
) -> Misreading:
    start = state.window[-1][0] + 100 if state.window else 0
    for t_ms in range(start, until_ms, 100):
        state = misreading.step(state, t_ms, head, lean_deg, rises)
    return state


def test_what_is_read_too_low_for_a_second_is_taken_out() -> None:
    state = run(3000, TILTED, (-0.05, 0.0), Misreading())
    left, right = misreading.corrected(state, (-0.05, 0.0))
    assert (round(left, 6), right) == (-0.01, 0.0)
    assert round(misreading.corrected(state, (0.05, 0.0))[0], 6) == 0.09


def test_a_dip_is_not() -> None:
    state = run(500, TILTED, (-0.05, 0.0), run(2000, TILTED, (0.0, 0.0), Misreading()))
    state = run(2400, TILTED, (-0.05, 0.0), state)
    assert misreading.corrected(state, (0.06, 0.0))[0] < 0.08


def test_a_shoulder_that_truly_sinks_a_little_is_left_alone() -> None:
    state = run(5000, TILTED, (-0.01, -0.008), Misreading())
    assert misreading.corrected(state, (0.0, 0.0)) == (0.0, 0.0)


def test_a_shoulder_read_a_little_high_when_the_head_arrives_is_misread() -> None:
    state = run(3000, TILTED, (0.05, 0.0), Misreading())
    assert misreading.corrected(state, (0.05, 0.0))[0] == pytest.approx(0.02)
    assert misreading.corrected(state, (0.12, 0.0))[0] == pytest.approx(0.09)


def test_a_shoulder_that_came_up_with_the_head_is_not_excused() -> None:
    state = run(9000, TILTED, (0.14, 0.0), Misreading())
    assert misreading.corrected(state, (0.14, 0.0))[0] == pytest.approx(0.14 - LIFTS_SW)


def test_a_shoulder_that_comes_up_later_is_judged_from_where_it_was() -> None:
    state = run(3000, TILTED, (0.0, 0.0), Misreading())
    state = run(9000, TILTED, (0.12, 0.0), state)
    assert misreading.corrected(state, (0.12, 0.0)) == (0.12, 0.0)


def test_nothing_is_taken_for_too_high_while_the_head_still_moves() -> None:
    state = Misreading()
    for t_ms in range(0, 3000, 100):
        state = misreading.step(state, t_ms, Angles(0, 0, 11 + t_ms / 100), 0.0, (0.03, 0.0))
    assert state.above is None


def test_it_is_forgotten_when_the_head_is_back() -> None:
    state = run(3000, TILTED, (-0.05, 0.0), Misreading())
    assert misreading.step(state, 3000, REST, 0.0, (0.0, 0.0)) == Misreading()


def test_a_trunk_that_leans_truly_lowers_a_shoulder() -> None:
    state = run(3000, TILTED, (-0.15, 0.0), Misreading(), lean_deg=9.0)
    assert misreading.corrected(state, (-0.15, 0.0)) == (-0.15, 0.0)
