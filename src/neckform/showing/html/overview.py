"""``index.html``: all recordings of a folder on one page, each with a link to its own report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neckform.showing.files import complete_or_absent
from neckform.showing.html.markup import Content, Markup, element, joined, section, table
from neckform.showing.html.page import CARE, document
from neckform.showing.html.reading import seconds
from neckform.showing.overview import RecordingEntry
from neckform.showing.report_words import flag_title, hold_title

_HEAD = ("Recording", "Completed", "Stretches", "Resting posture", "Note")


def write_overview_page(path: Path, entries: Sequence[RecordingEntry]) -> None:
    """Write `path`; links are relative to it.

    Raises
    ------
    OutputError
    """
    rows = [_row(entry) for entry in entries]
    reports = [entry.report for entry in entries if entry.report is not None]
    done = sum(report.completed for report in reports)
    tried = sum(len(report.holds) for report in reports)
    judged = sum(entry.judged for entry in entries)
    summary = (
        f"{len(entries)} recordings, {judged} of them judged; {done} of {tried} attempts were "
        "completed."
    )
    header = element("header", element("h1", "Overview"), element("p", summary))
    listing = section("recordings", "Recordings", table("All recordings", _HEAD, rows))
    main = element("main", listing, id="main", class_="recordings")
    footer = element("footer", element("p", CARE))
    with complete_or_absent(path) as stream:
        stream.write(document("Overview - neckform", joined(header, main, footer)))


def _row(entry: RecordingEntry) -> Markup:
    link = entry.page or entry.report_json
    name = element("a", entry.name, href=_url(link)) if link else entry.name
    report = entry.report
    # Nobody knows whether there was a stretch in a recording that could not be judged.
    holds: Content = "none" if report else ""
    if report is not None and report.holds:
        held = [
            f"{hold_title(report, hold)}: {seconds(hold.held_ms)} of {hold.target_ms / 1000:g} s"
            for hold in report.holds
        ]
        holds = element("ul", [element("li", line) for line in held])
    flags: Content = ""
    if report is not None and report.flags:
        lasted = [
            f"{flag_title(report, total)}: {seconds(total.total_ms)}"
            for total in report.flag_totals
        ]
        flags = element("ul", [element("li", line) for line in lasted])
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", entry.completed_of_all),
        element("td", holds),
        element("td", flags),
        element("td", "; ".join(entry.notes), class_="note"),
    )


def _url(path: Path) -> str:
    # Each part by itself: a name may hold # or ? or %.
    from urllib.parse import quote

    return "/".join(quote(part) for part in path.parts)
