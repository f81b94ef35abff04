"""Analyses one recording: sensing -> Session -> files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from neckform.analyze.earlier import earlier_deg
from neckform.analyze.inputs import Job
from neckform.analyze.judged import Judged, what_is_judged
from neckform.analyze.options import AnalyzeOptions, BaselineChoice
from neckform.analyze.products import Products, asked
from neckform.analyze.sources import Source, header, open_source
from neckform.core.baseline import baseline_from
from neckform.core.errors import NeckformError, NoNeutralError, SettingsError, ViewError
from neckform.core.holds import HoldSettings
from neckform.core.lying import LyingSession
from neckform.core.observation import Baseline, Observation
from neckform.core.outcome import Outcome
from neckform.core.report import SessionReport
from neckform.core.routine import each_side
from neckform.core.session import Session, Step
from neckform.core.types import Exercise
from neckform.interrupt import INTERRUPTED, Stop
from neckform.profile import read_profile, write_profile
from neckform.sensing import recording
from neckform.sensing.video import Frame
from neckform.showing.annotated import AnnotatedVideo
from neckform.showing.files import prepare_folder, write_json
from neckform.showing.frames_csv import frame_rows
from neckform.showing.overlay import Moment
from neckform.showing.report_json import as_json
from neckform.showing.terminal import Advance
from neckform.showing.words import title

INCOMPLETE = 1

REPORT = "report.json"
FRAMES = "frames.csv"
ANNOTATED = "annotated.mp4"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What became of one recording; travels between processes.

    Attributes
    ----------
    report : SessionReport or None
        None when nothing was measured.
    notes : tuple of str
        One line each, for the person: what went wrong, or what limits the result.
    exit_code : int
    """

    job: Job
    report: SessionReport | None
    notes: tuple[str, ...]
    exit_code: int
    files: tuple[Path, ...] = ()

    @property
    def interrupted(self) -> bool:
        return self.exit_code == INTERRUPTED


def analyze_one(
    job: Job, options: AnalyzeOptions, *, stop: Stop, advance: Advance = lambda _share: None
) -> Analysis:
    """Analyse one recording and write its files; bad input becomes a note and an exit code.

    Parameters
    ----------
    stop : callable
        Asked after each picture; when true, what was measured so far is judged and saved.
    advance : callable
        Told the share that is done.
    """
    try:
        return _analyze(job, options, stop, advance)
    except NeckformError as error:
        return Analysis(job, None, (str(error),), error.exit_code)


def _analyze(job: Job, options: AnalyzeOptions, stop: Stop, advance: Advance) -> Analysis:
    judged = what_is_judged(options)
    choice = BaselineChoice.parse(options.baseline)
    with open_source(job.recording, options) as source:
        _check_files(job, options)
        prepare_folder(job.out)
        session = session_for(judged, choice, job, options, stop)
        products = Products(options)
        with _Files(job.out, options, source, judged.names, products) as files:
            run = _run(session, source, files, stop, advance)
        _, outcome = session.finish()
        report = judged.report(outcome, source.facts(run.pictures), source.models)
    write_json(job.out / REPORT, as_json(report))
    before_deg = earlier_deg(job.recording, options)
    products.write(job.out, report, frames=FRAMES, annotated=ANNOTATED, earlier_deg=before_deg)
    if options.save_profile is not None and outcome.baseline is not None:
        write_profile(options.save_profile, outcome.baseline)
    notes, code = [report.source.note] if report.source.note else [], 0
    if run.stopped_ms is not None:
        notes.append(
            f"interrupted at {run.stopped_ms / 1000:.0f} s of the recording; what was measured "
            f"so far is saved in {job.out}"
        )
        code = INTERRUPTED
    elif error := nothing_judged(job.recording.name, options, outcome, run.faces, session.trouble):
        notes.append(str(error))
        code = error.exit_code
    elif options.fail_on:
        missing = incomplete(outcome, judged.session.holds, judged.session.only)
        notes += missing
        code = INCOMPLETE if missing else 0
    return Analysis(job, report, tuple(notes), code, _written(job, options))


_UNSEEN_LYING = (
    "nobody usable is in view; face and shoulders must be uncovered and in the light, filmed from "
    "above for the back and from where the person faces for the side"
)


def session_for(
    judged: Judged, choice: BaselineChoice, job: Job, options: AnalyzeOptions, stop: Stop
) -> Session | LyingSession:
    """The session that judges a recording, with the neutral that was asked for."""
    if options.lying and judged.session.postures is not None:
        return LyingSession(judged.session.postures, options.lying)
    if choice.profile is not None:
        profile = read_profile(choice.profile)
        own = replace(judged.session, own_range=profile.own_range)
        return Session(own, profile.baseline)
    return Session(judged.session, _baseline(choice, job, options, stop))


