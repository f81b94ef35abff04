"""Two programs that were given the same place: the first has it, the second says so and ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from whole import all_whole

import clips
import neckform

pytestmark = pytest.mark.slow

NO = "n\n" * 7
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody who sits, and then stretches for long enough that two programs meet."""
    folder = tmp_path_factory.mktemp("clips")
    still, stretch = list(clips.demo_frames(0, 2)), list(clips.demo_frames(7, 11))
    frames = [*still, *still[::-1], *clips.demo_frames(5, 7), *[*stretch, *stretch[::-1]] * 2]
    return clips.write_video(folder / "a.mp4", frames)


def start(folder: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "neckform", *arguments],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])},
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(NO)
    process.stdin.flush()
    return process


@contextmanager
def under_way(place: Path, folder: Path, *arguments: str | Path) -> Iterator[None]:
    """A program that has the place; afterwards it has ended well."""
    process = start(folder, *arguments)
    try:
        until = time.monotonic() + PATIENCE_S
        while is_free(place):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield
        out, err = process.communicate(timeout=4 * PATIENCE_S)
        assert (process.returncode, err) == (0, ""), out
    finally:
        process.kill()
        process.communicate()


def is_free(place: Path) -> bool:
    """Whether nobody has claimed it, without claiming it in the way of others."""
    locks = (place / ".neckform.lock", place.with_name(f".{place.name}.lock"))
    return not any(lock.exists() for lock in locks)


def ends_with_a_line(folder: Path, place: Path, *arguments: str | Path) -> None:
    process = start(folder, *arguments)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    (line,) = err.splitlines()
    assert line.startswith("neckform: ")
    assert f"{place.name}: another neckform is writing there" in line


def test_two_analyses_into_one_folder(clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with under_way(out, tmp_path, "analyze", clip, "--out", "out", "--annotate"):
        ends_with_a_line(tmp_path, out, "analyze", clip, "--out", "out")
    all_whole(out)


def test_two_analyses_of_folders_into_one(clip: Path, tmp_path: Path) -> None:
    """Also where they have no recording in common."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "a.mp4").write_bytes(clip.read_bytes())
    (tmp_path / "two" / "b.mp4").write_bytes(clip.read_bytes())
    out = tmp_path / "out"
    with under_way(out, tmp_path, "analyze", "one", "--out", "out"):
        ends_with_a_line(tmp_path, out, "analyze", "two", "--out", "out")
    assert (out / "a" / "report.json").is_file()
    assert not (out / "b").exists()


@pytest.mark.parametrize("option", [("--record", "own.nfobs"), ("--save-profile", "own.json")])
def test_two_analyses_with_one_file(clip: Path, tmp_path: Path, option: tuple[str, str]) -> None:
    place = tmp_path / option[1]
    with under_way(place, tmp_path, "analyze", clip, "--out", "first", *option):
        ends_with_a_line(tmp_path, place, "analyze", clip, "--out", "second", *option)
    all_whole(tmp_path)


@pytest.mark.parametrize(
    "option", [("--out", "out"), ("--record", "film.mp4"), ("--record", "film.nfobs")]
)
def test_two_coaches_with_one_place(clip: Path, tmp_path: Path, option: tuple[str, str]) -> None:
    place = tmp_path / option[1]
    coach = ("coach", "--text", "--no-voice", "--source", clip, "--hold", "5", "--stretch",
             "upper-trapezius:left", *option)  # fmt: skip
    with under_way(place, tmp_path, *coach):
        ends_with_a_line(tmp_path, place, *coach)
    assert place.exists()
    all_whole(tmp_path)


def test_a_claim_is_one_process_s_whatever_the_hurry(tmp_path: Path) -> None:
    """Many take and leave the same place at once, and none of them finds another in it."""
    program = """
import sys, time
from pathlib import Path
from neckform.core.errors import OutputError
from neckform.files import claimed
place, alone, taken = Path(sys.argv[1]), Path(sys.argv[2]), 0
until = time.monotonic() + 4
while time.monotonic() < until:
    try:
        with claimed(place):
            alone.touch(exist_ok=False)
            alone.unlink()
            taken += 1
    except OutputError:
        pass
print(taken)
"""
    environment = os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])}
    (tmp_path / "place").mkdir()
    command = [sys.executable, "-c", program, str(tmp_path / "place"), str(tmp_path / "alone")]
    processes = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in processes:
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, err) == (0, "")
        assert int(out) > 0
