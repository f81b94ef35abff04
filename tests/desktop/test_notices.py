"""Notices and their buttons, with a real notification daemon on a virtual display."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from virtual import Desktop, until

import clips

pytestmark = pytest.mark.slow

RULES = """
[live]
after_s = 10
cooldown_s = 10
"""
CONFIG = """
[global]
    origin = top-right
    offset = 0x0
    width = 300
    font = Sans 9
    mouse_left_click = context
    dmenu = {picker}
"""
PICKER = """#!/bin/sh
grep -F -m 1 "$(cat '{wanted}')"
"""
SENDING = """
import json, sys, time
from neckform.showing.notifications import Notifier
with Notifier() as notifier:
    buttons = {{"a": "First", "b:c": "Other one"}}
    shown = notifier.show("Title", "Text", urgent=True, buttons=buttons)
    print(json.dumps([shown, notifier.disturbs, notifier.trouble]), flush=True)
    pressed, late = [], time.monotonic() + {patience}
    while shown and not pressed and time.monotonic() < late:
        pressed = notifier.pressed()
        time.sleep(0.1)
    print(json.dumps(pressed))
"""


@pytest.fixture
def daemon(desktop: Desktop) -> Desktop:
    """A desktop with dunst, whose menu picks what stands in a file, as a person would."""
    picker, config = desktop.folder / "picker", desktop.folder / "dunstrc"
    picker.write_text(PICKER.format(wanted=desktop.folder / "wanted"))
    picker.chmod(0o755)
    config.write_text(CONFIG.format(picker=picker))
    desktop.start("dunst", "-conf", config, log="dunst")
    until(lambda: dunst(desktop, "is-paused") == "false", "dunst answers")
    return desktop


def dunst(desktop: Desktop, *asked: str) -> str:
    ran = subprocess.run(
        ["dunstctl", *asked], env=desktop.env, capture_output=True, text=True, check=False
    )
    return ran.stdout.strip()


def press(desktop: Desktop, button: str) -> None:
    """Click on the notice that is shown, and choose a button from its menu."""
    (desktop.folder / "wanted").write_text(button)
    until(lambda: dunst(desktop, "count", "displayed") != "0", "a notice is shown")
    desktop.press("mousemove", 700, 20, "sleep", 0.3, "click", 1)


def tilting(folder: Path) -> Path:
    """Six seconds of sitting, then a head fallen sideways for two minutes."""
    still, low = list(clips.demo_frames(0, 2.5)), list(clips.demo_frames(58.6, 58.8))
    frames = [
        *(still + still[::-1])[: 6 * clips.FPS],
        *[low[index % len(low)] for index in range(120 * clips.FPS)],
    ]
    return clips.write_video(folder / "tilting.mp4", frames)


def test_each_button_of_a_notice_is_obeyed(daemon: Desktop) -> None:
    rules = daemon.folder / "postures.toml"
    rules.write_text(RULES)
    daemon.start(
        *(sys.executable, "-m", "neckform", "watch", "--json", "--no-tray", "--hint", "5"),
        *("--posture-settings", rules, "--source", tilting(daemon.folder)),
        log="watch",
    )
    log = daemon.folder / "watch.txt"

    def said(event: str) -> bool:
        return f'"event": "{event}"' in log.read_text()

    until(lambda: said("hint"), "the hint")
    until(lambda: dunst(daemon, "count", "displayed") != "0", "it is shown")
    daemon.picture().save(daemon.folder / "notice.png")
    press(daemon, "Not bad")
    until(lambda: said("not-bad"), "its button")
    dunst(daemon, "close-all")
    until(lambda: said("notice"), "the notice: no limit has changed")
    press(daemon, "Quiet for 30 minutes")
    until(lambda: said("snoozed"), "its button")
    today = daemon.neckform("watch", "--status").stdout
    assert "head fallen sideways: not bad, you said 1 time" in today
    assert daemon.neckform("watch", "--stop").returncode == 0
    assert "Traceback" not in log.read_text()


def test_who_wants_no_disturbance_is_not_disturbed(daemon: Desktop) -> None:
    def send() -> subprocess.Popen[bytes]:
        program = SENDING.format(patience=30)
        return daemon.start(sys.executable, "-c", program, log="sent")

    sent = daemon.folder / "sent.txt"
    sending = send()
    press(daemon, "Other one")
    assert sending.wait(60) == 0
    assert list(map(json.loads, sent.read_text().splitlines())) == [[True, True, None], ["b:c"]]
    dunst(daemon, "close-all")
    dunst(daemon, "set-paused", "true")
    sent.unlink()
    assert send().wait(60) == 0
    assert list(map(json.loads, sent.read_text().splitlines())) == [[False, False, None], []]
    assert dunst(daemon, "count", "waiting") == "0", "nor does anything wait for them"
    dunst(daemon, "set-paused", "false")
