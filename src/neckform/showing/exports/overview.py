"""All recordings of a folder in one table: ``overview.csv``, one row for each."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from neckform.core.errors import ViewError
from neckform.core.plain_text import cell
from neckform.core.report import SessionReport, best_of
from neckform.core.stretch.stretches import Stretch
from neckform.core.types import Exercise, Side
from neckform.core.wording import worded
from neckform.showing.exports.files import complete_or_absent

_BEFORE = (
    "recording",
    "report_json",
    "report_html",
    "exit_code",
    "duration_s",
    "head_seen_s",
    "unseen_s",
    "holds",
    "completed",
)
_AFTER = ("flags", "flagged_s", "note", "near_misses", "person", "recorded_at")


@dataclass(frozen=True, slots=True)
class RecordingEntry:
    """One of several recordings, as the tables over all of them show it.

    Attributes
    ----------
    report : SessionReport or None
        None when nothing was measured.
    report_json, page : Path or None
        Relative to the overview; None when there is none.
    notes : tuple of str
        What went wrong, or what limits the result.
    who : str or None
        Whose it is.
    moment : bytes or None
        A small picture (JPEG), where pictures were asked for.
    """

    name: str
    report: SessionReport | None
    report_json: Path | None
    page: Path | None
    exit_code: int
    notes: tuple[str, ...]
    who: str | None = None
    moment: bytes | None = None

    @property
    def recorded_at(self) -> datetime | None:
        """When it was recorded, in the local time zone."""
        said = None if self.report is None else self.report.source.recorded_at
        return None if said is None else datetime.fromisoformat(said)

    @property
    def judged(self) -> bool:
        """Whether somebody was seen well enough to be judged."""
        return self.report is not None and self.exit_code != ViewError.exit_code

    @property
    def completed_of_all(self) -> str:
        """How many attempts were completed: ``1 of 3``, or ``-`` when there was none."""
        if self.report is None or not self.report.holds:
            return "-"
        return worded("{number} of {all}", number=self.report.completed, all=len(self.report.holds))


def write_overview_csv(
    path: Path, entries: Sequence[RecordingEntry], known: Sequence[Stretch]
) -> None:
    """Write `path`: beside the facts, the longest hold of each known stretch and side in seconds.

    Raises
    ------
    OutputError
    """
    kinds = {_column(stretch.id, side): Exercise(stretch.id, side) for stretch in known
             for side in stretch.sides}  # fmt: skip
    with complete_or_absent(path) as stream:
        writer = csv.DictWriter(stream, (*_BEFORE, *kinds, *_AFTER), restval="")
        writer.writeheader()
        for entry in entries:
            writer.writerow(_row(entry, kinds))


def _column(stretch: str, side: Side | None) -> str:
    return cell("_".join((stretch.replace("-", "_"), *([side.value] if side else []), "held_s")))


def _row(entry: RecordingEntry, kinds: Mapping[str, Exercise]) -> dict[str, object]:
    row: dict[str, object] = {
        "recording": cell(entry.name),
        "person": cell(entry.who or ""),
        "recorded_at": iso(entry),
        "report_json": _link(entry.report_json),
        "report_html": _link(entry.page),
        "exit_code": entry.exit_code,
        "note": cell("; ".join(entry.notes)),
    }
    report = entry.report
    if report is None:
        return row
    duration_s, totals = report.source.duration_s, report.flag_totals
    row |= {
        "duration_s": "" if duration_s is None else f"{duration_s:.3f}",
        "head_seen_s": _seconds(report.coverage.head_seen_ms),
        "unseen_s": _seconds(report.coverage.unseen_ms),
        "holds": len(report.holds),
        "completed": report.completed,
        "near_misses": len(report.near_misses),
        "flags": len(report.flags),
        "flagged_s": _seconds(sum(total.total_ms for total in totals)),
    }
    for column, key in kinds.items():
        if holds := report.attempts.get(key):
            row[column] = _seconds(best_of(holds).held_ms)
    return row


def iso(entry: RecordingEntry) -> str:
    """When it was recorded, as tables have it; empty where nobody knows."""
    at = entry.recorded_at
    return "" if at is None else at.isoformat(timespec="seconds")


def _link(path: Path | None) -> str:
    """A path in the table; one that looks like a formula begins with ./ and works as before."""
    if path is None:
        return ""
    text = path.as_posix()
    return text if cell(text) == text else f"./{text}"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}"
