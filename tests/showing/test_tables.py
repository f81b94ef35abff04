"""A report on the terminal."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from neckform.core.outcome import Coverage, Outcome
from neckform.core.posture.flags import FACE_DOWN
from neckform.core.report import SessionReport
from neckform.core.types import Flag
from neckform.showing.exports.overview import RecordingEntry
from neckform.terminal.tables import print_many, print_report
from reports import MISS, OUTCOME, REPORT


def printed(report: SessionReport) -> str:
    text = StringIO()
    print_report(Console(file=text, width=100), report)
    return " ".join(text.getvalue().split())


def test_each_hold_stands_with_its_angles_pauses_and_hands() -> None:
    text = printed(REPORT)
    assert "0:02 Ear to shoulder, left: held 34 s of 30 s. Done." in text
    assert "on average 38° tilted left (± 3)" in text
    assert "paused 0:44 to 0:45: the head also goes another way; right hand on the head" in text
    assert "neutral taken from 0:00 to 0:01" in text


def test_an_attempt_that_did_not_count_stands_with_what_it_lacked() -> None:
    text = printed(replace(REPORT, outcome=replace(OUTCOME, holds=(), near_misses=(MISS,))))
    assert "0:03 Ear to shoulder, left: 33 s at 17° tilted left (± 1°), it starts at 20°" in text
    assert "about 3° more." in text


def test_of_a_folder_each_row_tells_what_did_not_count_and_what_was_unseen() -> None:
    outcome = replace(OUTCOME, near_misses=(MISS,), coverage=Coverage(30_000, 30_000, 29_000))
    half = replace(REPORT, outcome=outcome)
    text = StringIO()
    entries = [
        RecordingEntry("a.mp4", half, None, None, 0, ("cut short",)),
        RecordingEntry("b.mp4", None, None, None, 3, ("it is empty",)),
    ]
    print_many(Console(file=text, width=300), entries)
    rows = [" ".join(line.split()) for line in text.getvalue().splitlines()]
    assert any("it starts at 20°: about 3° more." in row for row in rows)
    assert any("the head was seen for 30 s, 29 s are unseen" in row for row in rows)
    assert any("cut short" in row for row in rows)
    assert any(row.startswith("b.mp4") and row.endswith("it is empty") for row in rows)


def test_a_person_who_lies_face_down_reads_the_name_of_that_and_its_advice() -> None:
    face_down = Flag(FACE_DOWN, 1_000, 9_000, None, None)
    outcome = Outcome(None, Coverage(head_seen_ms=9_000), flags=(face_down,))
    no_stretches = replace(REPORT.settings, stretches=())
    text = printed(replace(REPORT, outcome=outcome, settings=no_stretches, lying_on="side"))
    assert "judged as lying on the side, without a neutral" in text
    assert "8 s Face down: 0:01 to 0:09 Face down, the neck stays twisted." in text


@pytest.mark.parametrize(
    ("lying_on", "flag", "words"),
    [
        ("back", "chin-to-chest", "a lower pillow lets your head lie level"),
        ("back", "chin-up", "a slightly higher pillow"),
        ("back", "twisted", "look to the ceiling"),
        ("side", "side-tilt", "a pillow as high as your shoulder"),
        ("side", "chin-to-chest", "out from under your shoulder"),
        ("side", "twisted", "turn shoulders and hips with it"),
        (None, "twisted", "Turn your chair or your screen instead."),
    ],
)
def test_who_lies_gets_advice_of_their_own_and_none_of_the_office(
    lying_on: str | None, flag: str, words: str
) -> None:
    neutral = None if lying_on else OUTCOME.baseline
    flags = (Flag(flag, 1_000, 9_000, 30.0, 40.0),)
    outcome = Outcome(neutral, Coverage(head_seen_ms=9_000), flags=flags)
    report = replace(REPORT, outcome=outcome, lying_on=lying_on)
    text = printed(report)
    assert words in text
    if lying_on:
        assert "chair" not in text
        own = replace(report.postures.by_flag[flag], advice="My own words.")
        postures = replace(report.postures, postures=(own,))
        assert "My own words." in printed(replace(report, postures=postures))


def test_where_nothing_was_found_it_says_what_was_looked_for() -> None:
    nothing = replace(REPORT, outcome=replace(OUTCOME, holds=(), flags=()))
    assert "No stretch of 3 s or more was seen." in printed(nothing)
    no_stretches = replace(nothing, settings=replace(REPORT.settings, stretches=()))
    assert "The neck rested well as far as it was seen." in printed(no_stretches)
    no_neutral = printed(replace(nothing, outcome=Outcome(None, Coverage(unseen_ms=60_000))))
    assert no_neutral == "a.mp4 60 s of recording; nothing was judged."


@pytest.mark.parametrize(
    "name", ["a.mp4", "a name of forty-five characters for a film.mp4", "x" * 79]
)
def test_of_a_folder_names_stand_whole_in_80_columns(name: str) -> None:
    text = StringIO()
    source = replace(REPORT.source, who="P-017", recorded_at="2026-11-03T09:30:00+01:00")
    entries = [
        RecordingEntry(name, replace(REPORT, source=source), None, None, 0, (), "P-017"),
        RecordingEntry(f"b{name[1:]}", None, None, None, 3, ("it is empty; " * 9,)),
    ]
    print_many(Console(file=text, width=80), entries)
    lines = text.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "P-017"
    assert "Nobody named" in lines
    assert sum(line.split("  ")[0] == name for line in lines) == 1
    assert "3 November 2026; 1 of 2 completed" in " ".join(text.getvalue().split())
