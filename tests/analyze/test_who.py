"""Whose a recording is: each person's own history, and the commands over them."""

import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from histories import entry, full
from neckform.history.entry import Entry
from neckform.history.store import Store
from running import Runner

pytestmark = pytest.mark.slow


def history(folder: Path) -> list[Entry]:
    with Store(folder / "history.db") as store:
        return store.entries()


@pytest.fixture(scope="module")
def seen(short_clip: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The landmarks of the short clip, which take no model to look at again."""
    path = tmp_path_factory.mktemp("seen") / "seen.nfobs"
    from neckform.jobs.analyze.inputs import Job
    from neckform.jobs.analyze.one import analyze_one
    from neckform.jobs.analyze.options import AnalyzeOptions

    analyze_one(
        Job(short_clip, path.parent), AnalyzeOptions(record=path, html=False), stop=lambda: False
    )
    return path.read_bytes()


@pytest.fixture
def recording(seen: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "monday.nfobs"
    path.write_bytes(seen)
    return path


def test_a_named_person_has_an_own_history_and_the_report_says_whose_it_is(
    neckform: Runner, recording: Path, own_data: Path
) -> None:
    ran = neckform("analyze", recording, "--who", "P-017")
    assert (ran.code, ran.err) == (0, "")
    assert "Kept in P-017's history" in ran.out
    assert [path.name for path in own_data.iterdir()] == ["people"]
    assert len(history(own_data / "people" / "P-017")) == 1
    report = json.loads(Path("neckform-out/monday/report.json").read_text(encoding="utf-8"))
    assert report["source"]["who"] == "P-017"
    assert report["source"]["recorded_from"] == "file"
    page = Path("neckform-out/monday/report.html").read_text(encoding="utf-8")
    assert "P-017; recorded on" in page
    assert "None of five done. Next time, Ear to shoulder, left: " in page
    # Another spelling of the name is no other person.
    neckform("analyze", recording, "--who", "p-017")
    assert [path.name for path in (own_data / "people").iterdir()] == ["P-017"]
    assert neckform("history", "--who", "P-018").code == 2


def test_folders_name_people(
    neckform: Runner, recording: Path, own_data: Path, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic"
    for place in ("anna", "ben/2026-11-20", "."):
        folder = clinic / place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{folder.name}.nfobs").write_bytes(recording.read_bytes() + b"")
    ran = neckform("analyze", clinic, "--who-from", "folder", "--no-html")
    assert ran.code == 0
    assert "kept for nobody: clinic.nfobs" in ran.err
    assert sorted(path.name for path in (own_data / "people").iterdir()) == ["anna", "ben"]
    assert "Kept in anna's history" in ran.out
    ran = neckform("analyze", clinic / "anna", "--who-from", "folder", "--no-html")
    assert "Kept in anna's history" in ran.out
    ran = neckform("analyze", clinic, "--who-from", "folder", "--who", "anna")
    assert ran.code == 2


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", " ", "con", "x" * 61, "a\u202eb"])
def test_a_name_that_nobody_can_have_is_refused(
    neckform: Runner, recording: Path, own_data: Path, name: str
) -> None:
    ran = neckform("analyze", recording, "--who", name)
    assert ran.code == 2
    assert len(ran.complaints) <= 2
    assert list(own_data.iterdir()) == []


def kept(own_data: Path, who: str, *days_ago: int) -> Path:
    folder = own_data / "people" / who
    with Store(folder / "history.db") as store:
        for days in days_ago:
            day = datetime.now(UTC).date() - timedelta(days=days)
            store.keep(entry(day, full()))
    return folder


def test_rename_merge_export(neckform: Runner, own_data: Path, tmp_path: Path) -> None:
    assert "begins a history" in " ".join(neckform("people").out.split())
    kept(own_data, "anna", 9, 8)
    kept(own_data, "anne", 1)
    (own_data / "people" / "anne" / "profiles").mkdir()
    (own_data / "people" / "anne" / "profiles" / "me.json").write_text("{}")
    ran = neckform("people")
    assert "anna  2 recordings" in ran.out
    assert "anne  1 recording" in ran.out
    assert "profile me" in ran.out
    assert neckform("people", "rename", "anne", "anna").code == 2
    assert neckform("people", "rename", "anna", "Anna").code == 0
    assert neckform("people", "merge", "anne", "Anna").code == 0
    assert [path.name for path in (own_data / "people").iterdir()] == ["Anna"]
    assert len(history(own_data / "people" / "Anna")) == 3
    assert neckform("people", "export", "Anna", "out.zip").code == 0
    with zipfile.ZipFile("out.zip") as file:
        assert set(file.namelist()) == {"history.json", "history.csv", "profiles/me.json"}
        assert len(json.loads(file.read("history.json"))["recordings"]) == 3
    assert neckform("people", "export", "Anna", "out.txt").code == 2
    assert neckform("people", "merge", "Anna", "Anna").code == 2
    assert neckform("people", "merge", "nobody", "Anna").code == 2


def test_a_merge_overwrites_no_profile(neckform: Runner, own_data: Path) -> None:
    """A third one of a name that stands there twice, as after somebody was merged before."""
    profiles = kept(own_data, "Anna", 9) / "profiles"
    theirs = kept(own_data, "anne", 1) / "profiles"
    for folder, name, text in (
        (profiles, "me.json", "1"), (profiles, "me of anne.json", "2"), (theirs, "me.json", "3"),
    ):  # fmt: skip
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    assert neckform("people", "merge", "anne", "Anna").code == 0
    told = {path.name: path.read_text() for path in profiles.iterdir()}
    assert told == {"me.json": "1", "me of anne.json": "2", "me of anne 2.json": "3"}


@pytest.mark.parametrize("when_s", [86400, 4_400_000_000])
def test_a_file_that_a_wrong_clock_dated_is_exported(
    neckform: Runner, own_data: Path, when_s: int
) -> None:
    """ZIP knows the years 1980 to 2107."""
    profile = kept(own_data, "anna", 1) / "profiles" / "me.json"
    profile.parent.mkdir()
    profile.write_text("{}")
    os.utime(profile, (when_s, when_s))
    assert neckform("people", "export", "anna", "out.zip").code == 0
    with zipfile.ZipFile("out.zip") as file:
        assert file.read("profiles/me.json") == b"{}"


def test_whose_history_is_to_be_deleted_is_said(neckform: Runner, own_data: Path) -> None:
    """Who does as the line says must not delete their own."""
    path = kept(own_data, "anna", 2) / "history.db"
    path.write_bytes(path.read_bytes()[:4096] + bytes(5000))
    ran = neckform("people")
    assert ran.code == 2
    assert "neckform history forget --all, and of a named person with --who NAME" in ran.err
    assert neckform("history", "forget", "--all", "--who", "anna").code == 0
    assert neckform("people").code == 0


@pytest.mark.parametrize("damaged", [False, True])
def test_forgotten_is_gone_from_the_disk(neckform: Runner, own_data: Path, damaged: bool) -> None:
    folder = kept(own_data, "anna", 2)
    kept(own_data, "ben", 2)
    (folder / "profiles").mkdir()
    profile = folder / "profiles" / "me.json"
    profile.write_text('{"secret": 1}')
    link = folder.parent.parent / "copy"
    os.link(profile, link)  # another name of the same bytes shows what became of them
    if damaged:
        path = folder / "history.db"
        path.write_bytes(path.read_bytes()[:4096] + bytes(5000))
    assert neckform("people", "forget", "anna").code == 0
    assert [path.name for path in (own_data / "people").iterdir()] == ["ben"]
    assert not link.read_bytes().strip(b"\0")
    assert len(history(own_data / "people" / "ben")) == 1
    assert neckform("people", "forget", "anna").code == 2
