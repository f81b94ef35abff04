"""Analyses several recordings: one after another, or in several processes.

One bad file never stops the rest.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import Analysis, analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.terminal import printing
from neckform.terminal.interrupt import Stop

CRASHED = 70
_POLL_S = 0.2

_stop_event: Any = None
"""In a worker process: set by the parent when somebody pressed Ctrl-C."""


def analyze_in_turn(jobs: Sequence[Job], options: AnalyzeOptions, stop: Stop) -> Iterator[Analysis]:
    """One recording after another, in this process, each with a progress bar."""
    for job in jobs:
        if stop():
            return
        with printing.progress(job.recording.name) as advance:
            yield analyze_one(job, options, stop=stop, advance=advance)


def analyze_in_parallel(
    jobs: Sequence[Job], options: AnalyzeOptions, stop: Stop, processes: int
) -> Iterator[Analysis]:
    """Several recordings at a time, in their own processes; results in the order of `jobs`.

    After a stop, recordings under way end with what was measured; the others are not begun.
    """
    # Landmarkers own native threads, which a forked process would lose: each starts afresh.
    context = multiprocessing.get_context("spawn")
    event = context.Event()
    with (
        ProcessPoolExecutor(
            processes, mp_context=context, initializer=_begin_worker, initargs=(event,)
        ) as pool,
        printing.progress(f"{len(jobs)} recordings") as advance,
    ):
        futures = [pool.submit(_work, job, options) for job in jobs]
        waiting: set[Future[Analysis | None]] = set(futures)
        while waiting:
            waiting = wait(waiting, timeout=_POLL_S).not_done
            advance(1 - len(waiting) / len(jobs))
            if stop() and not event.is_set():
                event.set()
                for future in futures:
                    future.cancel()
    for job, future in zip(jobs, futures, strict=True):
        if not future.cancelled() and (analysis := _outcome(job, future)) is not None:
            yield analysis


def _outcome(job: Job, future: Future[Analysis | None]) -> Analysis | None:
    try:
        return future.result()
    except BrokenProcessPool:
        note = f"{job.recording}: the process that analysed it ended unexpectedly; try --jobs 1"
        return Analysis(job, None, (note,), CRASHED)


def _begin_worker(event: Any) -> None:
    global _stop_event  # noqa: PLW0603 - how a process pool hands something to its processes
    _stop_event = event
    # A Ctrl-C reaches all processes of a terminal; only the parent answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(job: Job, options: AnalyzeOptions) -> Analysis | None:
    # The pool hands out one job more than it has processes: that one can no longer be cancelled.
    if _stop_event.is_set():
        return None
    return analyze_one(job, options, stop=_stop_event.is_set)
