"""Files for other programs: chapters, OpenSim motions, Parquet, the table over all recordings."""

import base64
import csv
import math
import re
from dataclasses import replace
from hashlib import sha256
from html import unescape
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from making import holding, sample

from neckform.config.settings import load_settings
from neckform.core.outcome import Coverage
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import HoldState
from neckform.showing.exports.chapters import write_chapters
from neckform.showing.exports.frames_csv import COLUMNS, frame_rows
from neckform.showing.exports.overview import RecordingEntry, write_overview_csv
from neckform.showing.exports.parquet import TEXT_COLUMNS, write_parquet
from neckform.showing.exports.tables import TABLES, write_table
from neckform.showing.html.markup import Markup
from neckform.showing.html.overview import overview_html
from page_making import renamed, report
from reports import MISS, REPORT


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    path = tmp_path / "frames.csv"
    with frame_rows(path) as rows:
        rows.add(0, None, HoldStatus(HoldState.REST))
        rows.add(133, sample(133, angles=None), HoldStatus(HoldState.REST))
        rows.add(233, sample(233), holding(12_900))
    return path


def test_pandas_reads_frames_without_options(frames: Path) -> None:
    table = pd.read_csv(frames)
    assert tuple(table.columns) == COLUMNS
    numbers = [name for name in COLUMNS if name not in TEXT_COLUMNS]
    assert all(pd.api.types.is_float_dtype(table[name]) for name in numbers)
    assert math.isnan(table["flexion_deg"][1])
    assert table["lateral_deg"][2] == 31.0


def test_parquet_holds_the_same(frames: Path, tmp_path: Path) -> None:
    path = tmp_path / "frames.parquet"
    write_parquet(frames, path)
    table, text = pd.read_parquet(path), pd.read_csv(frames)
    assert tuple(table.columns) == COLUMNS
    for name in COLUMNS:
        assert list(table[name].isna()) == list(text[name].isna()), name
        seen = text[name].notna()
        assert list(table[name][seen]) == list(text[name][seen]), name
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".")] == []


CUE = re.compile(r"\d+\n(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n(.+)")


def test_chapters_are_webvtt_on_the_videos_clock(tmp_path: Path) -> None:
    path = tmp_path / "chapters.vtt"
    write_chapters(path, report(), 2_000, 120_000)
    head, *cues = path.read_text(encoding="utf-8").strip().split("\n\n")
    assert head == "WEBVTT"
    spans = []
    for cue in cues:
        match = CUE.fullmatch(cue)
        assert match, cue
        *numbers, name = match.groups()
        h1, m1, s1, h2, m2, s2 = map(float, numbers)
        spans.append((h1 * 3600 + m1 * 60 + s1, h2 * 3600 + m2 * 60 + s2, name))
    assert spans[0][0] == 0
    assert spans[-1][1] == 118
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert (3.0, 37.567, "Ear to shoulder, left") in spans


def test_a_name_is_no_markup_in_chapters(tmp_path: Path) -> None:
    content = renamed(report(), "upper-trapezius", "A <b> & -->")
    write_chapters(tmp_path / "c.vtt", content, 0, 120_000)
    assert "A &lt;b> &amp; --&gt;, left" in (tmp_path / "c.vtt").read_text(encoding="utf-8")


ENTRIES = (
    RecordingEntry("a & b #1.mp4", None, None, None, 3, ("it is empty",)),
    RecordingEntry("c.mp4", report(), Path("c d/report.json"), Path("c d/report.html"), 0, ()),
)


def test_one_row_for_each_recording(tmp_path: Path) -> None:
    path = tmp_path / "overview.csv"
    write_overview_csv(path, ENTRIES, load_settings().stretches)
    with path.open(encoding="utf-8", newline="") as stream:
        bad, good = csv.DictReader(stream)
    assert (bad["exit_code"], bad["holds"], bad["note"]) == ("3", "", "it is empty")
    assert good["upper_trapezius_left_held_s"] == "34.567"
    assert good["upper_trapezius_right_held_s"] == ""
    assert good["cervical_paraspinal_held_s"] == "29.999"
    assert (good["holds"], good["completed"], good["flags"]) == ("3", "1", "2")
    assert good["report_html"] == "c d/report.html"
    assert len(pd.read_csv(path)) == 2


def test_the_overview_links_each() -> None:
    html = overview_html(ENTRIES)
    assert '<a href="c%20d/report.html">c.mp4</a>' in html
    assert "a &amp; b #1.mp4" in html
    assert "Chin to chest: 29 s of 30 s" in html
    assert "2 recordings, 1 of them judged; 1 of 3 attempts" in html
    # Nothing runs but what sorts the tables.
    (allowed,) = re.findall(r"script-src ('sha256-[^ ;]+');", unescape(html))
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert base64.b64encode(sha256(script.encode()).digest()).decode() in allowed


