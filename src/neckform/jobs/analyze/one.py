"""Analyses one recording: the loop, and the files that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from neckform.core.coach.routine import each_side
from neckform.core.errors import InputError, NeckformError, SettingsError
from neckform.core.outcome import Outcome
from neckform.core.report import SessionReport
from neckform.core.session import SessionSettings
from neckform.core.wording import worded
from neckform.files import claimed, sweep
from neckform.jobs.analyze.earlier import earlier_deg
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.judged import Judged, what_is_judged
from neckform.jobs.analyze.loop import Findings, judge
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.outputs import (
    OUTPUTS,
    Output,
    OwnFile,
    Wanted,
    opened,
    problems_of,
)
from neckform.jobs.analyze.several.done import Marking, remove_mark
from neckform.jobs.analyze.sources import (
    Source,
    header,
    open_source,
    recording_sum,
)
from neckform.showing.exports.files import prepare_folder
from neckform.showing.words.phrases import title
from neckform.terminal.interrupt import INTERRUPTED, Stop
from neckform.terminal.missing import unexpected
from neckform.terminal.printing import Advance

INCOMPLETE = 1


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
    files : tuple of Path
        Those that were written.
    """

    job: Job
    report: SessionReport | None
    notes: tuple[str, ...]
    exit_code: int
    files: tuple[Path, ...] = ()


def analyze_one(
    job: Job, options: AnalyzeOptions, *, stop: Stop, advance: Advance = lambda _share: None
) -> Analysis:
    """Analyse one recording and write its files; bad input becomes a note and an exit code.

    Parameters
    ----------
    stop : callable
        Is asked after each frame; when it says so, what was measured so far is judged and saved.
    advance : callable
        Is given the share that is done.
    """
    return guarded(job, lambda: _analyze(job, options, stop, advance))


def guarded(job: Job, work: Callable[[], Analysis]) -> Analysis:
    """What became of a recording; whatever goes wrong becomes a note and an exit code."""
    try:
        return work()
    except NeckformError as error:
        return Analysis(job, None, (str(error),), error.exit_code)
    except Exception as error:  # noqa: BLE001 - a mistake of ours must not cost the other recordings
        line, code = unexpected(error)
        return Analysis(
            job, None, (worded("{recording}: {line}", recording=job.recording, line=line),), code
        )


def _analyze(job: Job, options: AnalyzeOptions, stop: Stop, advance: Advance) -> Analysis:
    keeps = options.history if job.keeps is None else job.keeps
    options = replace(options, who=job.who or options.who, who_from=None, history=keeps)
    judged = what_is_judged(options)
    with ExitStack() as claims:
        marking = None if job.choices is None else Marking(job.recording, job.out, job.choices)
        with open_source(job.recording, options) as source:
            outputs = _outputs(job, options, judged, source)
            own = [output.path for output in outputs if isinstance(output, OwnFile)]
            for place in (job.out, *own):
                claims.enter_context(claimed(place))
            remove_mark(job.out)
            for output in outputs:
                sweep(output.path)
            findings = judge(options, judged, source, opened(outputs), stop=stop, advance=advance)
        for output in outputs:
            output.write(findings.report)
        done = analysis_of(job, findings, outputs, torn=source.is_torn)
        if marking is not None:
            marking.mark(findings.report, done.exit_code, done.notes, done.files)
    return with_missing(done, options, judged)


def analysis_of(
    job: Job, findings: Findings, outputs: Sequence[Output], *, torn: bool = False
) -> Analysis:
    """What became of the recording, whatever was wished of it."""
    report = findings.report
    notes = [report.source.note] if report.source.note else []
    notes += findings.notes
    code = InputError.exit_code if torn or findings.pictures_lost else 0
    if findings.stopped_ms is not None:
        notes.append(
            worded(
                "interrupted at {stopped_s:.0f} s of the recording; what was measured so far is "
                "saved in {out}",
                stopped_s=findings.stopped_ms / 1000,
                out=job.out,
            )
        )
        code = INTERRUPTED
    elif findings.problem is not None:
        notes.append(str(findings.problem))
        code = findings.problem.exit_code
    files = tuple(output.path for output in outputs if output.path.exists())
    return Analysis(job, report, tuple(notes), code, files)


def with_missing(done: Analysis, options: AnalyzeOptions, judged: Judged) -> Analysis:
    """The same, and which of the stretches that are asked for were not completed."""
    if (
        not options.fail_on
        or done.report is None
        or done.exit_code not in (0, InputError.exit_code)
    ):
        return done
    missing = incomplete(done.report.outcome, judged.session)
    code = max(done.exit_code, INCOMPLETE) if missing else done.exit_code
    return replace(done, notes=(*done.notes, *missing), exit_code=code)


def _outputs(job: Job, options: AnalyzeOptions, judged: Judged, source: Source) -> list[Output]:
    """The outputs that are asked for, in a folder that can be written to."""
    if problems := problems_of(options, job.recording):
        raise SettingsError(str(job.recording), problems)
    prepare_folder(job.out)
    # To sum a long recording up takes its time.
    sha256 = recording_sum(job.recording) if options.record or options.history else ""
    wanted = Wanted(
        options,
        job.out,
        judged.names,
        header(source.duration_s, sha256, source.models, source.made),
        earlier_deg(source.made.at, sha256, options.who) if options.history else {},
    )
    return [output(wanted) for output in OUTPUTS if output.asked(options)]


def incomplete(outcome: Outcome, settings: SessionSettings) -> list[str]:
    """One line for each asked stretch and side that was not completed.

    A stretch asked for without a side stands for both. When none was asked for, those that were
    tried count, and at least one must have been.
    """
    stretches = settings.holds.stretches
    done = {hold.exercise for hold in outcome.holds if hold.completed}
    asked = each_side(settings.only, stretches) or [hold.exercise for hold in outcome.holds]
    lines: list[str] = [
        worded(
            "not completed: {title}",
            title=title(settings.holds.by_id[exercise.stretch].name, exercise.side),
        )
        for exercise in dict.fromkeys(asked)
        if exercise not in done
    ]
    return lines if asked else [worded("not completed: no stretch was tried")]
