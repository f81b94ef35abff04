"""What counts of the time between two moments."""

from __future__ import annotations

import pytest

from neckform.core.time import expect_later, seen_ms, watched_ms


def test_time_increases() -> None:
    expect_later(0, None)
    expect_later(1, 0)
    for before_ms in (5, 6):
        with pytest.raises(ValueError, match="time must increase"):
            expect_later(5, before_ms)


@pytest.mark.parametrize(("elapsed_ms", "counted_ms"), [(40, 40), (1000, 1000), (1001, 1000)])
def test_a_session_counts_a_second_of_a_gap(elapsed_ms: int, counted_ms: int) -> None:
    assert seen_ms(7, 7 + elapsed_ms) == counted_ms


@pytest.mark.parametrize(("elapsed_ms", "counted_ms"), [(1, 1), (2500, 2500), (2501, 0), (0, 0)])
def test_a_watched_day_counts_nothing_of_a_gap(elapsed_ms: int, counted_ms: int) -> None:
    assert watched_ms(7, 7 + elapsed_ms) == counted_ms


def test_nothing_counts_before_the_first_moment() -> None:
    assert watched_ms(None, 40) == 0
