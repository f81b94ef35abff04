"""Home in a real browser: from the page that opens to a report, the timer, a language, and back."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from coach_visit import PATIENCE_MS, Visit, VisitPage
from walking import BEYOND

import clips
from coach_program import Start
from neckform.showing.words.catalogue import language_tags, page_words

pytestmark = pytest.mark.slow

ROOMS = {"watch": "#door-watch", "look": "#door-look", "card": "#door-card", "care": "#door-care"}


IN_ALL_LANGUAGES = """(words) => Object.fromEntries(Object.entries(words).map(([tag, own]) => {
  for (const node of document.querySelectorAll("#controls [data-words^='controls.']"))
    node.textContent = own[node.dataset.words.split(".")[1]];
  return [tag, (BEYOND)()];
}))""".replace("BEYOND", BEYOND)
"""What is beyond its sides while the buttons of a routine have the words of each language."""


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return clips.write_video(tmp_path / "a film of mine.mp4", clips.demo_frames(0, 40))


def go_home(person: Visit) -> None:
    person.page.click("#go-home")
    person.wait_for("home")


def test_each_door_opens_and_leads_back(clip: Path, start: Start, visit: VisitPage) -> None:
    program = start("home", clip)
    person = visit(program.address)
    person.wait_for("home")
    person.has_no_fault()
    assert person.page.inner_text("#sent") == "Bytes sent to other computers: 0"
    for room, door in ROOMS.items():
        person.page.click(door)
        person.wait_for(room)
        person.has_no_fault()
        go_home(person)
    person.page.click("#door-history")
    person.wait_for("reading")
    person.page.click("#reading-back")
    person.wait_for("home")
    for door, phase in (("stretch", "setup"), ("range", "questions")):
        person.page.click(f"#door-{door}")
        person.wait_for(phase)
        go_home(person)

    # With the keyboard alone, too.
    person.tab_to("door-care")
    person.press("Enter")
    person.wait_for("care")
    person.page.fill("#heat-minutes", "2")
    person.page.click("#heat-start")
    person.until("document.getElementById('heat-left').textContent.startsWith('1:')")
    assert person.page.locator("#positions li svg path").count() > 7 * 8
    # On paper: the seven positions, on one page.
    person.page.emulate_media(media="print")
    assert person.page.locator("#positions li:visible").count() == 7
    assert not person.page.locator("#heat-start, #go-home, #sent").filter(visible=True).count()
    paper = person.page.pdf(format="A4")
    assert len(re.findall(rb"/Type */Page\b", paper)) == 1
    person.page.emulate_media(media="screen")
    person.page.click("#heat-stop")
    person.until("document.getElementById('heat-left').textContent === ''")
    # What is kept is deleted here, in two steps.
    person.page.click("#go-settings")
    person.wait_for("settings")
    person.page.focus("#own-volume")
    person.tab_to("Delete my history")
    person.press("Enter", "Tab", "Enter")
    person.until("document.getElementById('forgotten').textContent === 'Nothing is kept.'")
    assert "Delete my history" in person.focus
    person.press("Enter")
    person.has_no_fault()
    go_home(person)
    person.page.click(".phase.home .quit")
    person.wait_for("ended")
    assert program.ended() == 0
    assert program.complaints == ""
    person.kept_to(program.address)


def test_a_dropped_recording_is_looked_at_and_its_copy_deleted(
    tmp_path: Path, clip: Path, start: Start, visit: VisitPage
) -> None:
    program = start("home", clip)
    person = visit(program.address)
    person.open_look(tmp_path / "results")
    person.press("Tab")
    text = tmp_path / "notes.txt"
    text.write_text("no film")
    person.page.set_input_files("#look-files", [text, clip])
    person.until("document.querySelectorAll('#looked [data-state=failed]').length === 1")
    person.until("document.querySelectorAll('#looked [data-state=done]').length === 1")
    said = person.page.inner_text("#looked")
    assert "notes.txt holds no video that can be read" in said
    assert "Ear to shoulder, left: held " in said
    assert (tmp_path / "results" / "a film of mine" / "report.html").is_file()
    assert [path for path in program.data.rglob("*") if path.suffix == ".mp4"] == []
    assert not (program.data / "history.db").exists()

    person.page.click("#looked [data-state=done] button")
    person.wait_for("reading")
    report = person.page.frame_locator("#reading-page")
    assert report.locator("h1").inner_text() == "a film of mine.mp4"
    person.page.click("#reading-back")
    person.wait_for("look")
    person.has_no_fault()

    # A folder that is named, and one that is not there: the line is kind, and nothing ends.
    person.page.fill("#look-path", str(tmp_path / "nothing here"))
    person.press("Enter")
    person.until("document.querySelectorAll('#looked [data-state=failed]').length === 2")
    person.kept_to(program.address)

    # As the page says, it can be closed while the work goes on.
    person.page.set_input_files("#look-files", clip)
    person.until("document.querySelector('#looked [data-state=working]') !== null")
    person.until("document.getElementById('look-leave').textContent.includes('the work goes on')")
    person.page.close()
    report = tmp_path / "results" / "a film of mine-2" / "report.html"
    for _ in range(PATIENCE_MS // 100):
        if report.is_file():
            break
        time.sleep(0.1)
    assert report.is_file()


def test_the_language_is_the_browsers_until_another_is_chosen(
    clip: Path, start: Start, visit: VisitPage
) -> None:
    program = start("home", clip)
    person = visit(program.address, locale="de-CH")
    person.wait_for("home")
    assert person.page.get_attribute("html", "lang") == "de"
    assert person.page.inner_text("#home-title") == "Was braucht dein Nacken?"
    person.page.click("#door-care")
    person.wait_for("care")
    person.page.click("#go-settings")
    person.wait_for("settings")
    person.has_no_fault()
    person.page.select_option("#own-language", "es")
    person.until("document.documentElement.lang === 'es'")
    person.wait_for("settings")
    assert person.page.inner_text("#settings-title") == "Ajustes"
    go_home(person)
    person.page.click("#door-stretch")
    person.wait_for("setup")
    assert person.page.inner_text("#setup-title") == "Tu sesión"
    assert "Oreja al hombro" in person.page.inner_text("#routine")
    person.kept_to(program.address)


@pytest.mark.parametrize("size", [(1366, 768), (820, 1180), (390, 844)], ids=str)
def test_nothing_is_cut_at_any_width(
    clip: Path, start: Start, visit: VisitPage, size: tuple[int, int]
) -> None:
    """In German, whose words are the longest; by the keyboard alone."""
    program = start("home", clip)
    person = visit(program.address, locale="de", size=size)
    person.wait_for("home")
    for room, door in {**ROOMS, "settings": "#go-settings", "welcome": "#try-camera"}.items():
        person.page.focus(door)
        person.press("Enter")
        person.wait_for(room)
        person.has_no_fault()
        assert person.page.evaluate(BEYOND) == [], room
        if room != "settings":
            person.page.focus("#go-home" if room != "welcome" else "#welcome-done")
            person.press("Enter")
            person.wait_for("home")


@pytest.mark.parametrize("size", [(820, 1180), (390, 844)], ids=str)
def test_whoever_it_hurts_finds_the_button_in_each_language(
    clip: Path, start: Start, visit: VisitPage, size: tuple[int, int]
) -> None:
    """The buttons in all languages, on a narrow phone, too."""
    words = {tag: page_words(tag)["controls"] for tag in language_tags()}
    person = visit(start("coach", clip).address, locale="es", size=size)
    person.begin()
    for phase in ("show", "hold"):
        person.wait_for(phase)
        for width, height in (size, (360, 740)):
            person.page.set_viewport_size({"width": width, "height": height})
            found = person.page.evaluate(IN_ALL_LANGUAGES, words)
            assert found == {tag: [] for tag in words}, (phase, width)
