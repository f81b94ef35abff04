"""Another user of the same computer, who looks for files while neckform works and afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import clips
import neckform

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be somebody else"
    ),
]

STRANGER = 65534

NOSY = """
import os, sys, time
uid, folder = int(sys.argv[1]), sys.argv[2]
os.setgroups([]); os.setgid(uid); os.setuid(uid)
found, asked = set(), False
print("here", flush=True)
while not asked:
    asked = os.path.exists(os.path.join(folder, "stop"))
    for place, _, names in os.walk(folder):
        for path in [place, *(os.path.join(place, name) for name in names)]:
            try:
                os.listdir(path) if os.path.isdir(path) else open(path, "rb").close()
                found.add(os.path.relpath(path, folder))
            except OSError:
                pass
    time.sleep(0.02)
print(*sorted(found), sep="\\n")
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that everybody may look into, with one that was made so for results."""
    folder = Path(tempfile.mkdtemp(prefix="neckform-test-"))
    (folder / "shared").mkdir()
    (folder / "tmp").mkdir()
    for path, mode in ((folder, 0o755), (folder / "shared", 0o755), (folder / "tmp", 0o1777)):
        path.chmod(mode)
    yield folder
    shutil.rmtree(folder)


def run(home: Path, *arguments: str | Path, typed: str = "") -> None:
    """A person whose new files everybody may read and write, but for neckform's own care."""
    done = subprocess.run(
        [sys.executable, "-m", "neckform", *arguments],
        input=typed, capture_output=True, text=True, check=False, timeout=180, cwd=home, umask=0,
        env=os.environ | {
            "PYTHONPATH": str(Path(neckform.__file__).parents[1]),
            "NECKFORM_DATA": str(home / "data" / "neckform"),
            "XDG_STATE_HOME": str(home / "state"),
            "TMPDIR": str(home / "tmp"),
            "HOME": str(home / "tmp"),
            "MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", tempfile.gettempdir()),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_of_the_person_can_be_read(home: Path, tmp_path: Path) -> None:
    clip = clips.short(tmp_path / "clip.mp4")
    still = list(clips.demo_frames(0, 2))
    sitting = clips.write_video(tmp_path / "sitting.mp4", [*still, *still[::-1]] * 2)
    held = clips.write_video(
        tmp_path / "held.mp4", [*still, *still[::-1], *clips.demo_frames(5, 11)]
    )
    script = [sys.executable, "-c", NOSY, str(STRANGER), str(home)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as nosy:
        assert nosy.stdout is not None
        try:
            assert nosy.stdout.readline() == "here\n"
            everything = ("--annotate", "--pictures", "--mot", "--csv-for", "excel", "--history")
            run(home, "analyze", clip, *everything, "--record", "a.nfobs", "--save-profile",
                "mine.json")  # fmt: skip
            run(home, "analyze", clip, "--out", "shared", "--no-html")
            run(home, "analyze", clip, sitting, "--jobs", "2", "--out", "both")
            for film in ("film.mp4", "film.nfobs"):
                run(home, "coach", "--text", "--no-voice", "--source", held, "--stretch",
                    "upper-trapezius:left", "--hold", "5", "--out", "coached", "--record", film,
                    "--history", typed="n\n" * 7)  # fmt: skip
            run(home, "watch", "--source", sitting, "--fast", "--no-notify", "--profile", "desk")
            run(home, "history", "--html", "history.html")
            run(home, "share", "a.nfobs", "--out", "sent.nfshare")
            run(home, "open", "sent.nfshare", "--no-browser", "--out", "opened")
            run(home, "analyze", "a.nfobs", "--who", "P-1", "--parquet", "--out", "hers")
            run(home, "people", "export", "P-1", "all.zip")
        finally:
            (home / "stop").touch()
            found = set(nosy.stdout.read().split())
    # What everybody was let into before is as it was, and shows that the stranger looked.
    assert found == {".", "shared", "tmp", "stop"}
    made = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert {"film.mp4", "film.nfobs", "mine.json", "coached/report.html", "both/overview.csv",
            "shared/report.json", "data/neckform/history.db", "data/neckform/profiles/desk.json",
            "neckform-out/clip/annotated.mp4", "history.html", "sent.nfshare",
            "opened/landmarks.nfobs", "hers/frames.parquet", "all.zip"} <= made  # fmt: skip
