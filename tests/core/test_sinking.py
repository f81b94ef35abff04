from neckform.core import sinking
from neckform.core.sinking import Sinking
from neckform.core.types import Angles

TILTED = Angles(0.0, 0.0, 35.0)
REST = Angles(3.0, -2.0, 4.0)


def run(
    until_ms: int,
    head: Angles,
    rises: tuple[float, float],
    state: Sinking,
    lean_deg: float = 0.0,
) -> Sinking:
    start = state.window[-1][0] + 100 if state.window else 0
    for t_ms in range(start, until_ms, 100):
        state = sinking.step(state, t_ms, head, lean_deg, rises)
    return state


def test_what_is_read_too_low_for_a_second_is_taken_out() -> None:
    state = run(3000, TILTED, (-0.05, 0.0), Sinking())
    left, right = sinking.risen(state, (-0.05, 0.0))
    assert (round(left, 6), right) == (-0.01, 0.0)
    assert round(sinking.risen(state, (0.05, 0.0))[0], 6) == 0.09


def test_a_dip_is_not() -> None:
    state = run(500, TILTED, (-0.05, 0.0), run(2000, TILTED, (0.0, 0.0), Sinking()))
    state = run(2400, TILTED, (-0.05, 0.0), state)
    assert sinking.risen(state, (0.06, 0.0))[0] < 0.08


def test_a_shoulder_that_truly_sinks_a_little_is_left_alone() -> None:
    state = run(5000, TILTED, (-0.01, -0.008), Sinking())
    assert sinking.risen(state, (0.0, 0.0)) == (0.0, 0.0)


def test_a_shoulder_that_is_up_is_left_alone() -> None:
    state = run(9000, TILTED, (0.12, 0.0), Sinking())
    assert sinking.risen(state, (0.12, 0.0)) == (0.12, 0.0)


def test_it_is_forgotten_when_the_head_is_back() -> None:
    state = run(3000, TILTED, (-0.05, 0.0), Sinking())
    assert sinking.step(state, 3000, REST, 0.0, (0.0, 0.0)) == Sinking()


def test_a_trunk_that_leans_truly_lowers_a_shoulder() -> None:
    state = run(3000, TILTED, (-0.15, 0.0), Sinking(), lean_deg=9.0)
    assert sinking.risen(state, (-0.15, 0.0)) == (-0.15, 0.0)
