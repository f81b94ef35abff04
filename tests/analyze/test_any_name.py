"""Names of any kind: found, told apart, and never able to harm a terminal, a page or a table."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from neckform.core.errors import SettingsError
from neckform.core.plain_text import cell, plain
from neckform.jobs.analyze.inputs import plan
from neckform.jobs.analyze.options import BaselineChoice
from neckform.sensing.sources.recording import open_recording
from neckform.showing.exports.files import json_text
from neckform.showing.exports.for_excel import write_for_excel
from running import Runner

FAULTS = Path(__file__).parents[1] / "data" / "odd_faults"

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs names of bytes")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Übung 1 – links.mp4", "Übung 1 – links.mp4"),
        ("caf\udce9", r"caf\xe9"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nneckform: b", r"a\nneckform: b"),
        ("a\u202egpj", r"a\u202egpj"),
        ("a\u2028b", r"a\u2028b"),
        ("a\x9b31mred", r"a\x9b31mred"),
        ("a\u200bb\u2066c", r"a\u200bb\u2066c"),
        ("a\U000e0041", r"a\U000e0041"),
        ("\u06a9\u200c\u0647", "\u06a9\u200c\u0647"),
    ],
)
def test_text_of_others_is_shown_harmless(text: str, shown: str) -> None:
    assert plain(text) == shown
    shown.encode()
    content = {"name": text}
    written = json_text(content)
    assert json.loads(written) == content
    assert not re.search("[\x7f-\x9f\u200b\u202e\u2028\u2066\udce9\U000e0041]", written)


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-rf", "@SUM(1)", " =1", "\uff1d1", "\ufe62x"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("trap_L") == "trap_L"


def test_results_never_share_a_folder_on_any_file_system(tmp_path: Path) -> None:
    names = ("a.mp4", "A.mov", "a.MKV", "a-mp4.avi", "\u00e9.mp4", "e\u0301.mp4", "...mp4", "..mp4",
             "index.html.mp4", "c:d.mp4", "c?d.mp4")  # fmt: skip
    jobs = plan([Path(name) for name in names], tmp_path)
    outs = [job.out for job in jobs]
    assert len({out.name.casefold() for out in outs}) == len(names)
    assert all(out.parent == tmp_path and out.name not in {".", "..", "index.html"} for out in outs)


def test_a_folder_is_read_as_a_person_sees_it(tmp_path: Path) -> None:
    for name in ("clip.mp4", "._clip.mp4", "a.vob", "b.3g2", "c.MTS", "d.h264", "notes.txt"):
        (tmp_path / name).touch()
    inner = tmp_path / "more"
    inner.mkdir()
    (inner / "e.mov").touch()
    done = inner / "neckform-out" / "e"
    done.mkdir(parents=True)
    for name in ("report.json", "frames.csv", "annotated.mp4"):
        (done / name).touch()
    said: list[str] = []
    found = [job.recording.name for job in plan([tmp_path], None, say=said.append)]
    assert found == ["a.vob", "b.3g2", "c.MTS", "clip.mp4", "d.h264"]
    assert len(said) == 2
    assert "notes.txt" in said[0]
    assert "more" in said[1]
    assert "--recursive" in said[1]
    deeper = [job.recording.name for job in plan([tmp_path], None, recursive=True)]
    assert deeper == [*found, "e.mov"]


def test_an_empty_folder_costs_the_others_nothing(neckform: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "b.mp4").touch()
    ran = neckform("analyze", "empty", "b.mp4")
    assert ran.code == 3
    assert "holds no recording" in ran.err
    assert "b.mp4" in ran.out
    assert (tmp_path / "neckform-out" / "overview.csv").is_file()


@linux
@pytest.mark.parametrize("jobs", [pytest.param("1"), pytest.param("2", marks=pytest.mark.slow)])
def test_hostile_names_are_recordings_like_others(
    neckform: Runner, tmp_path: Path, jobs: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    source = (FAULTS / "recording_flag_without_face.nfobs").read_bytes()
    names = [b"caf\xe9", b"=cmd()", b"\x1b[31mred", b"a\nneckform: b", b"<img src=x>", b"-rf"]
    for name in names:
        (folder / os.fsdecode(name + b".nfobs")).write_bytes(source)
    ran = neckform("analyze", folder, "--jobs", jobs, "--out", "out")
    assert "went wrong" not in ran.out + ran.err
    assert "\x1b[31m" not in ran.out + ran.err
    assert "\nneckform: b" not in ran.out + ran.err
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "<img src=x>" not in page
    with (tmp_path / "out" / "overview.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(names)
    assert not [row for row in rows if row["recording"][0] in "=+-@\x1b"]
    assert r"caf\xe9.nfobs" in [row["recording"] for row in rows]
    for row in rows:
        if row["report_json"]:
            report = json.loads((tmp_path / "out" / row["report_json"]).read_bytes())
            assert report["source"]["path"].encode()
    assert ran.code == max(int(row["exit_code"]) for row in rows)


def test_a_mistake_of_ours_is_one_recordings_line(
    neckform: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that raises what nobody expects, for one of two files."""
    for name in ("a.nfobs", "b.nfobs"):
        (tmp_path / name).write_bytes((FAULTS / "recording_flag_without_face.nfobs").read_bytes())

    def fails(path: Path) -> object:
        if path.name == "a.nfobs":
            raise ZeroDivisionError("by \x1b[31m nothing")
        return open_recording(path)

    monkeypatch.setattr("neckform.sensing.sources.recording.open_recording", fails)
    ran = neckform("analyze", "a.nfobs", "b.nfobs", "--out", "out")
    assert ran.code == 70
    with (tmp_path / "out" / "overview.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[0]["exit_code"] == "70"
    assert "ZeroDivisionError" in rows[0]["note"]
    assert rows[1]["exit_code"] != "70"


@pytest.mark.parametrize(
    ("text", "span_ms"),
    [
        ("0:35-0:36", (35_000, 36_000)),
        ("1:02:03-1:02:04.5", (3_723_000, 3_724_500)),
        ("0,5-1,5", (500, 1500)),
        ("0:05 – 7", (5000, 7000)),
        ("0.5-2", (500, 2000)),
    ],
)
def test_times_are_taken_as_they_are_printed(text: str, span_ms: tuple[int, int]) -> None:
    assert BaselineChoice.parse(text).span_ms == span_ms


@pytest.mark.parametrize("text", ["0:36-0:35", "1:2:3:4-5", "0:35", ":5-6"])
def test_other_times_say_how_to_write_them(text: str) -> None:
    with pytest.raises(SettingsError, match=r"\d-\d"):
        BaselineChoice.parse(text)


def test_a_table_for_excel_has_decimal_commas(tmp_path: Path) -> None:
    table = tmp_path / "frames.csv"
    table.write_text("t_s,state,n\n1.250,a;b,3\n-0.5,1.2.3,\n", encoding="utf-8")
    write_for_excel(table, tmp_path / "x.csv")
    content = (tmp_path / "x.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = content.decode("utf-8-sig").splitlines()
    assert rows == ["t_s;state;n", '1,250;"a;b";3', "-0,5;1.2.3;"]


@linux
def test_links_bring_no_recording_twice_and_none_from_around_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "clinic" / "monday"
    inside.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (
        inside.parent / "a.mp4",
        inside / "b.mp4",
        elsewhere / "c.mp4",
        tmp_path / "d.mp4",
    ):
        path.touch()
    for name, target in {
        "up": "..", "self": ".", "again": "monday", "linked": "../elsewhere", "a2.mp4": "a.mp4",
        "loop.mp4": "loop.mp4",
    }.items():  # fmt: skip
        (inside.parent / name).symlink_to(target)
    said: list[str] = []
    jobs = plan([inside.parent], None, recursive=True, say=said.append)
    assert {job.recording.name for job in jobs} == {"a.mp4", "b.mp4", "c.mp4", "loop.mp4"}
    assert len(jobs) == 4
    assert inside / "b.mp4" in {job.recording for job in jobs}
    assert said == ["left out, the same file by another name: a2.mp4, b.mp4"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "camera.mp4")
    done = subprocess.run(
        [sys.executable, "-m", "neckform", "analyze", "camera.mp4", "--no-history"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        3,
        "neckform: camera.mp4 is not a file; give a video file\n",
    )
