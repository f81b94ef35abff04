"""What a Dask cluster costs beside the analysis, and whether its scheduler's memory stays flat.

    python bench/cluster.py                # 10,000 landmark recordings of one second, two workers
    python bench/cluster.py --count 500

Processor seconds of scheduler, workers and client are summed up while recordings are analysed; what
the same analysis takes alone is taken off. The rest is what handing out costs, set beside what a
minute of video takes. One recording is linked under many names: an analysis does not know that.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))
sys.path.append(str(ROOT / "tests" / "several"))

from dask_cluster import ENVIRONMENT, DaskCluster  # noqa: E402
from landmark_folder import seen_once  # noqa: E402

from neckform.jobs.analyze.inputs import Job  # noqa: E402
from neckform.jobs.analyze.judged import what_is_judged  # noqa: E402
from neckform.jobs.analyze.one import analyze_one  # noqa: E402
from neckform.jobs.analyze.options import AnalyzeOptions  # noqa: E402
from neckform.jobs.analyze.several.done import MARK  # noqa: E402
from neckform.jobs.analyze.several.passed_over import Earlier  # noqa: E402
from neckform.jobs.demo.job import CLIP  # noqa: E402
from neckform.sensing.sources import recording  # noqa: E402

OBSERVATIONS = 12
OPTIONS = AnalyzeOptions(html=False)
ALONE = 40
MOST_SHARE = 0.03
LOOKS = 10


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what a cluster costs.")
    parser.add_argument("--count", type=int, default=10_000, help="recordings")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory(prefix="neckform-bench-") as made:
        folder = Path(made)
        minute_s = one_minute(folder)
        one = short_recording(folder)
        alone_s = alone(one, folder)
        print(f"a minute of video: {minute_s:.2f} CPU s; a short recording alone: {alone_s:.4f}")
        spent_s, memory_mb = on_cluster(one, folder, count)
    over_s = spent_s / count - alone_s
    share = over_s / minute_s
    print(
        f"over the analysis: {over_s * 1000:.1f} ms a recording, {share:.2%} of a minute of video"
    )
    first, last = memory_mb[len(memory_mb) // 4], memory_mb[-1]
    print(f"scheduler: {first:.0f} MB after a quarter, {last:.0f} MB at the end")
    return 0 if share < MOST_SHARE else 1


def one_minute(folder: Path) -> float:
    """CPU seconds of the packaged clip, for sixty of its own."""
    before = time.process_time()
    done = analyze_one(Job(CLIP, folder / "minute"), AnalyzeOptions(), stop=lambda: False)
    assert done.report is not None and done.report.source.duration_s
    return (time.process_time() - before) * 60 / done.report.source.duration_s


def short_recording(folder: Path) -> Path:
    path = folder / "one.nfobs"
    with recording.write(path, lasting=False) as recorder:
        for observation in islice(seen_once(folder), OBSERVATIONS):
            recorder.append(observation)
    return path


def alone(one: Path, folder: Path) -> float:
    """CPU seconds of one analysis that is marked as those of a folder are, in this process."""
    earlier = Earlier(OPTIONS, what_is_judged(OPTIONS))
    jobs = [earlier.marked(Job(one, folder / "alone" / str(n))) for n in range(ALONE)]
    analyze_one(jobs[0], OPTIONS, stop=lambda: False)
    before = time.process_time()
    for job in jobs[1:]:
        analyze_one(job, OPTIONS, stop=lambda: False)
    return (time.process_time() - before) / (ALONE - 1)


def on_cluster(one: Path, folder: Path, count: int) -> tuple[float, list[float]]:
    """CPU seconds of all that took part, and the scheduler's memory as the work went on."""
    day, results = folder / "day", folder / "results"
    day.mkdir()
    for number in range(count):
        os.link(one, day / f"r{number:05}.nfobs")
    with DaskCluster(folder) as cluster:
        command = [sys.executable, "-m", "neckform", "analyze", str(day), "--out", str(results)]
        command += ["--no-html", "--cluster", cluster.address]
        scheduler = psutil.Process(cluster.scheduler.pid)
        workers = [psutil.Process(worker.pid) for worker in cluster.workers]
        before = cpu_s([scheduler, *workers])
        with (folder / "client.log").open("wb") as log:
            client = psutil.Popen(command, env=ENVIRONMENT, stdout=log, stderr=log)
            memory_mb, shown = [], 0
            while (done := sum(1 for _ in results.glob(f"*/{MARK}"))) < count:
                assert client.poll() is None, (folder / "client.log").read_text()
                memory_mb.append(scheduler.memory_info().rss / 1e6)
                if done * LOOKS // count > shown:
                    shown = done * LOOKS // count
                    each_ms = (cpu_s([scheduler, *workers, client]) - before) / done * 1000
                    print(
                        f"  {done} done, {each_ms:.0f} CPU ms each, "
                        f"scheduler {memory_mb[-1]:.0f} MB",
                        flush=True,
                    )
                time.sleep(2)
            memory_mb.append(scheduler.memory_info().rss / 1e6)
            spent_s = cpu_s([scheduler, *workers, client]) - before
            client.wait()
    return spent_s, memory_mb


def cpu_s(processes: Sequence[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


if __name__ == "__main__":
    sys.exit(main())
