"""What several recordings end with: one page and tables over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from neckform.core.stretch.stretches import Stretch
from neckform.jobs.analyze.clinic.visits import progress
from neckform.jobs.analyze.one import Analysis
from neckform.jobs.analyze.options import DEFAULT_OUT, AnalyzeOptions
from neckform.jobs.analyze.outputs import MomentFile, PageFile, ReportFile
from neckform.showing.exports.files import prepare_folder
from neckform.showing.exports.overview import RecordingEntry, write_overview_csv
from neckform.showing.exports.tables import TABLES, write_table
from neckform.showing.html import write_page
from neckform.showing.html.overview import overview_html

INDEX = "index.html"
TABLE = "overview.csv"


def write_day(
    found: Sequence[Analysis], options: AnalyzeOptions, known: Sequence[Stretch]
) -> tuple[Path, ...]:
    """Write the page and the tables beside the recordings' own folders.

    Raises
    ------
    OutputError
    """
    folder = options.out or DEFAULT_OUT
    prepare_folder(folder)
    entries = entries_of(found, folder)
    names: Mapping[str, str] = {stretch.id: stretch.name for stretch in known}
    index, table = folder / INDEX, folder / TABLE
    write_page(index, overview_html(entries, progress(found, names)))
    write_overview_csv(table, entries, known)
    endings = (".csv", ".parquet") if options.parquet else (".csv",)
    tables = [folder / f"{kind}{ending}" for kind in TABLES for ending in endings]
    for path in tables:
        write_table(path, entries)
    return index, table, *tables


def entries_of(found: Sequence[Analysis], out: Path | None) -> list[RecordingEntry]:
    """What the tables show of each recording; its files relative to the overview's folder."""
    return [_entry(analysis, out or DEFAULT_OUT) for analysis in found]


def _entry(analysis: Analysis, folder: Path) -> RecordingEntry:
    made = {
        path.name: path.relative_to(folder)
        for path in analysis.files
        if path.parent == analysis.job.out
    }
    moment = None
    if MomentFile.name in made:
        with suppress(OSError):
            moment = (folder / made[MomentFile.name]).read_bytes()
    return RecordingEntry(
        analysis.job.recording.name,
        analysis.report,
        made.get(ReportFile.name),
        made.get(PageFile.name),
        analysis.exit_code,
        analysis.notes,
        analysis.job.who,
        moment,
    )
