"""The job of ``neckform analyze``: recordings in, files and a summary out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from neckform.config.paths import checked_name
from neckform.core.errors import NeckformError, OutputError, SettingsError
from neckform.core.stretch.stretches import Stretch
from neckform.core.wording import worded
from neckform.files import claimed, is_folder
from neckform.jobs.analyze import record_history
from neckform.jobs.analyze.clinic.day import entries_of, write_day
from neckform.jobs.analyze.inputs import Job, plan
from neckform.jobs.analyze.judged import Judged, what_is_judged
from neckform.jobs.analyze.one import INCOMPLETE, Analysis
from neckform.jobs.analyze.options import DEFAULT_OUT, AnalyzeOptions
from neckform.jobs.analyze.outputs import OUTPUTS, OwnFile, problems_of
from neckform.jobs.analyze.several.many import analyze_in_parallel, analyze_in_turn
from neckform.jobs.analyze.several.passed_over import Earlier
from neckform.showing.exports.files import json_text, prepare_folder
from neckform.showing.exports.report_json import as_json
from neckform.terminal import printing, tables
from neckform.terminal.echo import hand_out
from neckform.terminal.interrupt import INTERRUPTED, Stop, stop_on_interrupt


def run(recordings: Sequence[Path], options: AnalyzeOptions) -> int:
    """Analyse the recordings, print what they show, and return the exit code: the highest of all.

    Raises
    ------
    NeckformError
        When an option or the settings are wrong, which concerns all recordings alike.
    """
    judged = _check(options)
    known = judged.known
    earlier = Earlier(options, judged)
    planned = plan(
        recordings,
        options.out,
        recursive=options.recursive,
        by_folder=options.who_from is not None,
        say=lambda line: printing.print_note(printing.err(), line),
        look=earlier.look,
    )
    if len(planned) > 1:
        _refuse_single(options)
    folder = any(is_folder(path) for path in recordings)
    overview = (folder or len(planned) > 1) and options.json is None
    alone = len(planned) == 1 and not folder
    planned = [_whose(job, options, alone=alone) for job in planned]
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_interrupt())
        if overview:
            out = options.out or DEFAULT_OUT
            prepare_folder(out)
            stack.enter_context(claimed(out))
            planned = [earlier.marked(job) for job in planned]
        analyses = _analyses(planned, earlier.passed_over(planned), options, stop)
        code = _exit_code(planned, analyses, stopped=stop())
        _print(analyses, options, alone=len(planned) == 1)
        # Kept first: the page shows each person over all visits, this one included.
        code = max(code, _keep(analyses, options, known, alone=alone))
        return max(code, _overview(analyses, options, known)) if overview else code


def _analyses(
    planned: Sequence[Job], before: Mapping[Job, Analysis], options: AnalyzeOptions, stop: Stop
) -> list[Analysis]:
    """What became of each: of those that were done before, and of those that are done now."""
    if before:
        line = worded(
            "{number} of {all} were done before; --again does them again",
            number=len(before),
            all=len(planned),
        )
        printing.print_note(printing.err(), line)
    left = [job for job in planned if job not in before]
    side_by_side = min(options.jobs, len(left))
    if options.cluster is not None and left:
        # Imported late: it is for few, and needs what few have.
        from neckform.jobs.analyze.several.cluster import analyze_on_cluster

        now = analyze_on_cluster(left, options, stop, options.cluster)
    elif side_by_side > 1:
        now = analyze_in_parallel(left, options, stop, side_by_side)
    else:
        now = analyze_in_turn(left, options, stop)
    known = {**before, **{analysis.job: analysis for analysis in now}}
    return [known[job] for job in planned if job in known]


def _print(analyses: Sequence[Analysis], options: AnalyzeOptions, *, alone: bool) -> None:
    """Print what became of the recordings."""
    if options.json is not None:
        for analysis in analyses:
            _print_notes(analysis)
            if analysis.report is not None:
                hand_out(json_text(as_json(analysis.report)))
    elif alone:
        for analysis in analyses:
            show(analysis)
    else:
        _show_many(analyses, options)


def show(analysis: Analysis) -> None:
    """Print one recording's summary on standard output, its notes on standard error."""
    console = printing.out()
    if analysis.report is not None:
        tables.print_report(console, analysis.report)
    _print_notes(analysis)
    if analysis.files:
        tables.print_files(console, analysis.files)


