"""A folder is a clinic's day: recordings of several people over several weeks, on one page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.sensing.sources import recording
from running import Runner

pytestmark = pytest.mark.slow

VISITS = 3


@pytest.fixture(scope="module")
def clinic(short_clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people who come once a week, and one who came once; each recording says its own day."""
    made = tmp_path_factory.mktemp("made")
    options = AnalyzeOptions(record=made / "seen.nfobs", html=False)
    analyze_one(Job(short_clip, made), options, stop=lambda: False)
    seen = recording.open_recording(made / "seen.nfobs")
    observations = list(seen)
    folder = made / "clinic"
    first = datetime(2026, 10, 26, 9, 30, tzinfo=UTC)
    for who, visits in (("P-1", VISITS), ("P-2", VISITS), ("P-3", 1)):
        for week in range(visits):
            at = (first + timedelta(weeks=week)).isoformat()
            source = {**seen.facts["source"], "recorded_at": at, "recorded_from": "recording"}
            source["sha256"] = f"{who}{week}"
            path = folder / who / f"{who} visit {week + 1}.nfobs"
            path.parent.mkdir(parents=True, exist_ok=True)
            with recording.write(path, {**seen.facts, "source": source}) as recorder:
                for observation in observations:
                    recorder.append(observation)
    return folder


@pytest.mark.parametrize("kept", [True, False])
def test_a_day_has_people_dates_tables_and_visits(
    neckform: Runner, clinic: Path, own_data: Path, kept: bool
) -> None:
    also = [] if kept else ["--no-history"]
    ran = neckform("analyze", clinic, "--who-from", "folder", "--out", "day", "--parquet", *also)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line for line in lines if line in {"P-1", "P-2", "P-3"}] == ["P-1", "P-2", "P-3"]
    assert any(line.startswith("P-2 visit 3.nfobs  9 November 2026; 0 of 1") for line in lines)
    assert (own_data / "people" / "P-2" / "history.db").exists() is kept
    page = Path("day/index.html").read_text(encoding="utf-8")
    assert "Of 3 people: 7 recordings, 7 of them judged" in page
    assert page.count("From the first visit to the last") == 2
    assert page.count("no difference in degrees that could be told from noise") == 2
    holds = pd.read_csv("day/holds.csv", parse_dates=["recorded_at"])
    assert holds.groupby("person").size().to_dict() == {"P-1": VISITS, "P-2": VISITS, "P-3": 1}
    assert holds["date"].nunique() == VISITS
    assert len(pd.read_parquet("day/holds.parquet")) == len(holds)


def test_a_small_picture_only_where_it_is_asked_for(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / "a.mp4").write_bytes(short_clip.read_bytes())
    assert neckform("analyze", folder, "--out", "without").code == 0
    assert "<img" not in Path("without/index.html").read_text(encoding="utf-8")
    assert neckform("analyze", folder, "--out", "with", "--pictures").code == 0
    page = Path("with/index.html").read_text(encoding="utf-8")
    assert page.count("<img") == 1
    assert Path("with/a/moment.jpg").stat().st_size < 20_000
