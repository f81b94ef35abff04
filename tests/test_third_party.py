"""What lies in third_party/ is what its manifest says, with its licence."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from neckform.resources import resource

FOLDER = resource("third_party/uplot", "manifest.json").parent


@pytest.mark.parametrize("name", ["uPlot.iife.min.js", "uPlot.min.css", "LICENSE"])
def test_every_byte_is_known(name: str) -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    data = (FOLDER / name).read_bytes()
    entry = manifest["files"][name]
    assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["size"], entry["sha256"])


def test_the_licence_is_there() -> None:
    assert "MIT" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "uPlot" in (FOLDER / "NOTICE").read_text(encoding="utf-8")


ROOT = Path(__file__).resolve().parents[1]


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    return subprocess.run(build, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["third_party/uplot/uPlot.iife.min.js", "models/face_landmarker.task"]
)
def test_no_wheel_is_made_of_other_bytes(tmp_path: Path, name: str) -> None:
    for path in ("src", "models", "calibration", "third_party", "pyproject.toml", "README.md"):
        copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
        copy(ROOT / path, tmp_path / path)
    shutil.copy(ROOT / "LICENSE", tmp_path)
    assert built(tmp_path).returncode == 0
    with (tmp_path / name).open("r+b") as file:
        file.seek(100)
        file.write(b"\0evil")
    done = built(tmp_path)
    assert done.returncode != 0
    assert name.rpartition("/")[2] in done.stderr
