"""How long it takes from the camera to the page.

    python bench/live.py               # the packaged clip, as a camera of 30 pictures a second
    python bench/live.py CLIP --seconds 60
    python bench/live.py --check       # exit 1 when it is slower than promised

The whole coach runs: a recording in the camera's place in real time, both models, the routine, the
server, and the page in a real Chromium. Each state carries the time of its picture's grab, and the
page answers it once it is drawn. Both are seen from outside, on the page's socket. The way of the
answer to this program is counted too, so the figures are upper bounds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from neckform.app.desk import Desk
from neckform.app.front import Image, PageFront, State
from neckform.app.opening import PAGES, new_source
from neckform.app.serving import Serving
from neckform.app.state_board import StateBoard
from neckform.config.settings import load_settings
from neckform.core.coach.routine import all_exercises
from neckform.core.stretch.stretches import OwnRange
from neckform.jobs.coach.choices import Choices
from neckform.jobs.coach.job import Visit
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.demo.job import CLIP
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.sources.clock import RealClock, Stopwatch
from speed import retimed

MOST_MS = 150.0
SHARE = 95
LEAST_PER_S = 15.0
MOST_WORK_MS = 10.0
CHROMIUM = Path("/usr/bin/chromium")
WARM_S = 3.0
"""Left out at the beginning: a browser that compiles, models that see their first picture."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the way from the camera to the page.")
    parser.add_argument("clip", nargs="?", type=Path, default=CLIP)
    parser.add_argument("--seconds", type=float, default=30.0, metavar="N")
    parser.add_argument("--as-fps", type=float, default=30.0, metavar="N", help="the camera's rate")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers")
    parser.add_argument("--check", action="store_true", help="fail when it misses its promises")
    options = parser.parse_args()
    if find_spec("playwright") is None or not CHROMIUM.exists():
        print(f"needs a browser to drive: pip install playwright, and {CHROMIUM}", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NECKFORM_DATA"] = folder
        clip = retimed(options.clip, Path(folder), options.as_fps)
        numbers = measure(clip, options.seconds)
    show(numbers)
    if options.json:
        options.json.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    good = (
        numbers["grab_to_page_ms"][str(SHARE)] <= MOST_MS
        and numbers["judged_per_s"] >= LEAST_PER_S
        and numbers["page_work_ms"][str(SHARE)] <= MOST_WORK_MS
    )
    return 1 if options.check and not good else 0


class TimedFront(PageFront):
    """Remembers each state with a picture: its number and the time of the grab."""

    def __init__(self, board: StateBoard) -> None:
        super().__init__(board)
        self.shown: list[tuple[int, int]] = []
        self._count = 0

    def show(self, state: State, image: Image | None) -> None:
        self._count += 1
        if image is not None:
            self.shown.append((self._count, state["t_ms"]))
        super().show(state, image)


@dataclass
class Answers:
    """What the page said on its socket: for each state when it was drawn, and the work of it."""

    clock: Stopwatch
    drawn_ms: dict[int, float] = field(default_factory=dict)
    work_ms: dict[int, float] = field(default_factory=dict)

    def hear(self, message: str | bytes) -> None:
        answer = json.loads(message)
        if "seen" in answer:
            self.drawn_ms[answer["seen"]] = self.clock.now_ms()
            self.work_ms[answer["seen"]] = answer["work_ms"]


def measure(clip: Path, seconds: float) -> dict[str, Any]:
    """Run the coach on a clip with a browser before it, for so many seconds."""
    board, clock, over = StateBoard(), Stopwatch(RealClock()), threading.Event()
    front, answers = TimedFront(board), Answers(clock)
    with Serving(board, PAGES) as serving:
        browser = threading.Thread(
            target=_browse, args=(serving.entrance.address, seconds, over, answers)
        )
        browser.start()
        settings = load_settings()
        visit = Visit(
            desk=Desk("coach", front, clock, over.is_set, clip.name),
            options=CoachOptions(source=clip, history=False),
            settings=settings,
            own_range=OwnRange(),
            choices=Choices(all_exercises(settings.stretches)),
            models=find_models(),
            new_source=lambda: new_source(clip, 0, clock),
        )
        visit.run()
        over.set()
        browser.join()
    return summed_up(front.shown, answers)


def summed_up(shown: list[tuple[int, int]], answers: Answers) -> dict[str, Any]:
    """The numbers.

    Parameters
    ----------
    shown : list of (int, int)
        Number and grab time in milliseconds of each state with a picture.
    """
    first_ms = shown[0][1] + WARM_S * 1000
    grabbed_ms = {number: t_ms for number, t_ms in shown if t_ms >= first_ms}
    seen = sorted(grabbed_ms.keys() & answers.drawn_ms.keys())
    times = sorted(grabbed_ms.values())
    after = np.array([answers.drawn_ms[number] - grabbed_ms[number] for number in seen])
    work = np.array([answers.work_ms[number] for number in seen])
    span_s = (times[-1] - times[0]) / 1000
    return {
        "seconds": span_s,
        "judged_per_s": (len(times) - 1) / span_s,
        "shown_per_s": len(seen) / span_s,
        "grab_to_page_ms": percentiles(after),
        "page_work_ms": percentiles(work),
    }


def percentiles(values: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, float]:
    return {str(share): float(np.percentile(values, share)) for share in (50, 95, 99, 100)}


def _browse(address: str, seconds: float, over: threading.Event, answers: Answers) -> None:
    """A person at the page, in as few steps as it takes; whatever happens, the measuring ends."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        stack.callback(over.set)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.on("websocket", lambda socket: socket.on("framesent", answers.hear))
        page.goto(address)
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="No to all of these").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_timeout((seconds + WARM_S) * 1000)
        over.set()
        browser.close()


def show(numbers: dict[str, Any]) -> None:
    print(f"{numbers['seconds']:.0f} s, judged {numbers['judged_per_s']:.1f} pictures a second, "
          f"shown {numbers['shown_per_s']:.1f}")  # fmt: skip
    for name, text in (("grab_to_page_ms", "grab to page"), ("page_work_ms", "page's own work")):
        values = ", ".join(f"{share} % {ms:.1f}" for share, ms in numbers[name].items())
        print(f"  {text:<16} ms: {values}")


if __name__ == "__main__":
    sys.exit(main())
