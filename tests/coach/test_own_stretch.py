"""A fourth stretch, added by nothing but a settings file, is drawn, said, judged and reported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visit_stage import Visited, kept, visit

from neckform.config.settings import load_settings
from neckform.core.coach.cues import Cue, CueKind
from neckform.core.errors import SettingsError
from neckform.core.types import Exercise
from neckform.jobs.coach.options import CoachOptions
from neckform.showing.words.spoken import stretch_words, words_of
from running import Runner
from scripts import Script, acts, looped

pytestmark = pytest.mark.slow

GUIDE = Path(__file__).parents[2] / "docs" / "stretches.md"
CHIN_TUCK = GUIDE.read_text("utf-8").split("```toml\n")[1].split("```")[0]
"""The stretch that the guide adds for an example: what it says to write is what works."""


@pytest.fixture(scope="module")
def tucked(sitting: Script, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    """A neutral, then the chin goes down, and stays."""
    folder = tmp_path_factory.mktemp("tucked")
    settings = folder / "stretches.toml"
    settings.write_text(CHIN_TUCK, "utf-8")
    script = acts((5.5, sitting), (17, looped(64, 66)), (99, sitting))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NECKFORM_DATA", str(folder / "own"))
        yield visit(
            script,
            exercises=(Exercise("chin-tuck"),),
            hold_s=30.0,
            options=CoachOptions(settings=settings, out=folder / "out"),
        )


def test_it_can_be_chosen(tucked: Visited) -> None:
    stretches = tucked.in_phase("setup")[0]["setup"]["stretches"]
    tuck = next(one for one in stretches if one["id"] == "chin-tuck")
    assert tuck["name"] == "Chin tuck"
    assert tuck["figures"][""]["flexion_deg"] == 28


def test_it_is_drawn_from_its_own_angles(tucked: Visited) -> None:
    exercise = tucked.in_phase("show")[0]["exercise"]
    assert exercise["name"] == "Chin tuck"
    assert exercise["sentence"] == "Draw your chin in, and grow tall."
    assert exercise["feel"] == "You may feel a gentle pull at the back of the neck."
    assert exercise["figure"] == {
        "view": "side", "side": None, "flexion_deg": 28, "rotation_deg": 0, "lateral_deg": 0,
        "label": "Seen from the side: Draw your chin in, and grow tall.", "lang": "en",
        "feel": "nape", "hand": None,
    }  # fmt: skip


def test_it_is_held_for_its_own_time_and_the_others_for_what_was_chosen(tucked: Visited) -> None:
    stretches = tucked.in_phase("setup")[0]["setup"]["stretches"]
    assert {one["id"]: one["hold_s"] for one in stretches} == {
        "cervical-paraspinal": 30, "levator-scapulae": 30, "upper-trapezius": 30, "chin-tuck": 8,
    }  # fmt: skip
    assert {state["hold"]["target_ms"] for state in tucked.in_phase("hold")} == {8000}


def test_it_stands_in_the_history_under_its_name(
    tucked: Visited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Also where no settings know it any more: they were given with --settings."""
    assert tucked.visit.options.settings is not None
    monkeypatch.setenv("NECKFORM_DATA", str(tucked.visit.options.settings.parent / "own"))
    (one,) = kept()
    assert {hold.name for hold in one.holds if hold.stretch == "chin-tuck"} == {"Chin tuck"}
    told = Runner(capfd, monkeypatch)("history")
    assert "Chin tuck" in told.out
    assert "chin-tuck" not in told.out


def test_it_speaks_another_language_where_its_file_does(tmp_path: Path) -> None:
    settings = tmp_path / "stretches.toml"
    settings.write_text(CHIN_TUCK, "utf-8")
    tuck = load_settings(settings).by_id["chin-tuck"]
    assert stretch_words(tuck, "de").name == "Kinn einziehen"
    assert stretch_words(tuck, "de").how_to == tuck.how_to
    assert stretch_words(tuck, "fr").name == "Chin tuck"
    cue = Cue(CueKind.INSTRUCTION, None, "chin-tuck")
    said = {tag: words_of(cue, tag, {tuck.id: tuck}) for tag in ("de", "it")}
    assert said["de"] == "Zieh dein Kinn ein, und werde lang."
    assert said["it"] == "Draw your chin in, and grow tall."


@pytest.mark.parametrize("tag", ["German", "d", "7"])
def test_a_language_that_is_none_is_named(tmp_path: Path, tag: str) -> None:
    settings = tmp_path / "stretches.toml"
    settings.write_text(CHIN_TUCK.replace(".words.de]", f".words.{tag}]"), "utf-8")
    with pytest.raises(SettingsError, match=f"chin-tuck.words.{tag}: must be the tag"):
        load_settings(settings)


def test_its_words_are_said(tucked: Visited) -> None:
    assert "Draw your chin in, and grow tall." in tucked.words


def test_it_is_held_and_reported_by_its_name(tucked: Visited) -> None:
    (exercise,) = tucked.done["exercises"]
    assert (exercise["name"], exercise["completed"]) == ("Chin tuck", True)
    assert exercise["target_ms"] == 8000
    assert "chin-tuck" in {hold.stretch for hold in tucked.holds}
    (page,) = tucked.person.reports
    assert "Chin tuck" in page
