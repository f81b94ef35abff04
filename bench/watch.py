"""What ``neckform watch`` costs beside other work: CPU seconds a minute, and memory.

    python bench/watch.py                        # two minutes on the packaged clip
    python bench/watch.py --minutes 30 --check   # as promised: exit 1 when it costs more
    python bench/watch.py --clip DESK.mp4        # what the camera shows, again and again
    python bench/watch.py --empty                # nobody there, after the first half minute

The whole monitor runs as it would at a camera, in real time, with a clip that plays for ever in the
camera's place. Decoding each frame of the clip stands for what a camera costs. CPU seconds count,
not wall time, so other work on the machine does not matter. The first minute (imports, models, the
search for the neutral) is told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from memory import memory_mb
from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.monitor import monitor
from neckform.core.monitor.monitor import WatchSettings
from neckform.jobs.demo.job import CLIP
from neckform.jobs.watch.camera_duty import Keeper
from neckform.jobs.watch.job import Loop
from neckform.jobs.watch.lines import Lines
from neckform.jobs.watch.run import Parts
from neckform.jobs.watch.running import Running
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.other_programs import OtherPrograms
from neckform.sensing.sources.clock import RealClock
from neckform.sensing.sources.video import Frame, open_video
from neckform.showing.notifications import Notifier
from neckform.terminal.keys import Keys

MOST_CPU_S, MOST_EMPTY_CPU_S = 2.4, 0.6
"""A minute: 4 % of one core, and 1 % while nobody is there."""
MOST_MB = 400.0
MOST_GROWTH_MB = 10.0
"""Over the second half: the first fills every buffer there is."""


class EndlessCamera:
    """A clip that plays again and again, in real time, and stands still while it is let go."""

    name = "a clip"
    is_open = False

    def __init__(self, clip: Path, clock: RealClock, *, empty_after_s: float | None) -> None:
        self._clip = clip
        self._clock = clock
        self._began_ms = self._released_ms = clock.now_ms()
        self._empty_ms = None if empty_after_s is None else round(empty_after_s * 1000)
        self._frames = self._play()

    def open(self) -> None:
        self.is_open = True
        self._began_ms += self._clock.now_ms() - self._released_ms

    def release(self) -> None:
        if self.is_open:
            self._released_ms = self._clock.now_ms()
        self.is_open = False

    def read(self) -> Frame | None:
        now_ms = self._clock.now_ms() - self._began_ms
        frame = next(frame for frame in self._frames if frame.t_ms >= now_ms)
        image = frame.image
        if self._empty_ms is not None and frame.t_ms > self._empty_ms:
            image = np.full_like(image, 110)
        return Frame(self._began_ms + frame.t_ms, image)

    def _play(self) -> Iterator[Frame]:
        offset_ms = t_ms = 0
        while True:
            with open_video(self._clip, sample_fps=60.0) as video:
                for frame in video:
                    t_ms = offset_ms + frame.t_ms
                    yield Frame(t_ms, frame.image)
            offset_ms = t_ms + 80


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what neckform watch costs.")
    parser.add_argument("--clip", type=Path, default=CLIP)
    parser.add_argument("--minutes", type=float, default=2.0, metavar="N")
    parser.add_argument("--empty", action="store_true", help="nobody there after half a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers")
    parser.add_argument("--check", action="store_true", help="fail when it costs too much")
    options = parser.parse_args()
    points = run(options.clip, options.minutes, empty_after_s=30.0 if options.empty else None)
    first, rest = points[0], points[1:]
    minutes = (rest[-1][0] - first[0]) / 60.0
    cpu_s = (rest[-1][1] - first[1]) / minutes
    peak_mb = memory_mb("VmHWM")
    growth_mb = points[-1][2] - points[len(points) // 2][2]
    print(f"first minute {first[1]:.1f} CPU s, with imports and models")
    print(f"after it     {cpu_s:.2f} CPU s a minute: {cpu_s / 0.6:.1f} % of one core")
    print(f"memory       peak {peak_mb:.0f} MB, growth over the second half {growth_mb:+.1f} MB")
    if options.json:
        numbers = {"cpu_s_per_minute": cpu_s, "peak_mb": peak_mb, "growth_mb": growth_mb}
        text = json.dumps(numbers | {"at": points}, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    most_s = MOST_EMPTY_CPU_S if options.empty else MOST_CPU_S
    good = cpu_s <= most_s and peak_mb <= MOST_MB and growth_mb <= MOST_GROWTH_MB
    return 1 if options.check and not good else 0


def run(
    clip: Path, minutes: float, *, empty_after_s: float | None
) -> list[tuple[float, float, float]]:
    """Watch for so long; wall seconds, CPU seconds and memory in MB after each minute."""
    begin = time.monotonic()
    points: list[tuple[float, float, float]] = []

    def stop() -> bool:
        passed_s = time.monotonic() - begin
        if passed_s >= 60.0 * (len(points) + 1):
            points.append((passed_s, time.process_time(), memory_mb("VmRSS")))
            print(f"{passed_s / 60:5.1f} min {points[-1][1]:8.1f} CPU s {points[-1][2]:7.1f} MB",
                  flush=True)  # fmt: skip
        return passed_s >= 60.0 * max(minutes, 2.0) + 1.0

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clock = RealClock()
        parts = Parts(
            keeper=Keeper(EndlessCamera(clip, clock, empty_after_s=empty_after_s)),
            clock=clock,
            glancer=stack.enter_context(Glancer(find_models())),
            notifier=stack.enter_context(Notifier()),
            lines=Lines(as_json=False, minutes=True),
            keys=stack.enter_context(Keys()),
            running=stack.enter_context(Running(folder)),
            stop=stop,
            others=OtherPrograms().busy,
        )
        settings = WatchSettings(load_postures(), load_correction(), load_settings())
        Loop(parts, monitor.begin(settings), days=folder).run()
    return points


if __name__ == "__main__":
    sys.exit(main())
