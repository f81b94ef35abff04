"""What a report begins with: whose it is, when, what was done and what to do better."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neckform.core.coach.routine import all_exercises
from neckform.core.report import SessionReport
from neckform.core.types import Hold, Reason, Side
from neckform.showing.words.catalogue import language_tags
from neckform.showing.words.result_words import result_words, whose_words
from reports import HOLD, MISS, OUTCOME, REPORT, SPOILED

ASKED = replace(REPORT, asked=all_exercises(REPORT.settings.stretches))


def with_holds(*holds: Hold) -> SessionReport:
    return replace(ASKED, outcome=replace(OUTCOME, holds=holds))


def test_the_hold_that_came_nearest_is_what_to_do_better() -> None:
    assert result_words(ASKED) == (
        "One of five done. Next time, Ear to shoulder, right: Right shoulder down."
    )


@pytest.mark.parametrize(
    ("ended_by", "said"),
    [
        ("angle", "Stay for the whole 30 seconds."),
        ("end", "Stay for the whole 30 seconds."),
        (Reason.TRUNK_TURN, "Chest to the front."),
        (Reason.TRUNK_LEAN, "Sit upright. Only the head tilts."),
        (Reason.SHOULDER_DRIFT, "Shoulders back to the middle."),
        (Reason.UNSEEN, "Show both shoulders: move back a little, or tilt the screen."),
    ],
)
def test_each_end_has_its_advice(ended_by: str, said: str) -> None:
    words = result_words(with_holds(replace(SPOILED, ended_by=ended_by)))
    assert words == f"None of five done. Next time, Ear to shoulder, right: {said}"


def test_a_picture_that_froze_is_nobody_s_fault() -> None:
    report = with_holds(replace(SPOILED, ended_by=Reason.UNSEEN))
    frozen = replace(report, source=replace(report.source, frozen_s=20.0))
    assert (result_words(frozen) or "").endswith(": Stay for the whole 30 seconds.")


def test_both_shoulders_up_is_both_shoulders_down() -> None:
    both = replace(SPOILED, left_rise_sw=0.12)
    assert (result_words(with_holds(both)) or "").endswith(": Shoulders down.")


def test_a_near_miss_counts_where_nothing_was_held() -> None:
    missed = replace(ASKED, outcome=replace(OUTCOME, holds=(), near_misses=(MISS,)))
    assert result_words(missed) == (
        "None of five done. Next time, Ear to shoulder, left: A little further."
    )


def test_what_was_not_tried_comes_last_and_all_done_is_all() -> None:
    assert (result_words(with_holds(HOLD)) or "").endswith(
        "Next time do this one, too: Chin to chest."
    )
    one = replace(with_holds(HOLD), asked=((HOLD.exercise),))
    assert result_words(one) == "Done."
    two = replace(ASKED, asked=(HOLD.exercise, SPOILED.exercise))
    whole = replace(two, outcome=replace(OUTCOME, holds=(HOLD, replace(HOLD, side=Side.RIGHT))))
    assert result_words(whole) == "All two done."
    assert result_words(replace(ASKED, asked=())) is None


@pytest.mark.parametrize("language", language_tags())
def test_every_language_says_it(language: str) -> None:
    source = replace(
        REPORT.source,
        who="P-017",
        recorded_at="2026-11-03T09:30:00+01:00",
        recorded_from="recording",
    )
    said = f"{whose_words(replace(ASKED, source=source), language)} {result_words(ASKED, language)}"
    assert said.startswith("P-017; ")
    assert "2026" in said
    assert "{" not in said
