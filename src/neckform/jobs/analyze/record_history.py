"""Keeps what was done in a recording, in the history of the person whose it is.

That is whoever is named (``--who``). Of an unnamed person nothing is kept, unless that is asked for
or the recording is in the user's own history already: a person who looks at other people's necks
works so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from neckform.config.paths import history_file, waiting_folder
from neckform.core.coach.routine import each_side, parse_exercises
from neckform.core.errors import HistoryError, NeckformError
from neckform.core.report import SessionReport
from neckform.core.stretch.stretches import Stretch
from neckform.core.wording import Worded, plural, worded
from neckform.history.entry import Entry, Scope, entry_of
from neckform.history.store import Kept, Store
from neckform.history.waiting import put_off
from neckform.jobs.advice import fortnight_advice
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import Analysis
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.sources import recording_sum
from neckform.jobs.own_history import SOON_S, own_history
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, phrase
from neckform.showing.words.phrases import day_words

NOBODY_S = worded("Kept in no history: --who NAME keeps it in that of NAME, --history in your own.")

_DONE = (0, 1)
"""Exit codes of a recording that was judged to its end, whether a stretch was completed or not."""

_PATIENCE_S = 0.2
"""To look whether a recording is known waits for nobody."""


def is_to_be_kept(job: Job, options: AnalyzeOptions, *, alone: bool) -> bool:
    """Whether a history keeps a recording: as asked, else when it is clear whose it is.

    Parameters
    ----------
    alone : bool
        It is the only one, and named itself.
    """
    if options.history is not None:
        return options.history
    return job.who is not None or (alone and _is_known(job.recording))


def by_person(analyses: Iterable[Analysis]) -> dict[str | None, list[Analysis]]:
    """What was judged to its end and is to be kept, by whose it is."""
    found: dict[str | None, list[Analysis]] = {}
    for analysis in analyses:
        if analysis.report and analysis.exit_code in _DONE and analysis.job.keeps:
            found.setdefault(analysis.job.who, []).append(analysis)
    return found


def keep(
    who: str | None,
    analyses: Sequence[Analysis],
    options: AnalyzeOptions,
    known: Sequence[Stretch],
) -> list[str]:
    """Keep one person's recordings.

    Parameters
    ----------
    who : str or None
        Whose they are; None: the user's.

    Returns
    -------
    list of str
        Lines for the person: what was kept and where, and the advice that is due.

    Raises
    ------
    NeckformError
        The history cannot be used, or a recording is no longer there.
    """
    judged = [(analysis.job, analysis.report) for analysis in analyses if analysis.report]
    now = datetime.now(UTC)
    entries = [
        (_entry(job.recording, report, now), _scope(report, options, known))
        for job, report in judged
    ]
    try:
        with own_history(who, patience_s=SOON_S) as store:
            kept = [store.keep(entry, scope) for entry, scope in entries]
            # It is advice for the person; who looks after somebody reads this line instead.
            advice = fortnight_advice(store, now.astimezone().date()) if who is None else None
    except HistoryError as error:
        if not error.busy:
            raise
        for entry, scope in entries:
            put_off(waiting_folder(who), entry, scope)
        return [phrase("outcome.waits", DEFAULT_LANGUAGE, where=waiting_folder(who))]
    return [_said(who, kept), *([advice] if advice else [])]


def why_not_kept(who: str | None, error: NeckformError) -> str:
    """The line for when keeping failed."""
    if who is None:
        return worded("not kept in your history: {error}", error=error)
    return worded("not kept in {who}'s history: {error}", who=who, error=error)


def _is_known(recording: Path) -> bool:
    """Whether the user's own history has the recording, as that of a routine at the camera."""
    try:
        if not history_file().exists():
            return False
        sha256 = recording_sum(recording)
        with Store(history_file(), patience_s=_PATIENCE_S) as store:
            return any(entry.recording == sha256 for entry in store.entries())
    except NeckformError:
        return False  # what is wrong is said where it is needed


def _entry(recording: Path, report: SessionReport, now: datetime) -> Entry:
    said = report.source.recorded_at
    when = now if said is None else datetime.fromisoformat(said)
    return entry_of(report, recording_sum(recording), when)


def _scope(report: SessionReport, options: AnalyzeOptions, known: Sequence[Stretch]) -> Scope:
    only = each_side(parse_exercises(options.stretches, known), known)
    return Scope(report.judges_stretches, frozenset(only), report.postures is not None)


def _said(who: str | None, kept: Sequence[Kept]) -> Worded:
    days = sorted({one.day for one in kept})
    when = worded("for {day}", day=day_words(days[0]))
    if len(days) > 1:
        when = worded(
            "for {days} days, {first} to {last}",
            days=len(days),
            first=day_words(days[0]),
            last=day_words(days[-1]),
        )
    if who is None:
        said = plural(
            "Kept in your history {when}",
            "{n} recordings kept in your history {when}",
            n=len(kept),
            when=when,
        )
    else:
        said = plural(
            "Kept in {who}'s history {when}",
            "{n} recordings kept in {who}'s history {when}",
            n=len(kept),
            who=who,
            when=when,
        )
    if all(one.anew for one in kept):
        said = worded("{said} again (it was there already, and counts once)", said=said)
    return worded(
        "{said}: {file}. See neckform history{more}; --no-history keeps nothing.",
        said=said,
        file=history_file(who),
        more="" if who is None else f" --who '{who}'",
    )
