import numpy as np
import pytest

from neckform.core.measure.smoothing import LONGEST_GAP_MS, Smoothing, step

RATES = [5, 7, 10, 15, 24, 30, 60]


def run(state: Smoothing, times_ms: list[int], values: list[float]) -> list[float]:
    out = []
    for t_ms, value in zip(times_ms, values, strict=True):
        state = step(state, t_ms, (value,))
        out.append(state.values[0])
    return out


def ticks(rate: int, seconds: float) -> list[int]:
    return [round(index * 1000 / rate) for index in range(int(seconds * rate) + 1)]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("size", [20.0, -20.0])
def test_a_step_of_20_degrees_is_90_percent_there_after_200_ms(rate: int, size: float) -> None:
    times = ticks(rate, 3.0)
    out = run(Smoothing(), times, [size if t > 1000 else 0.0 for t in times])
    # From the first sample that shows the step, and one at or before 200 ms later.
    first = next(t for t in times if t > 1000)
    last_before = max(t for t in times if t <= 1000)
    at = next(i for i, t in enumerate(times) if t >= last_before + 200 and t >= first)
    assert abs(out[at]) >= 0.9 * abs(size)
    assert max(abs(value) for value in out) <= abs(size) + 1e-9  # and never overshoots


@pytest.mark.parametrize("rate", RATES)
def test_standing_still_shows_less_than_half_a_degree(rate: int) -> None:
    draw = np.random.default_rng(3)
    times = ticks(rate, 30.0)
    noise = list(draw.normal(0.0, 0.5, len(times)))
    assert np.std(run(Smoothing(), times, noise)[5:]) < 0.5


def test_one_long_step_is_two_short_ones() -> None:
    start = step(Smoothing(), 0, (0.0,))
    whole = step(start, 200, (13.0,))
    halves = step(step(start, 80, (13.0,)), 200, (13.0,))
    assert halves.values == pytest.approx(whole.values)


def test_the_first_value_is_taken_as_it_is_also_at_time_zero() -> None:
    state = step(Smoothing(), 0, (5.0, -3.0))
    assert state.values == (5.0, -3.0)
    assert step(state, 100, (0.0, 0.0)).values != (0.0, 0.0)


def test_after_a_gap_it_starts_anew() -> None:
    state = step(Smoothing(), 0, (40.0,))
    assert step(state, LONGEST_GAP_MS + 1, (0.0,)).values == (0.0,)
    assert step(state, LONGEST_GAP_MS, (0.0,)).values != (0.0,)
