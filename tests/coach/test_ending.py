"""The last page's one sentence about the weeks is true, and says only what is known."""

from datetime import datetime

import pytest

from histories import ago, entry, hold
from neckform.config.settings import load_settings
from neckform.core.types import Exercise, Side
from neckform.history.entry import Entry
from neckform.history.standing import standing_of
from neckform.jobs.coach.ending import ending_state, trend_line
from neckform.showing.words.catalogue import language_tags

KNOWN = load_settings().by_id
LEFT = Exercise("upper-trapezius", Side.LEFT)
RIGHT = Exercise("upper-trapezius", Side.RIGHT)


def said(*entries: Entry, exercises: tuple[Exercise, ...] = (LEFT,)) -> str | None:
    return trend_line(standing_of(entries, ago(0)).trends, exercises, KNOWN, "en")


def far(days: int, left_deg: float | None, right_deg: float | None = None) -> Entry:
    return entry(
        ago(days),
        (hold(angle_deg=left_deg, error_deg=1), hold(side="right", angle_deg=right_deg)),
    )


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ((), None),
        ((far(0, 30),), "From your second week on"),
        ((far(14, 30), far(0, 34)), "no difference that a camera can tell"),
        ((far(14, 30), far(0, 45)), "Ear to shoulder, left: 15° further"),
        ((far(14, 45), far(0, 30)), "Ear to shoulder, left: 15° less far"),
        ((far(14, None), far(0, 30)), "From your second week on"),
    ],
)
def test_one_sentence(entries: tuple[Entry, ...], words: str | None) -> None:
    told = said(*entries)
    assert told == words or (told is not None and words is not None and words in told)


def test_the_change_that_stands_out_most_is_told() -> None:
    weeks = (far(14, 20, 20), far(0, 32, 45))
    assert "right: 25° further" in str(said(*weeks, exercises=(LEFT, RIGHT)))
    # What is not in this routine is not told of it.
    assert "left: 12° further" in str(said(*weeks))


@pytest.mark.parametrize("language", language_tags())
def test_tomorrow_is_told_in_each_language(language: str) -> None:
    now = datetime(2026, 11, 23, 18, 40).astimezone()
    both = ending_state((LEFT, RIGHT, LEFT), KNOWN, (), now, language)
    one = ending_state((LEFT,), KNOWN, (), now, language)
    assert "2" in both["tomorrow"]
    assert both["tomorrow"] != one["tomorrow"]
    assert both["trend"] is None
    assert "DTSTART:20261124T183000" in both["reminder"]
