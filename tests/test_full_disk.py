"""A disk that is full: one line, the right exit code, nothing lost, no half file left.

The disk is a real one, of 200 KB, in memory; only a privileged user may make such a disk.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import clips
from histories import ago, entry, full
from neckform.config.profile import read_profile, write_profile
from neckform.core.errors import HistoryError, OutputError
from neckform.history.store import Store
from neckform.history.watched import read_day, write_day
from page_making import NEUTRAL
from running import Runner
from tiny_disk import FILLER, fill, left

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.short(tmp_path_factory.mktemp("clips") / "short.mp4")


@pytest.mark.parametrize("also", [(), ("--annotate",), ("--mot",)])
def test_results_that_do_not_fit(
    neckform: Runner, disk: Path, clip: Path, also: tuple[str, ...]
) -> None:
    (disk / "out").mkdir()
    (disk / "out" / "report.json").write_text("an earlier one")
    fill(disk)
    ran = neckform("analyze", clip, "--out", disk / "out", "--no-history", *also)
    assert ran.code == 2
    (line,) = ran.complaints
    assert line.startswith(f"neckform: {disk / 'out'}")
    assert "No space left on device" in line
    assert "--out" in line
    assert left(disk) == {"out/report.json"}
    assert (disk / "out" / "report.json").read_text() == "an earlier one"


def test_a_video_that_outgrows_the_disk(neckform: Runner, disk: Path, tmp_path: Path) -> None:
    clip = clips.write_video(tmp_path / "long.mp4", clips.demo_frames(0, 30))
    ran = neckform("analyze", clip, "--out", disk / "out", "--no-history", "--annotate")
    assert ran.code == 2
    (line,) = ran.complaints
    assert "annotated.mp4: the annotated video cannot be written (No space left" in line
    assert left(disk) == set()


def test_a_landmark_recording_that_cannot_begin(
    neckform: Runner, disk: Path, clip: Path, tmp_path: Path
) -> None:
    fill(disk)
    record = disk / "seen.nfobs"
    ran = neckform("analyze", clip, "--out", tmp_path / "o", "--no-history", "--record", record)
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "No space left on device" in ran.err
    assert left(disk) == set()


def test_the_history(
    neckform: Runner, disk: Path, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = disk / "data"
    data.mkdir()
    monkeypatch.setenv("NECKFORM_DATA", str(data))
    with Store(data / "history.db") as store:
        store.keep(entry(ago(1), full()))
    fill(disk)
    # The analysis itself is done and written: only its place in the history is missing, and said.
    ran = neckform("analyze", clip, "--out", tmp_path / "out", "--no-html", "--history")
    assert ran.code == 2  # it was asked for
    (line,) = ran.complaints
    assert "not kept in your history" in line
    assert "the disk is full" in line
    assert json.loads((tmp_path / "out" / "report.json").read_text())["holds"]
    for asked in (("--json",), ("forget", "--all")):
        ran = neckform("history", *asked)
        assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
        assert "the disk is full" in ran.err
    (disk / FILLER).unlink()
    assert len(json.loads(neckform("history", "--json").out)["recordings"]) == 1
    assert neckform("history", "forget", "--all").code == 0


def test_a_history_that_cannot_begin(disk: Path) -> None:
    fill(disk)
    with pytest.raises(HistoryError, match="the disk is full"), Store(disk / "history.db"):
        pass
    (disk / FILLER).unlink()
    with Store(disk / "history.db") as store:
        store.keep(entry())
        assert len(store.entries()) == 1


def test_a_history_that_outgrows_the_disk_keeps_what_it_had(disk: Path) -> None:
    kept = 0
    with Store(disk / "history.db") as store:
        try:
            for days in range(10_000):
                store.keep(entry(ago(days), full()))
                kept += 1
        except HistoryError as error:
            assert "the disk is full" in str(error)
    assert kept > 0
    shutil.copytree(disk, disk.parent / "copy")  # to a disk with room
    with Store(disk.parent / "copy" / "history.db") as store:
        assert len(store.entries()) == kept


def test_the_history_s_page(neckform: Runner, disk: Path, own_data: Path) -> None:
    with Store(own_data / "history.db") as store:
        store.keep(entry(ago(1), full()))
    fill(disk)
    ran = neckform("history", "--html", disk / "me.html")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "No space left on device" in ran.err
    assert left(disk) == set()


def test_a_profile(disk: Path) -> None:
    path = disk / "home.json"
    write_profile(path, NEUTRAL)
    fill(disk)
    with pytest.raises(OutputError, match="No space left on device"):
        write_profile(path, NEUTRAL)
    assert left(disk) == {"home.json"}
    assert read_profile(path).baseline.size == NEUTRAL.size


def test_the_days_of_a_watch(disk: Path) -> None:
    day = date(2026, 11, 23)
    write_day(disk, day, {"good": 60_000})
    fill(disk)
    with pytest.raises(OutputError, match="No space left on device"):
        write_day(disk, day, {"good": 120_000})
    assert left(disk) == {"2026-11-23.json"}
    assert read_day(disk, day) == {"good": 60_000}
