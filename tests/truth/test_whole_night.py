"""A made-up night of half an hour: the right minutes in each position, and a page that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from night import analyse, make_night

pytestmark = [pytest.mark.truth, pytest.mark.slow]


def test_the_minutes_in_each_position(tmp_path: Path) -> None:
    true = make_night(tmp_path / "night.mp4", 1700)
    found, _, _, _ = analyse(tmp_path / "night.mp4", tmp_path / "out")
    # A look a second on 100 seconds of an empty bed is good to 3 %; a night has more of it.
    assert found == {
        name: pytest.approx(spent, rel=0.02, abs=3) for name, spent in true.items() if spent
    }
    page = (tmp_path / "out" / "night.html").read_text(encoding="utf-8")
    assert "On the right side" in page
    assert page.count("<rect") >= 5
    assert "http" not in page.split("<body>")[1]
