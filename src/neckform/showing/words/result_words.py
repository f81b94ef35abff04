"""What a report begins with: whose it is, from when, and in one sentence what came of it."""

from __future__ import annotations

from datetime import datetime

from neckform.core.coach.cues import CueKind
from neckform.core.coach.next_time import NextTime, next_time
from neckform.core.report import SessionReport
from neckform.core.types import Exercise, Side
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, date_words, phrase, words_at
from neckform.showing.words.spoken import stretch_words, words_of


def whose_words(report: SessionReport, language: str = DEFAULT_LANGUAGE) -> str | None:
    """Whose it is, and when it was recorded, said which; None where nobody knows either."""
    source = report.source
    said = [] if source.who is None else [source.who]
    if source.recorded_at is not None and source.recorded_from is not None:
        at = datetime.fromisoformat(source.recorded_at)
        when = f"{date_words(at.date(), language)}, {at:%H:%M}"
        said.append(phrase(f"result.recorded.{source.recorded_from}", language, when=when))
    return "; ".join(said) or None


def result_words(report: SessionReport, language: str = DEFAULT_LANGUAGE) -> str | None:
    """How many of how many were done, and what to do better: None where no stretch was asked for.

    ``Two of five done. Next time, Ear to shoulder, right: Left shoulder down.``
    """
    if not report.asked or not report.could_judge:
        return None
    done, n = len(report.done & set(report.asked)), len(report.asked)
    if n == 1:
        said = phrase("result.one-done" if done else "result.one-open", language)
    else:
        counted = {"done": _number(done, language), "n": _number(n, language)}
        said = phrase("result.all-done" if done == n else "result.done", language, **counted)
    said = said[:1].upper() + said[1:]
    better = next_time(report)
    return said if better is None else f"{said} {_next(report, better, language)}"


def exercise_words(report: SessionReport, exercise: Exercise, language: str) -> str:
    """What a stretch is called, and its side: ``Ear to shoulder, right``."""
    stretch = report.settings.by_id.get(exercise.stretch)
    name = exercise.stretch if stretch is None else stretch_words(stretch, language).name
    return titled(name, exercise.side, language)


def titled(name: str, side: Side | None, language: str) -> str:
    """A name, and a side."""
    return name if side is None else f"{name}, {phrase(f'side.{side}', language)}"


def _next(report: SessionReport, better: NextTime, language: str) -> str:
    title = exercise_words(report, better.exercise, language)
    if better.cue is None:
        return phrase("result.also", language, title=title)
    what = words_of(better.cue, language, report.settings.by_id)
    if better.cue.kind is CueKind.STAY:
        seconds = report.settings.by_id[better.exercise.stretch].hold_s
        what = phrase("result.stay", language, seconds=f"{seconds:g}")
    return phrase("result.next", language, title=title, what=what)


def _number(number: int, language: str) -> str:
    """A small number as a word, as texts write it."""
    words = words_at(language, "result", "numbers")
    return str(words[number]) if number < len(words) else str(number)
