"""``neckform coach`` as it is typed, with a recording as the camera: it plays in real time."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from visit_stage import files

import clips
import neckform as package
from neckform.config.settings import load_settings
from neckform.core.coach.routine import all_exercises
from neckform.history.entry import Entry
from neckform.history.store import Store
from neckform.resources import resource
from running import Ran, Runner

pytestmark = pytest.mark.slow

SOURCE = str(Path(package.__file__).parents[1])
NO = "n\n" * 7
LEFT = ("--stretch", "upper-trapezius:left", "--hold", "5")
ENVIRONMENT = os.environ | {"PYTHONPATH": SOURCE, "PYTHONUNBUFFERED": "1"}


def one_clear_line(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code
    assert "Traceback" not in ran.out + ran.err
    (line,) = ran.complaints
    assert line.startswith("neckform: ")
    for word in words:
        assert word in line


def answering(patch: pytest.MonkeyPatch, lines: str) -> None:
    patch.setattr(sys, "stdin", io.StringIO(lines))


def start(folder: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    """A real one, in a process of its own, with its questions answered."""
    process = subprocess.Popen(
        [sys.executable, "-m", "neckform", "coach", "--text", "--no-voice", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=ENVIRONMENT | {"NECKFORM_DATA": str(folder / "own")},
    )
    assert process.stdin is not None
    process.stdin.write(NO)
    process.stdin.flush()
    return process


def until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Read on until a line says so."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError((words, lines, process.communicate()))


def history(folder: Path) -> list[Entry]:
    with Store(folder / "own" / "history.db") as store:
        return store.entries()


# --- more than one person -----------------------------------------------------------------


def test_who_is_chosen_by_place_in_the_mirror_is_followed(tmp_path: Path) -> None:
    two = Path(__file__).parents[1] / "data" / "odd" / "two_people_alike.mp4"
    frames = list(clips.video_frames(two))
    still = frames[:21]
    whole = [*still, *reversed(still), *still, *reversed(still), *frames[: 18 * 15]]
    clip = clips.write_video(tmp_path / "two.mp4", whole, fps=15)
    process = start(tmp_path, "--source", clip, *LEFT, "--person", "right")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "Ear to shoulder, to the left: 5 of 5 s, done" in out


def test_a_person_who_cannot_be_meant(neckform: Runner) -> None:
    one_clear_line(neckform("coach", "--text", "--person", "0"), 2, "--person", "neither left")


# --- a whole routine ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def routine(held_clip: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The folder in which it ran, what it said, and what it complained of."""
    folder = tmp_path_factory.mktemp("routine")
    process = start(folder, "--source", held_clip, *LEFT, "--history", "--out", "out")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return folder, out, err


def test_a_hold_is_completed_and_told(routine: tuple[Path, str, str]) -> None:
    _, out, err = routine
    for words in (
        "Your routine: Ear to shoulder, left; 5 s each.",
        "First, your neck (y or n):",
        "1/1 Ear to shoulder, to the left",
        "Stay.",
        "Done for today",
        "Ear to shoulder, to the left: 5 of 5 s, done",
        "Kept in your history",
    ):
        assert words in out, words
    assert err == ""


