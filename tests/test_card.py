"""A therapist's card: read with all mistakes at once, laid over the settings, answered."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from neckform.config.card import read_card
from neckform.config.settings import load_settings
from neckform.core.errors import SettingsError
from neckform.core.prescription import CardAnswer, answers
from neckform.core.types import Axis, Exercise, Side
from neckform.jobs.analyze.judged import what_is_judged
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.card import EXAMPLE
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.demo.job import CLIP
from neckform.showing.exports.card_code import short
from neckform.showing.exports.report_json import as_json
from neckform.showing.html import Trace, page_html
from reports import HOLD, OUTCOME, REPORT, SPOILED
from running import Runner

SETTINGS = load_settings()
LEFT = Exercise("upper-trapezius", Side.LEFT)
RIGHT = Exercise("upper-trapezius", Side.RIGHT)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "card.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_the_example_is_a_card(card: Path) -> None:
    read = read_card(card, SETTINGS.stretches)
    assert (read.who, read.days) == ("P-017", ("monday", "wednesday", "friday"))
    assert read.exercises == (LEFT, RIGHT) * 3 + (Exercise("cervical-paraspinal", None),)
    laid = read.over(SETTINGS)
    ear, chin = laid.by_id["upper-trapezius"], laid.by_id["cervical-paraspinal"]
    assert (ear.hold_s, chin.hold_s) == (30, 20)
    assert ear.main[Axis.LATERAL].target_deg == 35
    assert ear.main[Axis.LATERAL].enter_deg == 20
    assert ear.how_to == "Let the shoulder hang."
    assert laid.by_id["levator-scapulae"] == SETTINGS.by_id["levator-scapulae"]


def test_a_small_aim_begins_the_hold_there(card: Path) -> None:
    card.write_text(EXAMPLE.replace("to_deg = 35", "to_deg = 12"), encoding="utf-8")
    goal = read_card(card, SETTINGS.stretches).over(SETTINGS).by_id["upper-trapezius"].main
    assert goal[Axis.LATERAL].enter_deg == goal[Axis.LATERAL].target_deg == 12


def test_all_mistakes_are_named_at_once(card: Path) -> None:
    card.write_text(
        'schema = "x"\nfoo = 1\ndays = ["someday"]\nwords = 7\n'
        '[[stretch]]\nid = "nope"\nhold_s = 1\n'
        '[[stretch]]\nid = "upper-trapezius"\nsides = ["up"]\nrepetitions = 0\nwat = 2\n'
        '[[stretch]]\nid = "cervical-paraspinal"\nsides = ["left"]\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as wrong:
        read_card(card, SETTINGS.stretches)
    said = str(wrong.value)
    for part in (
        "schema: must be", "foo: there is no such setting", "days: must be", "words: ",
        "stretch 1: hold_s: must be from 3 to 600", "stretch 1: id: must be one of",
        "stretch 2: sides:", "stretch 2: repetitions:", "stretch 2: wat:", "stretch 3: sides:",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(
    "text",
    ["", "schema = 'neckform/card/1'", "stretch = 3", "stretch = [1]", "[[stretch]]\n",
     'schema = "neckform/card/1"\n[[stretch]]\nid = "upper-trapezius"\nsides = []',
     'schema = "neckform/card/1"\n[[stretch]]\nid = ["a"]', "\x00", "days = 1979-05-27",
     EXAMPLE + "[[stretch]]\nid = 'upper-trapezius'\n"],
)  # fmt: skip
def test_no_broken_card_is_taken(card: Path, text: str) -> None:
    card.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        read_card(card, SETTINGS.stretches)


def answered(card: Path, *holds: object) -> dict[Exercise, CardAnswer]:
    read = read_card(card, SETTINGS.stretches)
    found = answers(read, holds, read.over(SETTINGS).stretches)  # type: ignore[arg-type]
    return {answer.exercise: answer for answer in found}


def test_each_line_is_answered(card: Path) -> None:
    found = answered(card, HOLD, HOLD, SPOILED)
    left, right = found[LEFT], found[RIGHT]
    assert (left.done, left.far_enough) == (2, True)
    assert left.angle_deg == pytest.approx(38.4567)
    # It is a hold to the right whose mean lies to the left: nowhere near.
    assert (right.done, right.far_enough) == (0, False)
    assert found[Exercise("cervical-paraspinal", None)].best is None
    assert answered(card, *[HOLD] * 9)[LEFT].done == 3


def test_an_angle_within_its_error_is_far_enough(card: Path) -> None:
    for to_deg, far in ((41, True), (42, False)):
        card.write_text(EXAMPLE.replace("35", str(to_deg)), encoding="utf-8")
        assert answered(card, HOLD)[LEFT].far_enough is far


def test_the_report_answers(card: Path) -> None:
    judged = what_is_judged(AnalyzeOptions(card=card))
    assert judged.session.only == judged.asked == (LEFT, RIGHT, ("cervical-paraspinal", None))
    report = judged.report(replace(OUTCOME, near_misses=()), REPORT.source, {})
    lines = as_json(report)["card"]["lines"]
    assert [line["done"] for line in lines] == [1, 0, 0]
    assert lines[0]["verdict"] == (
        "Ear to shoulder, left: 3 times 30 s, to 35°: 1 of 3 done; on average 38° (± 3), far "
        "enough."
    )
    page = page_html(report, Trace())
    assert lines[0]["verdict"] in page
    assert "Slowly, and breathe." in page


@pytest.mark.parametrize(
    "also", [{"stretches": ("upper-trapezius",)}, {"postures": True}, {"lying": "back"}]
)
def test_a_card_beside_what_it_says_itself_is_refused(card: Path, also: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="--card"):
        what_is_judged(AnalyzeOptions(card=card, **also))  # type: ignore[arg-type]


def test_the_coach_does_as_the_card_says(card: Path) -> None:
    from neckform.jobs.coach.command import prepare

    visit = prepare(CoachOptions(card=card, source=CLIP))(None)  # type: ignore[arg-type]
    assert visit._exercises() == (LEFT, RIGHT) * 3 + (Exercise("cervical-paraspinal", None),)
    assert visit._held().by_id["cervical-paraspinal"].hold_s == 20
    assert visit.choices_file is None


def test_the_code_of_a_card_from_a_pipe_is_the_same(neckform: Runner, card: Path) -> None:
    assert neckform("card", card, "--qr", "file.svg").code == 0
    reading, writing = os.pipe()
    os.write(writing, card.read_bytes())
    os.close(writing)
    assert neckform("card", f"/dev/fd/{reading}", "--qr", "pipe.svg").code == 0
    os.close(reading)
    assert Path("pipe.svg").read_bytes() == Path("file.svg").read_bytes()


@pytest.mark.parametrize("words", ['"""\n# 1: slowly\n\nbreathe"""', "'''\n#'''"])
def test_the_code_has_every_word_of_the_card(words: str) -> None:
    text = EXAMPLE.replace('"Slowly, and breathe."', words)
    assert tomllib.loads(short(text)) == tomllib.loads(text)
    assert len(short(EXAMPLE)) < len(EXAMPLE)
    assert tomllib.loads(short(EXAMPLE)) == tomllib.loads(EXAMPLE)


def test_the_command_says_it_and_makes_a_code(neckform: Runner, card: Path) -> None:
    ran = neckform("card", card, "--qr", "code.svg")
    assert ran.code == 0
    assert "Ear to shoulder, left: 3 times 30 s, to 35°" in ran.out
    assert "Monday, Wednesday, Friday." in ran.out
    assert Path("code.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert neckform("card", "--example").out == EXAMPLE
    assert neckform("card").code == 2
    assert neckform("card", "nowhere.toml").code == 2
    card.write_text(EXAMPLE.replace("Slowly", "x" * 480) + f'words = "{"x" * 480}"\n', "utf-8")
    ran = neckform("card", card, "--qr", "code.svg")
    assert ran.code == 2
    assert "too long for a code" in ran.err
