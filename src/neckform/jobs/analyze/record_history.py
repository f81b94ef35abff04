"""Keeps what was done in the person's own history, and says so.

neckform does not know whose neck it sees. It takes a single recording for the person's own. Of
several recordings, or of a folder, it keeps nothing unless that is asked for: a person who looks at
other people's necks works so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from neckform.config.paths import history_file
from neckform.core.coach.routine import each_side, parse_exercises
from neckform.core.errors import NeckformError
from neckform.core.report import SessionReport
from neckform.core.stretch.stretches import Stretch
from neckform.history.entry import Entry, Scope, entry_of
from neckform.history.store import Kept
from neckform.jobs.advice import fortnight_advice
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import Analysis
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.sources import recording_sum
from neckform.jobs.own_history import own_history
from neckform.sensing.sources.made_at import made_at
from neckform.showing.words.phrases import day_words

_DONE = (0, 1)
"""Exit codes of a recording that was judged to its end, whether a stretch was completed or not."""


def keep(
    analyses: Sequence[Analysis], options: AnalyzeOptions, known: Sequence[Stretch]
) -> list[str]:
    """Keep each recording that was judged to its end.

    Returns
    -------
    list of str
        Lines for the person: what was kept and where, and the advice that is due.

    Raises
    ------
    NeckformError
        The history cannot be used, or a recording is no longer there.
    """
    judged = [
        (analysis.job, analysis.report)
        for analysis in analyses
        if analysis.report and analysis.exit_code in _DONE
    ]
    if not judged:
        return []
    now = datetime.now(UTC)
    with own_history() as store:
        kept = [
            store.keep(_entry(job.recording, report, now), _scope(report, options, known))
            for job, report in judged
        ]
        advice = fortnight_advice(store, now.astimezone().date())
    return [_said(kept), *([advice] if advice else [])]


def is_to_be_kept(options: AnalyzeOptions, recordings: Sequence[Job], *, folder: bool) -> bool:
    """Whether the recordings are to be kept: as asked, or else when it is a single one."""
    if options.history is not None:
        return options.history
    return len(recordings) == 1 and not folder


def why_not_kept(error: NeckformError) -> str:
    """The line for when keeping failed."""
    return f"not kept in your history: {error}"


def _entry(recording: Path, report: SessionReport, now: datetime) -> Entry:
    return entry_of(report, recording_sum(recording), made_at(recording, now))


def _scope(report: SessionReport, options: AnalyzeOptions, known: Sequence[Stretch]) -> Scope:
    only = each_side(parse_exercises(options.stretches, known), known)
    return Scope(report.judges_stretches, frozenset(only), report.postures is not None)


def _said(kept: Sequence[Kept]) -> str:
    days = sorted({one.day for one in kept})
    when = f"for {day_words(days[0])}"
    if len(days) > 1:
        when = f"for {len(days)} days, {day_words(days[0])} to {day_words(days[-1])}"
    what = "Kept" if len(kept) == 1 else f"{len(kept)} recordings kept"
    again = " again (it was there already, and counts once)" if all(k.anew for k in kept) else ""
    return (
        f"{what} in your history {when}{again}: {history_file()}. See neckform history; "
        "--no-history keeps nothing."
    )
