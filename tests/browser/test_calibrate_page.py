"""`neckform calibrate` in its page: from the questions to a profile that is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coach_visit import VisitPage

from coach_program import Start

pytestmark = pytest.mark.slow


@pytest.mark.truth
def test_a_range_is_measured_looked_over_and_kept(
    truth_data: Path, start: Start, visit: VisitPage
) -> None:
    clip = truth_data / "synthetic" / "sweep_pitch_tom.mp4"
    program = start("calibrate", clip, "--profile", "desk")
    person = visit(program.address)
    person.answer_no()
    person.wait_for("range")
    assert person.page.inner_text("#range-title") == "Chin down"
    person.until("document.getElementById('range-best').textContent !== '–'")
    person.has_no_fault()
    person.wait_for("review")
    person.has_no_fault()
    # The clip goes 50 degrees down; what was not reached for is not known.
    assert int(person.page.input_value("#review-flexion_deg")) == pytest.approx(50, abs=6)
    assert person.page.input_value("#review-left_rotation_deg") == ""

    person.page.fill("#review-extension_deg", "200")
    person.page.click("#save")
    person.until("document.getElementById('review-problems').textContent.includes('Chin up')")
    assert not kept_ranges(program.data)
    person.page.fill("#review-extension_deg", "33")
    person.page.click("#save")
    person.until("document.getElementById('review-where').dataset.kept === 'true'")
    assert "neckform coach --profile desk" in person.page.inner_text("#review-where")
    person.has_no_fault()
    (kept,) = kept_ranges(program.data)
    assert kept["extension_deg"] == 33
    assert kept["flexion_deg"] == pytest.approx(50, abs=6)
    assert kept["left_rotation_deg"] is None

    person.page.click("#review-close")
    person.wait_for("ended")
    assert program.ended() == 0
    assert program.complaints == ""
    person.kept_to(program.address)


def kept_ranges(data: Path) -> list[dict[str, float | None]]:
    profiles = (data / "profiles").glob("*.json")
    return [json.loads(path.read_text(encoding="utf-8"))["own_range"] for path in profiles]
