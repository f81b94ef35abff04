"""A report as a person reads it on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from neckform.core.stretches import Axis, Stretch
from neckform.showing import words
from neckform.showing.terminal import print_indented

Report = Mapping[str, Any]

Known = Mapping[str, Stretch]
"""The stretches by their id."""

_INDENT = 8

_HANDS = {
    "left": "left hand on the head",
    "right": "right hand on the head",
    "both": "both hands on the head",
}

_ANGLE_WORDS = {
    Axis.FLEXION: words.flexion_words,
    Axis.ROTATION: words.rotation_words,
    Axis.LATERAL: words.lateral_words,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One recording in the table of several.

    Attributes
    ----------
    report : mapping or None
        None when nothing was measured.
    message : str or None
        What went wrong, or what limits the result.
    """

    name: str
    report: Report | None
    message: str | None


def print_report(console: Console, report: Report, known: Known) -> None:
    """Print the summary of one report."""
    source = report["source"]
    console.print(Text(Path(source["path"]).name, style="bold"))
    console.print(Text(_seen_line(report)), soft_wrap=True)
    holds = report["holds"]
    lying = report["settings"].get("lying_on")
    if report["baseline"] is None and not lying:
        return
    judged = report["settings"].get("judged", [])
    if not holds and judged != ["postures"]:
        console.print(Text("No stretch of 3 s or more was seen.", style="yellow"))
    if holds:
        console.print()
    for hold in holds:
        style = "green" if hold["completed"] else "yellow"
        when = f"{words.clock(hold['start_s']):>6}"
        print_indented(console, hold["verdict"], _INDENT, first=when, style=style)
        print_indented(console, _details(hold, known), _INDENT, style="dim")
    if report["flags"]:
        _print_flags(console, report)
    elif judged == ["postures"]:
        console.print(Text("The neck rested well as far as it was seen.", style="green"))
    console.print()


def _print_flags(console: Console, report: Report) -> None:
    """How the neck rested badly, the worst first, with when, and what to do about it."""
    postures = report["settings"].get("postures", {})
    console.print()
    console.print(Text("Resting posture:", style="bold"))
    for line in report["summary"]["flags"]:
        posture = postures.get(line["flag"], {})
        side = f", {line['side']}" if line["side"] else ""
        same = [
            f for f in report["flags"] if (f["flag"], f["side"]) == (line["flag"], line["side"])
        ]
        when = [f"{words.clock(f['start_s'])} to {words.clock(f['end_s'])}" for f in same]
        far = "" if line["peak_deg"] is None else f"; up to {words.whole(line['peak_deg'])}"
        name = posture.get("name", line["flag"])
        print_indented(
            console,
            f"{name}{side}: {', '.join(when)}{far}",
            _INDENT,
            first=f"{int(line['total_s']):>4} s",
            style="yellow",
        )
        if posture.get("advice"):
            print_indented(console, posture["advice"], _INDENT, style="dim")


def print_many(console: Console, lines: Sequence[Line]) -> None:
    """Print one row per recording."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Recording")
    table.add_column("Completed", justify="right")
    table.add_column("Stretches")
    table.add_column("Posture")
    table.add_column("Note")
    for line in lines:
        holds = line.report["holds"] if line.report is not None else []
        done = sum(bool(hold["completed"]) for hold in holds)
        tried = "none" if line.report is not None else ""
        table.add_row(
            Text(line.name),
            f"{done} of {len(holds)}" if holds else "-",
            Text("\n".join(hold["verdict"] for hold in holds) or tried),
            Text(_flags_in_short(line.report)),
            Text(line.message or "", style="yellow"),
        )
    console.print(table)


def _flags_in_short(report: Report | None) -> str:
    if report is None:
        return ""
    return "\n".join(
        f"{line['flag']} {int(line['total_s'])} s" for line in report["summary"]["flags"]
    )


def head_words(hold: Report, known: Known) -> str:
    """The mean of a hold's main angles, as ``on average 34° tilted left (± 3)``."""
    axes = known[hold["stretch"]].main if hold["stretch"] in known else tuple(Axis)
    parts = []
    for axis in axes:
        angle = hold[f"{axis.value}_deg"]
        mean, sure = angle["mean"], round(angle["uncertainty"])
        parts.append(f"{words.whole(mean)} {_ANGLE_WORDS[axis](mean)} (± {sure})")
    return "on average " + ", ".join(parts)


def _details(hold: Report, known: Known) -> str:
    """Angles, pauses and hands of one attempt."""
    parts = [head_words(hold, known)]
    for pause in hold["pauses"]:
        when = f"{words.clock(pause['start_s'])} to {words.clock(pause['end_s'])}"
        parts.append(f"paused {when}: {words.REASONS.get(pause['reason'], pause['reason'])}")
    if hold["hand_on_head"]:
        parts.append(_HANDS[hold["hand_on_head"]])
    return "; ".join(parts)


def _seen_line(report: Report) -> str:
    coverage, baseline = report["coverage"], report["baseline"]
    length = words.length_words(report)
    # Nothing counts as seen before there is a neutral.
    lying = report["settings"].get("lying_on")
    if baseline is None and not lying:
        return f"{length}; nothing was judged."
    line = f"{length}; the head was seen for {coverage['head_seen_s']:.0f} s"
    if baseline is None:
        return f"{line}; judged as lying on the {lying}, without a neutral."
    where = f"{words.clock(baseline['start_s'])} to {words.clock(baseline['end_s'])}"
    return f"{line}; neutral taken from {where}." if baseline["kind"] != "profile" else f"{line}."


def print_files(console: Console, files: Sequence[Path]) -> None:
    """Say where the results are."""
    for path in files:
        console.print(Text(f"  {path}"), soft_wrap=True)


def print_line(console: Console, line: str) -> None:
    """Print one line below the results."""
    console.print(Text(line), soft_wrap=True)
