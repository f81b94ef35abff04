"""Small damaged files of each kind: one clear line, the documented exit code, nothing lost.

``data/odd_faults`` has them; each was made by machine, and the faces are of a rendered figure.
"""

from __future__ import annotations

import csv
import json
import shutil
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from neckform.config.settings import load_settings
from neckform.core.coach.routine import all_exercises
from neckform.core.measure.observation import Observation
from neckform.files import claimed
from neckform.jobs.coach.choices import Choices, read_choices, write_choices
from neckform.sensing.sources.recording import open_recording, write
from running import Ran, Runner

pytestmark = pytest.mark.slow

FAULTS = Path(__file__).parent / "data" / "odd_faults"
TORN = FAULTS / "recording_gap_50_days.nfobs"
"""Whole, but with a gap of seven weeks."""


def recording(path: Path, observations: Iterable[Observation]) -> Path:
    with write(path) as recorder:
        for observation in observations:
            recorder.append(observation)
    return path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same person without the gap."""
    path = tmp_path_factory.mktemp("good") / "good.nfobs"
    seen = enumerate(open_recording(TORN))
    return recording(path, (replace(one, t_ms=200 * number) for number, one in seen))


def one_line(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.out + ran.err
    assert len(ran.complaints) == 1, ran.err
    (line,) = ran.complaints
    assert line.startswith("neckform: ")
    assert len(line) < 1000
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("recording_time_goes_back", "times do not increase"),
        ("recording_flag_without_face", "flags do not fit"),
        ("recording_nan_point", "nowhere near the picture"),
        ("recording_duration_nan", "damaged"),
        ("recording_bomb_95MB", "larger than"),
    ],
)
def test_a_damaged_recording(neckform: Runner, name: str, why: str) -> None:
    one_line(neckform("analyze", FAULTS / f"{name}.nfobs"), 3, f"{name}.nfobs", why)


@pytest.mark.parametrize(
    ("name", "why"), [("video_900_years.avi", "years"), ("gif_16000.gif", "16000 x 16000")]
)
def test_a_damaged_video(neckform: Runner, name: str, why: str) -> None:
    one_line(neckform("analyze", FAULTS / name), 3, name, why)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs names of bytes")
def test_names_of_all_kinds_in_one_folder(neckform: Runner, good: Path, tmp_path: Path) -> None:
    make = [sys.executable, FAULTS / "make_names.py", good, tmp_path / "in"]
    subprocess.run(make, check=True)
    ran = neckform("analyze", "in", "--out", "out", "--no-history")
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err
    assert "\nneckform: a second line" not in ran.out + ran.err
    with (tmp_path / "out" / "overview.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(list((tmp_path / "in").iterdir())) > 15
    for row in rows:
        assert not [text for text in row.values() if text and text[0] in "=+-@\x1b"]
        assert (tmp_path / "out" / row["report_html"]).is_file()
    page = (tmp_path / "out" / "index.html").read_text()
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert 'href="javascript:' not in page


def test_choices_nested_too_deeply_are_passed_over() -> None:
    stretches = load_settings().stretches
    before = Choices(all_exercises(stretches))
    choices, line = read_choices(FAULTS / "routine_deep.json", stretches, before)
    assert choices == before
    assert line is not None
    assert "nested too deeply" in line


def test_damaged_choices_are_shown_and_forgotten(neckform: Runner, own_data: Path) -> None:
    path = own_data / "routine.json"
    shutil.copy(FAULTS / "routine_deep.json", path)
    ran = neckform("doctor", "--no-camera")
    assert ran.code == 2
    assert "routine.json" in ran.out.replace("\n", " ")
    assert "nested too deeply" in " ".join(ran.out.split())
    assert neckform("history", "forget", "--all").code == 0
    assert not path.exists()
    write_choices(path, Choices(all_exercises(load_settings().stretches)))
    assert neckform("history", "forget", "--all").code == 0
    assert path.exists()  # whole choices are no history


def test_what_is_damaged_is_shown_beside_a_history_that_cannot_be_opened(
    neckform: Runner, own_data: Path
) -> None:
    shutil.copy(FAULTS / "history_schema_not_utf8.db", own_data / "history.db")
    (own_data / "days").mkdir()
    shutil.copy(FAULTS / "day_endless.json", own_data / "days" / "2026-11-20.json")
    shown = "".join(neckform("doctor", "--no-camera").out.split())
    assert "history.db" in shown
    assert "2026-11-20.json" in shown


def test_every_kind_of_fault_has_its_test() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    names = [path.stem for path in FAULTS.iterdir()]
    assert len(names) >= 23
    assert [name for name in names if f'"{name}' not in text and f"{name}." not in text] == []


def test_a_block_never_grows_beyond_its_bound(neckform: Runner, tmp_path: Path) -> None:
    packed = zlib.compress(bytes(400_000_000), 9)
    header = b'{"schema": "neckform/observations/1"}'
    path = tmp_path / "bomb.nfobs"
    path.write_bytes(
        b"NFOBS\r\n\x1a"
        + b"".join(
            struct.pack("<II", len(part), zlib.crc32(part)) + part for part in (header, packed)
        )
    )
    tracemalloc.start()
    ran = neckform("analyze", path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    one_line(ran, 3, "bomb.nfobs", "larger than")
    assert peak < 50_000_000


@pytest.mark.parametrize(("days", "code"), [(49, 3), (3000, 3), (1, 3), (0.9, 0)])
def test_days_between_two_moments_are_said_and_the_rest_is_judged(
    neckform: Runner, tmp_path: Path, days: float, code: int
) -> None:
    first, *others = open_recording(TORN)
    late = [
        replace(one, t_ms=int(days * 86_400_000) + 200 * number)
        for number, one in enumerate(others, 1)
    ]
    ran = neckform("analyze", recording(tmp_path / "torn.nfobs", [first, *late]))
    if code:
        one_line(ran, code, "torn.nfobs", f"a gap of {days} day", "damaged")
    assert (ran.code, ran.err == "") == (code, not code)
    folder = tmp_path / "neckform-out" / "torn"
    assert {"report.html", "report.json", "frames.csv"} <= {item.name for item in folder.iterdir()}


def test_seven_weeks_between_two_moments(neckform: Runner) -> None:
    one_line(neckform("analyze", TORN), 3, TORN.name, "a gap of 49 days")


def test_hostile_names_in_settings(neckform: Runner, good: Path, tmp_path: Path) -> None:
    hostile = FAULTS / "settings_names_hostile.toml"
    ran = neckform("analyze", good, "--settings", hostile)
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err
    folder = tmp_path / "neckform-out" / "good"
    page = (folder / "report.html").read_text()
    assert "<script>alert" not in page
    assert "onerror=alert(2)>" not in page
    assert not any("\x1b" in item.read_text() for item in folder.iterdir())


def test_of_a_folder_the_others_are_analysed(neckform: Runner, tmp_path: Path, good: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in (good, *FAULTS.glob("recording_*.nfobs")):
        shutil.copy(path, folder)
    ran = neckform("analyze", folder)
    assert ran.code == 3
    out = tmp_path / "neckform-out"
    assert (out / "index.html").is_file()
    assert (out / "overview.csv").is_file()
    assert (out / good.stem / "report.html").is_file()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("profile_huge_point", "mesh"),
        ("profile_huge_int", "too large"),
        ("profile_nan_width", "NaN"),
        ("profile_flat_mesh", "mesh is flat"),
    ],
)
def test_a_damaged_profile(neckform: Runner, name: str, why: str, good: Path) -> None:
    ran = neckform("analyze", good, "--baseline", FAULTS / f"{name}.json")
    one_line(ran, 2, f"{name}.json", why)


@pytest.mark.parametrize("option", ["--settings", "--posture-settings"])
@pytest.mark.parametrize(
    ("name", "why"), [("settings_big_int", "4301 digits"), ("settings_deep_array", "too deeply")]
)
def test_damaged_settings(neckform: Runner, option: str, name: str, why: str, good: Path) -> None:
    one_line(neckform("analyze", good, option, FAULTS / f"{name}.toml"), 2, f"{name}.toml", why)


@pytest.mark.parametrize("text", ["a = 2026-02-31", "a = 99:99:99", "a" * 2_000_000])
def test_settings_that_only_look_like_toml(
    neckform: Runner, tmp_path: Path, text: str, good: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    one_line(neckform("analyze", good, "--settings", path), 2, "mine.toml")


def test_a_model_that_does_not_unpack(neckform: Runner, tmp_path: Path) -> None:
    video = Path(__file__).parents[1] / "src/neckform/jobs/demo/demo.mp4"
    model = FAULTS / "model_bad_deflate.task"
    one_line(neckform("analyze", video, "--face-model", model), 6, model.name)


def test_a_model_that_unpacks_to_gigabytes(neckform: Runner, tmp_path: Path) -> None:
    video = Path(__file__).parents[1] / "src/neckform/jobs/demo/demo.mp4"
    model = tmp_path / "large.task"
    with zipfile.ZipFile(model, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("face_detector.tflite", bytes(300 << 20))
    one_line(neckform("analyze", video, "--face-model", model), 6, "large.task", "unpacks to more")


def test_a_model_that_is_packed_to_unpack_all_at_once(neckform: Runner, tmp_path: Path) -> None:
    video = Path(__file__).parents[1] / "src/neckform/jobs/demo/demo.mp4"
    model = tmp_path / "large.task"
    with zipfile.ZipFile(model, "w", zipfile.ZIP_BZIP2) as bundle:
        bundle.writestr("face_detector.tflite", bytes(1 << 20))
    one_line(neckform("analyze", video, "--face-model", model), 6, "large.task", "unusual way")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("history_lost_recording", ("its recording is lost", 2)),
        ("history_text_for_seconds", ("held_s: must be a number", 3)),
        ("history_time_without_zone", ("time zone", 2)),
    ],
)
def test_a_damaged_row_is_passed_over(
    neckform: Runner, own_data: Path, good: Path, name: str, expected: tuple[str, int]
) -> None:
    why, kept = expected
    shutil.copy(FAULTS / f"{name}.db", own_data / "history.db")
    ran = neckform("history", "--json")
    one_line(ran, 2, "history.db", why, "passed over")
    assert len(json.loads(ran.out)["recordings"]) == kept
    ran = neckform("analyze", good, "--history")
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    assert "in your history" in ran.out
    assert "damaged" in neckform("doctor", "--no-camera").out
    assert neckform("history", "forget", "--all").code == 0
    assert neckform("history").err == ""


def test_a_history_whose_layout_cannot_be_read(
    neckform: Runner, own_data: Path, good: Path
) -> None:
    shutil.copy(FAULTS / "history_schema_not_utf8.db", own_data / "history.db")
    one_line(neckform("history"), 2, "history.db", "damaged")
    ran = neckform("analyze", good, "--history")
    assert ran.code == 2
    assert "not kept in your history" in ran.err
    assert (Path.cwd() / "neckform-out" / good.stem / "report.html").is_file()
    assert "damaged" in neckform("doctor", "--no-camera").out
    assert neckform("history", "forget", "--all").code == 0
    assert neckform("history").err == ""


def test_a_file_of_another_program_is_not_forgotten(neckform: Runner, own_data: Path) -> None:
    (own_data / "history.db").write_text("my own notes, which nobody may delete" * 100)
    assert neckform("history", "forget", "--all").code == 2
    assert (own_data / "history.db").read_text().startswith("my own notes")


def test_an_endless_day_is_passed_over_and_forgotten(neckform: Runner, own_data: Path) -> None:
    day = own_data / "days" / "2026-11-20.json"
    day.parent.mkdir()
    shutil.copy(FAULTS / "day_endless.json", day)
    one_line(neckform("history"), 2, day.name, "passed over")
    assert neckform("history", "forget", "--all").code == 0
    assert not day.exists()
    assert neckform("history").err == ""


def test_the_second_analysis_into_a_folder_says_so(
    neckform: Runner, tmp_path: Path, good: Path
) -> None:
    folder = tmp_path / "neckform-out" / good.stem
    folder.mkdir(parents=True)
    with claimed(folder):
        one_line(neckform("analyze", good), 2, good.stem, "another neckform is writing there")
    assert list(folder.iterdir()) == []
    assert neckform("analyze", good).code == 0
