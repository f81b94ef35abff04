"""``neckform watch`` as it is typed, on recordings in the camera's place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import neckform as package
from clips import Image, video_frames, write_video
from neckform.config.profile import read_profile
from running import Ran, Runner

pytestmark = pytest.mark.slow

SOURCE = str(Path(package.__file__).parents[1])
NO_BUS = "shows no notifications"


def events(ran: Ran) -> list[str]:
    return [json.loads(line)["event"] for line in ran.out.splitlines()]


def one_clear_line(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code
    assert "Traceback" not in ran.out + ran.err
    (line,) = ran.complaints
    assert line.startswith("neckform: ")
    for word in words:
        assert word in line


def test_a_recording_in_the_camera_s_place(neckform: Runner, slumping: Path) -> None:
    ran = neckform("watch", "--source", slumping, "--fast", "--text")
    assert (ran.code, ran.err) == (0, "")
    for words in ("neutral found", "Chin on the chest for 1 min. Your chin", "good again",
                  "today: "):  # fmt: skip
        assert words in ran.out
    assert ran.out.count(NO_BUS) == 1


def test_json_lines(neckform: Runner, slumping: Path) -> None:
    ran = neckform("watch", "--source", slumping, "--fast", "--json")
    assert events(ran) == ["no-notifications", "neutral-wanted", "neutral", "minute", "notice",
                           "eased", "end"]  # fmt: skip
    notice = json.loads(ran.out.splitlines()[4])
    assert (notice["posture"], notice["lasted_ms"] >= 60_000) == ("chin-to-chest", True)
    last = json.loads(ran.out.splitlines()[-1])
    assert last["zones_ms"]["chin-to-chest"] == pytest.approx(75_000, abs=5000)


def test_each_line_tells_the_recording_s_own_time(neckform: Runner, slumping: Path) -> None:
    ran = neckform("watch", "--source", slumping, "--fast", "--json", "--no-notify")
    told = [(line["event"], line["recording_ms"]) for line in map(json.loads, ran.out.splitlines())]
    times = [at_ms for _, at_ms in told]
    assert times == sorted(times)
    assert times[0] == 0
    when = dict(told)
    # The chin sinks at 6 s and is back at 81 s.
    assert 66_000 <= when["notice"] <= 69_000
    assert 81_000 <= when["eased"] <= 86_000
    ran = neckform("watch", "--source", slumping, "--fast", "--no-notify")
    (eased,) = (line for line in ran.out.splitlines() if "good again" in line)
    minutes, seconds = divmod(when["eased"] // 1000, 60)
    assert eased.split()[0] == f"{minutes}:{seconds:02d}"


def test_the_same_recording_tells_the_same_twice(neckform: Runner, slumping: Path) -> None:
    def told() -> list[dict[str, object]]:
        ran = neckform("watch", "--source", slumping, "--fast", "--json", "--no-notify")
        return [{**json.loads(line), "time": ""} for line in ran.out.splitlines()]

    assert told() == told()


def test_a_recording_s_minutes_are_not_today_s(
    neckform: Runner, sitting: Path, own_folders: Path
) -> None:
    neckform("watch", "--source", sitting, "--fast")
    assert not (own_folders / "days").exists()


def test_a_recording_plays_in_real_time(neckform: Runner, sitting: Path) -> None:
    begin = time.monotonic()
    ran = neckform("watch", "--source", sitting, "--no-notify")
    assert ran.code == 0
    assert 11.0 <= time.monotonic() - begin < 40.0


def test_a_place_s_profile_is_made_once_and_used_from_then_on(
    neckform: Runner, sitting: Path, own_folders: Path
) -> None:
    first = neckform("watch", "--source", sitting, "--fast", "--profile", "home", "--no-notify")
    assert "there is no profile home yet" in first.out
    kept = own_folders / "profiles" / "home.json"
    baseline = read_profile(kept).baseline
    second = neckform("watch", "--source", sitting, "--fast", "--profile", "home", "--no-notify")
    assert "the neutral is the profile's" in second.out
    assert "sit upright" not in second.out
    assert read_profile(kept).baseline.start_ms == baseline.start_ms
    third = neckform("watch", "--source", sitting, "--fast", "--profile", kept, "--no-notify")
    assert "the neutral is the profile's" in third.out


def test_no_camera(neckform: Runner) -> None:
    ran = neckform("watch", "--camera", "97", "--no-notify")
    one_clear_line(ran, 5, "camera 97 cannot be opened")


def test_no_camera_is_found_out_with_bad_notifications_too(neckform: Runner) -> None:
    one_clear_line(neckform("watch", "--camera", "97"), 5, "camera 97")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--fast",), ("--fast", "--source")),
        (("--profile", "a/b"), ("--profile", "home")),
        (("--profile", ""), ("--profile", "home")),
        (("--snooze", "2h"), ("--snooze", "tomorrow")),
        (("--posture-settings", "nowhere.toml"), ("nowhere.toml", "no such file")),
    ],
)
def test_options_that_make_no_sense(
    neckform: Runner, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    one_clear_line(neckform("watch", *options), 2, *words)


@pytest.mark.parametrize(
    "options", [("--hint", "1"), ("--break", "-3"), ("--status", "--snooze", "1h")]
)
def test_usage(neckform: Runner, options: tuple[str, ...]) -> None:
    ran = neckform("watch", *options)
    assert ran.code == 2
    assert "Error:" in ran.err


def test_bad_settings_are_all_named_in_one_line(neckform: Runner, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[live]\nafter_s = -1\nwait_s = 3\n", encoding="utf-8")
    ran = neckform("watch", "--posture-settings", "own.toml")
    one_clear_line(ran, 2, "own.toml", "live.after_s", "live.wait_s")


def test_a_damaged_profile(neckform: Runner, tmp_path: Path) -> None:
    (tmp_path / "me.json").write_text("{", encoding="utf-8")
    one_clear_line(neckform("watch", "--profile", "me.json"), 2, "me.json", "profile")


def test_a_source_that_is_no_video(neckform: Runner, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_text("no video")
    ran = neckform("watch", "--source", "clip.mp4", "--no-notify")
    one_clear_line(ran, 3, "clip.mp4")


def test_orders_to_nobody(neckform: Runner) -> None:
    for order in (("--status",), ("--stop",), ("--snooze", "1h"), ("--pause",)):
        one_clear_line(neckform("watch", *order), 1, "no neckform watch is running")


def start(sitting: Path, home: Path) -> subprocess.Popen[str]:
    """A real one, in a process of its own, that has found its neutral."""
    names = ("XDG_DATA_HOME", "XDG_STATE_HOME", "HOME")
    process = subprocess.Popen(
        [sys.executable, "-m", "neckform", "watch", "--source", sitting, "--no-notify"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE} | dict.fromkeys(names, str(home)),
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "neutral found" in line:
            return process
    raise AssertionError(process.communicate())


@pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "log-out"])
def test_interrupted_it_prints_the_day(
    sitting_on: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = start(sitting_on, tmp_path)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "")
    assert "today: " in out.splitlines()[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="folders by XDG variables")
def test_two_terminals(sitting_on: Path, tmp_path: Path) -> None:
    def other(*arguments: str) -> subprocess.CompletedProcess[str]:
        names = ("XDG_DATA_HOME", "XDG_STATE_HOME", "HOME")
        return subprocess.run(
            [sys.executable, "-m", "neckform", "watch", *arguments],
            capture_output=True, text=True, check=False, timeout=30,
            env=os.environ | {"PYTHONPATH": SOURCE} | dict.fromkeys(names, str(tmp_path)),
        )  # fmt: skip

    process = start(sitting_on, tmp_path)
    try:
        second = other("--source", str(sitting_on), "--no-notify")
        assert second.returncode == 1
        assert f"running already (process {process.pid})" in second.stderr
        assert len(second.stderr.splitlines()) == 1
        status = other("--status")
        assert (status.returncode, status.stderr) == (0, "")
        assert "today: " in status.stdout
        stopped = other("--stop")
        assert (stopped.returncode, stopped.stdout) == (0, "stopped\n")
        out, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "today: " in out
    finally:
        process.kill()
        process.communicate()


# --- more than one person -------------------------------------------------------------------

TWO = Path(__file__).parents[1] / "data" / "odd" / "two_people_alike.mp4"
"""Two people, equally near; the one on the picture's left stretches from 2.7 s on."""


