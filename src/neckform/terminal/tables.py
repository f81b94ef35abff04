"""A report as a person reads it on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from neckform.core.night import changes
from neckform.core.plain_text import plain
from neckform.core.posture.flags import PostureSettings
from neckform.core.report import SessionReport
from neckform.core.types import Hold
from neckform.core.wording import Worded, listed, worded
from neckform.showing.exports.overview import RecordingEntry
from neckform.showing.words import phrases
from neckform.showing.words.card_words import answer_words
from neckform.showing.words.night_words import CHANGES, night_line
from neckform.showing.words.report_words import (
    angle_words,
    flag_advice,
    flag_title,
    hand_words,
    hold_verdict,
    miss_verdict,
    no_stretch_words,
    rested_words,
    seen_words,
    unseen_words,
)
from neckform.showing.words.result_words import result_words, whose_words
from neckform.showing.words.telling import language_now
from neckform.terminal.printing import print_after, print_indented, print_line

_INDENT = 8


def print_report(console: Console, report: SessionReport) -> None:
    """Print the summary of one report."""
    print_line(console, Path(report.source.path).name, "bold")
    if whose := whose_words(report, language_now()):
        print_indented(console, plain(whose), 0, style="dim")
    print_line(console, _seen_line(report))
    if not report.could_judge:
        return
    if result := result_words(report, language_now()):
        print_indented(console, plain(result), 0, style="bold")
    _print_answers(console, report)
    _print_stretches(console, report)
    _print_night(console, report)
    if report.postures is not None and report.flags:
        _print_flags(console, report, report.postures)
    elif not report.judges_stretches:
        style = "yellow" if report.half_unseen else "green"
        print_line(console, rested_words(report), style)
    console.print()


def _print_stretches(console: Console, report: SessionReport) -> None:
    """Each attempt at a stretch, and each that did not count."""
    if report.holds:
        console.print()
    elif report.judges_stretches:
        print_line(console, no_stretch_words(report), "yellow")
    for hold in report.holds:
        style = "green" if hold.completed else "yellow"
        when = f"{phrases.clock(hold.start_ms):>6}"
        print_indented(console, hold_verdict(report, hold), _INDENT, first=when, style=style)
        print_indented(console, _details(report, hold), _INDENT, style="dim")
    for miss in report.near_misses:
        when = f"{phrases.clock(miss.start_ms):>6}"
        print_indented(console, miss_verdict(report, miss), _INDENT, first=when, style="yellow")


def _print_night(console: Console, report: SessionReport) -> None:
    """How somebody lay, and what to change."""
    night = report.outcome.night
    if night is None:
        return
    print_indented(console, night_line(night), 0)
    for change in changes(night, report.flags):
        print_indented(console, CHANGES[change], _INDENT, style="yellow")


def _print_answers(console: Console, report: SessionReport) -> None:
    """What came of each line of a therapist's card."""
    for answer in report.answers:
        words = answer_words(report.settings.by_id[answer.exercise.stretch], answer)
        print_indented(console, words, 2)


def _print_flags(console: Console, report: SessionReport, postures: PostureSettings) -> None:
    """How the neck rested badly, the worst first, with when, and what to do about it."""
    console.print()
    print_line(console, worded("Resting posture:"), "bold")
    for total in report.flag_totals:
        spans = [phrases.span(flag.start_ms, flag.end_ms) for flag in total.times]
        line = worded("{title}: {when}", title=flag_title(report, total), when=listed(spans, ", "))
        if total.peak_deg is not None:
            far = phrases.whole(total.peak_deg)
            line = worded("{line}; up to {far}", line=line, far=far)
        print_indented(
            console,
            line,
            _INDENT,
            first=f"{total.total_ms // 1000:>4} s",
            style="yellow",
        )
        print_indented(console, flag_advice(report, total.flag), _INDENT, style="dim")


def print_many(console: Console, entries: Sequence[RecordingEntry]) -> None:
    """Print what became of each recording, by person; names stand whole, however narrow it is."""
    people = sorted({entry.who for entry in entries if entry.who is not None}, key=str.casefold)
    for who in (*people, None):
        theirs = [entry for entry in entries if entry.who == who]
        if theirs and people:
            print_line(console, worded("Nobody named") if who is None else who, "bold")
        for entry in theirs:
            _print_entry(console, entry)


def _print_entry(console: Console, entry: RecordingEntry) -> None:
    name, at, report = f"{plain(entry.name)}  ", entry.recorded_at, entry.report
    if report is None:
        print_after(console, name, listed(entry.notes), _INDENT, style="yellow")
        return
    facts: list[object] = [] if at is None else [phrases.day_words(at.date())]
    done = worded("no stretch")
    if report.holds:
        done = worded("{of_all} completed", of_all=entry.completed_of_all)
    facts.append(done)
    facts += [
        worded(
            "{title}: {lasted} s", title=flag_title(report, total), lasted=total.total_ms // 1000
        )
        for total in report.flag_totals
    ]
    print_after(console, name, listed(facts), _INDENT)
    for hold in report.holds:
        style = "green" if hold.completed else "yellow"
        print_indented(console, hold_verdict(report, hold), _INDENT, style=style)
    for miss in report.near_misses:
        print_indented(console, miss_verdict(report, miss), _INDENT, style="yellow")
    for note in (*entry.notes, *filter(None, [unseen_words(report)])):
        print_indented(console, note, _INDENT, style="yellow")


def _details(report: SessionReport, hold: Hold) -> Worded:
    """Angles, pauses and hands of one attempt."""
    angles = [
        worded(
            "{angle} (± {sure})",
            angle=angle_words(axis, axis.of(hold.mean)),
            sure=round(axis.of(hold.uncertainty)),
        )
        for axis in report.settings.by_id[hold.stretch].main
    ]
    parts = [worded("on average {angles}", angles=listed(angles, ", "))]
    parts += [
        worded(
            "paused {span}: {reason}",
            span=phrases.span(pause.start_ms, pause.end_ms),
            reason=phrases.REASONS[pause.reason],
        )
        for pause in hold.pauses
    ]
    if hands := hand_words(hold.hand_on_head):
        parts.append(hands)
    return listed(parts)


def _seen_line(report: SessionReport) -> Worded:
    line, baseline = seen_words(report), report.baseline
    # Nothing counts as seen before there is a neutral.
    if not report.could_judge:
        return worded("{line}.", line=line)
    if baseline is None:
        if report.lying_on == "back":
            return worded("{line}; judged as lying on the back, without a neutral.", line=line)
        return worded("{line}; judged as lying on the side, without a neutral.", line=line)
    if baseline.kind == "profile":
        return worded("{line}.", line=line)
    neutral = phrases.neutral_words(baseline)
    return worded("{line}; neutral taken from {neutral}.", line=line, neutral=neutral)


def print_files(console: Console, files: Sequence[Path]) -> None:
    """Say where the results are."""
    for path in files:
        console.print(Text(f"  {plain(path)}"), soft_wrap=True)
