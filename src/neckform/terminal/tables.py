"""A report as a person reads it on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from neckform.core.plain_text import plain
from neckform.core.posture.flags import PostureSettings
from neckform.core.report import SessionReport
from neckform.core.types import Hold
from neckform.showing.exports.overview import RecordingEntry
from neckform.showing.words import phrases
from neckform.showing.words.report_words import (
    angle_words,
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
from neckform.terminal.printing import print_indented

_INDENT = 8


def print_report(console: Console, report: SessionReport) -> None:
    """Print the summary of one report."""
    console.print(Text(plain(Path(report.source.path).name), style="bold"))
    if whose := whose_words(report):
        print_indented(console, plain(whose), 0, style="dim")
    console.print(Text(_seen_line(report)), soft_wrap=True)
    if not report.could_judge:
        return
    if result := result_words(report):
        print_indented(console, plain(result), 0, style="bold")
    if report.holds:
        console.print()
    elif report.judges_stretches:
        console.print(Text(no_stretch_words(report), style="yellow"))
    for hold in report.holds:
        style = "green" if hold.completed else "yellow"
        when = f"{phrases.clock(hold.start_ms):>6}"
        print_indented(console, hold_verdict(report, hold), _INDENT, first=when, style=style)
        print_indented(console, _details(report, hold), _INDENT, style="dim")
    for miss in report.near_misses:
        when = f"{phrases.clock(miss.start_ms):>6}"
        print_indented(console, miss_verdict(report, miss), _INDENT, first=when, style="yellow")
    if report.postures is not None and report.flags:
        _print_flags(console, report, report.postures)
    elif not report.judges_stretches:
        style = "yellow" if report.half_unseen else "green"
        console.print(Text(rested_words(report), style=style))
    console.print()


def _print_flags(console: Console, report: SessionReport, postures: PostureSettings) -> None:
    """How the neck rested badly, the worst first, with when, and what to do about it."""
    console.print()
    console.print(Text("Resting posture:", style="bold"))
    for total in report.flag_totals:
        when = ", ".join(phrases.span(flag.start_ms, flag.end_ms) for flag in total.times)
        far = "" if total.peak_deg is None else f"; up to {phrases.whole(total.peak_deg)}"
        print_indented(
            console,
            f"{flag_title(report, total)}: {when}{far}",
            _INDENT,
            first=f"{total.total_ms // 1000:>4} s",
            style="yellow",
        )
        print_indented(console, postures.by_flag[total.flag].advice, _INDENT, style="dim")


def print_many(console: Console, entries: Sequence[RecordingEntry]) -> None:
    """Print one row per recording."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Recording")
    table.add_column("Completed", justify="right")
    table.add_column("Stretches")
    table.add_column("Posture")
    table.add_column("Note")
    for entry in entries:
        tried = flags = ""
        notes = list(entry.notes)
        if entry.report is not None:
            notes += filter(None, [unseen_words(entry.report)])
            verdicts = [hold_verdict(entry.report, hold) for hold in entry.report.holds]
            verdicts += [miss_verdict(entry.report, miss) for miss in entry.report.near_misses]
            tried = "\n".join(verdicts) or "none"
            flags = "\n".join(
                f"{total.flag} {total.total_ms // 1000} s" for total in entry.report.flag_totals
            )
        note = Text("\n".join(map(plain, notes)), style="yellow")
        name = Text(plain(entry.name))
        table.add_row(name, entry.completed_of_all, Text(tried), Text(flags), note)
    console.print(table)


def _details(report: SessionReport, hold: Hold) -> str:
    """Angles, pauses and hands of one attempt."""
    angles = [
        f"{angle_words(axis, axis.of(hold.mean))} (± {round(axis.of(hold.uncertainty))})"
        for axis in report.settings.by_id[hold.stretch].main
    ]
    parts = [f"on average {', '.join(angles)}"]
    parts += [
        f"paused {phrases.span(pause.start_ms, pause.end_ms)}: {phrases.REASONS[pause.reason]}"
        for pause in hold.pauses
    ]
    if hands := hand_words(hold.hand_on_head):
        parts.append(hands)
    return "; ".join(parts)


def _seen_line(report: SessionReport) -> str:
    line, baseline = seen_words(report), report.baseline
    # Nothing counts as seen before there is a neutral.
    if not report.could_judge:
        return f"{line}."
    if baseline is None:
        return f"{line}; judged as lying on the {report.lying_on}, without a neutral."
    if baseline.kind == "profile":
        return f"{line}."
    return f"{line}; neutral taken from {phrases.neutral_words(baseline)}."


def print_files(console: Console, files: Sequence[Path]) -> None:
    """Say where the results are."""
    for path in files:
        console.print(Text(f"  {plain(path)}"), soft_wrap=True)


def print_line(console: Console, line: str) -> None:
    """Print one line below the results."""
    console.print(Text(plain(line)), soft_wrap=True)
