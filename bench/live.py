"""How long it takes from the camera to the page.

    python bench/live.py               # the packaged clip, as a camera of 30 pictures a second
    python bench/live.py CLIP --seconds 60
    python bench/live.py --check       # exit 1 when it is slower than promised

The whole coach runs: a recording in the camera's place in real time, both models, the routine, the
server, and the page in a real Chromium. Each picture carries the time of its grab; the page answers
each state after it has drawn it, and the way of the answer back is counted too. So the figures are
upper bounds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import numpy as np

from neckform.coach.choices import Choices
from neckform.coach.job import Visit
from neckform.coach.options import CoachOptions
from neckform.core.routine import all_exercises
from neckform.core.stretches import OwnRange
from neckform.demo.job import CLIP
from neckform.live.board import Arrival, Board
from neckform.live.desk import Desk
from neckform.live.front import PageFront
from neckform.live.opening import PAGES, new_source
from neckform.live.serving import Serving
from neckform.sensing.clock import RealClock, Stopwatch
from neckform.sensing.models import find_models
from neckform.settings import load_settings
from speed import retimed

MOST_MS = 150.0
SHARE = 95
LEAST_PER_S = 15.0
MOST_WORK_MS = 10.0
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


def measure(clip: Path, seconds: float) -> dict[str, Any]:
    """Run the coach on a clip with a browser before it, for so many seconds."""
    board, clock, over = Board(), Stopwatch(RealClock()), threading.Event()
    with Serving(board, clock, PAGES) as serving:
        browser = threading.Thread(target=_browse, args=(serving.address, seconds, over))
        browser.start()
        settings = load_settings()
        visit = Visit(
            desk=Desk("coach", PageFront(board), clock, over.is_set, clip.name),
            options=CoachOptions(source=clip, history=False),
            settings=settings,
            own_range=OwnRange(),
            choices=Choices(all_exercises(settings.stretches)),
            models=find_models(),
            new_source=lambda: new_source(clip, 0, clock),
            clock=clock,
        )
        visit.run()
        over.set()
        browser.join()
    return summed_up(list(board.arrivals), list(board.posted))


def summed_up(arrivals: list[Arrival], posted: list[tuple[int, int]]) -> dict[str, Any]:
    """The numbers.

    Parameters
    ----------
    posted : list of (int, int)
        Number and grab time in milliseconds of each state with a picture.
    """
    first_ms = posted[0][1] + WARM_S * 1000
    counted = {number for number, t_ms in posted if t_ms >= first_ms}
    seen = [one for one in arrivals if one.number in counted]
    times = sorted(t_ms for _, t_ms in posted if t_ms >= first_ms)
    after = np.array([one.after_ms for one in seen])
    work = np.array([one.work_ms for one in seen])
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


def _browse(address: str, seconds: float, over: threading.Event) -> None:
    """A person at the page, in as few steps as it takes."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(address)
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("button", name="No to all of these").click()
        page.get_by_role("button", name="Continue").click()
        over.wait(seconds + WARM_S)
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