@pytest.mark.parametrize(("person", "rests"), [("right", False), ("left", True), ("1", True)])
def test_who_is_chosen_by_place_in_the_mirror_is_watched(
    neckform: Runner, person: str, rests: bool
) -> None:
    ran = neckform("watch", "--source", TWO, "--fast", "--json", "--person", person)
    assert ran.code == 0
    zones_ms = json.loads(ran.out.splitlines()[-1])["zones_ms"]
    # The one who stretches has begun before there is a neutral.
    assert (zones_ms.get("good", 0) > 25_000) == rests
    assert (zones_ms.get("unseen", 0) > 25_000) != rests


def test_a_person_who_cannot_be_meant(neckform: Runner) -> None:
    one_clear_line(neckform("watch", "--person", "nearest"), 2, "--person", "neither left")


@pytest.fixture(scope="module")
def relieved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody sits for 8 s, somebody else for 24 s, and the first one again for 14 s."""
    frames = [image for image, _ in zip(video_frames(TWO), range(21), strict=False)]
    halves = [[image[:, :480] for image in frames], [image[:, 480:] for image in frames]]

    def sits(who: int, seconds: int) -> list[Image]:
        still = halves[who]
        return ([*still, *reversed(still)] * seconds)[: 15 * seconds]

    path = tmp_path_factory.mktemp("clips") / "relieved.mp4"
    return write_video(path, [*sits(0, 8), *sits(1, 24), *sits(0, 14)], fps=15)


def test_who_sits_down_instead_gets_a_neutral_and_the_profile_stays_the_first_one_s(
    neckform: Runner, relieved: Path
) -> None:
    watch = ("watch", "--source", relieved, "--fast", "--json", "--no-notify", "--profile", "desk")
    ran = neckform(*watch)
    assert events(ran) == ["no-profile", "neutral-wanted", "neutral", "somebody-else", "neutral",
                           "own-neutral", "end"]  # fmt: skip
    kept, other = [json.loads(line) for line in ran.out.splitlines() if '"neutral"' in line]
    assert "kept in" in kept["text"]
    assert "kept in" not in other["text"]
