"""Keeps what was done: in the history once it has ended, and in files where that was asked."""

from __future__ import annotations

import hashlib
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from neckform.advice import fortnight_advice
from neckform.coach.options import CoachOptions
from neckform.core.errors import NeckformError
from neckform.core.guided import Response
from neckform.core.holds import HoldSettings
from neckform.core.outcome import Outcome
from neckform.core.report import ModelFacts, SessionReport, SourceFacts
from neckform.core.types import HoldState, HoldStatus
from neckform.history.days import days_of, streak
from neckform.history.entry import Scope, entry_of
from neckform.history.store import Store
from neckform.own_data import history_file
from neckform.sensing import recording
from neckform.sensing.live import Look
from neckform.sensing.models import Models
from neckform.showing.files import prepare_folder, write_json
from neckform.showing.frames_csv import FrameRows, frame_rows
from neckform.showing.html import Trace, page_html, write_page
from neckform.showing.kept_video import KeptVideo
from neckform.showing.report_json import as_json
from neckform.version import __version__

_RESTING = HoldStatus(HoldState.REST)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person is told about it.

    Attributes
    ----------
    where : str or None
        A line; None when nothing was to be kept.
    streak_days : int or None
        Days in a row; None when nothing was kept.
    """

    where: str | None = None
    streak_days: int | None = None


@dataclass(slots=True)
class Keeping:
    """What is kept of one routine; a context manager.

    The history is told after each hold: a computer that stops in the middle of a routine takes
    nothing with it but the hold at hand.
    """

    options: CoachOptions
    settings: HoldSettings
    models: Models
    camera: str
    _began: datetime = field(default_factory=lambda: datetime.now(UTC).astimezone())
    _id: str = field(default_factory=lambda: hashlib.sha256(uuid.uuid4().bytes).hexdigest())
    _stack: ExitStack = field(default_factory=ExitStack)
    _trace: Trace = field(default_factory=Trace)
    _rows: FrameRows | None = None
    _recorder: recording.Recorder | None = None
    _film: KeptVideo | None = None
    _size: tuple[int, int] = (0, 0)
    _span_ms: tuple[int, int] | None = None
    _looked: int = 0

    def __enter__(self) -> Self:
        out, record = self.options.out, self.options.record
        with ExitStack() as stack:
            if out is not None:
                prepare_folder(out)
                self._rows = stack.enter_context(frame_rows(out / "frames.csv"))
            if record is not None and record.suffix == recording.SUFFIX:
                facts = {"source": {"duration_s": None, "sha256": self._id}, "models": self._facts}
                self._recorder = stack.enter_context(recording.write(record, facts))
            elif record is not None:
                self._film = stack.enter_context(KeptVideo(record))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def see(self, look: Look, response: Response) -> None:
        """Take in one moment, after it was judged."""
        if look.observation is None or look.frame is None:
            return
        self._looked += 1
        self._size = look.observation.size
        self._span_ms = (self._span_ms[0] if self._span_ms else look.t_ms, look.t_ms)
        sample = response.step.sample if response.step else None
        self._trace.add(look.t_ms, sample)
        if self._rows is not None:
            self._rows.add(look.t_ms, sample, response.step.status if response.step else _RESTING)
        if self._recorder is not None:
            self._recorder.append(look.observation)
        if self._film is not None:
            self._film.add(look.frame.image, look.t_ms)

    def report(self, outcome: Outcome) -> SessionReport:
        """The same report as of a recording."""
        start_ms, end_ms = self._span_ms or (0, 0)
        facts = SourceFacts(
            path=f"Routine of {self._began:%Y-%m-%d %H.%M}",
            duration_s=(end_ms - start_ms) / 1000,
            frames_read=self._looked,
            frames_analyzed=self._looked,
            width=self._size[0],
            height=self._size[1],
            note=None if self.options.source is None else f"played from {self.camera}",
            live=True,
        )
        models = {name: ModelFacts(**facts) for name, facts in self._facts.items()}
        return SessionReport(
            outcome, facts, models, settings=self.settings, postures=None, version=__version__
        )

    def page(self, report: SessionReport) -> str:
        """``report.html``, to look at."""
        return page_html(report, self._trace)

    def write(self, report: SessionReport) -> list[Path]:
        """Write the files that were asked for; answers with them.

        Raises
        ------
        OutputError
        """
        out = self.options.out
        if out is None:
            return []
        write_json(out / "report.json", as_json(report))
        write_page(out / "report.html", report, self._trace)
        return [out / name for name in ("report.html", "report.json", "frames.csv")]

    def keep(self, report: SessionReport) -> Kept:
        """Tell the history, in place of what it was told of this routine before."""
        if not (self.options.keeps_history and report.holds):
            return Kept()
        try:
            with Store(history_file()) as store:
                store.keep(entry_of(report, self._id, self._began), Scope(postures=False))
                days = streak(days_of(store.entries(), ()), self._began.date())
        except NeckformError as error:
            return Kept(f"not kept in your history: {error}")
        return Kept(f"Kept in your history: {history_file()}", days)

    def advice(self, kept: Kept) -> str | None:
        """Advice that has become due; it is given once, so ask only where it will be read."""
        if kept.streak_days is None:
            return None
        try:
            with Store(history_file()) as store:
                return fortnight_advice(store, self._began.date())
        except NeckformError:
            return None  # what went wrong with the history has been said, or will be next time

    @property
    def _facts(self) -> dict[str, dict[str, str]]:
        return {
            "pose": {"name": self.models.pose.name, "sha256": self.models.pose.sha256},
            "face": {"name": self.models.face.name, "sha256": self.models.face.sha256},
        }
