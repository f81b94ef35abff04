"""The icon in a real tray, on a virtual display: what it shows, and what its menu does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from virtual import Desktop, until

pytest.importorskip("PySide6", reason="TRAY NOT TRIED: neckform[tray] is not installed")

from neckform.showing.tray import drawing

pytestmark = pytest.mark.slow


def colour(name: str) -> tuple[int, int, int]:
    red, green, blue, _ = getattr(drawing, name).getRgb()
    return red, green, blue


def status(desktop: Desktop) -> dict[str, Any]:
    path = desktop.folder / "kept" / "neckform" / "watch" / "status.json"
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}


def choose(desktop: Desktop, downs: int) -> None:
    """Open the menu, go down, and press Enter."""
    desktop.press("mousemove", 16, 16, "click", 3)
    desktop.press("sleep", 0.7, "key", "--delay", 60, *["Down"] * downs, "Return")


def test_the_icon_shows_how_it_is_and_its_menu_steers(desktop: Desktop, desk_clip: Path) -> None:
    desktop.host_icons()
    started = desktop.neckform("watch", "--background", "--source", desk_clip, "--no-notify")
    assert (started.returncode, started.stderr) == (0, "")
    assert "watching in the background" in started.stdout
    again = desktop.neckform("watch", "--background", "--source", desk_clip)
    assert again.returncode == 1
    assert "running already" in again.stderr

    until(lambda: desktop.shows(colour("UNSEEN")), "the ring: no neutral yet")
    until(lambda: desktop.shows(colour("GOOD"), 100), "the disc: rests well")
    until(lambda: desktop.shows(colour("BAD"), 100), "the triangle: the chin is on the chest")
    choose(desktop, 2)  # the line above is no entry
    until(lambda: status(desktop).get("camera") == "paused", "the menu's pause")
    until(lambda: desktop.shows(colour("PAUSED"), 100), "the bars: paused")
    choose(desktop, 2)
    until(lambda: status(desktop).get("camera") == "on", "the menu's way back")
    choose(desktop, 3)
    until(lambda: status(desktop).get("snoozed"), "the menu's snooze")
    choose(desktop, 4)
    until(lambda: not status(desktop).get("neutral"), "the menu's new neutral")
    desktop.picture().save(desktop.folder / "tray.png")

    stopped = desktop.neckform("watch", "--stop")
    assert (stopped.returncode, stopped.stdout) == (0, "stopped\n")
    until(lambda: not desktop.shows(colour("UNSEEN")), "the icon ends with the monitor")


def test_a_desktop_without_a_tray_is_one_plain_sentence(desktop: Desktop, desk_clip: Path) -> None:
    desktop.start(
        sys.executable, "-m", "neckform", "watch", "--source", desk_clip, "--no-notify", log="watch"
    )
    log = desktop.folder / "watch.txt"
    until(lambda: "no tray for icons" in log.read_text(), "said")
    assert "Traceback" not in log.read_text()
    assert desktop.neckform("watch", "--stop").returncode == 0