def test_the_overviews_tell_what_did_not_count_and_what_was_unseen(tmp_path: Path) -> None:
    outcome = replace(REPORT.outcome, near_misses=(MISS,), coverage=Coverage(30_000, 9_000, 29_000))
    entry = RecordingEntry("a.mp4", replace(REPORT, outcome=outcome), None, None, 0, ("cut short",))
    text = unescape(overview_html([entry]))
    assert "33 s at 17° tilted left (± 1°), it starts at 20°: about 3° more." in text
    assert "cut short; the head was seen for 30 s, 29 s are unseen; the shoulders for 9 s" in text
    path = tmp_path / "overview.csv"
    write_overview_csv(path, [entry], load_settings().stretches)
    with path.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["near_misses"], row["unseen_s"]) == ("1", "29.000")


def of_day(who: str | None, name: str, day: str) -> RecordingEntry:
    found = report(name=name)
    source = replace(found.source, who=who, recorded_at=f"{day}T09:30:00+01:00")
    return RecordingEntry(name, replace(found, source=source), None, None, 0, (), who)


DAY = [
    of_day("P-2", "b.mp4", "2026-11-03"),
    of_day("P-1", "c.mp4", "2026-11-10"),
    of_day("P-1", "=a.mp4", "2026-11-03"),
    of_day(None, "d.mp4", "2026-11-04"),
    RecordingEntry("e.mp4", None, None, None, 3, ("it is empty",), "P-1"),
]


def test_the_overview_is_by_person_and_by_date() -> None:
    text = overview_html(DAY, {"P-1": Markup("<p>it goes on</p>")})
    heads = re.findall(r"<h2[^>]*>([^<]*)</h2>", text)
    assert heads == ["P-1", "P-2", "Nobody named"]
    assert "Of 2 people: 5 recordings, 4 of them judged" in text
    first = text.split("<h2", 2)[1]
    names = re.findall(r'scope="row" data-sort="([^"]*)"', first)
    assert names == ["=a.mp4", "c.mp4", "e.mp4"]
    assert "3 November 2026" in first
    assert "it goes on" in first
    assert text.count("it goes on") == 1


def test_a_name_that_is_no_text_stands_in_each_table_with_its_bytes_as_escapes(
    tmp_path: Path,
) -> None:
    for kind in TABLES:
        for ending in ("csv", "parquet"):
            write_table(
                tmp_path / f"{kind}.{ending}", [of_day("\udce9", "a\udcff\x1b.mp4", "2026-11-03")]
            )
    for table in (
        pd.read_csv(tmp_path / "holds.csv"),
        pd.read_parquet(tmp_path / "holds.parquet"),
    ):
        assert set(table["recording"]) == {r"a\xff\x1b.mp4"}
        assert set(table["person"]) == {r"\xe9"}


def test_every_hold_stands_with_its_person_and_day_in_the_tables(tmp_path: Path) -> None:
    for kind in TABLES:
        write_table(tmp_path / f"{kind}.csv", DAY)
        write_table(tmp_path / f"{kind}.parquet", DAY)
        table = pd.read_csv(tmp_path / f"{kind}.csv")
        same = pd.read_parquet(tmp_path / f"{kind}.parquet")
        assert list(table.columns) == list(same.columns)
        assert len(table) == len(same)
    holds = pd.read_csv(tmp_path / "holds.csv")
    assert len(holds) == 12
    assert holds["completed"].dtype == bool
    assert sorted(holds["person"].dropna().unique()) == ["P-1", "P-2"]
    assert set(holds["recording"]) == {"'=a.mp4", "b.mp4", "c.mp4", "d.mp4"}
    whole = pd.read_parquet(tmp_path / "holds.parquet")
    assert set(whole["recording"]) == {"=a.mp4", "b.mp4", "c.mp4", "d.mp4"}
    of_one = whole[(whole["person"] == "P-2") & whole["completed"]]
    assert of_one[["date", "stretch", "side", "held_s"]].to_numpy().tolist() == [
        ["2026-11-03", "upper-trapezius", "left", 34.567]
    ]
    assert of_one["paused_s"].item() == 1.5
    assert of_one["lateral_uncertainty_deg"].item() == 1.6
    flags = pd.read_csv(tmp_path / "flags.csv")
    assert len(flags) == 8
