from datetime import timedelta

from histories import ROUTINE, TODAY, ago, entry, full, hold, miss
from neckform.history.days import (
    a_fortnight_without_end,
    days_of,
    longest_streak,
    practising_since,
    streak,
)
from neckform.history.entry import Entry


def on(*days_ago: int) -> list[Entry]:
    return [entry(ago(days)) for days in sorted(days_ago, reverse=True)]


def test_a_day_is_full_with_every_stretch_to_both_sides_over_all_its_recordings() -> None:
    some, rest = full()[:2], full()[2:]
    (day,) = days_of([entry(holds=some, name="a"), entry(holds=rest, name="b")], ROUTINE)
    assert day.full
    assert day.holds == 5
    assert day.held_s == 5 * 31.0
    (day,) = days_of([entry(holds=full()[:4])], ROUTINE)
    assert not day.full
    assert day.practised


def test_a_hold_that_was_not_completed_is_no_day_of_practice() -> None:
    (day,) = days_of([entry(holds=(hold(held_s=29.9),))], ROUTINE)
    assert not day.practised
    assert not day.full


def test_an_attempt_that_did_not_count_is_a_day_but_not_of_practice() -> None:
    (day,) = days_of([entry(holds=(), near_misses=(miss(), miss()))], ROUTINE)
    assert (day.near_misses, day.holds, day.practised, day.full) == (2, 0, False, False)
    assert (streak([day], TODAY), practising_since([day], TODAY)) == (0, None)


def test_plain_sitting_is_no_day() -> None:
    assert days_of([entry(holds=())], ROUTINE) == []


def test_streak_counts_back_from_today_or_from_yesterday() -> None:
    assert streak(days_of(on(0, 1, 2, 4), ROUTINE), TODAY) == 3
    # Today is not over yet.
    assert streak(days_of(on(1, 2, 4), ROUTINE), TODAY) == 2
    assert streak(days_of(on(2, 3), ROUTINE), TODAY) == 0
    assert streak([], TODAY) == 0


def test_longest_streak_is_anywhere() -> None:
    assert longest_streak(days_of(on(0, 5, 6, 7, 8, 20, 21), ROUTINE)) == 4
    assert longest_streak([]) == 0


def test_practice_goes_on_over_gaps_and_ends_with_a_fortnight_of_rest() -> None:
    assert practising_since(days_of(on(0, 5, 18), ROUTINE), TODAY) == ago(18)
    assert practising_since(days_of(on(0, 5, 19), ROUTINE), TODAY) == ago(5)
    assert practising_since(days_of(on(14), ROUTINE), TODAY) is None


def test_a_fortnight_is_fourteen_days() -> None:
    days = days_of(on(0, 13), ROUTINE)
    assert a_fortnight_without_end(days, TODAY) is None
    assert a_fortnight_without_end(days, TODAY + timedelta(days=1)) == ago(13)


def test_a_day_in_the_future_does_no_harm() -> None:
    days = days_of(on(-3, 0), ROUTINE)
    assert practising_since(days, TODAY) == TODAY
    assert streak(days, TODAY) == 1
