"""A new user's walk from home and back, by mouse and by the keyboard alone, in each language.

One is part of the check. ``NECKFORM_WALKS=all`` walks them all; with ``NECKFORM_SHOTS=FOLDER``,
each page on the way is kept as a picture to look at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from coach_visit import Visit, VisitPage
from walking import BEYOND, SHOWN, Look, Walk

from coach_program import Program, Start
from made_up import make_checkout
from neckform.jobs.demo.job import CLIP
from neckform.showing.words.catalogue import language_tags

pytestmark = pytest.mark.slow

LAPTOP, TABLET, PHONE = (1366, 768), (820, 1180), (390, 844)
SIZES = ((LAPTOP, False), (PHONE, True), (TABLET, False))
SCHEMES = ("light", "dark")
ALL = [
    (language, size, SCHEMES[(at + way) % 2], keyboard)
    for at, language in enumerate(language_tags())
    for way, (size, keyboard) in enumerate(SIZES)
]
WALKS = ALL if os.environ.get("NECKFORM_WALKS") == "all" else ALL[5:6]
READABLE = re.compile(r"[^\W\d_]{2,}")
SHOTS = os.environ.get("NECKFORM_SHOTS")


@pytest.mark.parametrize(("language", "size", "scheme", "keyboard"), WALKS, ids=str)
def test_from_home_to_a_stretch_a_recording_and_todays_posture(
    tmp_path: Path,
    start: Start,
    visit: VisitPage,
    *,
    language: str,
    size: tuple[int, int],
    scheme: str,
    keyboard: bool,
) -> None:
    program = start("home", CLIP)
    person = visit(program.address, locale=language, size=size)
    person.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    def look(name: str) -> None:
        assert person.page.get_attribute("html", "lang") == language
        if SHOTS is not None:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            way = "keys" if keyboard else "mouse"
            picture = f"{language}-{size[0]}-{scheme}-{way}-{name}.png"
            person.page.screenshot(path=Path(SHOTS) / picture)
        assert person.page.evaluate(BEYOND) == [], name

    walk(person, program, tmp_path, look, keyboard=keyboard)


def test_no_word_of_another_language_is_left_on_the_way(
    tmp_path: Path, start: Start, visit: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a language in which every sentence is marked, all that is shown carries the mark."""
    monkeypatch.setenv("PYTHONPATH", str(make_checkout(tmp_path / "checkout")))
    program = start("home", CLIP)
    person = visit(program.address, locale="tlh")

    def look(name: str) -> None:
        shown = {text for text in person.page.evaluate(SHOWN) if READABLE.search(text)}
        names = {text for text in shown if text.startswith((str(tmp_path), CLIP.name))}
        left = {text.strip() for text in shown - names if "«" not in text}
        assert left <= {"neckform"}, (name, left)

    go = walk(person, program, tmp_path, look)
    for door, room in (("#door-care", "care"), ("#go-settings", "settings")):
        go.go(door, room)
        look(room)
        if room == "care":
            go.go("#go-home", "home")
    go.go("#try-camera", "welcome")
    person.until("document.querySelector('.welcome').dataset.sees === 'seen'")
    look("welcome")
    go.go("#welcome-done", "home")
    go.go("#door-stretch", "setup")
    go.go("#begin", "questions")
    go.questions()
    person.wait_for("show")
    person.press("h")
    person.wait_for("advice")
    person.until("!document.getElementById('advice-pain').hidden")
    look("advice")


def walk(
    person: Visit, program: Program, folder: Path, look: Look, *, keyboard: bool = False
) -> Walk:
    way = Walk(person, CLIP, folder / "results", look, keyboard)
    way.all()
    assert (folder / "results" / CLIP.stem / "report.html").is_file()
    assert program.complaints == ""
    person.kept_to(program.address)
    return way