def test_its_files_are_valid(routine: tuple[Path, str, str]) -> None:
    folder, _, _ = routine
    report = json.loads((folder / "out" / "report.json").read_text("utf-8"))
    schema = json.loads(resource("showing/exports", "report.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(report)
    (hold,) = report["holds"]
    assert (hold["side"], hold["completed"], hold["target_s"]) == ("left", True, 5.0)
    assert "played from held.mp4" in json.dumps(report["source"])


def test_it_is_in_the_history_when_that_was_asked(routine: tuple[Path, str, str]) -> None:
    folder, _, _ = routine
    (entry,) = history(folder)
    assert [one.completed for one in entry.holds] == [True]


def test_it_leaves_only_what_was_asked_for(routine: tuple[Path, str, str]) -> None:
    folder, _, _ = routine
    assert files(folder) == {"out/report.html", "out/report.json", "out/frames.csv"}


# --- ends that come early -----------------------------------------------------------------


def test_a_process_that_is_killed_has_kept_the_holds_before(tmp_path: Path) -> None:
    still = list(clips.demo_frames(0, 2))
    sitting = [*still, *still[::-1]]
    frames = [*sitting, *clips.demo_frames(5, 11), *sitting, *sitting]
    clip = clips.write_video(tmp_path / "killed.mp4", frames)
    process = start(tmp_path, "--source", clip, "--history", "--hold", "5", "--stretch",
                    "upper-trapezius")  # fmt: skip
    try:
        until(process, "Swap sides")
        end = time.monotonic() + 8
        while time.monotonic() < end and not (tmp_path / "own" / "history.db").exists():
            time.sleep(0.1)
        time.sleep(0.3)
        assert process.poll() is None, "too late to be killed"
    finally:
        process.kill()
        process.communicate()
    (entry,) = history(tmp_path)
    assert [(one.exercise, one.completed) for one in entry.holds] == [
        (("upper-trapezius", "left"), True)
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix")
def test_ctrl_c_saves_what_was_held(held_clip: Path, tmp_path: Path) -> None:
    process = start(tmp_path, "--source", held_clip, "--stretch", "upper-trapezius:left",
                    "--history", "--out", "out")  # fmt: skip
    until(process, "25 s left")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    (entry,) = history(tmp_path)
    (hold,) = entry.holds
    assert hold.held_s > 4
    assert not hold.completed
    assert (tmp_path / "out" / "report.json").exists()


# --- refused before anything begins -------------------------------------------------------


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, NO)


@pytest.mark.parametrize("lines", ["", "n\n", "n\n" * 6, "perhaps\n" * 3])
def test_questions_that_nobody_answers(
    neckform: Runner, held_clip: Path, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    answering(monkeypatch, lines)
    one_clear_line(
        neckform("coach", "--text", "--source", held_clip, *LEFT), 2, "answer the questions"
    )


def test_a_yes_ends_it_kindly(
    neckform: Runner, held_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "y\n" + NO)
    ran = neckform("coach", "--text", "--source", held_clip, *LEFT)
    assert (ran.code, ran.err) == (0, "")
    assert "Not today" in ran.out
    assert "See a physiotherapist" in ran.out
    assert "0:0" not in ran.out, "something was coached"


@pytest.mark.usefixtures("answered")
def test_no_camera(neckform: Runner) -> None:
    one_clear_line(neckform("coach", "--text", "--camera", "97"), 5, "camera 97 cannot be opened")


@pytest.mark.parametrize("make", [clips.text_file, clips.empty_file, clips.sound_only, None])
@pytest.mark.usefixtures("answered")
def test_a_source_that_is_no_video(neckform: Runner, tmp_path: Path, make: clips.Maker) -> None:
    path = tmp_path / "clip.mp4"
    if make is not None:
        make(path)
    one_clear_line(neckform("coach", "--text", "--source", path), 3, "clip.mp4")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--record", "a.txt"), ("--record", "a.txt", ".mp4", ".nfobs")),
        (("--record", "a"), ("--record",)),
        (("--stretch", "nose-dive"), ("nose-dive",)),
        (("--stretch", "cervical-paraspinal:left"), ("cervical-paraspinal",)),
        (("--settings", "nowhere.toml"), ("nowhere.toml",)),
        (("--profile", "nowhere"), ("nowhere.json", "cannot be read")),
        (("--profile", "a/b"), ("--profile",)),
    ],
)
@pytest.mark.usefixtures("answered")
def test_options_that_make_no_sense(
    neckform: Runner, held_clip: Path, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    ran = neckform("coach", "--text", "--source", held_clip, *options)
    one_clear_line(ran, 2, *words)


@pytest.mark.parametrize(
    "options", [("--hold", "1"), ("--hold", "x"), ("--port", "99999"), ("--camera", "-1")]
)
def test_usage(neckform: Runner, options: tuple[str, ...]) -> None:
    ran = neckform("coach", *options)
    assert ran.code == 2
    assert "Error:" in ran.err


@pytest.mark.usefixtures("answered")
def test_a_port_that_is_taken(neckform: Runner, held_clip: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = neckform("coach", "--no-browser", "--port", str(port), "--source", held_clip)
    assert ran.code == 1
    assert f"port {port}" in ran.err
    assert len(ran.complaints) == 1


# --- choices that were remembered ---------------------------------------------------------


def first_line(ran: Ran) -> str:
    return ran.out.splitlines()[0]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "7", '{"schema": "neckform/routine/9", "hold_s": 6}',
     '{"schema": "neckform/routine/1", "hold_s": "long", "routine": [7, null, {"stretch": []}]}',
     '{"schema": "neckform/routine/1", "routine": {}, "language": [], "volume": true}',
     '{"schema": "neckform/routine/1", "hold_s": 1e999, "rest_s": NaN, "repetitions": 0.5}'],
)  # fmt: skip
def test_nonsense_in_the_choices_is_nothing(
    neckform: Runner, held_clip: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (own_data / "routine.json").write_text(content, encoding="utf-8")
    answering(monkeypatch, "")
    ran = neckform("coach", "--text", "--source", held_clip)
    assert ran.code == 2
    passed_over, unanswered = ran.complaints
    assert passed_over.startswith("neckform: ")
    assert "routine.json" in passed_over
    assert "passed over" in passed_over
    assert "answer the questions" in unanswered
    assert first_line(ran).endswith("30 s each.")
    assert first_line(ran).count(";") == len(all_exercises(load_settings().stretches))


def test_what_was_chosen_is_remembered_and_options_go_before_it(
    neckform: Runner, held_clip: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {
        "schema": "neckform/routine/1",
        "routine": [{"stretch": "upper-trapezius", "side": "right"}],
        "hold_s": 12,
    }
    path = own_data / "routine.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    answering(monkeypatch, "")
    ran = neckform("coach", "--text", "--source", held_clip)
    assert first_line(ran) == "Your routine: Ear to shoulder, right; 12 s each."
    answering(monkeypatch, "")
    ran = neckform("coach", "--text", "--source", held_clip, *LEFT)
    assert first_line(ran) == "Your routine: Ear to shoulder, left; 5 s each."
    assert json.loads(path.read_text("utf-8")) == content


# --- help ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["coach", "calibrate"])
def test_help_loads_nothing_heavy(command: str) -> None:
    code = (
        "import sys; from neckform import cli; sys.argv[1:] = [sys.argv[1], '--help']\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, command], capture_output=True, text=True, check=False,
        env=ENVIRONMENT,
    )  # fmt: skip
    assert "Exit codes:" in done.stdout
    heavy = {"numpy", "cv2", "mediapipe", "rich", "matplotlib", "uvicorn", "starlette",
             "websockets", "sqlite3"}  # fmt: skip
    assert not heavy & set(done.stdout.splitlines()[-1].split())
    assert time.monotonic() - began < 5
