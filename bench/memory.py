"""Memory: of this process, for the other benches; and of `neckform analyze` over a long recording.

    python bench/memory.py                      # three hours of the packaged clip, repeated
    python bench/memory.py --hours 0.5 --check  # exit 1 above the limit

The landmarks of the packaged clip are written again and again into one recording, which the whole
command then analyses, in a process of its own, with all that it writes by default.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from neckform import cli
from neckform.core.measure.observation import Observation
from neckform.jobs.demo.job import CLIP
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources import recording
from neckform.sensing.sources.video import open_video

MOST_MB = 400.0
PAUSE_MS = 100


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the memory of a long replay.")
    parser.add_argument("--hours", type=float, default=3.0)
    parser.add_argument("--check", action="store_true", help=f"exit 1 above {MOST_MB:.0f} MB")
    parser.add_argument("--of", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.of:
        return analyze_here(*options.of)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.nfobs"
        count = write_long(path, options.hours)
        size_mb = path.stat().st_size / 1e6
        print(f"{options.hours:g} h, {count} observations, {size_mb:.0f} MB on disk")
        took_s, most_mb = analyzed(path, Path(folder))
    print(f"analysed in {took_s:.0f} s; at most {most_mb:.0f} MB of memory")
    return int(options.check and most_mb > MOST_MB)


def write_long(path: Path, hours: float) -> int:
    """Write the packaged clip's landmarks again and again; answers with how many there are."""
    with open_video(CLIP, 10.0) as source, closing(observe(source, find_models())) as looks:
        once = [observation for _, observation in looks]
    count = 0
    with recording.write(path) as recorder:
        for observation in repeated(once, int(hours * 3_600_000)):
            recorder.append(observation)
            count += 1
    return count


def repeated(once: list[Observation], end_ms: int) -> Iterator[Observation]:
    start_ms = 0
    while True:
        for observation in once:
            t_ms = start_ms + observation.t_ms
            if t_ms > end_ms:
                return
            yield replace(observation, t_ms=t_ms)
        start_ms += once[-1].t_ms + PAUSE_MS


def analyzed(path: Path, folder: Path) -> tuple[float, float]:
    """Analyse in a process of its own: seconds, and its largest memory in megabytes.

    The process tells its memory itself: what the system tells of a child that ended is never less
    than what its parent took when it started it.
    """
    command = [sys.executable, __file__, "--of", path, folder / "out"]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - started, float(done.stdout.splitlines()[-1])


def analyze_here(path: Path, out: Path) -> int:
    """Run the whole command in this process, and print its largest memory last."""
    sys.argv = ["neckform", "analyze", str(path), "--out", str(out), "--no-history"]
    try:
        cli.main()
    except SystemExit as ended:
        print(memory_mb("VmHWM"))
        return int(ended.code or 0)
    return 1


def memory_mb(name: str) -> float:
    """``VmRSS`` (now) or ``VmHWM`` (the most so far) of this process; Linux only, else NaN."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    lines = status.read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
