"""Files of every kind that a person brings to the page, a change of mind, and a closed tab."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from coach_visit import Visit, VisitPage
from playwright.sync_api import Dialog, Route

import clips
from coach_program import Program, Start

pytestmark = pytest.mark.slow

PROGRESS = "document.querySelector('#looked [data-state=STATE] progress').value"


def drop(person: Visit, *paths: Path, on: str = "#drop") -> None:
    """Drop files and folders into the page, as a desktop does."""
    place = person.page.locator(on)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    at = {"x": box["x"] + 20, "y": box["y"] + 20}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = person.page.context.new_cdp_session(person.page)
    for what in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": what, **at, "data": data})
    session.detach()


def rows(person: Visit, state: str, number: int) -> list[str]:
    """What stands in the rows with a state, once there are so many."""
    found = f"document.querySelectorAll('#looked [data-state={state}]')"
    person.until(f"{found}.length === {number}")
    return list(person.page.evaluate(f"[...{found}].map((it) => it.innerText)"))


def press_while_it_goes_on(person: Visit, state: str, goes_on: Route | None = None) -> None:
    """Press a row's button as a person does: not in the same instant as letting it go."""
    button = person.page.locator(f"#looked [data-state={state}] button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    share = PROGRESS.replace("STATE", state)
    before = person.page.evaluate(share)
    person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    person.page.mouse.down()
    if goes_on is not None:
        goes_on.continue_()
    person.until(f"{share} > {before}")
    person.page.mouse.up()


def copies(program: Program) -> list[Path]:
    return [path for path in program.data.glob("taken-in-*/*") if path.suffix != ".lock"]


def test_files_of_every_kind_a_change_of_mind_and_a_closed_tab(
    tmp_path: Path, start: Start, visit: VisitPage
) -> None:
    film = clips.write_video(tmp_path / "Übung im März.mp4", clips.demo_frames(0, 12))
    program = start("home", film)
    person = visit(program.address)
    person.open_look(tmp_path / "results")
    person.press("Tab")

    folder = tmp_path / "Ferien & so"
    (folder / "deeper").mkdir(parents=True)
    shutil.copy(film, folder / "Ma vidéo 100%.mp4")
    for name in ("notes.txt", ".hidden"):
        (folder / name).write_text("no film")
    empty, text, hollow = tmp_path / "empty.mp4", tmp_path / "notes.txt", tmp_path / "hollow"
    empty.touch()
    text.write_text("no film")
    hollow.mkdir()
    drop(person, folder, empty, text, film, hollow)
    done = rows(person, "done", 2)
    assert [row.split("\n")[0] for row in done] == ["Ma vidéo 100%.mp4", film.name]
    for name in (film.stem, "Ma vidéo 100%"):
        assert (tmp_path / "results" / name / "report.html").is_file()
    said = " ".join(rows(person, "failed", 3))
    assert "empty.mp4 is empty" in said
    assert "notes.txt holds no video that can be read" in said
    assert "No recording lies in this folder itself." in said
    (left_out,) = rows(person, "noted", 1)
    assert "2 other things in it are left out" in left_out
    assert copies(program) == []

    # Changes of mind: while a file is taken in, and while it is looked at.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    person.page.route("**/upload/**", hold)
    large = tmp_path / "large.mp4"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024)
    drop(person, large)
    person.comes_true(lambda: len(held) == 1)
    held.pop().continue_()
    person.comes_true(lambda: len(held) == 1)
    assert len(copies(program)) == 1
    press_while_it_goes_on(person, "coming", held.pop())
    person.comes_true(lambda: len(held) == 1)
    held.pop().continue_()
    person.comes_true(lambda: copies(program) == [])
    assert rows(person, "coming", 0) == []

    # A file that goes away before it is taken in.
    gone = tmp_path / "gone.mp4"
    shutil.copy(film, gone)
    drop(person, gone, on="#look-title")  # beside the place for it, in its room
    person.comes_true(lambda: len(held) == 1)
    gone.unlink()
    held.pop().abort()
    assert "It cannot be read." in " ".join(rows(person, "failed", 4))

    # A film arrives while its person is elsewhere already.
    longer = clips.write_video(tmp_path / "longer.mp4", clips.demo_frames(0, 60))
    drop(person, longer)
    person.comes_true(lambda: len(held) == 1)
    person.page.click("#go-home")
    person.wait_for("home")
    person.page.click("#door-stretch")
    person.wait_for("setup")
    held.pop().continue_()
    person.comes_true(lambda: copies(program) != [])
    person.page.click("#go-home")
    person.wait_for("home")
    person.page.click("#door-look")
    rows(person, "working", 1)
    press_while_it_goes_on(person, "working")
    rows(person, "cancelled", 1)
    person.comes_true(lambda: copies(program) == [])

    # As the page says, it is to be kept open; whoever closes it all the same leaves nothing.
    drop(person, large)
    person.comes_true(lambda: len(held) == 1)
    held.pop().continue_()
    person.comes_true(lambda: len(held) == 1)
    person.until("document.getElementById('look-leave').textContent.startsWith('Keep this page')")
    asked: list[Dialog] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog)
        dialog.accept()

    person.page.on("dialog", leave)
    again = person.another()
    assert len(copies(program)) == 1
    person.page.close(run_before_unload=True)
    again.comes_true(lambda: asked != [])
    assert asked[0].type == "beforeunload"
    again.comes_true(lambda: copies(program) == [])
    again.wait_for("look")
    rows(again, "done", 2)
    assert rows(again, "coming", 0) == []
    assert "deleted as soon as it was looked at" in again.page.inner_text("#look-leave")
    assert program.complaints == ""
    # The browser itself notes the piece that was stopped above.
    again.complaints[:] = [one for one in again.complaints if "ERR_FAILED" not in one]
    again.kept_to(program.address)
