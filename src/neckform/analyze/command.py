"""The job of ``neckform analyze``: recordings in, files and a summary out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from neckform.analyze.inputs import Job, plan
from neckform.analyze.judged import what_is_judged
from neckform.analyze.many import analyze_in_parallel, analyze_in_turn
from neckform.analyze.one import INTERRUPTED, Analysis
from neckform.analyze.options import AnalyzeOptions, BaselineChoice
from neckform.core.errors import SettingsError
from neckform.interrupt import stop_on_interrupt
from neckform.showing import tables, terminal
from neckform.showing.files import json_text


def run(
    recordings: Sequence[Path], options: AnalyzeOptions, *, jobs: int = 1, json_only: bool = False
) -> int:
    """Analyse the recordings, print what was found, and return the exit code: the highest of all.

    Raises
    ------
    NeckformError
        When an option or the settings are wrong, which concerns all recordings alike.
    """
    known = _check(options)
    planned = plan(recordings, options.out)
    if len(planned) > 1:
        _refuse_single(options, json_only=json_only)
    with stop_on_interrupt() as stop:
        if jobs > 1 and len(planned) > 1:
            found = list(analyze_in_parallel(planned, options, stop, min(jobs, len(planned))))
        else:
            found = list(analyze_in_turn(planned, options, stop))
        stopped = stop()
    if json_only:
        for analysis in found:
            _print_notes(analysis)
            if analysis.report is not None:
                print(json_text(analysis.report), end="")
    elif len(planned) == 1:
        for analysis in found:
            show(analysis, known)
    else:
        _show_table(found)
    return _exit_code(planned, found, stopped=stopped)


def show(analysis: Analysis, known: tables.Known) -> None:
    """Print one recording's summary on standard output, its notes on standard error."""
    console = terminal.out()
    if analysis.report is not None:
        tables.print_report(console, analysis.report, known)
    _print_notes(analysis)
    if analysis.files:
        tables.print_files(console, analysis.files)


def _check(options: AnalyzeOptions) -> tables.Known:
    """Find what is wrong with the options before any recording is opened."""
    judged = what_is_judged(options)
    BaselineChoice.parse(options.baseline)
    return {stretch.id: stretch for stretch in judged.known}


def _refuse_single(options: AnalyzeOptions, *, json_only: bool) -> None:
    given = {
        "--json -": json_only,
        "--record": options.record is not None,
        "--save-profile": options.save_profile is not None,
    }
    problems = [f"{name} takes one recording at a time" for name, used in given.items() if used]
    if problems:
        raise SettingsError("options", problems)


def _show_table(found: Sequence[Analysis]) -> None:
    lines = [
        tables.Line(one.job.recording.name, one.report, "\n".join(one.notes) or None)
        for one in found
    ]
    tables.print_many(terminal.out(), lines)


def _print_notes(analysis: Analysis) -> None:
    console: Console = terminal.err()
    for note in analysis.notes:
        terminal.print_note(console, note)


def _exit_code(planned: Sequence[Job], found: Sequence[Analysis], *, stopped: bool) -> int:
    if stopped:
        left = len(planned) - len(found)
        if left:
            terminal.print_note(terminal.err(), f"interrupted; {left} of {len(planned)} not begun")
        return INTERRUPTED
    return max((one.exit_code for one in found), default=0)
