"""Makes the README's pictures from the packaged clip: ``python docs/pictures/make.py [FOLDER]``.

The real program runs before the clip, in a headless Chromium: nothing is drawn or put together by
hand. A test makes them again and compares them loosely with those that are kept.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from neckform.jobs.demo.job import CLIP

HERE = Path(__file__).parent
SIZE = (1280, 720)
SHOWN = (800, 450)
MOVING, HOME, REPORT = "coach.webp", "home.webp", "report.webp"
EVERY_S = 0.25
LONGEST_S = 9.0


def make(folder: Path, *, moving_s: float = LONGEST_S) -> None:
    """Write all of them.

    Parameters
    ----------
    moving_s : float
        How long the moving one lasts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, browser() as page:
        for name, take in ((HOME, _home), (REPORT, _report)):
            take(page, Path(data)).save(folder / name, quality=70)
        first, *more = _coach(page, Path(data), moving_s)
        first.save(
            folder / MOVING,
            save_all=True,
            append_images=more,
            duration=round(EVERY_S * 1000),
            loop=0,
            quality=45,
            method=6,
        )


@contextmanager
def browser() -> Iterator[Page]:
    """A page in Chromium, in English and in light."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        width, height = SIZE
        yield chromium.new_page(
            viewport={"width": width, "height": height}, locale="en-GB", color_scheme="light"
        )
        chromium.close()


@contextmanager
def program(data: Path, command: str, *arguments: str) -> Iterator[str]:
    """The program before the clip; gives the address of its page."""
    environment = os.environ | {"NECKFORM_DATA": str(data), "LC_ALL": "C"}
    words = [sys.executable, "-m", "neckform", command, "--no-browser", "--source", str(CLIP)]
    words += arguments
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stdout is not None
            found = re.search(r"http://\S+", running.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            running.kill()


def _home(page: Page, data: Path) -> Image.Image:
    with program(data, "home") as address:
        page.goto(address)
        page.wait_for_selector(".phase.home:not([hidden])", timeout=60_000)
        return _still(page)


def _report(page: Page, data: Path) -> Image.Image:
    words = [sys.executable, "-m", "neckform", "analyze", str(CLIP), "--out", str(data / "report")]
    environment = os.environ | {"LC_ALL": "C", "NECKFORM_DATA": str(data)}
    subprocess.run([*words, "--no-history"], check=True, capture_output=True, env=environment)
    page.goto((data / "report" / "report.html").as_uri())
    page.wait_for_selector("#angles canvas")
    return _still(page)


def _coach(page: Page, data: Path, moving_s: float) -> list[Image.Image]:
    with program(data, "coach", "--stretch", "upper-trapezius:left") as address:
        page.goto(address)
        for button in ("#begin", "#all-no", "#answered"):
            page.wait_for_selector(button, timeout=60_000)
            page.click(button)
        page.wait_for_selector("body[data-phase=hold]", timeout=60_000)
        holding = "document.querySelector('[data-hold-state]')?.dataset.holdState === 'holding'"
        page.wait_for_function(holding, timeout=60_000)
        if page.is_visible("#voice-understood"):  # a computer without a voice says so
            page.click("#voice-understood")
            page.mouse.move(0, 0)
        return list(_every(page, moving_s, lambda: _shot(page)))


def _every(page: Page, lasts_s: float, take: Callable[[], Image.Image]) -> Iterator[Image.Image]:
    end = time.monotonic() + lasts_s
    while time.monotonic() < end:
        due = time.monotonic() + EVERY_S
        yield take()
        page.wait_for_timeout(max(0.0, due - time.monotonic()) * 1000)


def _still(page: Page) -> Image.Image:
    page.wait_for_timeout(800)  # what fades in has arrived
    return _shot(page)


def _shot(page: Page) -> Image.Image:
    shot = Image.open(BytesIO(page.screenshot(type="png")))
    return shot.convert("RGB").resize(SHOWN, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
