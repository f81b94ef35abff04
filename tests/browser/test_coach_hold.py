"""A whole hold before the real program: counted, reloaded, reported, as an analysis would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coach_visit import VisitPage

import neckform
from coach_program import Start

pytestmark = pytest.mark.slow

Report = dict[str, Any]


@pytest.mark.truth
def test_a_hold_goes_on_through_a_reload_and_is_reported_as_an_analysis_would(
    truth_data: Path, tmp_path: Path, start: Start, visit: VisitPage
) -> None:
    clip = truth_data / "synthetic" / "trap_L_correct_anna.mp4"
    out = tmp_path / "out"
    program = start("coach", clip, "--stretch", "upper-trapezius:left", "--out", out)
    person = visit(program.address)
    person.begin()
    person.wait_for("hold", holdState="holding")
    person.hears("stay")
    began_at = person.seconds_left
    person.until(f"Number(document.body.dataset.secondsLeft) <= {began_at - 3}")
    filled = (
        "Number(document.querySelector('#hold-ring .ring-fill').getAttribute('stroke-dashoffset'))"
    )
    before = person.page.evaluate(filled)
    person.speaks("Stay.")
    assert person.tones >= 2

    # The session does not notice; what was said stays said.
    left, said = person.seconds_left, person.numbered_log[-1][0]
    person.page.reload()
    person.wait_for("hold", holdState="holding")
    assert person.seconds_left <= left
    assert person.page.evaluate(filled) <= before
    assert "stay" in [kind for kind, _ in person.log]
    person.press("Shift")
    person.until("document.getElementById('sound-hint').hidden")
    person.has_no_fault()
    person.hears("ten")
    person.speaks("Ten.")
    assert person.spoken == [text for number, _, text in person.numbered_log if number > said]
    assert "Ten." in person.page.inner_text("#polite")

    person.wait_for("done")
    assert person.tones >= 4
    assert person.page.locator("#done-report").is_hidden()
    assert "counted until you let go" in person.page.inner_text("#done-kept")
    person.until("!document.getElementById('done-report').hidden")
    assert person.page.inner_text("#done-title") == "Done for today"
    assert "30 s of 30 s" in person.page.inner_text("#done-table")
    assert person.page.get_attribute("#done-report", "href") == "report.html"
    with person.page.context.expect_page() as opening:
        person.page.click("#done-report")
    report_page = opening.value
    assert report_page.url == f"{person.page.url}report.html"
    assert report_page.locator("article.card .badge").inner_text() == "Done"
    person.page.click(".done .quit")
    person.wait_for("ended")
    assert program.ended() == 0
    person.kept_to(program.address)

    coached = json.loads((out / "report.json").read_text(encoding="utf-8"))["holds"]
    analysed = neckform.analyze(clip, sample_fps=15, postures=False).to_dict()["holds"]
    assert [what(hold) for hold in coached] == [what(hold) for hold in analysed]
    assert len(coached) == 1
    for one, other in zip(coached, analysed, strict=True):
        for name in ("start_s", "end_s", "held_s"):
            assert one[name] == pytest.approx(other[name], abs=0.5), name


def what(hold: Report) -> tuple[Any, ...]:
    return tuple(hold[name] for name in ("stretch", "side", "completed", "ended_by"))
