import pytest

from neckform.core.monitor.zones import (
    GOOD,
    STRETCH,
    ZoneTally,
    count,
    is_bad,
    moved,
)
from neckform.core.time import LONGEST_WATCHED_STEP_MS


def counted(moments: list[tuple[int, str]]) -> dict[str, int]:
    tally = ZoneTally()
    for t_ms, zone in moments:
        tally = count(tally, t_ms, zone)
    return dict(tally.spent_ms)


def test_the_time_between_two_moments_belongs_to_the_first() -> None:
    assert counted([(0, GOOD), (500, "slouch"), (1500, GOOD)]) == {GOOD: 500, "slouch": 1000}


def test_a_watch_that_starts_at_zero_counts_from_there() -> None:
    assert counted([(0, GOOD), (500, GOOD)]) == {GOOD: 500}


@pytest.mark.parametrize("every_ms", [100, 200, 500, 1000, 2000])
def test_the_same_half_minute_at_any_rate(every_ms: int) -> None:
    moments = [(t, GOOD if t < 20_000 else "slouch") for t in range(0, 30_001, every_ms)]
    assert counted(moments) == {GOOD: 20_000, "slouch": 10_000}


def test_a_gap_earns_nothing() -> None:
    asleep = [(0, GOOD), (LONGEST_WATCHED_STEP_MS, GOOD), (3_600_000, GOOD), (3_600_500, GOOD)]
    assert counted(asleep) == {GOOD: LONGEST_WATCHED_STEP_MS + 500}


def test_a_step_does_not_change_what_it_was_given() -> None:
    before = count(ZoneTally(), 0, GOOD)
    count(before, 500, GOOD)
    assert dict(before.spent_ms) == {}


def test_flags_are_bad_and_the_rest_is_not() -> None:
    assert is_bad("slouch")
    assert not any(is_bad(zone) for zone in ("good", "caution", "unseen", "away"))


def test_time_that_belongs_elsewhere_is_moved_and_no_more_than_there_is() -> None:
    tally = ZoneTally({GOOD: 5000, "slouch": 3000, STRETCH: 1000})
    found = moved(tally, {"slouch": 2000, "twisted": 700}, STRETCH)
    assert dict(found.spent_ms) == {GOOD: 5000, "slouch": 1000, "twisted": 0, STRETCH: 3000}
    assert moved(tally, {"slouch": 9000}, STRETCH).spent_ms["slouch"] == 0
