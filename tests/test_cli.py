import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import clips
import neckform
from neckform import cli
from neckform.core.errors import NeckformError
from running import Runner

pytestmark = pytest.mark.slow

SOURCE = str(Path(neckform.__file__).parents[1])


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "neckform", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    )


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    monkeypatch.chdir(tmp_path)
    return Runner(capfd, monkeypatch)


def test_help_names_each_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in ("analyze", "calibrate", "coach", "demo", "doctor", "stretches", "watch"):
        assert name in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="it does not tell its children's times")
def test_help_answers_at_once() -> None:
    """In seconds of the processor: those of the clock depend on what else the machine does."""
    taken_s = []
    for _ in range(3):
        before = os.times()
        assert run("--help").returncode == 0
        after = os.times()
        taken_s.append(after.children_user + after.children_system
                       - before.children_user - before.children_system)  # fmt: skip
    assert min(taken_s) < 0.3, taken_s


def test_version(command: Runner) -> None:
    ran = command("--version")
    assert (ran.code, ran.out) == (0, f"neckform {neckform.__version__}\n")


def test_the_version_is_the_distribution_s() -> None:
    try:
        installed = metadata.version("neckform")
    except metadata.PackageNotFoundError:
        pytest.skip("neckform is not installed, only on the path")
    assert installed == neckform.__version__


@pytest.mark.parametrize(
    "arguments", [("analyze",), ("nonsense",), ("analyze", "x", "--jobs", "0")]
)
def test_usage(command: Runner, arguments: tuple[str, ...]) -> None:
    ran = command(*arguments)
    assert ran.code == 2
    assert "Error:" in ran.err


def test_help_of_analyze_tells_every_option_and_exit_code(command: Runner) -> None:
    ran = command("analyze", "--help")
    for option in ("--out", "--stretch", "--baseline", "--sample-fps", "--annotate", "--json",
                   "--jobs", "--fail-on", "--settings", "--face-model", "--pose-model",
                   "--record", "--save-profile"):  # fmt: skip
        assert option in ran.out
    assert "[default: 10.0" in ran.out
    for code in ("0 done", "130 interrupted"):
        assert code in " ".join(ran.out.split())


