"""Hands recordings to a running Dask cluster, whose workers see the same folders.

Dask does what is hard: it gives a recording to a worker that is free, and once more to another when
that one dies. What is added here: never more recordings on their way than the workers need, so that
the scheduler's memory stays flat; those that it forgot when the connection was cut are handed out
again; and a worker finds out whether it would judge as this computer does.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

from neckform.config.settings import own_settings_file
from neckform.core.errors import InUseError, OutputError, SettingsError
from neckform.core.wording import plural, worded
from neckform.files import claimed, is_folder
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.judged import what_is_judged
from neckform.jobs.analyze.one import Analysis, analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions, BaselineChoice
from neckform.jobs.analyze.several.done import mark_in
from neckform.jobs.analyze.several.passed_over import told_again
from neckform.jobs.analyze.several.same import choices_sum, neckform_sum
from neckform.showing.words.telling import language_now, use_language
from neckform.terminal import printing
from neckform.terminal.interrupt import Stop
from neckform.terminal.missing import UNEXPECTED, unexpected

MISSING = worded("--cluster needs Dask: pip install 'neckform[cluster]'")

_POLL_S = 0.05
_CONNECT_S = 10.0
_POLL_TAKEN_S = 1.0
_WAITS_S = 30.0
"""For a result that is said to be there."""
_AHEAD = 2
"""Recordings on their way for each one that is worked on: none waits for this computer."""
_MOST_TRIES = 5
"""Of one recording, after cut connections; the deaths of workers are Dask's to count."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One recording on its way to a worker.

    Attributes
    ----------
    run : str
        The run that it belongs to; see `stop_there`.
    """

    job: Job
    options: AnalyzeOptions
    run: str
    language: str


def analyze_on_cluster(
    jobs: Sequence[Job], options: AnalyzeOptions, stop: Stop, address: str
) -> Iterator[Analysis]:
    """Several recordings at a time, on the workers of a cluster; results in the order of `jobs`.

    After a stop, recordings under way end with what was measured; the others are not begun.

    Raises
    ------
    SettingsError
        There is no cluster, or a worker would judge otherwise.
    """
    if find_spec("distributed") is None:
        raise SettingsError("options", [MISSING])
    with (
        _connected(address) as client,
        printing.progress(plural("{n} recording", "{n} recordings", n=len(jobs))) as advance,
    ):
        _check_workers(client, address)
        dispatch = _Dispatch(client, address, jobs, _everywhere(options))
        stopped = False
        while dispatch.is_busy:
            dispatch.step()
            advance(len(dispatch.done) / len(jobs))
            if stop() and not stopped:
                stopped = True
                dispatch.stop()
            time.sleep(_POLL_S)
    yield from (dispatch.done[number] for number in sorted(dispatch.done))


@dataclass
class _Dispatch:
    """Which recordings wait, which are on their way, and what became of the others."""

    client: Any
    address: str
    jobs: Sequence[Job]
    options: AnalyzeOptions
    done: dict[int, Analysis] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._waiting = deque(range(len(self.jobs)))
        self._sent: dict[Any, int] = {}
        self._tries = dict.fromkeys(self._waiting, 0)
        self._run = uuid4().hex

    @property
    def is_busy(self) -> bool:
        """Whether anything waits or is on its way."""
        return bool(self._waiting or self._sent)

    def step(self) -> None:
        """Take in what is done, and send as many as the workers need."""
        if self.client.status == "closed":
            self._give_up()
            return
        for future in [each for each in self._sent if each.done()]:
            self._take(future, self._sent.pop(future))
        room = _AHEAD * max(1, _threads(self.client)) - len(self._sent)
        for _ in range(min(room, len(self._waiting))):
            number = self._waiting.popleft()
            errand = Errand(_sent(self.jobs[number]), self.options, self._run, language_now())
            # A key of its own: the same recording may be sent again after a cut connection.
            key = f"neckform-{self._run}-{number}-{self._tries[number]}"
            self._sent[self.client.submit(run_errand, errand, key=key, pure=False)] = number

    def stop(self) -> None:
        """Let those that are worked on end after this picture, and begin no others."""
        self._waiting.clear()
        with suppress(Exception):  # a worker that dies at this moment needs no word
            self.client.run(stop_there, self._run)

    def _take(self, future: Any, number: int) -> None:
        job = self.jobs[number]
        if future.status == "finished":
            try:
                analysis = future.result(timeout=_WAITS_S)
            except Exception:  # noqa: BLE001 - the result was lost on its way
                self._again(number)
            else:
                if analysis is not None:  # else it was stopped before it was begun
                    self.done[number] = _here(analysis, job)
        elif future.status == "error":
            self.done[number] = _failed(job, future.exception(timeout=_WAITS_S))
        else:  # cancelled or lost: the scheduler forgot it when the connection was cut
            self._again(number)
        future.release()

    def _again(self, number: int) -> None:
        self._tries[number] += 1
        if self._tries[number] < _MOST_TRIES:
            self._waiting.append(number)
        else:
            note = worded(
                "{recording}: the cluster lost it {times} times",
                recording=self.jobs[number].recording,
                times=_MOST_TRIES,
            )
            self.done[number] = Analysis(self.jobs[number], None, (note,), UNEXPECTED)

    def _give_up(self) -> None:
        for number in (*self._waiting, *self._sent.values()):
            job = self.jobs[number]
            note = worded(
                "{recording}: {address} is gone; run this again to go on",
                recording=job.recording,
                address=self.address,
            )
            self.done[number] = Analysis(job, None, (note,), UNEXPECTED)
        self._waiting.clear()
        self._sent.clear()


# --- on a worker ---------------------------------------------------------------------------

_stopped: set[str] = set()
_one_at_a_time = threading.Lock()
"""Landmark models own native threads, and each takes a processor: a worker has one at a time."""


def stop_there(run: str) -> None:
    """Ask all that this worker does for a run to end after the picture at hand."""
    _stopped.add(run)


def run_errand(errand: Errand) -> Analysis | None:
    """Analyse on a worker; None when the run was stopped before it began.

    What another worker has done meanwhile, which was taken for dead, is not done again.
    """
    job, options = errand.job, errand.options

    def stop() -> bool:
        return errand.run in _stopped

    with _one_at_a_time:
        use_language(errand.language)
        if (wrong := _would_judge_otherwise(job, options)) is not None:
            return wrong
        while not stop():
            if (before := _done_before(job, options)) is not None:
                return before
            if not _is_taken(job.out):
                return analyze_one(job, options, stop=stop)
            time.sleep(_POLL_TAKEN_S)
    return None


def _would_judge_otherwise(job: Job, options: AnalyzeOptions) -> Analysis | None:
    theirs = replace(options, who=job.who or options.who, who_from=None)
    if job.choices is None or choices_sum(theirs) == job.choices:
        return None
    note = worded(
        "{recording}: a worker of the cluster has another neckform, or does not see the same "
        "settings, profile or models; give it the same, and run this again",
        recording=job.recording,
    )
    return Analysis(job, None, (note,), SettingsError.exit_code)


def _done_before(job: Job, options: AnalyzeOptions) -> Analysis | None:
    if options.again or job.choices is None:
        return None
    mark = mark_in(job.out, job.recording, job.choices)
    if mark is None:
        return None
    return told_again(job, mark, options, what_is_judged(replace(options, baseline="auto")))


def _is_taken(results: Path) -> bool:
    """Whether somebody else is at it, such as a worker that was cut off and taken for dead."""
    if not is_folder(results):
        return False
    try:
        with claimed(results):
            return False
    except InUseError:
        return True
    except OutputError:
        return False  # the analysis says what is wrong


# --- on this computer ----------------------------------------------------------------------


def _connected(address: str) -> Any:
    from distributed import Client
    from distributed.comm import get_address_host_port

    # What matters is said in one line. Its import sets levels of its own, so this comes after it.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        # Of what is no address, a client is left half made, which waits and complains at the end.
        get_address_host_port(address)
        return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except Exception as error:  # an address that is none raises whatever it likes
        raise SettingsError(
            "--cluster",
            [
                worded(
                    "{address}: no Dask scheduler answers there; dask scheduler prints its address",
                    address=address,
                )
            ],
        ) from error


def _check_workers(client: Any, address: str) -> None:
    """Refuse a cluster with a worker that would judge otherwise.

    Raises
    ------
    SettingsError
    """
    if not _threads(client):
        line = worded("{address} has no worker yet; waiting for one", address=address)
        printing.print_note(printing.err(), line)
    sums = client.run(neckform_sum, on_error="return")
    others = sorted(worker for worker, said in sums.items() if said != neckform_sum())
    if others:
        raise SettingsError(
            "--cluster",
            [
                worded(
                    "{worker} has another neckform, or none; install the same on each",
                    worker=worker,
                )
                for worker in others
            ],
        )


def _threads(client: Any) -> int:
    workers = client.scheduler_info(n_workers=-1).get("workers", {})
    return sum(int(worker.get("nthreads", 0)) for worker in workers.values())


def _everywhere(options: AnalyzeOptions) -> AnalyzeOptions:
    """The same options as another computer understands them: this person's files by full path.

    Histories stay here, and are kept here, once all is done.
    """
    profile = None
    if options.who_from is None:  # else each has an own one, by the same name
        profile = BaselineChoice.parse(options.baseline, options.who).profile
    return replace(
        options,
        history=False,
        baseline=options.baseline if profile is None else str(profile.absolute()),
        card=_full(options.card),
        settings=_full(options.settings or own_settings_file()),
        posture_settings=_full(options.posture_settings or own_settings_file("postures.toml")),
        face_model=_full(options.face_model),
        pose_model=_full(options.pose_model),
    )


def _full(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()


def _sent(job: Job) -> Job:
    return replace(job, recording=job.recording.absolute(), out=job.out.absolute(), keeps=False)


def _here(analysis: Analysis, job: Job) -> Analysis:
    """The same with paths as they were given here."""
    files = tuple(job.out / path.name for path in analysis.files)
    return replace(analysis, job=job, files=files)


def _failed(job: Job, error: BaseException) -> Analysis:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        line: str = worded("each worker that had it died; is there enough memory?")
        code = UNEXPECTED
    elif isinstance(error, Exception):
        line, code = unexpected(error)
    else:
        raise error
    note = worded("{recording}: {line}", recording=job.recording, line=line)
    return Analysis(job, None, (note,), code)
