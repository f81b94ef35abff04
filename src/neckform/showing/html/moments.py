"""What happened when: the same list for the page's table, its plots and the video's chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from neckform.core.report import SessionReport
from neckform.core.wording import worded
from neckform.showing.words.phrases import REASONS
from neckform.showing.words.report_words import (
    flag_title,
    flag_verdict,
    hold_title,
    hold_verdict,
    miss_verdict,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Something with a beginning and an end.

    Attributes
    ----------
    kind : str
        ``neutral``, ``hold``, ``pause``, ``miss`` or ``flag``.
    short : str
        What it is called, for a plot or a chapter.
    sentence : str
        The sentence about it.
    """

    kind: str
    start_ms: int
    end_ms: int
    short: str
    sentence: str


def moments(report: SessionReport) -> list[Span]:
    """Everything that the report says happened, in the order of its beginning."""
    everything = [*_neutral(report), *_holds(report), *_misses(report), *_flags(report)]
    return sorted(everything, key=lambda moment: (moment.start_ms, -moment.end_ms))


def _neutral(report: SessionReport) -> Iterator[Span]:
    baseline = report.baseline
    # Moments that lie far apart are no span to show.
    if baseline is not None and baseline.kind in {"held", "span"}:
        sentence = worded("The neutral that all angles are measured from.")
        yield Span("neutral", baseline.start_ms, baseline.end_ms, worded("Neutral"), sentence)


def _holds(report: SessionReport) -> Iterator[Span]:
    for hold in report.holds:
        title = hold_title(report, hold)
        yield Span("hold", hold.start_ms, hold.end_ms, title, hold_verdict(report, hold))
        for pause in hold.pauses:
            why = REASONS[pause.reason]
            sentence = worded("{title}: paused, because {why}.", title=title, why=why)
            short = worded("Paused: {why}", why=why)
            yield Span("pause", pause.start_ms, pause.end_ms, short, sentence)


def _misses(report: SessionReport) -> Iterator[Span]:
    for miss in report.near_misses:
        title = worded("{title}: did not count", title=hold_title(report, miss))
        yield Span("miss", miss.start_ms, miss.end_ms, title, miss_verdict(report, miss))


def _flags(report: SessionReport) -> Iterator[Span]:
    for flag in report.flags:
        title = flag_title(report, flag)
        yield Span("flag", flag.start_ms, flag.end_ms, title, flag_verdict(report, flag))


def chapters(report: SessionReport, end_ms: int) -> list[Span]:
    """Holds, flags and the neutral laid end to end: no two at a time, nothing left out between.

    Chapters must not overlap. Where two do, the first keeps its place until the second begins.
    """
    named = [moment for moment in moments(report) if moment.kind != "pause"]
    cuts = sorted({0, end_ms, *(m.start_ms for m in named), *(m.end_ms for m in named)})
    in_turn: list[Span] = []
    for start_ms, after_ms in pairwise(cut for cut in cuts if 0 <= cut <= end_ms):
        running = [m for m in named if m.start_ms <= start_ms and m.end_ms >= after_ms]
        # Of several, the latest to begin is what is new.
        now = max(running, key=lambda m: m.start_ms, default=_BETWEEN)
        last = in_turn[-1] if in_turn else None
        if last is not None and (last.short, last.sentence) == (now.short, now.sentence):
            in_turn[-1] = replace(last, end_ms=after_ms)
        else:
            in_turn.append(replace(now, start_ms=start_ms, end_ms=after_ms))
    return in_turn


_BETWEEN = Span("between", 0, 0, worded("In between"), "")