def _baseline(
    choice: BaselineChoice, job: Job, options: AnalyzeOptions, stop: Stop
) -> Baseline | None:
    """The span that was asked for; None when the session is to find a neutral.

    A span is read in a pass of its own, which ends with the span: it may lie anywhere, and what
    came before it is judged against it too.
    """
    if choice.span_ms is None:
        return None
    start_ms, end_ms = choice.span_ms
    within = []
    with open_source(job.recording, options) as source, closing(source.seen()) as seen:
        for _, observation in seen:
            if observation.t_ms > end_ms or stop():
                break
            if observation.t_ms >= start_ms:
                within.append(observation)
    try:
        return baseline_from(within, "span")
    except NoNeutralError as error:
        raise NoNeutralError(f"{job.recording.name}: {error}; name another one") from error


@dataclass(slots=True)
class _Run:
    """How a pass through a recording went."""

    pictures: int = 0
    faces: int = 0
    stopped_ms: int | None = None


def _run(
    session: Session | LyingSession, source: Source, files: _Files, stop: Stop, advance: Advance
) -> _Run:
    """Take the session through the source."""
    run = _Run()
    with closing(source.seen()) as seen:
        for frame, observation in seen:
            run.pictures += 1
            run.faces += observation.face is not None
            step = session.step(observation)
            files.add(frame, observation, step, session.baseline)
            if source.duration_s:
                advance(observation.t_ms / 1000 / source.duration_s)
            if stop():
                run.stopped_ms = observation.t_ms
                break
    return run


class _Files:
    """The files that grow while a recording is analysed; a context manager."""

    def __init__(
        self,
        out: Path,
        options: AnalyzeOptions,
        source: Source,
        names: Mapping[str, str],
        products: Products,
    ) -> None:
        self._out = out
        self._options = options
        self._source = source
        self._names = names
        self._products = products
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._rows = stack.enter_context(frame_rows(self._out / FRAMES))
            self._video: AnnotatedVideo | None = None
            self._recorder: recording.Recorder | None = None
            if self._options.annotate:
                video = AnnotatedVideo(self._out / ANNOTATED, self._names)
                self._video = stack.enter_context(video)
            if self._options.record is not None:
                recorder = recording.write(self._options.record, header(self._source))
                self._recorder = stack.enter_context(recorder)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add(
        self, frame: Frame | None, observation: Observation, step: Step, baseline: Baseline | None
    ) -> None:
        self._rows.add(step.t_ms, step.sample, step.status)
        self._products.add(frame, step)
        if self._recorder is not None:
            self._recorder.append(observation)
        if self._video is not None and frame is not None:
            moment = Moment(observation, step.sample, step.status, baseline, step.resting)
            self._video.add(frame.image, moment)


def _check_files(job: Job, options: AnalyzeOptions) -> None:
    """Refuse what would be lost or come to nothing."""
    problems = []
    if options.annotate and recording.is_recording(job.recording):
        problems.append("--annotate: a landmark recording holds no picture to draw on")
    if options.pictures and recording.is_recording(job.recording):
        problems.append("--pictures: a landmark recording holds no picture")
    if options.record is not None and options.record.resolve() == job.recording.resolve():
        problems.append(f"--record: {options.record} is the recording that is being analysed")
    if problems:
        raise SettingsError(str(job.recording), problems)


def nothing_judged(
    name: str, options: AnalyzeOptions, outcome: Outcome, faces: int, trouble: str | None
) -> ViewError | None:
    """Why a recording that could be read could not be judged; None when it was.

    Parameters
    ----------
    faces : int
        In how many pictures there was one.
    trouble : str or None
        Why the session found no neutral.
    """
    unseen = outcome.coverage.head_seen_ms == 0
    if options.lying:
        nobody = unseen and not outcome.flags
        return ViewError(f"{name}: {_UNSEEN_LYING}") if nobody else None
    if outcome.baseline is not None and not unseen:
        return None
    if faces == 0:
        return ViewError(
            f"{name}: nobody usable is in view; the picture should reach from above the head to "
            "below the shoulders, with light on the face"
        )
    return NoNeutralError(
        f"{name}: no neutral was found ({trouble or 'it is shorter than a second'}), so nothing "
        "could be judged; begin with two seconds of sitting upright and still, facing the camera, "
        "or give --baseline START-END"
    )


def incomplete(outcome: Outcome, settings: HoldSettings, only: Sequence[Exercise]) -> list[str]:
    """One line per asked stretch and side that was not completed.

    A stretch asked for without a side stands for both. When none was asked for, those that were
    tried count, and at least one must have been.
    """
    known = {stretch.id: stretch for stretch in settings.stretches}
    done = {hold.exercise for hold in outcome.holds if hold.completed}
    asked = each_side(only, settings.stretches) or [hold.exercise for hold in outcome.holds]
    lines = [
        f"not completed: {title(known[exercise.stretch].name, exercise.side)}"
        for exercise in dict.fromkeys(asked)
        if exercise not in done
    ]
    return lines if asked else ["not completed: no stretch was tried"]


def _written(job: Job, options: AnalyzeOptions) -> tuple[Path, ...]:
    made = asked(options)
    paths = [job.out / name for name in (REPORT, FRAMES, ANNOTATED, *made)]
    paths += [path for path in (options.record, options.save_profile) if path is not None]
    fresh = {ANNOTATED: options.annotate, **made}
    return tuple(path for path in paths if path.exists() and fresh.get(path.name, True))
