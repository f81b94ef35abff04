"""How each person's degrees and seconds went over the visits, for the page over all recordings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from neckform.core.errors import NeckformError
from neckform.core.report import SessionReport
from neckform.core.wording import worded
from neckform.history.entry import Entry, entry_of
from neckform.history.trends import Trend, trends
from neckform.jobs.analyze.one import Analysis
from neckform.jobs.own_history import is_anything_kept, own_history
from neckform.jobs.progress import change_line, progress_drawing, week_line
from neckform.showing.html.markup import Markup, element, joined
from neckform.showing.words.phrases import title


def progress(found: Sequence[Analysis], names: Mapping[str, str]) -> dict[str, Markup]:
    """What the page shows of each named person who came more than once.

    Those are the visits that the person's history has; of somebody of whom nothing is kept, those
    in these recordings.
    """
    shown = {}
    for who in sorted({analysis.job.who for analysis in found if analysis.job.who is not None}):
        theirs = [analysis for analysis in found if analysis.job.who == who]
        several = [each for each in trends(_visits(who, theirs), by=None) if len(each.weeks) > 1]
        if several:
            shown[who] = _cards(several, names)
    return shown


def _visits(who: str, found: Sequence[Analysis]) -> list[Entry]:
    if any(analysis.job.keeps for analysis in found):
        try:
            if is_anything_kept(who):
                with own_history(who) as store:
                    return store.entries()
        except NeckformError:
            pass  # what is wrong with it was said when the recordings were to be kept
    return sorted(_made(found), key=lambda entry: entry.made_at)


def _made(found: Iterable[Analysis]) -> Iterable[Entry]:
    for analysis in found:
        report = analysis.report
        if report is not None and report.source.recorded_at is not None and report.could_judge:
            yield _entry(report, analysis.job.recording.name, report.source.recorded_at)


def _entry(report: SessionReport, name: str, recorded_at: str) -> Entry:
    return entry_of(report, name, datetime.fromisoformat(recorded_at))


def _cards(several: Sequence[Trend], names: Mapping[str, str]) -> Markup:
    cards = [
        element(
            "div",
            element(
                "h4",
                title(
                    names.get(trend.exercise.stretch, trend.exercise.stretch), trend.exercise.side
                ),
            ),
            progress_drawing(trend),
            element("p", change_line(trend, visits=True)),
            element(
                "details",
                element("summary", worded("{visits} visits", visits=len(trend.weeks))),
                element("ul", [element("li", week_line(visit)) for visit in trend.weeks]),
            ),
            class_="card",
        )
        for trend in several
    ]
    return joined(element("h3", worded("Over the visits")), element("div", cards, class_="cards"))
