"""One recording, end to end: the packaged clip's first seconds through the real models."""

import csv
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neckform.core.outcome import Coverage, Outcome
from neckform.core.types import Hold
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.showing.exports.report_json import as_json
from running import Runner

pytestmark = pytest.mark.slow


def report(folder: Path) -> dict[str, Any]:
    content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def only_hold(folder: Path) -> dict[str, Any]:
    (hold,) = report(folder)["holds"]
    assert isinstance(hold, dict)
    return hold


def test_report_and_frames(neckform: Runner, short_clip: Path, tmp_path: Path) -> None:
    ran = neckform("analyze", short_clip)
    assert (ran.code, ran.err) == (0, "")
    folder = tmp_path / "neckform-out" / "short"
    assert {item.name for item in folder.iterdir()} == {"report.json", "frames.csv", "report.html"}
    assert str(Path("neckform-out/short/report.json")) in ran.out

    found = report(folder)
    assert found["schema"] == "neckform/report/1"
    assert found["source"]["width"] == 640
    assert found["source"]["frames_read"] == 108
    assert found["models"]["face"]["name"] == "face_landmarker.task"
    assert found["baseline"]["kind"] == "held"
    hold = only_hold(folder)
    assert (hold["stretch"], hold["side"], hold["completed"]) == ("upper-trapezius", "left", False)
    # In form from 3.75 s (the clip's truth) to its end.
    assert hold["start_s"] == pytest.approx(3.75, abs=0.5)
    assert hold["held_s"] == pytest.approx(9 - 3.75, abs=1.0)
    assert hold["ended_by"] == "end"

    with (folder / "frames.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == found["source"]["frames_analyzed"]
    times = [float(row["t_s"]) for row in rows]
    assert times == sorted(set(times))
    assert {row["state"] for row in rows} == {"rest", "holding"}
    assert float(rows[-1]["lateral_deg"]) == pytest.approx(36, abs=6)
    assert float(rows[-1]["held_s"]) == pytest.approx(hold["held_s"])


def test_json_alone(neckform: Runner, short_clip: Path, tmp_path: Path) -> None:
    ran = neckform("analyze", short_clip, "--json", "-")
    assert json.loads(ran.out) == report(tmp_path / "neckform-out" / "short")


def test_a_landmark_recording_gives_the_same_result(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    assert neckform("analyze", short_clip, "--record", "seen.nfobs").code == 0
    assert neckform("analyze", "seen.nfobs", "--out", "again").code == 0
    first = tmp_path / "neckform-out" / "short"
    again = tmp_path / "again"
    for part in ("holds", "baseline", "coverage", "models", "summary"):
        assert report(again)[part] == report(first)[part], part
    for name in ("frames.csv",):
        assert (again / name).read_bytes() == (first / name).read_bytes()
    # Nothing of the recording's name, which may be a person's, is in the landmarks.
    assert b"short" not in (tmp_path / "seen.nfobs").read_bytes()


def test_a_recording_is_never_written_over_itself(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    assert neckform("analyze", short_clip, "--record", "seen.nfobs").code == 0
    before = (tmp_path / "seen.nfobs").read_bytes()
    ran = neckform("analyze", "seen.nfobs", "--record", "seen.nfobs", "--annotate")
    assert ran.code == 2
    assert "--record" in ran.err
    assert "--annotate" in ran.err
    assert (tmp_path / "seen.nfobs").read_bytes() == before


def test_a_profile_is_saved_and_used(neckform: Runner, short_clip: Path, tmp_path: Path) -> None:
    assert neckform("analyze", short_clip, "--save-profile", "me.json").code == 0
    assert neckform("analyze", short_clip, "--baseline", "me.json", "--out", "again").code == 0
    auto, own = only_hold(tmp_path / "neckform-out" / "short"), only_hold(tmp_path / "again")
    assert report(tmp_path / "again")["baseline"]["kind"] == "profile"
    assert own["held_s"] == auto["held_s"]
    assert own["lateral_deg"]["mean"] == pytest.approx(auto["lateral_deg"]["mean"], abs=0.01)


def test_a_named_span_is_the_neutral(neckform: Runner, short_clip: Path, tmp_path: Path) -> None:
    assert neckform("analyze", short_clip, "--baseline", "0.5-2").code == 0
    folder = tmp_path / "neckform-out" / "short"
    baseline = report(folder)["baseline"]
    assert baseline["kind"] == "span"
    assert baseline["start_s"] == pytest.approx(0.5, abs=0.11)
    assert baseline["end_s"] == pytest.approx(2.0, abs=0.11)
    assert only_hold(folder)["side"] == "left"


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (("--stretch", "upper-trapezius:right"), 0),
        (("--stretch", "upper-trapezius:left"), 1),
        ((), 1),
    ],
)
def test_fail_on_incomplete(
    neckform: Runner, short_clip: Path, asked: tuple[str, ...], holds: int
) -> None:
    ran = neckform("analyze", short_clip, *asked, "--fail-on", "incomplete")
    assert ran.code == 1
    assert "not completed: Ear to shoulder, " in ran.err
    assert len(report(Path("neckform-out/short"))["holds"]) == holds


def test_own_settings_make_a_short_hold_complete(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text("[upper-trapezius]\nhold_s = 4\n", encoding="utf-8")
    ran = neckform(
        "analyze", short_clip, "--settings", "mine.toml", "--fail-on", "incomplete",
        "--stretch", "upper-trapezius:left",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert "of 4 s. Done." in ran.out


def test_stopped_in_the_middle_saves_what_was_measured(short_clip: Path, tmp_path: Path) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked >= 75

    options = AnalyzeOptions(annotate=True, record=tmp_path / "seen.nfobs")
    analysis = analyze_one(Job(short_clip, tmp_path / "out"), options, stop=stop)
    assert analysis.exit_code == 130
    assert "interrupted at 7 s" in analysis.notes[-1] or "interrupted at 8 s" in analysis.notes[-1]
    assert analysis.report is not None
    assert as_json(analysis.report) == report(tmp_path / "out")
    assert analysis.report.source.frames_analyzed == 75
    assert {item.name for item in (tmp_path / "out").iterdir()} == {
        "report.json",
        "frames.csv",
        "annotated.mp4",
        "report.html",
        "chapters.vtt",
    }
    (hold,) = analysis.report.holds
    assert 2_000 < hold.held_ms < 5_000


def test_every_asked_side_must_be_completed() -> None:
    from neckform.config.corrections import load_correction
    from neckform.config.settings import load_settings
    from neckform.core.session import SessionSettings
    from neckform.core.types import Angles, Exercise, Side, Stats
    from neckform.jobs.analyze.one import incomplete

    zero = Stats(0, 0, 0)
    left = Hold(
        "upper-trapezius", Side.LEFT, 0, 31_000, 31_000, 30_000, True, "angle", (),
        zero, zero, zero, Angles(0, 0, 0), None, None, None,
    )  # fmt: skip
    outcome = Outcome(None, Coverage(), (left,))
    every = SessionSettings(load_settings(), load_correction())
    assert incomplete(outcome, replace(every, only=(Exercise("upper-trapezius", Side.LEFT),))) == []
    assert incomplete(outcome, every) == []
    both = incomplete(outcome, replace(every, only=(Exercise("upper-trapezius", None),)))
    assert both == ["not completed: Ear to shoulder, right"]
    nothing = incomplete(Outcome(None, Coverage()), every)
    assert nothing == ["not completed: no stretch was tried"]


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is read cannot be taken away")
@pytest.mark.parametrize("wish", ["annotate", "pictures"])
def test_a_recording_that_is_gone_before_its_second_reading_costs_its_pictures_alone(
    short_clip: Path, tmp_path: Path, wish: str
) -> None:
    """A stick is pulled out once the models have seen it all, but nothing is drawn yet."""
    stick = tmp_path / "stick.mp4"
    shutil.copy(short_clip, stick)

    def pull(share: float) -> None:
        if share > 0.5:
            stick.unlink(missing_ok=True)

    options = AnalyzeOptions(history=False, **{wish: True})
    found = analyze_one(Job(stick, tmp_path / "out"), options, stop=lambda: False, advance=pull)
    assert found.exit_code == 3
    assert found.notes == (
        f"stick.mp4 could not be read a second time, for its pictures ({stick} does not exist; "
        "check the name); what was measured is kept",
    )
    assert only_hold(tmp_path / "out")["stretch"] == "upper-trapezius"
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert ("annotated.mp4" in page) == (tmp_path / "out" / "annotated.mp4").exists()
