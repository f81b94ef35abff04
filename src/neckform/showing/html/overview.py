"""``index.html``: all recordings of a folder on one page, each with a link to its own report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neckform.showing.files import complete_or_absent
from neckform.showing.html.markup import Markup, element, joined
from neckform.showing.html.page import CARE, document
from neckform.showing.html.reading import flag_title, seconds, stretch_title
from neckform.showing.html.sections import section, table
from neckform.showing.overview import Entry

_HEAD = ("Recording", "Completed", "Stretches", "Resting posture", "Note")


def write_overview_page(path: Path, entries: Sequence[Entry]) -> None:
    """Write `path`; links are relative to it.

    Raises
    ------
    OutputError
    """
    rows = [_row(entry) for entry in entries]
    done = sum(entry.completed for entry in entries)
    tried = sum(len(entry.holds) for entry in entries)
    read = sum(entry.judged for entry in entries)
    said = (
        f"{len(entries)} recordings, {read} of them judged; {done} of {tried} attempts were "
        "completed."
    )
    header = element("header", element("h1", "Overview"), element("p", said))
    listing = section("recordings", "Recordings", table("All recordings", _HEAD, rows))
    main = element("main", listing, id="main", class_="recordings")
    footer = element("footer", element("p", CARE))
    with complete_or_absent(path) as stream:
        stream.write(document("Overview - neckform", joined(header, main, footer)))


def _row(entry: Entry) -> Markup:
    link = entry.page or entry.report_json
    name = element("a", entry.recording, href=_url(link)) if link else entry.recording
    holds = [
        element("li", f"{_title(entry, hold)}: {seconds(hold['held_s'])} of {hold['target_s']:g} s")
        for hold in entry.holds
    ]
    flags = [
        element("li", f"{_flag(entry, line)}: {seconds(line['total_s'])}") for line in entry.flags
    ]
    # Of a recording that could not be judged nobody knows whether there was a stretch.
    tried = "none" if entry.report is not None else ""
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", f"{entry.completed} of {len(entry.holds)}" if holds else "-"),
        element("td", element("ul", holds) if holds else tried),
        element("td", element("ul", flags) if flags else ""),
        element("td", entry.note or "", class_="note"),
    )


def _title(entry: Entry, hold: dict[str, object]) -> str:
    assert entry.report is not None
    side = hold["side"]
    return stretch_title(entry.report, str(hold["stretch"]), str(side) if side else None)


def _flag(entry: Entry, line: dict[str, object]) -> str:
    assert entry.report is not None
    return flag_title(entry.report, line)


def _url(path: Path) -> str:
    # Each part by itself: a name may hold # or ? or %.
    from urllib.parse import quote

    return "/".join(quote(part) for part in path.parts)
