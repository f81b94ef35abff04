"""Before the first stretch: what must be changed is told, and a restless neutral begins anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pytest
from coach_visit import VisitPage

import clips
from coach_program import Start

pytestmark = pytest.mark.slow


def restless(path: Path) -> Path:
    """An empty room for six seconds, then somebody who rocks the head to and fro."""
    with_nobody = list(clips.demo_frames(0, 6))

    def pictures() -> Iterator[clips.Image]:
        for image in with_nobody:
            room = np.repeat(np.repeat(image[:120, :128], 4, axis=0), 5, axis=1)
            yield np.ascontiguousarray(room)
        # Only the head moves: a picture that rocks as a whole is a camera that does.
        aside = list(clips.demo_frames(3, 4))
        yield from islice(cycle([*aside, *aside[::-1]]), 12 * 15)

    return clips.write_video(path, pictures())


def test_what_must_change_is_told_in_words_and_aloud(
    tmp_path: Path, start: Start, visit: VisitPage
) -> None:
    program = start("calibrate", restless(tmp_path / "restless.mp4"), "--language", "fr")
    person = visit(program.address, voices=False)
    person.answer_no()
    person.hears("come-into-view")
    assert person.phase == "framing"
    assert person.page.get_attribute("html", "lang") == "fr"
    wrong = person.page.locator("#checks [data-check=head] > span:last-child > span:last-child")
    assert wrong.inner_text() == "Placez-vous dans l'image."
    person.has_no_fault()
    person.wait_for("neutral")
    person.until("document.getElementById('neutral-why').textContent !== ''")
    assert person.page.get_attribute("#neutral-why", "lang") is None
    person.has_no_fault()
    assert person.page.locator(".picture-slot canvas").is_visible()
    # It may have to wait for what is being said. No French voice is in the browser, so the
    # program's is used; that is another process, which takes a moment.
    person.hears("keep-still")
    person.comes_true(lambda: "Encore une fois. Ne bougez plus." in program.aloud)
    person.press("Escape")
    person.press("Enter")
    person.wait_for("advice")
    assert person.page.inner_text("#advice-title") == "Aucune position de départ trouvée"
    person.page.click(".advice .quit")
    person.wait_for("ended")
    assert program.ended() == 0
    assert program.complaints == ""
    person.kept_to(program.address)
