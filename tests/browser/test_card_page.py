"""A card from its making in the page to the therapist who opens what came of it."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from coach_visit import Visit, VisitPage

import clips
from coach_program import Program, Start
from neckform.config.card import read_card
from neckform.config.settings import load_settings
from neckform.core.prescription import CardLine
from neckform.core.types import Side
from neckform.showing.exports.parcel import read_parcel

pytestmark = pytest.mark.slow


DRAWN = "canvas => canvas.toDataURL()"
DROPPED = """([content, name]) => {
  const taken = new DataTransfer();
  taken.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name));
  return taken;
}"""


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Ten seconds: a neutral, long enough for a busy machine, and a left stretch of six."""
    still = list(clips.demo_frames(0, 2))
    frames = [*still, *still[::-1], *clips.demo_frames(5, 11), *still]
    return clips.write_video(tmp_path / "Anna Muster at home.mp4", frames)


def opened(parcel: Path, data: Path) -> subprocess.CompletedProcess[str]:
    """What the therapist's own neckform says, in a folder of its own."""
    command = [sys.executable, "-m", "neckform", "open", str(parcel), "--no-browser"]
    own = os.environ | {"NECKFORM_DATA": str(data)}
    return subprocess.run(
        [*command, "--out", str(data / "seen")],
        env=own, capture_output=True, text=True, check=False,
    )  # fmt: skip


def saved(person: Visit, link: str, path: Path) -> Path:
    with person.page.expect_download() as download:
        person.page.click(link)
    download.value.save_as(path)
    return path


def drop(person: Visit, path: Path) -> None:
    """Let go of a file over the place for recordings."""
    content = base64.b64encode(path.read_bytes()).decode()
    taken = person.page.evaluate_handle(DROPPED, [content, path.name])
    person.page.dispatch_event("#drop", "drop", {"dataTransfer": taken})


def make_card(person: Visit) -> None:
    """One stretch to one side, five seconds, on Mondays."""
    page = person.page
    page.click("#door-card")
    person.wait_for("card")
    page.check("#card-upper-trapezius")
    page.uncheck("#card-upper-trapezius-right")
    page.fill("#card-upper-trapezius-hold_s", "5")
    page.fill("#card-upper-trapezius-to_deg", "12")
    page.fill("#card-upper-trapezius-words", "Let the shoulder hang.")
    page.check("#card-day-monday")
    page.fill("#card-who", "Anna Muster")
    person.press("Tab")
    person.until("document.getElementById('card-summary').textContent.includes('Anna Muster')")


