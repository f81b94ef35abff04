"""Keeps what was done: in the history once it has ended, and in files where that was asked."""

from __future__ import annotations

import hashlib
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from neckform.app.front import Front
from neckform.config.paths import history_file, routines_folder, waiting_folder
from neckform.core.coach.coaching import CoachSettings
from neckform.core.coach.guided import Response
from neckform.core.coach.pain import Felt
from neckform.core.errors import NeckformError
from neckform.core.outcome import Outcome
from neckform.core.prescription import Prescription
from neckform.core.report import SessionReport, SourceFacts
from neckform.core.session import Step
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import HoldState
from neckform.core.wording import worded
from neckform.files import sweep
from neckform.history.entry import Entry, KeptPain, entry_of
from neckform.history.standing import Standing
from neckform.history.trends import Trend
from neckform.jobs.advice import fortnight_advice
from neckform.jobs.analyze.judged import Judged
from neckform.jobs.analyze.loop import JudgedFrame
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.outputs import (
    FramesFile,
    LandmarksFile,
    Output,
    OwnFile,
    PageFile,
    ReportFile,
    Wanted,
    opened,
)
from neckform.jobs.analyze.sources import header, model_facts
from neckform.jobs.coach.for_therapist import ForTherapist
from neckform.jobs.coach.history_writer import HistoryWriter
from neckform.jobs.coach.options import CoachOptions
from neckform.jobs.own_history import SOON_S, own_history
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.sources.live import Look
from neckform.sensing.sources.made_at import Made
from neckform.sensing.sources.recording import SUFFIX, InMemory
from neckform.showing.exports.files import prepare_folder
from neckform.showing.html import page_html
from neckform.showing.video.kept_video import KeptVideo
from neckform.showing.words.catalogue import phrase
from neckform.showing.words.telling import told
from neckform.version import __version__

_PATIENCE_S = 3.0
"""How long the results wait for the history."""

_RESTING = HoldStatus(HoldState.REST)


class PictureFile(OwnFile):
    """The picture as the camera saw it."""

    option = "record"

    def open(self, stack: ExitStack) -> None:
        self._film = stack.enter_context(KeptVideo(self.path))

    def take(self, judged: JudgedFrame) -> None:
        if judged.frame is not None:
            self._film.add(judged.frame.image, judged.frame.t_ms)


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """What a person is told about it.

    Attributes
    ----------
    where : str or None
        A line; None when nothing was to be kept.
    standing : Standing or None
        None when the history does not have the routine yet.
    """

    where: str | None = None
    standing: Standing | None = None

    @property
    def streak_days(self) -> int | None:
        """Days in a row."""
        return None if self.standing is None else self.standing.streak_days

    @property
    def trends(self) -> tuple[Trend, ...]:
        return () if self.standing is None else self.standing.trends


class PainOfDay:
    """Keeps how much it hurts on a day on which nothing was stretched because of it."""

    def __init__(self, who: str | None) -> None:
        self._id, self._now = _new_id(), datetime.now(UTC).astimezone()
        self._writer = HistoryWriter(self._now.date(), who)

    def keep(self, felt: Felt) -> None:
        """Keep it, in place of what was kept before."""
        pain = (KeptPain(felt.before, felt.after),)
        self._writer.tell(Entry(self._id, self._now, 0.0, 0.0, __version__, pain=pain))


