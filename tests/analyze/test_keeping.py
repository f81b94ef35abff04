"""What an analysis keeps in the person's own history, and what it says about that."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import clips
from histories import entry
from neckform.history.entry import Entry, KeptReach
from neckform.history.store import Store
from running import Runner

pytestmark = pytest.mark.slow


def history(folder: Path) -> list[Entry]:
    path = folder / "history.db"
    if not path.exists():
        return []
    with Store(path) as store:
        return store.entries()


def today() -> date:
    return datetime.now(UTC).astimezone().date()


@pytest.fixture
def clip(short_clip: Path, tmp_path: Path) -> Path:
    """The short clip, made five days ago under somebody's name."""
    path = tmp_path / "Anna Somebody.mp4"
    path.write_bytes(short_clip.read_bytes())
    when = (datetime.now(UTC) - timedelta(days=5)).timestamp()
    os.utime(path, (when, when))
    return path


def test_a_recording_of_nobody_is_kept_nowhere_and_that_is_said(
    neckform: Runner, clip: Path, own_data: Path
) -> None:
    ran = neckform("analyze", clip)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1].startswith("Kept in no history: --who NAME")
    assert list(own_data.iterdir()) == []


def test_an_own_recording_is_kept_on_its_day_and_that_is_said(
    neckform: Runner, clip: Path, own_data: Path
) -> None:
    ran = neckform("analyze", clip, "--history")
    assert (ran.code, ran.err) == (0, "")
    said = ran.out.splitlines()[-1]
    assert said.startswith("Kept in your history for ")
    assert str(own_data / "history.db") in said
    assert "--no-history" in said
    (kept,) = history(own_data)
    assert kept.day == today() - timedelta(days=5)
    (hold,) = kept.holds
    assert (hold.exercise, hold.completed) == (("upper-trapezius", "left"), False)
    assert hold.angle_deg == pytest.approx(34, abs=4)
    assert [reach.direction for reach in kept.reached if reach.reached_deg > 20] == ["left_lateral"]
    # Nothing in it tells whose it is.
    assert b"Anna" not in (own_data / "history.db").read_bytes()


def test_the_same_recording_counts_once_under_any_name_and_as_landmarks(
    neckform: Runner, clip: Path, own_data: Path, tmp_path: Path
) -> None:
    assert neckform("analyze", clip, "--record", "seen.nfobs", "--history").code == 0
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(clip.read_bytes())
    for again in (copy, tmp_path / "seen.nfobs"):
        ran = neckform("analyze", again, "--out", "again")
        assert ran.code == 0
        assert "counts once" in ran.out
    (kept,) = history(own_data)
    assert kept.day == today() - timedelta(days=5)
    assert len(kept.holds) == 1


def test_a_narrower_look_takes_nothing_away(
    neckform: Runner, clip: Path, own_data: Path, tmp_path: Path
) -> None:
    assert neckform("analyze", clip, "--history").code == 0
    whole = history(own_data)[0].holds
    assert neckform("analyze", clip, "--stretch", "levator-scapulae").code == 0
    assert neckform("analyze", clip, "--postures").code == 0
    assert history(own_data)[0].holds == whole
    # But what was looked for anew, and not found, is gone.
    far = "[upper-trapezius.main]\nlateral = { enter_deg = 60, target_deg = 60 }\n"
    (tmp_path / "far.toml").write_text(far, encoding="utf-8")
    ran = neckform("analyze", clip, "--stretch", "upper-trapezius", "--settings", "far.toml")
    assert ran.code == 0
    assert history(own_data)[0].holds == ()


@pytest.mark.parametrize("how", ["option", "variable"])
def test_nothing_is_kept_on_request(
    neckform: Runner, clip: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "variable":
        monkeypatch.setenv("NECKFORM_HISTORY", "off")
    ran = neckform("analyze", clip, *(["--no-history"] if how == "option" else []))
    assert ran.code == 0
    assert "Kept" not in ran.out
    assert list(own_data.iterdir()) == []


def test_other_people_s_recordings_are_kept_only_on_request(
    neckform: Runner, clip: Path, own_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "patients"
    folder.mkdir()
    clip.rename(folder / clip.name)
    ran = neckform("analyze", folder)
    assert ran.code == 0
    assert "Kept" not in ran.out
    assert list(own_data.iterdir()) == []
    ran = neckform("analyze", folder, "--history")
    assert "Kept in your history" in ran.out
    assert len(history(own_data)) == 1


def test_what_could_not_be_judged_is_not_kept(
    neckform: Runner, tmp_path: Path, own_data: Path
) -> None:
    assert neckform("analyze", clips.empty_room(tmp_path / "room.mp4")).code == 4
    assert neckform("analyze", tmp_path / "nowhere.mp4").code == 3
    assert list(own_data.iterdir()) == []


def test_json_alone_stays_alone(neckform: Runner, clip: Path, own_data: Path) -> None:
    ran = neckform("analyze", clip, "--json", "-", "--history")
    assert json.loads(ran.out)["schema"] == "neckform/report/1"
    assert len(ran.complaints) == 1
    assert "Kept in your history" in ran.err
    assert len(history(own_data)) == 1


def test_a_history_that_cannot_be_used_spoils_no_analysis(
    neckform: Runner, clip: Path, own_data: Path
) -> None:
    path = own_data / "history.db"
    with Store(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert neckform("analyze", clip).code == 0
    ran = neckform("analyze", clip, "--history")
    assert ran.code == 2
    (line,) = ran.complaints
    assert line.startswith("neckform: not kept in your history: ")
    assert "update neckform" in line
    assert Path(f"neckform-out/{clip.stem}/report.json").is_file()


def test_a_data_folder_that_cannot_be_made_is_one_line(
    neckform: Runner, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NECKFORM_DATA", str(tmp_path / "file" / "below"))
    assert neckform("analyze", clip).code == 0
    ran = neckform("analyze", clip, "--history")
    assert ran.code == 2
    (line,) = ran.complaints
    assert "not kept in your history" in line


def test_after_a_fortnight_the_advice_comes_once(
    neckform: Runner, clip: Path, own_data: Path
) -> None:
    with Store(own_data / "history.db") as store:
        for days in (14, 10):
            store.keep(entry(today() - timedelta(days=days)))
    ran = neckform("analyze", clip, "--history")
    assert "see a therapist" in " ".join(ran.out.split())
    assert "see a therapist" not in neckform("analyze", clip, "--history").out
    assert "see a therapist" not in neckform("history").out


def test_the_page_compares_with_the_own_earlier_best(
    neckform: Runner, clip: Path, own_data: Path
) -> None:
    def compares() -> bool:
        page = Path(f"neckform-out/{clip.stem}/report.html").read_text(encoding="utf-8")
        return "Own best before" in page and 'class="number">31°<' in page

    with Store(own_data / "history.db") as store:
        reach = (KeptReach("left_lateral", 31.0, 2.0),)
        store.keep(entry(today() - timedelta(days=9), reached=reach))
    for asked in (["--history"], []):  # the second time it is known whose it is
        assert neckform("analyze", clip, *asked).code == 0
        assert compares()
    # Somebody else's neck is no measure.
    assert neckform("analyze", clip, "--no-history").code == 0
    assert not compares()