def test_a_mistake_of_our_own_is_one_line_that_asks_for_a_report(
    command: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("never mind")

    monkeypatch.setattr("neckform.jobs.stretches.run", broken)
    monkeypatch.delenv("NECKFORM_DEBUG", raising=False)
    ran = command("stretches")
    assert ran.code == 70
    assert len(ran.complaints) == 1
    assert "NECKFORM_DEBUG=1" in ran.err
    assert "ZeroDivisionError: never mind" in ran.err
    monkeypatch.setenv("NECKFORM_DEBUG", "1")
    assert "Traceback" in command("stretches").err


@pytest.mark.parametrize("error", NeckformError.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_known_error_ends_with_its_code(
    command: Runner, monkeypatch: pytest.MonkeyPatch, error: type[NeckformError]
) -> None:
    def broken(*_: object) -> int:
        raise (
            error("a file", ["what is wrong"])
            if error.__name__ == "SettingsError"
            else error("what is wrong")
        )

    monkeypatch.setattr("neckform.jobs.stretches.run", broken)
    ran = command("stretches")
    assert ran.code == error.exit_code
    assert len(ran.complaints) == 1
    assert "what is wrong" in ran.err


@pytest.mark.parametrize(
    "error",
    [
        ImportError("libGL.so.1: cannot open shared object file: No such file or directory"),
        OSError("libGLESv2.so.2: cannot open shared object file: No such file or directory"),
    ],
)
def test_a_missing_system_library_is_named(
    command: Runner, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> int:
        raise error

    monkeypatch.setattr("neckform.jobs.stretches.run", broken)
    ran = command("stretches")
    assert ran.code == 6
    assert len(ran.complaints) == 1
    assert "apt-get install libgl1" in ran.err
    monkeypatch.setattr("neckform.sensing.landmarks.bundles.find_models", broken)
    assert "apt-get install libgl1" in " ".join(command("doctor", "--no-camera").out.split())


def test_stretches_tells_how_and_when_not(command: Runner) -> None:
    ran = command("stretches")
    assert ran.code == 0
    text = " ".join(ran.out.split())
    for words in (
        "Chin to chest",
        "Nose to armpit",
        "Ear to shoulder",
        "When not:",
        "frozen",
        "Stop at any pain",
        "fortnight",
        "15 to 20 minutes",
        "face down",
    ):
        assert words in text
    assert not re.search(r" +$", ran.out, re.MULTILINE)


def test_one_stretch(command: Runner) -> None:
    ran = command("stretches", "upper-trapezius")
    assert "Ear to shoulder" in ran.out
    assert "Levator" not in ran.out
    ran = command("stretches", "yoga")
    assert ran.code == 2
    assert "upper-trapezius" in ran.err


def test_doctor_finds_everything_but_a_camera(command: Runner) -> None:
    ran = command("doctor", "--no-camera")
    assert (ran.code, ran.err) == (0, "")
    for words in ("neckform", "mediapipe", "models", "privacy guard", "Everything works."):
        assert words in ran.out


def test_doctor_says_what_to_do_about_a_damaged_model(
    command: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from neckform.core.errors import ModelError

    def damaged(*_: object) -> None:
        raise ModelError("the face model is damaged; install neckform again")

    monkeypatch.setattr("neckform.sensing.landmarks.bundles.find_models", damaged)
    ran = command("doctor", "--no-camera")
    assert ran.code == 6
    assert "install neckform again" in ran.out
    assert "Not everything works" in ran.out


def test_doctor_says_what_to_do_about_a_camera(
    command: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from neckform.core.errors import CameraError

    def none(*_: object) -> str:
        raise CameraError("camera 0 cannot be opened; is it plugged in?")

    monkeypatch.setattr("neckform.sensing.sources.camera.camera_probe", none)
    ran = command("doctor")
    assert ran.code == 5
    assert "plugged in" in ran.out


def test_a_pipe_gets_plain_text(tmp_path: Path) -> None:
    done = run("analyze", clips.short(tmp_path / "clip.mp4"), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "Ear to shoulder, left" in done.stdout
    assert not re.search(r" +$", done.stdout, re.MULTILINE)


def test_demo(command: Runner, tmp_path: Path) -> None:
    ran = command("demo")
    assert (ran.code, ran.err) == (0, "")
    for words in ("Ear to shoulder, left", "Done.", "Ear to shoulder, right", "shoulder came up"):
        assert words in ran.out
    found = {item.name for item in (tmp_path / "neckform-demo").iterdir()}
    assert found == {
        "report.json", "report.html", "frames.csv", "annotated.mp4", "chapters.vtt",
    }  # fmt: skip


def test_a_reader_who_has_had_enough_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m neckform stretches | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    )
    assert done.stderr == ""


def test_what_a_terminal_cannot_show_is_no_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "neckform", "analyze", "\u4e0d.mp4"],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": SOURCE, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert cli.main


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where there may be no desktop")
def test_without_a_desktop_neckform_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    done = run()
    assert done.returncode == 0
    assert "neckform coach --text" in done.stdout
    assert "neckform home --no-browser" in done.stdout
    assert done.stderr == ""


def test_ctrl_c_within_an_import_ends_with_the_exit_code_too(tmp_path: Path) -> None:
    """As a module, Python would end by the signal where it came while a class was being made."""
    (tmp_path / "interrupted.py").write_text(
        "from unittest.mock import patch\n"
        "from neckform import cli\n"
        "with patch.object(cli.commands, 'main', lambda **_: exec('raise KeyboardInterrupt')):\n"
        "    cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": SOURCE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip()[:22]) == (130, "neckform: interrupted;")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process outright")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_request_to_end_that_comes_late_leaves_the_exit_code(tmp_path: Path, name: str) -> None:
    """While Python puts everything away, after the work was done and said."""
    (tmp_path / "late.py").write_text(
        "import atexit, os, signal\n"
        "from unittest.mock import patch\n"
        "from neckform import cli\n"
        f"atexit.register(lambda: os.kill(os.getpid(), signal.{name}))\n"
        "with patch.object(cli.commands, 'main', lambda **_: 1):\n"
        "    cli.program()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "late"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": SOURCE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
