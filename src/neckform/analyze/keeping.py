"""Keeps what was done in the person's own history, and says so.

neckform does not know whose neck it sees. A single recording is taken for one's own; of several,
or of a folder, nothing is kept unless that is asked for: so work those who look at other people's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from neckform.advice import fortnight_advice
from neckform.analyze.inputs import Job
from neckform.analyze.one import Analysis
from neckform.analyze.options import AnalyzeOptions
from neckform.analyze.sources import recording_sum
from neckform.core.errors import NeckformError
from neckform.core.report import SessionReport
from neckform.core.routine import each_side, parse_exercises
from neckform.core.stretches import Stretch
from neckform.history.entry import Entry, Scope, entry_of
from neckform.history.store import Kept, Store
from neckform.own_data import history_file
from neckform.sensing.made_at import made_at
from neckform.showing.words import day_words

_DONE = (0, 1)
"""Exit codes of a recording that was judged to its end, completed or not."""


def keep(
    found: Sequence[Analysis], options: AnalyzeOptions, known: Mapping[str, Stretch]
) -> list[str]:
    """Keep each recording that was judged to its end.

    Returns
    -------
    list of str
        Lines for the person: what was kept and where, and advice that has become due.

    Raises
    ------
    NeckformError
        When the history cannot be used, or a recording has gone meanwhile.
    """
    judged = [(one.job, one.report) for one in found if one.report and one.exit_code in _DONE]
    if not judged:
        return []
    now = datetime.now(UTC)
    with Store(history_file()) as store:
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


def _scope(report: SessionReport, options: AnalyzeOptions, known: Mapping[str, Stretch]) -> Scope:
    stretches = list(known.values())
    only = each_side(parse_exercises(options.stretches, stretches), stretches)
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
