import pytest

from neckform.core.measure import shoulder_bias
from neckform.core.measure.shoulder_bias import Limits, ShoulderBias
from neckform.core.types import Angles

LIMITS = Limits(left_alone_sw=0.02, lifts_sw=0.04)
TILTED = Angles(0.0, 0.0, 35.0)
REST = Angles(3.0, -2.0, 4.0)


def run(
    until_ms: int,
    head: Angles,
    rises: tuple[float, float],
    state: ShoulderBias,
    lean_deg: float = 0.0,
) -> ShoulderBias:
    start = state.window[-1][0] + 100 if state.window else 0
    for t_ms in range(start, until_ms, 100):
        state = shoulder_bias.step(state, t_ms, head, rises, lean_deg=lean_deg, limits=LIMITS)
    return state


def corrected(state: ShoulderBias, rises: tuple[float, float]) -> tuple[float, float]:
    return shoulder_bias.corrected(state, rises, LIMITS)


def test_what_is_read_too_low_for_a_second_is_taken_out() -> None:
    state = run(3000, TILTED, (-0.05, 0.0), ShoulderBias())
    left, right = corrected(state, (-0.05, 0.0))
    assert (round(left, 6), right) == (0.0, 0.0)
    assert round(corrected(state, (0.05, 0.0))[0], 6) == 0.1


def test_a_dip_is_not() -> None:
    state = run(500, TILTED, (-0.05, 0.0), run(2000, TILTED, (0.0, 0.0), ShoulderBias()))
    state = run(2400, TILTED, (-0.05, 0.0), state)
    assert corrected(state, (0.06, 0.0))[0] < 0.08


def test_a_shoulder_read_a_little_high_when_the_head_arrives_is_misread() -> None:
    state = run(3000, TILTED, (0.05, 0.0), ShoulderBias())
    assert corrected(state, (0.05, 0.0))[0] == pytest.approx(0.02)
    assert corrected(state, (0.12, 0.0))[0] == pytest.approx(0.09)


def test_a_shoulder_that_came_up_with_the_head_is_not_excused() -> None:
    state = run(9000, TILTED, (0.14, 0.0), ShoulderBias())
    assert corrected(state, (0.14, 0.0))[0] == pytest.approx(0.14 - LIMITS.lifts_sw)


def test_a_shoulder_that_comes_up_later_is_judged_from_where_it_was() -> None:
    state = run(3000, TILTED, (0.0, 0.0), ShoulderBias())
    state = run(9000, TILTED, (0.12, 0.0), state)
    assert corrected(state, (0.12, 0.0)) == (0.12, 0.0)


def test_nothing_is_settled_while_the_head_still_moves() -> None:
    state = ShoulderBias()
    for t_ms in range(0, 3000, 100):
        head = Angles(0, 0, 11 + t_ms / 100)
        state = shoulder_bias.step(state, t_ms, head, (0.03, 0.0), lean_deg=0.0, limits=LIMITS)
    assert state.above is None


def test_on_its_way_a_head_is_forgiven_what_it_will_be_forgiven_when_it_arrives() -> None:
    state = run(600, TILTED, (0.11, 0.0), ShoulderBias())
    assert state.above is None
    assert corrected(state, (0.11, 0.0))[0] == pytest.approx(0.07)
    assert corrected(state, (0.14, 0.0))[0] == pytest.approx(0.10)  # up with the head: noticed
    assert corrected(ShoulderBias(), (0.11, 0.0))[0] == 0.11  # a head near neutral bends nothing


def test_it_is_forgotten_when_the_head_is_back() -> None:
    state = run(3000, TILTED, (-0.05, 0.0), ShoulderBias())
    assert (
        shoulder_bias.step(state, 3000, REST, (0.0, 0.0), lean_deg=0.0, limits=LIMITS)
        == ShoulderBias()
    )


def test_a_trunk_that_leans_truly_lowers_a_shoulder() -> None:
    state = run(3000, TILTED, (-0.15, 0.0), ShoulderBias(), lean_deg=9.0)
    assert corrected(state, (-0.15, 0.0)) == (-0.15, 0.0)
