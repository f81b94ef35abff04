"""What spoils a hold is heard, read and seen; several pages, and the program's own voice."""

from __future__ import annotations

from pathlib import Path

import pytest
from coach_visit import VisitPage

from coach_program import Start

pytestmark = pytest.mark.slow

GERMAN = "Linke Schulter runter."
FIGURE = (
    "[...document.querySelectorAll('#show-figure [d]')].map((it) => it.getAttribute('d')).join()"
)
TURNS = """
Number(document.querySelector("#hold-ring .ring-fill").getAttribute("stroke-dashoffset"))
  / Number(document.querySelector("#hold-ring .ring-fill").getAttribute("stroke-dasharray"))
"""


@pytest.mark.truth
def test_a_risen_shoulder_pauses_and_is_told_in_the_language_that_was_chosen(
    truth_data: Path, start: Start, visit: VisitPage
) -> None:
    clip = truth_data / "synthetic" / "trap_L_hike_tom.mp4"
    program = start("coach", clip, "--stretch", "upper-trapezius:left")
    person = visit(program.address, motion="reduce")
    beside = visit(program.address, size=(820, 1180), voices=False)
    person.wait_for("setup")
    person.page.select_option("#language", "de")
    for page in (person, beside):
        page.until("document.documentElement.lang === 'de'")
    person.until("document.getElementById('voice-words').textContent.includes('spricht selbst')")
    person.page.click("#begin")
    beside.answer_no()
    person.wait_for("show")
    still = person.page.evaluate(FIGURE)
    assert person.page.inner_text("#show-to").startswith("nach ")
    assert person.page.inner_text("#show-title") == "Ohr zur Schulter"
    for page in (person, beside):
        page.wait_for("hold", holdState="holding")
        page.until("document.getElementById('hold-cue').textContent === 'Bleib so.'")
        page.until("document.getElementById('gauge').dataset.zone === 'target'")
    assert person.page.evaluate(FIGURE) == still
    assert (1 - person.page.evaluate(TURNS)) * 30 == pytest.approx(
        round((1 - person.page.evaluate(TURNS)) * 30), abs=0.05
    )

    # A page that is closed takes nothing with it, and another finds everything as it is.
    beside.page.close()
    later = visit(program.address)
    later.wait_for("hold")
    assert "stay" in [kind for kind, _ in later.log]
    for page in (person, later):
        page.hears("shoulder-down")
        page.wait_for("hold", look="paused")
        assert ("shoulder-down", GERMAN) in page.log
        assert page.page.inner_text("#hold-cue") == GERMAN
        assert page.page.inner_text("#polite") == GERMAN
        assert page.page.get_attribute("#caption", "data-urgent") == "false"
        assert page.page.get_attribute(".shoulder-dot >> nth=0", "data-in") == "false"
    left = person.seconds_left
    assert 15 <= left <= 22

    # The browser's only German voice is somebody's server: the program speaks, and once.
    assert program.aloud.count(GERMAN) == 1
    assert person.spoken == later.spoken == []
    assert person.seconds_left == left

    program.interrupt()
    person.wait_for("ended")
    later.wait_for("ended")
    assert program.ended() == 130
    assert program.complaints == ""
    for page in (person, beside, later):
        page.kept_to(program.address)


@pytest.mark.truth
def test_the_wrong_side_is_told_at_once_and_by_one_page_alone(
    truth_data: Path, start: Start, visit: VisitPage
) -> None:
    clip = truth_data / "synthetic" / "lev_R_wrongside_mei.mp4"
    program = start("coach", clip, "--stretch", "levator-scapulae:right")
    person = visit(program.address)
    person.wait_for("setup")
    other = person.another()
    other.wait_for("setup")
    person.begin()
    person.hears("wrong-side")
    told = "Other side: to the right."
    assert ("wrong-side", told) in person.log
    assert person.page.inner_text("#assertive") == told
    assert person.page.get_attribute("#caption", "data-urgent") == "true"
    person.speaks(told)
    other.hears("wrong-side")
    assert other.spoken == []
    # It could not wait until the instruction had been said.
    assert person.page.evaluate("window.heard.cut") >= 1
    person.wait_for("hold")
    assert person.seconds_left == 30
    assert person.page.get_attribute("#hold-ring .ring-fill", "data-empty") == "true"
    person.page.click("#stop")
    person.page.click("#stop-yes")
    person.wait_for("done")
    assert "0 s of 30 s" in person.page.inner_text("#done-table")
    person.page.click(".done .quit")
    other.wait_for("ended")
    assert program.ended() == 0
    person.kept_to(program.address)
