"""A clinic's day in a browser, on paper and in tables: forty recordings of eight people."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from opening import Open

from running import Runner

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))
import clinic

pytestmark = [pytest.mark.truth, pytest.mark.slow]

TABLES = ("holds", "near-misses", "flags")
COMMAS_IN_UTF_8 = "44,34,76"
"""As LibreOffice counts separators and encodings; without a window it asks nobody."""


@pytest.fixture
def day(truth_data: Path, neckform: Runner) -> Path:
    clinic.make(Path("clinic"))
    ran = neckform("analyze", "clinic", "--who-from", "folder", "--out", "day", "--parquet")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    for who, clips in clinic.PEOPLE.items():
        for week in range(len(clips)):
            assert f"\n{who} visit {week + 1}.nfobs  " in ran.out, "a name is cut"
    return Path("day").resolve()


def test_forty_recordings_become_a_day_a_trend_and_tables(
    day: Path, truth_data: Path, open_page: Open
) -> None:
    holds = read_twice(day, "holds")
    visits = len(clinic.PEOPLE) * clinic.WEEKS
    assert len(list(day.glob("*/report.json"))) == visits == 40
    # In the last week each has done what is true of the clip.
    for who, clips in clinic.PEOPLE.items():
        true = json.loads((truth_data / "synthetic" / f"{clips[-1]}.expected.json").read_text())
        last = holds[(holds.person == who) & (holds.date == holds.date.max())]
        found = last[["stretch", "side", "completed"]].fillna("none").to_numpy().tolist()
        said = [[it["stretch"], it["side"] or "none", it["completed"]] for it in true["holds"]]
        assert found == said, who
    misses = read_twice(day, "near-misses")
    early = misses[misses.person == clinic.FURTHER]
    assert list(early.reason) == ["angle-low"] * 2
    assert list(early.date) == ["2026-10-26", "2026-11-02"]
    assert misses[["person", "date", "recorded_at", "recording"]].notna().all().all()
    flags = read_twice(day, "flags")
    assert set(flags.person) <= set(clinic.PEOPLE)

    opened = open_page(day / "index.html")
    assert opened.page.locator("h2").all_inner_texts() == list(clinic.PEOPLE)
    assert opened.page.locator("tbody tr").count() == visits
    text = opened.page.inner_text("body")
    shown = sum(len(set(clips)) for clips in clinic.PEOPLE.values()) - 1
    assert text.count("From the first visit to the last") == shown, "all but what was never held"
    assert text.count("held 4 s longer; no difference in degrees") >= 2
    assert "17° tilted left" in text, "why it did not count stands in words"
    assert opened.complaints == []

    for name in ("P-101 visit 5", f"{clinic.FURTHER} visit 1", "P-105 visit 3"):
        report = open_page(day / name / "report.html")
        report.page.wait_for_timeout(300)
        pdf = report.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type /Page\b", pdf)) == 2, name
    in_a_spreadsheet(day)


def read_twice(day: Path, name: str) -> pd.DataFrame:
    """The same as CSV and as Parquet."""
    read, packed = pd.read_csv(day / f"{name}.csv"), pd.read_parquet(day / f"{name}.parquet")
    assert list(read) == list(packed)
    assert read.person.tolist() == packed.person.tolist()
    numbers = packed.select_dtypes("number").columns
    pd.testing.assert_frame_equal(
        read[numbers].astype(float), packed[numbers].astype(float), atol=0.0006, rtol=0
    )
    return read


def in_a_spreadsheet(day: Path) -> None:
    """LibreOffice reads the tables, and what it read is the same."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("NOT READ BY A SPREADSHEET: LibreOffice is not installed")
    files = [day / f"{name}.csv" for name in TABLES]
    command = [soffice, f"-env:UserInstallation={(day / 'office').as_uri()}", "--headless"]
    command += [
        f"--infilter=CSV:{COMMAS_IN_UTF_8}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(day / "sheets"),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    back = f"csv:Text - txt - csv (StarCalc):{COMMAS_IN_UTF_8}"
    command[3:] = ["--convert-to", back, "--outdir", str(day / "again")]
    command += [str(day / "sheets" / f"{name}.xlsx") for name in TABLES]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for name in TABLES:
        ours = pd.read_csv(day / f"{name}.csv")
        theirs = pd.read_csv(day / "again" / f"{name}.csv")
        pd.testing.assert_frame_equal(theirs, ours, check_dtype=False, atol=0.0006)
