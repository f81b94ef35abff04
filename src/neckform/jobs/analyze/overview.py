"""What several recordings end with: one page and one table over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neckform.core.stretch.stretches import Stretch
from neckform.jobs.analyze.one import Analysis
from neckform.jobs.analyze.options import DEFAULT_OUT
from neckform.jobs.analyze.outputs import PageFile, ReportFile
from neckform.showing.exports.files import prepare_folder
from neckform.showing.exports.overview import RecordingEntry, write_overview_csv
from neckform.showing.html import write_page
from neckform.showing.html.overview import overview_html

INDEX = "index.html"
TABLE = "overview.csv"


def write_overview(
    found: Sequence[Analysis], out: Path | None, known: Sequence[Stretch]
) -> tuple[Path, ...]:
    """Write both beside the recordings' own folders.

    Parameters
    ----------
    out : Path or None
        As asked for.

    Raises
    ------
    OutputError
    """
    folder = out or DEFAULT_OUT
    prepare_folder(folder)
    entries = entries_of(found, folder)
    index, table = folder / INDEX, folder / TABLE
    write_page(index, overview_html(entries))
    write_overview_csv(table, entries, known)
    return index, table


def entries_of(found: Sequence[Analysis], out: Path | None) -> list[RecordingEntry]:
    """What the tables show of each recording; its files relative to the overview's folder."""
    return [_entry(analysis, out or DEFAULT_OUT) for analysis in found]


def _entry(analysis: Analysis, folder: Path) -> RecordingEntry:
    made = {
        path.name: path.relative_to(folder)
        for path in analysis.files
        if path.parent == analysis.job.out
    }
    return RecordingEntry(
        analysis.job.recording.name,
        analysis.report,
        made.get(ReportFile.name),
        made.get(PageFile.name),
        analysis.exit_code,
        analysis.notes,
    )
