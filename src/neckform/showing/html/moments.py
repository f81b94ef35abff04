"""What happened when: the same list for the page's table, its plots and the video's chapters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from neckform.core.types import Reason
from neckform.showing import words
from neckform.showing.html.reading import Report, flag_title, stretch_title


@dataclass(frozen=True, slots=True)
class Moment:
    """Something with a beginning and an end.

    Attributes
    ----------
    kind : str
        ``neutral``, ``hold``, ``pause`` or ``flag``.
    short : str
        What it is called, for a plot or a chapter.
    sentence : str
        What is said about it.
    """

    kind: str
    start_s: float
    end_s: float
    short: str
    sentence: str


def moments(report: Report) -> list[Moment]:
    """Everything that the report says happened, in the order of its beginning."""
    found = [*_neutral(report), *_holds(report), *_flags(report)]
    return sorted(found, key=lambda moment: (moment.start_s, -moment.end_s))


def _neutral(report: Report) -> list[Moment]:
    baseline = report["baseline"]
    if baseline is None or baseline["kind"] == "profile":
        return []
    said = "The neutral that all angles are measured from."
    return [Moment("neutral", baseline["start_s"], baseline["end_s"], "Neutral", said)]


def _holds(report: Report) -> list[Moment]:
    found = []
    for hold in report["holds"]:
        title = stretch_title(report, hold["stretch"], hold["side"])
        found.append(Moment("hold", hold["start_s"], hold["end_s"], title, hold["verdict"]))
        for pause in hold["pauses"]:
            why = words.REASONS.get(Reason(pause["reason"]), pause["reason"])
            said = f"{title}: paused, because {why}."
            found.append(Moment("pause", pause["start_s"], pause["end_s"], f"Paused: {why}", said))
    return found


def _flags(report: Report) -> list[Moment]:
    return [
        Moment("flag", flag["start_s"], flag["end_s"], flag_title(report, flag), flag["verdict"])
        for flag in report["flags"]
    ]


def chapters(report: Report, end_s: float) -> list[Moment]:
    """Holds, flags and the neutral laid end to end: no two at a time, nothing left out between.

    Chapters must not overlap. Where two do, the one that began first keeps its place until the
    next begins.
    """
    named = [moment for moment in moments(report) if moment.kind != "pause"]
    cuts = sorted({0.0, end_s, *(m.start_s for m in named), *(m.end_s for m in named)})
    found: list[Moment] = []
    for start_s, after_s in pairwise(cut for cut in cuts if 0 <= cut <= end_s):
        running = [m for m in named if m.start_s <= start_s and m.end_s >= after_s]
        # Of several, the one that has begun last is what is new.
        now = max(running, key=lambda m: m.start_s, default=_BETWEEN)
        last = found[-1] if found else None
        if last is not None and (last.short, last.sentence) == (now.short, now.sentence):
            found[-1] = replace(last, end_s=after_s)
        else:
            found.append(replace(now, start_s=start_s, end_s=after_s))
    return found


_BETWEEN = Moment("between", 0.0, 0.0, "In between", "")
