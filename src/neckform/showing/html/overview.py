"""``index.html``: all recordings of a folder on one page, each with a link to its own report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neckform.core.wording import listed, worded
from neckform.showing.exports.overview import RecordingEntry
from neckform.showing.html.markup import Content, Markup, element, section, table
from neckform.showing.html.page import document
from neckform.showing.html.reading import seconds
from neckform.showing.words.report_words import flag_title, hold_title, miss_verdict, unseen_words

_HEAD = (
    worded("Recording"),
    worded("Completed"),
    worded("Stretches"),
    worded("Resting posture"),
    worded("Note"),
)


def overview_html(entries: Sequence[RecordingEntry]) -> str:
    """The page as text; its links are relative to the folder of all results."""
    rows = [_row(entry) for entry in entries]
    reports = [entry.report for entry in entries if entry.report is not None]
    done = sum(report.completed for report in reports)
    tried = sum(len(report.holds) for report in reports)
    judged = sum(entry.judged for entry in entries)
    summary = worded(
        "{recordings} recordings, {judged} of them judged; {done} of {tried} attempts were "
        "completed.",
        recordings=len(entries),
        judged=judged,
        done=done,
        tried=tried,
    )
    whole = table(worded("All recordings"), _HEAD, rows)
    listing = section("recordings", worded("Recordings"), whole)
    return document(worded("Overview"), element("p", summary), listing, kind="recordings")


def _row(entry: RecordingEntry) -> Markup:
    link = entry.page or entry.report_json
    name = element("a", entry.name, href=_url(link)) if link else entry.name
    report = entry.report
    # Nobody knows whether there was a stretch in a recording that could not be judged.
    holds: Content = worded("none") if report else ""
    if report is not None and (report.holds or report.near_misses):
        held = [
            worded(
                "{title}: {held} of {target_s:g} s",
                title=hold_title(report, hold),
                held=seconds(hold.held_ms),
                target_s=hold.target_ms / 1000,
            )
            for hold in report.holds
        ]
        held += [miss_verdict(report, miss) for miss in report.near_misses]
        holds = element("ul", [element("li", line) for line in held])
    unseen = unseen_words(report) if report else None
    flags: Content = ""
    if report is not None and report.flags:
        lasted = [
            worded(
                "{title}: {lasted}", title=flag_title(report, total), lasted=seconds(total.total_ms)
            )
            for total in report.flag_totals
        ]
        flags = element("ul", [element("li", line) for line in lasted])
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", entry.completed_of_all),
        element("td", holds),
        element("td", flags),
        element("td", listed([*entry.notes, *([unseen] if unseen else [])]), class_="note"),
    )


def _url(path: Path) -> str:
    # Each part by itself: a name may hold # or ? or %.
    from urllib.parse import quote

    return "/".join(quote(part) for part in path.parts)
