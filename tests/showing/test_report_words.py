"""The sentences about a report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from neckform.core.events import MissReason
from neckform.core.outcome import Coverage, Outcome
from neckform.core.types import Axis, Flag, Hold, Reason, Side
from neckform.showing.page.home_states import found_lines
from neckform.showing.words.report_words import (
    flag_verdict,
    hold_verdict,
    length_words,
    miss_verdict,
    no_stretch_words,
    rested_words,
    seen_words,
)
from reports import HOLD, MISS, OUTCOME, REPORT, SPOILED


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        (Flag("own", 0, 3_900, 36.4, 40.6), "own: for 3 s, 36° on average and 41° at most."),
        (Flag("own", 0, 3_900, None, None), "own: for 3 s, the face out of sight."),
        (Flag("static", 0, 605_000, 0.8, 1.6), "Unmoving: for 605 s, within 3°."),
    ],
)
def test_the_sentence_says_how_the_neck_rested(flag: Flag, sentence: str) -> None:
    assert flag_verdict(REPORT, flag) == sentence


@pytest.mark.parametrize(
    ("hold", "sentence"),
    [
        (HOLD, "Ear to shoulder, left: held 34 s of 30 s. Done."),
        (
            SPOILED,
            "Ear to shoulder, right: held 9 s of 30 s: the right shoulder came up at 51.5 s.",
        ),
        (
            replace(SPOILED, left_rise_sw=0.13, right_rise_sw=0.02),
            "Ear to shoulder, right: held 9 s of 30 s: the left shoulder came up at 51.5 s.",
        ),
        (
            replace(SPOILED, left_rise_sw=0.15, right_rise_sw=0.14),
            "Ear to shoulder, right: held 9 s of 30 s: both shoulders came up at 51.5 s.",
        ),
        (
            replace(HOLD, stretch="cervical-paraspinal", side=None, held_ms=29_999,
                    completed=False),
            "Chin to chest: held 29 s of 30 s: the head came back at 36.8 s.",
        ),
        (
            replace(SPOILED, stretch="own", ended_by="unseen"),
            "own, right: held 9 s of 30 s: the head or the shoulders could no longer be seen "
            "at 51.5 s.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_what_became_of_a_hold(hold: Hold, sentence: str) -> None:
    assert hold_verdict(REPORT, hold) == sentence


@pytest.mark.parametrize("ended_by", ["angle", "end", *(reason.value for reason in Reason)])
def test_there_is_a_sentence_for_everything_that_ends_a_hold(ended_by: str) -> None:
    if ended_by in {Reason.ANGLE_LOW, Reason.ANGLE_HIGH}:  # a hold calls both of them "angle"
        return
    assert hold_verdict(REPORT, replace(SPOILED, ended_by=ended_by)).endswith(" at 51.5 s.")


def test_of_a_routine_at_the_camera_no_recording_is_spoken_of() -> None:
    cut = replace(SPOILED, ended_by="end")
    routine = replace(REPORT, source=replace(REPORT.source, live=True))
    assert "the recording ended" in hold_verdict(REPORT, cut)
    assert "the routine ended" in hold_verdict(routine, cut)
    lengths = length_words(REPORT), length_words(routine)
    assert lengths == (
        "60 s of recording",
        "60 s at the camera",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "33 s at 17° tilted left (± 1°), it starts at 20°: about 3° more."),
        (
            {"measured": 19.5},
            "33 s at 20° tilted left (± 1°), it starts at 20°: perhaps it counted.",
        ),
        (
            {"reason": MissReason.TRUNK_LEAN, "axis": None, "measured": -20.2, "limit": 8.0},
            "33 s, but the body leaned by 20°; up to 8° counts.",
        ),
        (
            {"reason": MissReason.SHOULDER_RISE, "axis": None, "measured": 0.12, "limit": 0.08,
             "shoulder": Side.RIGHT},
            "33 s, but the right shoulder was up by 12% of the shoulder width; up to 8% counts.",
        ),
        (
            {"reason": MissReason.UNSEEN, "measured": 40.0},
            "33 s at 40° tilted left (± 1°), but the shoulders were not seen: perhaps it counted.",
        ),
        ({"reason": MissReason.WRONG_SIDE}, "33 s done to the right; left was asked for."),
    ],
)  # fmt: skip
def test_an_attempt_that_did_not_count(changes: dict[str, Any], sentence: str) -> None:
    said = miss_verdict(REPORT, replace(MISS, **changes))
    assert said == f"Ear to shoulder, left: {sentence}"


def test_an_attempt_to_the_right_is_told_as_the_right() -> None:
    right = replace(MISS, side=Side.RIGHT)
    assert "33 s at 17° tilted right" in miss_verdict(REPORT, right)
    turned = replace(right, reason=MissReason.CROSS_AXIS, axis=Axis.ROTATION, measured=25.0)
    assert "the head was also 25° turned right" in miss_verdict(REPORT, turned)
    down = replace(right, axis=Axis.FLEXION, measured=17.0)
    assert "33 s at 17° chin down" in miss_verdict(REPORT, down)


def test_nobody_rested_well_who_was_hardly_seen() -> None:
    half = replace(REPORT, outcome=Outcome(OUTCOME.baseline, Coverage(30_000, 30_000, 31_000)))
    assert "rested well" not in rested_words(half)
    assert "31 s nothing can be said" in rested_words(half)
    assert "31 s are unseen" in seen_words(half)
    empty = replace(half, outcome=replace(half.outcome, holds=(), flags=()))
    (line,) = found_lines(empty, "en")
    assert line.startswith("Nothing was held in the 30 s that were seen; of 31 s nothing")


@pytest.mark.parametrize(
    ("coverage", "seen", "none"),
    [
        (Coverage(60_000, 60_000, 300), "the head was seen throughout",
         "No stretch of 3 s or more was seen."),
        (Coverage(56_000, 55_000, 4_000), "the head was seen for 56 s, 4 s are unseen",
         "No stretch of 3 s or more was seen."),
        (Coverage(60_000, 20_000, 0), "the head was seen throughout; the shoulders for 20 s",
         "No stretch of 3 s or more was seen."),
        (Coverage(60_000, 0, 0), "the head was seen throughout; the shoulders never were",
         "No stretch can count where the shoulders are not in the picture."),
        (Coverage(20_000, 19_000, 40_000), "the head was seen for 20 s, 40 s are unseen",
         "No stretch of 3 s or more in the 20 s that were seen."),
    ],
)  # fmt: skip
def test_what_was_unseen_is_part_of_the_first_sentence(
    coverage: Coverage, seen: str, none: str
) -> None:
    report = replace(REPORT, outcome=Outcome(OUTCOME.baseline, coverage))
    assert seen_words(report) == f"60 s of recording; {seen}"
    assert no_stretch_words(report) == none
    # Shoulders are nothing to posture alone.
    alone = replace(report, settings=replace(REPORT.settings, stretches=()))
    assert "shoulders" not in seen_words(alone)
