"""A recording that froze in the middle of a hold is judged up to there, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

import neckform.api

pytestmark = pytest.mark.slow

FROZEN = Path(__file__).parents[1] / "data" / "odd" / "frozen_picture.mp4"


def test_frozen_time_earns_nothing_and_is_said() -> None:
    report = neckform.api.analyze(FROZEN)
    (hold,) = report.holds
    assert (hold.stretch, hold.side, hold.completed) == ("upper-trapezius", "left", False)
    assert hold.held_ms < 8000
    assert report.note is not None
    assert "stood still" in report.note
    assert report.to_dict()["source"]["frozen_s"] > 24
