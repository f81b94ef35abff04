"""What is done is not done again; what is not, is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from landmark_folder import fill, marks

from neckform.core.measure.observation import Observation
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.several import done, same
from neckform.jobs.analyze.several.done import MARK, Found
from neckform.showing.words.telling import use_language
from reports import MISS, OUTCOME, REPORT
from running import Runner

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, seen: Sequence[Observation]) -> Path:
    """Four recordings, three of which are done."""
    fill(tmp_path / "day", seen, 3)
    return tmp_path / "day"


def table(results: Path) -> list[str]:
    return (results / "overview.csv").read_text(encoding="utf-8").splitlines()


def test_what_is_done_is_passed_over_and_still_told(neckform: Runner, folder: Path) -> None:
    first = neckform("analyze", folder, "--out", "o")
    assert first.code == 0
    before, told = marks(Path("o")), table(Path("o"))
    assert set(before) == {"r000", "r001", "r002"}
    again = neckform("analyze", folder, "--out", "o")
    assert (again.code, again.out) == (first.code, first.out)
    assert "3 of 3 were done before" in again.err
    assert (marks(Path("o")), table(Path("o"))) == (before, told)
    assert neckform("analyze", folder, "--out", "o", "--again", "--jobs", "2").code == 0
    after = marks(Path("o"))
    assert all(after[name] > before[name] for name in before)
    assert table(Path("o")) == told


def test_a_new_recording_is_done_alone(
    neckform: Runner, folder: Path, seen: Sequence[Observation]
) -> None:
    neckform("analyze", folder, "--out", "o")
    before = marks(Path("o"))
    fill(folder / "more", seen, 4)[3].rename(folder / "late.nfobs")
    ran = neckform("analyze", folder, "--out", "o")
    assert "3 of 4 were done before" in ran.err
    after = marks(Path("o"))
    assert set(after) - set(before) == {"late"}
    assert {name: after[name] for name in before} == before
    assert len(table(Path("o"))) == 5


def test_a_renamed_recording_is_known_and_its_old_name_is_free(
    neckform: Runner, folder: Path, seen: Sequence[Observation]
) -> None:
    neckform("analyze", folder, "--out", "o")
    before = marks(Path("o"))
    (folder / "r000.nfobs").rename(folder / "visit.nfobs")
    other = fill(folder / "more", seen, 4)[3]
    other.rename(folder / "r000.nfobs")
    ran = neckform("analyze", folder, "--out", "o")
    assert "3 of 4 were done before" in ran.err
    after = marks(Path("o"))
    assert {name: after[name] for name in before} == before, "the results of r000 were taken"
    assert set(after) - set(before) == {"r000-nfobs"}
    rows = dict(row.split(",")[:2] for row in table(Path("o"))[1:])
    assert rows["visit.nfobs"] == "r000/report.json"
    assert rows["r000.nfobs"] == "r000-nfobs/report.json"


def test_other_content_under_the_same_name_and_with_the_same_times_is_done(
    neckform: Runner, folder: Path
) -> None:
    neckform("analyze", folder, "--out", "o")
    before = marks(Path("o"))
    path = folder / "r001.nfobs"
    said = path.stat()
    content = bytearray(path.read_bytes())
    content[-40_000] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(said.st_atime_ns, said.st_mtime_ns))
    ran = neckform("analyze", folder, "--out", "o")
    assert "2 of 3 were done before" in ran.err
    assert {name for name, when in marks(Path("o")).items() if before[name] != when} <= {"r001"}


@pytest.mark.parametrize(
    "change", [("--sample-fps", "9"), ("--mot",), ("--no-html",), ("--lying", "back")]
)
def test_another_choice_does_all_again(
    neckform: Runner, folder: Path, change: tuple[str, ...]
) -> None:
    neckform("analyze", folder, "--out", "o")
    assert "done before" not in neckform("analyze", folder, "--out", "o", *change).err
    assert "3 of 3" in neckform("analyze", folder, "--out", "o", *change).err


def test_what_changes_no_result_does_nothing_again(neckform: Runner, folder: Path) -> None:
    neckform("analyze", folder, "--out", "o")
    ran = neckform("analyze", folder, "--out", "o", "--jobs", "2", "--fail-on", "incomplete")
    assert "3 of 3 were done before" in ran.err
    assert ran.code == 1
    assert "not completed" in ran.out


@pytest.mark.parametrize(
    "damage",
    [
        "gone",
        "short",
        "no mark",
        "torn mark",
        "old mark",
        "huge number",
        "impossible name",
        "no time",
    ],
)
def test_results_that_are_not_whole_are_made_again(
    neckform: Runner, folder: Path, damage: str
) -> None:
    neckform("analyze", folder, "--out", "o")
    result = Path("o/r001")
    mark = result / MARK
    if damage == "gone":
        (result / "report.html").unlink()
    elif damage == "short":
        (result / "frames.csv").write_text("t_s\n", encoding="utf-8")
    elif damage == "no mark":
        mark.unlink()
    elif damage == "torn mark":
        mark.write_bytes(mark.read_bytes()[:-100])
    elif damage == "huge number":
        content = json.loads(mark.read_text())
        content["found"]["outcome"]["reached"][0]["deg"] = 10**400
        mark.write_text(json.dumps(content), encoding="utf-8")
    elif damage == "no time":
        content = json.loads(mark.read_text())
        source = {**content["found"]["source"], "recorded_at": "[]"}
        content["found"]["source"] = source
        mark.write_text(json.dumps(content), encoding="utf-8")
    elif damage == "impossible name":
        content = json.loads(mark.read_text())
        mark.write_text(json.dumps({**content, "files": {"a\0b": 1}}), encoding="utf-8")
    else:
        mark.write_text(json.dumps({**json.loads(mark.read_text()), "more": 1}), encoding="utf-8")
    assert "2 of 3 were done before" in neckform("analyze", folder, "--out", "o").err
    assert (result / "report.html").is_file()
    assert "3 of 3" in neckform("analyze", folder, "--out", "o").err


def test_the_same_recording_of_somebody_else_is_done(neckform: Runner, folder: Path) -> None:
    for name in ("ann", "bob"):
        (folder / name).mkdir()
    (folder / "r000.nfobs").rename(folder / "ann" / "r000.nfobs")
    (folder / "r001.nfobs").rename(folder / "bob" / "r001.nfobs")
    (folder / "r002.nfobs").unlink()
    options = ("--out", "o", "--who-from", "folder")
    assert neckform("analyze", folder, *options).code == 0
    assert "2 of 2 were done before" in neckform("analyze", folder, *options).err
    (folder / "ann" / "r000.nfobs").rename(folder / "bob" / "r000.nfobs")
    assert "1 of 2 were done before" in neckform("analyze", folder, *options).err
    assert json.loads(Path("o/r000-nfobs/report.json").read_text())["source"]["who"] == "bob"


def test_one_recording_by_name_is_always_done(neckform: Runner, folder: Path) -> None:
    neckform("analyze", folder, "--out", "o")
    before = (Path("o/r001") / "report.json").stat().st_mtime_ns
    ran = neckform("analyze", folder / "r001.nfobs", "--out", "o/r001", "--no-history")
    assert (Path("o/r001") / "report.json").stat().st_mtime_ns > before
    assert "done before" not in ran.err
    assert not (Path("o/r001") / MARK).exists(), "the folder holds what another choice made"


def test_a_large_file_that_nobody_touched_is_not_read(
    folder: Path, neckform: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        os.utime(path, (time.time() - 100, time.time() - 100))
    time.sleep(done._SETTLED_S + 0.1)  # the time of the change itself cannot be set back
    neckform("analyze", folder, "--out", "o")
    read: list[Path] = []
    monkeypatch.setattr(done, "content_sum", read.append)
    choices = same.choices_sum(AnalyzeOptions())
    paths = sorted(folder.iterdir())
    assert len(done.find_done(dict.fromkeys(paths, choices), Path("o"))) == 3
    assert read == []


def test_each_option_counts_unless_it_changes_no_result() -> None:
    names = {each.name for each in fields(AnalyzeOptions)}
    assert names >= same.WITHOUT_EFFECT
    other = {
        "stretches": ("upper-trapezius",), "postures": True, "lying": "back", "baseline": "held",
        "turn": "90", "mirrored": True, "person": "left", "sample_fps": 9.0, "annotate": True,
        "html": False, "pictures": True, "mot": True, "trc": True, "parquet": True,
        "csv_for": "excel",
    }  # fmt: skip
    plain = same.choices_sum(AnalyzeOptions())
    sums = [same.choices_sum(AnalyzeOptions(**{name: value})) for name, value in other.items()]
    assert len({plain, *sums}) == len(other) + 1


@pytest.mark.parametrize("name", ["settings", "posture_settings", "face_model", "pose_model"])
def test_of_a_file_its_content_counts_and_not_its_name(tmp_path: Path, name: str) -> None:
    one, two, other = (tmp_path / each for each in ("one", "two", "other"))
    one.write_bytes(b"a")
    two.write_bytes(b"a")
    other.write_bytes(b"b")
    sums = [same.choices_sum(AnalyzeOptions(**{name: path})) for path in (one, two, other)]
    assert sums[0] == sums[1] != sums[2]
    assert sums[0] != same.choices_sum(AnalyzeOptions())


def test_a_mark_holds_all_that_is_said_of_a_result_and_no_face() -> None:
    found = Found(replace(OUTCOME, near_misses=(MISS,)), REPORT.source, dict(REPORT.models))
    text = json.dumps(done._CONVERTER.unstructure(found))
    heard = done._CONVERTER.structure(json.loads(text), Found)
    baseline, before = heard.outcome.baseline, found.outcome.baseline
    assert baseline is not None and before is not None
    assert (baseline.kind, baseline.error, baseline.size) == (
        before.kind,
        before.error,
        before.size,
    )
    assert replace(heard.outcome, baseline=None) == replace(found.outcome, baseline=None)
    assert (heard.source, heard.models) == (found.source, found.models)
    assert not any(place in text for place in ("mesh", 'left_shoulder"', "pose_head"))


def test_a_report_in_another_language_is_another_report() -> None:
    english = same.choices_sum(AnalyzeOptions())
    use_language("de")
    try:
        assert same.choices_sum(AnalyzeOptions()) != english
    finally:
        use_language("en")


def test_every_shipped_file_that_an_angle_follows_from_counts() -> None:
    checkout = Path(__file__).resolve().parents[2]
    beside = {f"{folder}/{name}" for folder, name in same._BESIDE}
    fitted = {f"calibration/{path.name}" for path in (checkout / "calibration").glob("*.json")}
    shipped = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    assert {name for name in fitted if f'"{name}"' in shipped} <= beside
