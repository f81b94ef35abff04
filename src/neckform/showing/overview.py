"""All recordings of a folder in one table: ``overview.csv``, one row for each."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neckform.core.errors import ViewError
from neckform.core.stretches import Stretch
from neckform.core.types import Side
from neckform.showing.files import complete_or_absent

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
_AFTER = ("flags", "flagged_s", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording.

    Attributes
    ----------
    recording : str
        Its name.
    report : mapping or None
        None when nothing was measured.
    report_json, page : Path or None
        Relative to the overview; None when there is none.
    note : str or None
        What went wrong, or what limits the result.
    """

    recording: str
    report: Mapping[str, Any] | None
    report_json: Path | None
    page: Path | None
    exit_code: int
    note: str | None

    @property
    def judged(self) -> bool:
        """Whether somebody was seen well enough to be judged."""
        return self.report is not None and self.exit_code != ViewError.exit_code

    @property
    def holds(self) -> list[dict[str, Any]]:
        return list(self.report["holds"]) if self.report is not None else []

    @property
    def flags(self) -> list[dict[str, Any]]:
        return list(self.report["summary"]["flags"]) if self.report is not None else []

    @property
    def completed(self) -> int:
        return sum(bool(hold["completed"]) for hold in self.holds)


def write_overview_csv(path: Path, entries: Sequence[Entry], known: Sequence[Stretch]) -> None:
    """Write `path`: beside the facts, the longest hold of each known stretch and side in seconds.

    Raises
    ------
    OutputError
    """
    kinds = {_column(stretch.id, side): (stretch.id, side) for stretch in known
             for side in stretch.sides}  # fmt: skip
    with complete_or_absent(path) as stream:
        writer = csv.DictWriter(stream, (*_BEFORE, *kinds, *_AFTER), restval="")
        writer.writeheader()
        for entry in entries:
            writer.writerow(_row(entry, kinds))


def _column(stretch: str, side: Side | None) -> str:
    return "_".join((stretch.replace("-", "_"), *([side.value] if side else []), "held_s"))


def _row(entry: Entry, kinds: Mapping[str, tuple[str, Side | None]]) -> dict[str, object]:
    row: dict[str, object] = {
        "recording": entry.recording,
        "report_json": entry.report_json.as_posix() if entry.report_json else "",
        "report_html": entry.page.as_posix() if entry.page else "",
        "exit_code": entry.exit_code,
        "note": entry.note or "",
    }
    if entry.report is None:
        return row
    coverage, duration_s = entry.report["coverage"], entry.report["source"]["duration_s"]
    row |= {
        "duration_s": "" if duration_s is None else f"{duration_s:.3f}",
        "head_seen_s": f"{coverage['head_seen_s']:.3f}",
        "unseen_s": f"{coverage['unseen_s']:.3f}",
        "holds": len(entry.holds),
        "completed": entry.completed,
        "flags": sum(line["times"] for line in entry.flags),
        "flagged_s": f"{sum(line['total_s'] for line in entry.flags):.3f}",
    }
    for column, key in kinds.items():
        held = [h["held_s"] for h in entry.holds if (h["stretch"], h["side"]) == key]
        if held:
            row[column] = f"{max(held):.3f}"
    return row