class Keeping:
    """What is kept of one routine; a context manager.

    The history is told after each hold: a computer that stops in the middle of a routine takes
    nothing with it but the hold at hand.

    Parameters
    ----------
    settings : CoachSettings
        Of the routine.
    camera : str
        What the pictures come from, for people.
    card : Prescription, optional
        What a therapist asked for.

    Attributes
    ----------
    felt : Felt
        How much it hurts, before and, once that is told, after it.
    landmarks : InMemory
        Of what was looked at, for whoever wants to send them.
    """

    def __init__(
        self,
        options: CoachOptions,
        settings: CoachSettings,
        models: Models,
        camera: str,
        felt: Felt,
        *,
        card: Prescription | None = None,
    ) -> None:
        self.felt = felt
        self._options = options
        session = settings.session
        self._routine = settings
        self._judged = Judged(
            session, session.holds.stretches, routine=settings.exercises, card=card
        )
        self._models = model_facts(models)
        self._note = None
        if options.source is not None:
            self._note = worded("played from {camera}", camera=camera)
        self._began = datetime.now(UTC).astimezone()
        self._made = Made(self._began, "camera")
        self._id = _new_id()
        wanted = Wanted(
            AnalyzeOptions(record=options.record),
            options.out or Path(),
            self._judged.names,
            header(None, self._id, self._models, self._made),
        )
        self.landmarks = InMemory(wanted.header)
        self._page = PageFile(wanted)
        self._files: list[Output] = []
        if options.out is not None:
            self._files = [self._page, ReportFile(wanted), FramesFile(wanted)]
        self._outputs = self._files or [self._page]
        if options.record is not None:
            kind = LandmarksFile if options.record.suffix == SUFFIX else PictureFile
            self._outputs = [*self._outputs, kind(wanted)]
        self._stack = ExitStack()
        self._history = HistoryWriter(self._began.date(), options.who)
        self._looked = 0
        self._size = (0, 0)
        self._span_ms: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        if self._options.out is not None:
            prepare_folder(self._options.out)
        for output in self._outputs:
            if output is not self._page or self._files:
                sweep(output.path)
        self._take = self._stack.enter_context(opened(self._outputs))
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def see(self, look: Look, response: Response) -> None:
        """Take in one moment, after it was judged."""
        if look.observation is None or look.frame is None:
            return
        self._looked += 1
        self.landmarks.append(look.observation)
        self._size = look.observation.size
        self._span_ms = (self._span_ms[0] if self._span_ms else look.t_ms, look.t_ms)
        step = response.step or Step(look.t_ms, None, _RESTING, ())
        self._take(JudgedFrame(look.frame, look.observation, step, None))

    def report(self, outcome: Outcome) -> SessionReport:
        """The same report as of a recording."""
        start_ms, end_ms = self._span_ms or (0, 0)
        facts = SourceFacts(
            path=worded("Routine of {began:%Y-%m-%d %H.%M}", began=self._began),
            duration_s=(end_ms - start_ms) / 1000,
            frames_read=self._looked,
            frames_analyzed=self._looked,
            width=self._size[0],
            height=self._size[1],
            note=self._note,
            live=True,
            who=self._options.who,
            recorded_at=self._made.iso,
            recorded_from=self._made.says,
        )
        return self._judged.report(outcome, facts, self._models)

    def page(self, report: SessionReport) -> str:
        """``report.html``, to look at."""
        return page_html(report, self._page.trace)

    def write(self, report: SessionReport) -> list[Path]:
        """Write the files that were asked for; answers with them.

        Raises
        ------
        OutputError
        """
        for file in self._files:
            file.write(report)
        return [file.path for file in self._files]

    def for_therapist(
        self, front: Front, report: SessionReport, *, keeps: bool
    ) -> ForTherapist | None:
        """What can be sent to a therapist; None where nothing was tried.

        Parameters
        ----------
        keeps : bool
            The person wants to be able to send it later, too.
        """
        if not (report.holds or report.near_misses):
            return None
        place = None
        if keeps and self._options.keeps_history and not self._options.brief:
            place = routines_folder(self._options.who), self._began
        return ForTherapist(front, self.landmarks, report, self._routine, place)

    def tell(self, report: SessionReport) -> bool:
        """Tell the history, in place of what it was told of this routine before; waits for nothing.

        Returns
        -------
        bool
            Whether there was something to tell.
        """
        happened = report.holds or report.near_misses or self.felt.after is not None
        if not (self._options.keeps_history and happened):
            return False
        pain = (KeptPain(self.felt.before, self.felt.after),)
        self._history.tell(entry_of(report, self._id, self._began, pain))
        return True

    def notice(self, language: str) -> KeptNotice:
        """What became of what the history was told last."""
        try:
            standing = self._history.wait(_PATIENCE_S)
        except NeckformError as error:
            return KeptNotice(phrase("outcome.not-kept", language, why=told(error)))
        except TimeoutError:
            standing = None
        if standing is None:
            return KeptNotice(
                phrase("outcome.waits", language, where=waiting_folder(self._options.who))
            )
        return KeptNotice(
            phrase("outcome.kept", language, where=history_file(self._options.who)), standing
        )

    def advice(self, kept: KeptNotice, language: str) -> str | None:
        """Advice that has become due; it is given once, so ask only where it will be read."""
        if kept.streak_days is None:
            return None
        try:
            with own_history(self._options.who, patience_s=SOON_S) as store:
                return fortnight_advice(store, self._began.date(), language)
        except NeckformError:
            return None  # what went wrong with the history has been said, or will be next time


def _new_id() -> str:
    """Tells one routine from another, as the sum of its content does a recording."""
    return hashlib.sha256(uuid.uuid4().bytes).hexdigest()
