"""The sentences about a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neckform.core.types import Flag, Hold, Reason
from neckform.showing.words.report_words import flag_verdict, hold_verdict, length_words
from reports import HOLD, REPORT, SPOILED


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
        (HOLD, "Upper trapezius, left: held 34 s of 30 s. Done."),
        (
            SPOILED,
            "Upper trapezius, right: held 9 s of 30 s: the right shoulder came up at 51.5 s.",
        ),
        (
            replace(SPOILED, left_rise_sw=0.13, right_rise_sw=0.02),
            "Upper trapezius, right: held 9 s of 30 s: the left shoulder came up at 51.5 s.",
        ),
        (
            replace(SPOILED, left_rise_sw=0.15, right_rise_sw=0.14),
            "Upper trapezius, right: held 9 s of 30 s: both shoulders came up at 51.5 s.",
        ),
        (
            replace(HOLD, stretch="cervical-paraspinal", side=None, held_ms=29_999,
                    completed=False),
            "Cervical paraspinal: held 29 s of 30 s: the head came back at 36.8 s.",
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
