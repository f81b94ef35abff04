"""The recordings that a person brought to the page, looked at one after another."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

from neckform.core.errors import InputError, NeckformError
from neckform.core.stretch.stretches import Stretch
from neckform.files import is_folder, safe_name
from neckform.jobs.analyze import record_history
from neckform.jobs.analyze.inputs import RECORDINGS, Job, plan
from neckform.jobs.analyze.judged import what_is_judged
from neckform.jobs.analyze.one import Analysis, analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.several.many import Worker, stop_flag
from neckform.jobs.share.opening import look_at_sent
from neckform.showing.exports import parcel
from neckform.showing.page.home_states import found_lines
from neckform.showing.words.telling import told

KINDS = (*sorted(RECORDINGS), parcel.SUFFIX)
"""How the name of a file ends that is looked at when it lies in a folder."""

WAITING, WORKING, DONE, FAILED, CANCELLED = "waiting", "working", "done", "failed", "cancelled"


@dataclass(slots=True)
class Item:
    """One recording of the list.

    Attributes
    ----------
    after : callable
        Called when it was looked at, to remove a copy.
    analysis : Analysis or None
        None until it was looked at.
    """

    id: int
    name: str
    job: Job
    options: AnalyzeOptions
    after: Callable[[], None]
    state: str = WAITING
    analysis: Analysis | None = None
    notes: list[str] = field(default_factory=list)


class Looking:
    """Looks in a thread of its own, with a process that does the work; a context manager."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._queue: SimpleQueue[Item | None] = SimpleQueue()
        self._flag = stop_flag()
        self._worker: Worker | None = None
        self._thread = threading.Thread(target=self._work, name="neckform-looking", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._flag.value = 1
        for item in self._items:
            if item.state == WAITING:
                item.state = CANCELLED
        self._queue.put(None)
        self._thread.join()

    @property
    def busy(self) -> bool:
        return any(item.state in (WAITING, WORKING) for item in self._items)

    def add(
        self,
        path: Path,
        out: Path,
        *,
        history: bool,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """Put a recording, or what lies in a folder, at the end of the list.

        What somebody shared is opened; of all else, it is found out what was done.

        Raises
        ------
        InputError
            There is no recording in it.
        """
        for job in _meant(path, out):
            taken = [one.job.out for one in self._items]
            folder = _unused(out / safe_name(job.recording.stem), taken)
            # What was sent is of somebody else.
            keeps = history and not _was_sent(job)
            mine = replace(job, out=folder, keeps=keeps)
            options = AnalyzeOptions(history=keeps)
            item = Item(len(self._items), job.recording.name, mine, options, after)
            self._items.append(item)
            self._queue.put(item)

    def cancel(self, number: Any) -> None:
        """Leave a recording out, or end the work on it."""
        for item in self._items:
            if item.id == number and item.state == WAITING:
                item.state = CANCELLED
                item.after()
            elif item.id == number and item.state == WORKING:
                self._flag.value = 1

    def page_of(self, number: Any) -> Path | None:
        """The report of a recording."""
        for item in self._items:
            if item.id == number and item.analysis is not None:
                page = item.job.out / "report.html"
                return page if page.exists() else None
        return None

    def state(self, language: str) -> list[Mapping[str, Any]]:
        """The list, as the page shows it."""
        return [self._shown(item, language) for item in self._items]

    def _shown(self, item: Item, language: str) -> Mapping[str, Any]:
        report = item.analysis.report if item.analysis else None
        share = self._worker.share if item.state == WORKING and self._worker else None
        return {
            "id": item.id,
            "name": _named(item),
            "state": item.state,
            "share": None if share is None else round(share, 2),
            "found": [] if report is None else found_lines(report, language),
            "notes": item.notes,
            "folder": str(item.job.out),
        }

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            if item.state != WAITING:
                continue
            if self._worker is None:
                self._worker = Worker(self._flag)
            item.state = WORKING
            look = look_at_sent if _was_sent(item.job) else analyze_one
            analysis = self._worker.analyze(item.job, item.options, look)
            # Where a copy lies is of no use to anybody.
            here = f"{item.job.recording.parent}{os.sep}"
            notes = [*analysis.notes, *_keep(analysis, item.options)]
            item.notes = [told(note).replace(here, "") for note in notes]
            item.after()
            item.analysis = analysis
            stopped = bool(self._flag.value)
            item.state = CANCELLED if stopped else DONE if analysis.report is not None else FAILED
            self._flag.value = 0
        if self._worker is not None:
            self._worker.__exit__()


def _meant(path: Path, out: Path) -> list[Job]:
    """What is looked at: a recording, or those of a folder and what was sent that lies there."""
    sent = sorted(path.glob(f"*{parcel.SUFFIX}")) if is_folder(path) else []
    try:
        recordings = plan([path], out)
    except InputError:
        if not sent:
            raise
        recordings = []
    return [*recordings, *(Job(each, out) for each in sent)]


def _was_sent(job: Job) -> bool:
    path = job.recording
    return path.suffix.lower() == parcel.SUFFIX or parcel.is_parcel(path)


def _named(item: Item) -> str:
    """The file's name and, of what was sent, who sent it."""
    report = item.analysis.report if item.analysis else None
    who = report.source.who if report else None
    return item.name if who is None else f"{item.name}, {who}"


def _keep(analysis: Analysis, options: AnalyzeOptions) -> list[str]:
    """Keep it in the history where that was asked for; lines on what became of it."""
    if not options.history:
        return []
    try:
        known: tuple[Stretch, ...] = what_is_judged(options).known
        return [
            line
            for who, theirs in record_history.by_person([analysis]).items()
            for line in record_history.keep(who, theirs, options, known)
        ]
    except NeckformError as error:
        return [record_history.why_not_kept(None, error)]


def _unused(folder: Path, taken: list[Path]) -> Path:
    """The folder, or one with a number after its name: earlier results are never written over."""
    number, free = 1, folder
    while free in taken or free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free
