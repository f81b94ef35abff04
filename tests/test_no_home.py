"""A home that cannot be written to stops nothing that does not need it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import clips
import neckform

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses /proc"),
]

_OWN = ("NECKFORM_DATA", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


def homeless(folder: Path, *arguments: str | Path, typed: str = "") -> tuple[int, list[str], str]:
    """Exit code, lines on standard error, and standard output."""
    kept = {name: value for name, value in os.environ.items() if name not in _OWN}
    done = subprocess.run(
        [sys.executable, "-m", "neckform", *map(str, arguments)],
        cwd=folder,
        env=kept | {"HOME": "/proc/nohome", "PYTHONPATH": str(Path(neckform.__file__).parents[1])},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr.splitlines(), done.stdout


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.write_video(
        tmp_path_factory.mktemp("clips") / "clip.mp4", clips.demo_frames(0.0, 4.0)
    )


def test_an_analysis_says_nothing_foreign(tmp_path: Path, clip: Path) -> None:
    code, complaints, _ = homeless(tmp_path, "analyze", clip, "--no-history")
    assert (code, complaints) == (0, [])
    assert (tmp_path / "neckform-out" / "clip" / "report.json").is_file()


def test_the_coach_goes_on_without_remembering_and_says_so_once(tmp_path: Path, clip: Path) -> None:
    code, complaints, said = homeless(
        tmp_path, "coach", "--text", "--no-voice", "--no-history", "--source", clip, typed="n\n" * 7
    )
    assert code == 0
    (line,) = complaints
    assert line.startswith("neckform: ")
    assert "NECKFORM_DATA" in line
    assert "1/5" in said
