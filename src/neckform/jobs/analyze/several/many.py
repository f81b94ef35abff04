"""Analyses several recordings: one after another, or in several processes.

One bad recording never stops the rest, and a process that dies costs its own recording alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import wait as wait_for
from queue import Empty, SimpleQueue
from typing import Any

from neckform.core.wording import plural, worded
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import Analysis, analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.showing.words.telling import language_now, use_language
from neckform.terminal import printing
from neckform.terminal.interrupt import Stop, stop_on_interrupt
from neckform.terminal.missing import UNEXPECTED

LookAt = Callable[..., Analysis]
"""Looks at one recording, as `analyze_one` does."""

_POLL_S = 0.2

_SPAWN = multiprocessing.get_context("spawn")
"""Landmarkers own native threads, which a forked process would lose: each starts afresh."""

_asked_to_stop: Any = None
"""In a worker process: not 0 when the parent wants it to end after this picture. It has no lock,
which a process that is killed would leave locked."""

_share: Any = None
"""In a worker process: where it says how much of its recording is done, from 0 to 1."""


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
    flag = stop_flag()
    waiting: SimpleQueue[tuple[int, Job]] = SimpleQueue()
    for numbered in enumerate(jobs):
        waiting.put(numbered)
    done: dict[int, Analysis] = {}

    def lane() -> None:
        with Worker(flag) as worker, suppress(Empty):
            while not flag.value:
                number, job = waiting.get_nowait()
                done[number] = worker.analyze(job, options)

    with (
        ThreadPoolExecutor(processes) as threads,
        printing.progress(plural("{n} recording", "{n} recordings", n=len(jobs))) as advance,
    ):
        lanes = {threads.submit(lane) for _ in range(processes)}
        under_way = lanes
        while under_way:
            under_way = wait(under_way, timeout=_POLL_S).not_done
            advance(len(done) / len(jobs))
            if stop():
                flag.value = 1
        for each in lanes:
            each.result()
    yield from (done[number] for number in sorted(done))


def stop_flag() -> Any:
    """What tells workers to end after this picture, once its value is not 0."""
    return _SPAWN.RawValue("b", 0)


class Worker:
    """One process at a time that analyses; another takes its place when it dies.

    Parameters
    ----------
    flag : see `stop_flag`
    """

    def __init__(self, flag: Any) -> None:
        self._flag = flag
        self._share = _SPAWN.RawValue("d", 0.0)
        self._pool = self._fresh()

    def __enter__(self) -> Worker:
        return self

    @property
    def share(self) -> float:
        """How much of the recording at hand is done, from 0 to 1."""
        return float(self._share.value)

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def analyze(self, job: Job, options: AnalyzeOptions, look: LookAt = analyze_one) -> Analysis:
        """What became of the recording, whatever became of the process.

        Parameters
        ----------
        look : callable
            How it is looked at; a function of a module, which the process can find.
        """
        self._share.value = 0.0
        # Each time: multiprocessing lets signals in again when it starts the first process.
        _keep_signals_out()
        try:
            return self._pool.submit(_analyze, look, job, options, language_now()).result()
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = self._fresh()
            note = worded(
                "{recording}: the process that analysed it ended unexpectedly; the others went "
                "on. Is there enough memory?",
                recording=job.recording,
            )
            return Analysis(job, None, (note,), UNEXPECTED)

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            1, _SPAWN, initializer=_begin_worker, initargs=(self._flag, self._share)
        )


_TERMINALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
]
"""Ctrl-C, and a terminal that closes, reach all its processes; only the parent answers them."""


def _keep_signals_out() -> None:
    """In a thread that is about to start a process, which hears nothing before it can ignore it."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, _TERMINALS)


def _begin_worker(flag: Any, share: Any) -> None:
    global _asked_to_stop, _share
    _asked_to_stop, _share = flag, share
    for number in _TERMINALS:
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TERMINALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End at once when the parent is gone, whatever ended it: nobody waits for the result."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(UNEXPECTED)


def _analyze(look: LookAt, job: Job, options: AnalyzeOptions, language: str) -> Analysis:
    use_language(language)
    # Whoever ends a whole group of processes asks each of them.
    with stop_on_interrupt() as stop:
        asked = lambda: bool(_asked_to_stop.value) or stop()  # noqa: E731
        return look(job, options, stop=asked, advance=_tell_share)


def _tell_share(share: float) -> None:
    _share.value = share