def test_from_the_card_to_the_therapist(
    clip: Path, tmp_path: Path, start: Start, visit: VisitPage
) -> None:
    program: Program = start("home", clip)
    person = visit(program.address)
    person.wait_for("home")
    make_card(person)
    said = person.page.inner_text("#card-summary")
    assert "Ear to shoulder, left: once 5 s, to 12°" in said
    assert "Monday." in said
    assert person.page.locator("#card-code svg").is_visible()
    person.has_no_fault()

    # What is saved is a card that the command line reads, and the page opens again.
    card = saved(person, "#card-save", tmp_path / "card.toml")
    read = read_card(card, load_settings().stretches)
    line = CardLine("upper-trapezius", (Side.LEFT,), 5.0, 1, 12.0, "Let the shoulder hang.")
    assert (read.lines, read.days, read.who) == ((line,), ("monday",), "Anna Muster")
    person.page.click("#card-empty")
    person.until("document.getElementById('card-says').hidden")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(card.read_text("utf-8").replace("hold_s = 5", "hold_s = 1"), "utf-8")
    person.page.set_input_files("#card-file", wrong)
    person.until("document.getElementById('card-problems').textContent.includes('from 3 to 600')")
    person.page.set_input_files("#card-file", card)
    person.until("!document.getElementById('card-says').hidden")
    assert person.page.input_value("#card-upper-trapezius-to_deg") == "12"
    assert not person.page.is_checked("#card-upper-trapezius-right")

    # It is coached as it says, and what comes of it goes to the therapist.
    person.page.click("#card-stretch")
    person.wait_for("setup")
    assert "once 5 s, to 12°" in person.page.inner_text("#setup-card-summary")
    assert person.page.locator("#routine li").count() == 1
    person.has_no_fault()
    person.begin()
    person.wait_for("done")
    person.until("!document.getElementById('share').hidden")
    assert "5 s of 5 s" in person.page.inner_text("#done-table")
    person.page.click("#share summary")
    person.page.fill("#share-words", "It pulls on the right.")
    person.page.click("#share-make")
    person.until("!document.getElementById('share-file').hidden")
    person.has_no_fault()
    sent = saved(person, "#share-file", tmp_path / "shared.nfshare")
    person.kept_to(program.address)
    with zipfile.ZipFile(sent) as file:
        whole = sent.read_bytes() + b"".join(file.read(name) for name in file.namelist())
    for private in (b"Anna", b"Muster", b"at home", str(tmp_path).encode(), b"JFIF", b"ftyp"):
        assert private not in whole

    # Of an earlier day that was kept, beside the history.
    (program.data / "routines").mkdir()
    shutil.copy(sent, program.data / "routines" / "2026-11-20 09.30.00.nfshare")
    person.page.click("#go-home")
    person.wait_for("home")
    person.page.click("#door-history")
    person.wait_for("reading")
    person.page.click("#earlier summary")
    assert "20 November 2026, 09:30" in person.page.inner_text("#earlier-routine")
    person.page.fill("#earlier-who", "P-9")
    person.page.click("#earlier-make")
    person.until("!document.getElementById('earlier-file').hidden")
    person.has_no_fault()
    earlier = read_parcel(saved(person, "#earlier-file", tmp_path / "earlier.nfshare"))
    assert (earlier.letter.who, earlier.letter.words) == ("P-9", None)
    assert earlier.landmarks == read_parcel(sent).landmarks
    person.kept_to(program.address)

    ran = opened(sent, tmp_path / "therapist")
    assert ran.returncode == 0, ran.stderr
    for part in ("It pulls on the right.", "Ear to shoulder, left", "once 5 s, to 12°"):
        assert part in ran.stdout
    assert "The sender's neckform came to the same." in ran.stdout

    # So does the therapist's page, on which it is dropped; and nothing is kept of it.
    therapist = start("home", clip)
    person = visit(therapist.address)
    person.open_look(tmp_path / "opened")
    person.page.click("#look-keeps")  # it is shown as on once the program has heard of it
    person.until("document.getElementById('look-keeps').checked")
    drop(person, sent)
    person.until("document.querySelectorAll('#looked [data-state=done]').length === 1")
    row = person.page.inner_text("#looked")
    for part in (
        "It pulls on the right.",
        "s of 5 s. Done.",
        "The sender's neckform came to the same.",
    ):
        assert part in row
    assert not (therapist.data / "history.db").exists()
    assert list(therapist.data.rglob("*.nfshare")) == []
    person.page.click("#looked [data-state=done] button")
    person.wait_for("reading")
    report = person.page.frame_locator("#reading-page")
    assert report.locator("h1").inner_text() == "shared.nfshare"
    assert "It pulls on the right." in report.locator("#sent").inner_text()
    drawn = report.locator("#sent-figure canvas")
    before = drawn.evaluate(DRAWN)
    report.locator("#sent-figure button").click()
    person.comes_true(lambda: drawn.evaluate(DRAWN) != before)
    person.kept_to(therapist.address)
    changed = bytearray(sent.read_bytes())
    changed[-100] ^= 1
    sent.write_bytes(changed)
    ran = opened(sent, tmp_path / "therapist")
    assert ran.returncode == 3
    assert "changed or damaged on its way" in ran.stderr


def test_a_card_is_brought_to_the_coach_and_put_away(
    clip: Path, tmp_path: Path, start: Start, visit: VisitPage
) -> None:
    card = tmp_path / "card.toml"
    card.write_text('schema = "neckform/card/1"\n[[stretch]]\nid = "upper-trapezius"\n', "utf-8")
    person = visit(start("coach", clip).address)
    person.wait_for("setup")
    before = person.page.inner_text("#routine")
    person.page.set_input_files("#setup-card-file", card)
    person.until("document.querySelectorAll('#routine li').length === 2")
    assert person.page.locator("#hold_s").is_hidden()
    card.write_text("no card", "utf-8")
    person.page.set_input_files("#setup-card-file", card)
    person.until("document.querySelectorAll('#setup-card-problems li').length === 1")
    assert person.page.inner_text("#routine") == before
    card.write_bytes(b"x" * 60_000)
    person.page.set_input_files("#setup-card-file", card)
    person.until("document.getElementById('setup-card-problems').textContent.includes('too large')")
    assert person.page.locator("#setup-card-away").is_hidden()
