"""Two people in view: who was judged is said, and the other can be chosen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import neckform.api
from neckform.core.errors import SettingsError, ViewError
from running import Runner

pytestmark = pytest.mark.slow

ALIKE = Path(__file__).parents[1] / "data" / "odd" / "two_people_alike.mp4"
"""Two people, equally near; the left one stretches."""


@pytest.mark.parametrize(("person", "number"), [("left", 1), ("2", 2)])
def test_who_is_asked_for_is_judged(person: str, number: int) -> None:
    report = neckform.api.analyze(ALIKE, person=person)
    source = report.to_dict()["source"]
    assert (source["people"], source["person"]) == (2, number)
    assert report.note is not None
    assert f"on the {'left' if number == 1 else 'right'} of the picture" in report.note
    assert "--person" not in report.note
    if number == 1:
        (hold,) = report.holds
        assert (hold.stretch, hold.side, hold.completed) == ("upper-trapezius", "left", True)
        assert 33_000 < hold.held_ms < 35_000
    else:
        assert not report.holds


def test_it_is_said_and_the_landmarks_keep_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    run = Runner(capfd, monkeypatch)
    ran = run("analyze", ALIKE, "--record", tmp_path / "a.nfobs", "--out", "first")
    assert ran.code == 0
    assert "2 people are in view" in ran.err
    assert "--person chooses another" in ran.err
    again = run("analyze", tmp_path / "a.nfobs", "--out", "again")
    assert again.code == 0
    first, second = (
        json.loads((tmp_path / name / "report.json").read_text())["source"]
        for name in ("first", "again")
    )
    assert (first["people"], first["person"]) == (second["people"], second["person"])
    chosen = run("analyze", tmp_path / "a.nfobs", "--person", "left")
    assert chosen.code == 2
    assert "analyse its video" in chosen.err


def test_who_is_not_there_and_what_is_no_place() -> None:
    with pytest.raises(ViewError, match="not more than 2 people are in view"):
        neckform.api.analyze(ALIKE, person="3")
    with pytest.raises(SettingsError, match="neither left"):
        neckform.api.analyze(ALIKE, person="nearest")
