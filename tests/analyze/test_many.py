import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import clips
import neckform
from running import Runner, wait_until_seen

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, short_clip: Path) -> Path:
    """A good recording between two that are not."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    clips.text_file(folder / "a.mp4")
    (folder / "b.mp4").write_bytes(short_clip.read_bytes())
    clips.empty_file(folder / "c.mp4")
    return folder


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_bad_file_never_stops_the_rest(
    neckform: Runner, tmp_path: Path, folder: Path, jobs: str
) -> None:
    ran = neckform("analyze", folder, "--jobs", jobs, "--out", "results")
    assert ran.code == 3
    assert "Traceback" not in ran.out + ran.err
    for name in ("a.mp4", "b.mp4", "c.mp4"):
        assert name in ran.out
    assert "is empty" in ran.out
    made = {item.name for item in (tmp_path / "results").iterdir()}
    tables = {"overview.csv", "holds.csv", "near-misses.csv", "flags.csv"}
    assert made == {"b", "index.html", *tables}
    with (tmp_path / "results" / "overview.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["exit_code"] for row in rows] == ["3", "0", "3"]
    assert [row["report_html"] for row in rows] == ["", "b/report.html", ""]
    assert (tmp_path / "results" / "b" / "report.html").is_file()
    assert (tmp_path / "results" / "b" / "report.json").is_file()


@pytest.mark.parametrize(
    "option", [("--json", "-"), ("--record", "x.nfobs"), ("--save-profile", "x.json")]
)
def test_what_needs_one_recording_says_so(
    neckform: Runner, folder: Path, option: tuple[str, str]
) -> None:
    ran = neckform("analyze", folder, *option)
    assert ran.code == 2
    assert "one recording at a time" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
@pytest.mark.parametrize("arguments", [["--annotate"], ["--jobs", "2"]], ids=" ".join)
def test_ctrl_c_saves_what_was_measured(tmp_path: Path, arguments: list[str]) -> None:
    """A real process, a real signal, in the middle of a recording."""
    from neckform.jobs.demo.job import CLIP

    seen_in = tmp_path / "seen"
    seen_in.mkdir()
    recordings = [CLIP]
    if "--jobs" in arguments:
        recordings = [tmp_path / name for name in ("a.mp4", "b.mp4", "c.mp4")]
        for path in recordings:
            path.write_bytes(CLIP.read_bytes())
    process = subprocess.Popen(
        [sys.executable, "-m", "neckform", "analyze", *recordings, *arguments],
        cwd=tmp_path,
        env=os.environ
        | {"PYTHONPATH": str(Path(neckform.__file__).parents[1]), "TMPDIR": str(seen_in)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until_seen(process, seen_in)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in out + err
    assert "interrupted" in out + err
    assert (tmp_path / "neckform-out" / recordings[0].stem / "report.json").is_file()
    assert not list(tmp_path.rglob("*partial*"))
    if "--jobs" in arguments:
        assert "1 of 3 not begun" in err
        assert not (tmp_path / "neckform-out" / "c").exists()
