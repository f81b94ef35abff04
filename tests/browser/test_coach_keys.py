"""One visit with the keyboard alone: everything can be reached, and axe looks at each phase."""

from __future__ import annotations

from pathlib import Path

import pytest
from coach_visit import Visit, VisitPage

from coach_program import Program, Start
from neckform.history.store import Store
from neckform.jobs.demo.job import CLIP

pytestmark = pytest.mark.slow


BELOW = """
(what) => document.querySelector(what).getBoundingClientRect().bottom
  - document.getElementById("main").getBoundingClientRect().bottom
"""
"""Pixels that a part goes on below the edge of what is seen."""


def answer_yes_once(person: Visit) -> None:
    """Yes to the first question, no to the others, each by its letter; and no pain."""
    person.wait_for("questions")
    person.page.locator("#questions input").first.focus()
    person.press("y", "n", "n", "n", "n", "n", "0")
    assert person.focus == "answered"
    person.press("Enter")


def answer_no(person: Visit) -> None:
    person.wait_for("questions")
    person.tab_to("all-no")
    person.press("Enter")
    assert person.focus == "answered"
    person.press("Enter")


def held_s(program: Program) -> list[float]:
    """The longest hold of each routine in the history."""
    with Store(program.data / "history.db") as store:
        return [max(hold.held_s for hold in entry.holds) for entry in store.entries()]


def test_a_visit_by_the_keyboard_alone(start: Start, visit: VisitPage) -> None:
    arguments = ("--stretch", "upper-trapezius", "--hold", "5", "--history")
    program = start("coach", CLIP, *arguments)
    person = visit(program.address)
    person.wait_for("setup")
    person.has_no_fault()
    person.tab_to("rest_s")
    person.press("Control+A", "4", "5")
    person.tab_to("begin")
    person.press("Enter")
    person.wait_for("questions")
    person.has_no_fault()

    # Any yes: kind advice, and nobody is looked at.
    answer_yes_once(person)
    person.wait_for("advice")
    assert "physiotherapist" in person.page.inner_text("#advice-lines")
    person.has_no_fault()
    assert not program.sees
    assert not person.page.locator(".picture-slot canvas").is_visible()
    person.tab_to("Back to the start")
    person.press("Enter")
    person.wait_for("setup")
    assert person.page.input_value("#rest_s") == "45"
    person.press("Enter")

    answer_no(person)
    person.wait_for("show")
    assert program.sees
    person.press("Space")
    person.wait_for("show", paused="person")
    person.has_no_fault()
    person.press("Space")
    person.wait_for("hold", holdState="holding")
    person.press("m")
    person.wait_for("hold", muted="true")
    person.press("m")
    person.wait_for("hold", muted="false")
    person.press("Space")
    person.wait_for("hold", paused="person")
    person.has_no_fault()
    person.press("Space")
    person.wait_for("rest")
    person.has_no_fault()
    assert "Swap sides" in person.page.inner_text(".rest h1")
    person.press("s")
    person.wait_for("show")
    assert "right" in person.page.inner_text("#show-to")

    # Stop asks once, and can be taken back.
    person.press("Escape")
    assert person.focus == "stop-yes"
    person.tab_to("stop-no")
    person.press("Enter")
    assert person.page.locator("#ask").is_hidden()
    assert person.phase in ("show", "hold")
    person.press("Escape")
    person.has_no_fault()
    person.press("Enter")
    person.wait_for("done")
    person.until("!document.getElementById('done-report').hidden")
    person.has_no_fault()
    figures = person.page.locator("#done-figures li")
    assert figures.evaluate_all("all => all.map((it) => it.dataset.completed)") == ["true", "false"]
    assert figures.locator(".tick").count() == 1
    with person.page.expect_download() as saved:
        person.page.click("#done-reminder")
    assert saved.value.suggested_filename == "neckform.ics"
    assert b"RRULE:FREQ=DAILY\r\n" in Path(saved.value.path()).read_bytes()
    rows = person.page.locator("#done-table tbody tr")
    assert "5 s of 5 s" in rows.nth(0).inner_text()
    assert "Not to the end" in rows.nth(1).inner_text()
    assert "Kept in your history" in person.page.inner_text("#done-kept")
    (first,) = held_s(program)
    assert first >= 5

    # It hurts more than before: whom to see is in view at once,
    # and nothing is due tomorrow.
    assert person.page.locator("#done-tomorrow").inner_text().startswith("Tomorrow")
    person.page.click('#done-pain [data-pain="5"]')
    person.until("document.querySelector('#done-pain .pain-lines').dataset.worse === 'true'")
    assert person.page.evaluate(BELOW, "#done-pain .pain-lines") <= 1
    assert person.page.locator("#done-helps .heat-start").is_visible()
    assert person.page.inner_text("#done-tomorrow") == ""
    assert person.page.locator("#done-reminder").is_hidden()
    person.has_no_fault()

    # Again; and this time it hurts.
    person.tab_to("Again")
    person.press("Enter")
    person.wait_for("setup")
    person.tab_to("hold_s")
    person.press("Control+A", "3", "0", "Tab")
    person.tab_to("begin")
    person.press("Enter")
    answer_no(person)
    person.wait_for("hold", holdState="holding")
    person.until("document.body.dataset.secondsLeft <= 26")
    person.press("h")
    person.wait_for("advice")
    person.has_no_fault()
    assert person.page.inner_text("#advice-title").startswith("Stop.")
    assert person.log[-1][0] == "stopped"
    assert person.spoken[-1] == person.log[-1][1]
    assert person.page.get_attribute(".picture-slot .picture", "data-picture") == "no"
    first, second = held_s(program)
    assert min(first, second) >= 3
    person.tab_to("2")
    person.press("Enter")
    person.until("document.querySelector('#advice-pain .pain-lines').dataset.worse === 'true'")
    assert "physiotherapist" in person.page.inner_text("#advice-pain")
    person.has_no_fault()

    person.tab_to("Close neckform")
    person.press("Enter")
    person.wait_for("ended")
    person.has_no_fault()
    assert program.ended() == 0
    assert program.complaints == ""
    person.kept_to(program.address)
