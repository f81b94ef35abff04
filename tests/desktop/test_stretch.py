"""A stretch amid the watch: the camera is lent to a small coach, which closes itself."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright
from virtual import Desktop, until

import clips

pytestmark = pytest.mark.slow


def leaning_then_stretching(folder: Path) -> Path:
    """Eight seconds upright, ten with the head fallen right, then the left ear to its shoulder."""
    still = list(clips.demo_frames(0, 2.5))
    still = (still + still[::-1]) * 2
    right, left = list(clips.demo_frames(58.6, 58.8)), list(clips.demo_frames(20, 30))
    frames = [
        *still[: 8 * clips.FPS],
        *[right[index % len(right)] for index in range(10 * clips.FPS)],
        *still[: 5 * clips.FPS],
        *((left + left[::-1]) * 8)[: 80 * clips.FPS],
    ]
    return clips.write_video(folder / "leaning.mp4", frames)


def test_the_stretch_that_undoes_it_is_led_and_counts(desktop: Desktop) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("STRETCH NOT TRIED: apt-get install chromium")
    desktop.env["BROWSER"] = "true"  # the test opens the page itself
    desktop.start(
        *(sys.executable, "-m", "neckform", "watch", "--json", "--no-tray", "--no-notify"),
        *("--source", leaning_then_stretching(desktop.folder)),
        log="watch",
    )
    log = desktop.folder / "watch.txt"

    def said(event: str) -> list[dict[str, Any]]:
        lines = map(json.loads, log.read_text().splitlines())
        return [line for line in lines if line["event"] == event]

    def leaned() -> bool:
        desktop.neckform("watch", "--status")
        return any(line["zones_ms"].get("side-tilt", 0) > 2000 for line in said("today"))

    until(leaned, "the head has fallen to the right")
    answer = desktop.neckform("watch", "--stretch")
    assert "Ear to shoulder, left" in answer.stdout
    assert (said("stretching")[-1]["stretch"], said("stretching")[-1]["side"]) == (
        "upper-trapezius", "left",
    )  # fmt: skip
    again = desktop.neckform("watch", "--stretch")
    assert again.stdout == "a stretch is open already\n"

    coach = desktop.folder / "kept" / "coach.log"
    until(lambda: "(works once)" in coach.read_text(), "the coach's page")
    (address,) = re.findall(r"http://\S+", coach.read_text())
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser)
        page = opened.new_page()
        page.goto(address)
        page.wait_for_selector("body[data-phase=questions]")
        page.click("#all-no")
        page.click("#answered")
        page.wait_for_selector("body[data-phase=hold]", timeout=90_000)
        page.screenshot(path=desktop.folder / "coach.png")
        page.wait_for_selector("body[data-phase=done]", timeout=120_000)
        page.screenshot(path=desktop.folder / "done.png")
        # It closes itself, or at least says that it has ended.
        until(
            lambda: page.is_closed() or page.evaluate("document.body.dataset.phase") == "ended",
            "the page closes",
        )
        opened.close()
    until(lambda: said("stretched"), "the camera is back, and it counts")
    desktop.neckform("watch", "--stop")  # unless the recording is over by now
    until(lambda: said("end"), "the end")
    assert said("end")[-1]["zones_ms"]["stretch"] >= 30_000
    assert "Traceback" not in log.read_text() + coach.read_text()
    kept = json.loads((desktop.folder / "kept" / "asked.json").read_text())
    assert kept["pain"] == 0, "nobody is asked again today"