def _show_many(analyses: Sequence[Analysis], options: AnalyzeOptions) -> None:
    """A row for each on standard output; what went wrong on standard error once more, unbroken."""
    tables.print_many(printing.out(), entries_of(analyses, options.out))
    for analysis in analyses:
        if analysis.exit_code > INCOMPLETE:
            _print_notes(analysis)


def _overview(
    analyses: Sequence[Analysis], options: AnalyzeOptions, known: Sequence[Stretch]
) -> int:
    """Write the page and the tables over all recordings, and say where they are."""
    try:
        files = write_day(analyses, options, known)
    except OutputError as error:
        printing.print_note(printing.err(), str(error))
        return error.exit_code
    tables.print_files(printing.out(), files)
    return 0


def _whose(job: Job, options: AnalyzeOptions, *, alone: bool) -> Job:
    """The same recording, with whose it is and whether that is kept."""
    known = replace(job, who=options.who or job.who)
    return replace(known, keeps=record_history.is_to_be_kept(known, options, alone=alone))


def _keep(
    analyses: Sequence[Analysis],
    options: AnalyzeOptions,
    known: Sequence[Stretch],
    *,
    alone: bool,
) -> int:
    """Keep in each person's history, and say so.

    A history that cannot be used makes the analysis no worse, unless keeping was asked for.
    """
    code = 0
    said: list[str] = []
    kept = record_history.by_person(analyses)
    for who, theirs in kept.items():
        try:
            said += record_history.keep(who, theirs, options, known)
        except NeckformError as error:
            printing.print_note(printing.err(), record_history.why_not_kept(who, error))
            asked = options.history or who is not None
            code = max(code, error.exit_code if asked else 0)
    if len(said) > _MOST_SAID:
        said = [
            worded(
                "Kept in the histories of {people} people; neckform people says of whom.",
                people=len(said),
            )
        ]
    _say(said, options)
    if alone and not kept and options.history is None and any(each.report for each in analyses):
        _say([record_history.NOBODY_S], options)
    return code


_MOST_SAID = 3
"""Of more people than these, it is said in one line where what was done is kept."""


def _say(lines: Sequence[str], options: AnalyzeOptions) -> None:
    """On standard output, or beside it when that is the report's alone."""
    for line in lines:
        if options.json is None:
            printing.print_line(printing.out(), line)
        else:
            printing.print_note(printing.err(), line)


def _check(options: AnalyzeOptions) -> Judged:
    """Find what is wrong with the options before any recording is opened."""
    if options.who is not None and options.who_from is not None:
        raise SettingsError("options", [worded("give one of --who and --who-from")])
    if options.who is not None:
        checked_name(options.who)
    # The profile of each person is looked for once it is clear who they are.
    theirs = options.who_from is not None
    judged = what_is_judged(replace(options, baseline="auto") if theirs else options)
    if problems := problems_of(options):
        raise SettingsError("options", problems)
    return judged


def _refuse_single(options: AnalyzeOptions) -> None:
    single = [output for output in OUTPUTS if issubclass(output, OwnFile)]
    given = ["--json -"] if options.json is not None else []
    given += [f"--{each.option.replace('_', '-')}" for each in single if each.asked(options)]
    if given:
        raise SettingsError(
            "options", [worded("{name} takes one recording at a time", name=name) for name in given]
        )


def _print_notes(analysis: Analysis) -> None:
    console: Console = printing.err()
    for note in analysis.notes:
        printing.print_note(console, note)


def _exit_code(planned: Sequence[Job], analyses: Sequence[Analysis], *, stopped: bool) -> int:
    if stopped:
        left = len(planned) - len(analyses)
        if left:
            printing.print_note(
                printing.err(),
                worded("interrupted; {left} of {count} not begun", left=left, count=len(planned)),
            )
        return INTERRUPTED
    return max((analysis.exit_code for analysis in analyses), default=0)
