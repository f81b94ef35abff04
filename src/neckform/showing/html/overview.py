"""``index.html``: all recordings of a folder on one page, by person, each with its own report."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from neckform.core.report import SessionReport, best_of
from neckform.core.wording import listed, worded
from neckform.showing.exports.overview import RecordingEntry, iso
from neckform.showing.html.bars import held_bar
from neckform.showing.html.markup import Content, Markup, element, section, table, void
from neckform.showing.html.page import document
from neckform.showing.html.reading import seconds
from neckform.showing.words.phrases import day_words
from neckform.showing.words.report_words import (
    flag_title,
    hold_title,
    miss_verdict,
    unseen_words,
    what_ended,
)

_HEAD = (
    worded("Date"),
    worded("Recording"),
    worded("Completed"),
    worded("Stretches"),
    worded("Resting posture"),
    worded("Note"),
)
_SORTER = Path(__file__).with_name("assets") / "sorting.js"


def overview_html(
    entries: Sequence[RecordingEntry], progress: Mapping[str, Markup] | None = None
) -> str:
    """The page as text; its links are relative to the folder of all results.

    Parameters
    ----------
    progress : mapping of str to Markup, optional
        How it went over the visits of each person.
    """
    reports = [entry.report for entry in entries if entry.report is not None]
    done = sum(report.completed for report in reports)
    tried = sum(len(report.holds) for report in reports)
    judged = sum(entry.judged for entry in entries)
    people = sorted({entry.who for entry in entries if entry.who is not None}, key=str.casefold)
    summary = worded(
        "{recordings} recordings, {judged} of them judged; {done} of {tried} attempts were "
        "completed.",
        recordings=len(entries),
        judged=judged,
        done=done,
        tried=tried,
    )
    if len(people) > 1:
        summary = worded("Of {people} people: {summary}", people=len(people), summary=summary)
    sections = [
        _section(
            f"p{at}",
            who,
            [entry for entry in entries if entry.who == who],
            (progress or {}).get(who),
        )
        for at, who in enumerate(people)
    ]
    if rest := [entry for entry in entries if entry.who is None]:
        sections.append(
            _section("recordings", worded("Nobody named") if people else worded("Recordings"), rest)
        )
    return document(
        worded("Overview"),
        [element("p", summary), _contents(people) if len(people) > 1 else None],
        sections,
        kind="recordings",
        scripts=(_sorter(),),
    )


def _contents(people: Sequence[str]) -> Markup:
    links = [element("li", element("a", who, href=f"#p{at}")) for at, who in enumerate(people)]
    return element("nav", element("ul", links, class_="inline"), aria_label=worded("People"))


def _section(
    identity: str, heading: str, entries: Sequence[RecordingEntry], progress: Content = None
) -> Markup:
    rows = [_row(entry) for entry in sorted(entries, key=_place)]
    caption = worded("All recordings: {whose}", whose=heading)
    return section(identity, heading, table(caption, _HEAD, rows), progress)


def _place(entry: RecordingEntry) -> tuple[bool, float, str]:
    """The earliest first, and those of which nobody knows when at the end."""
    at = entry.recorded_at
    return at is None, 0.0 if at is None else at.timestamp(), entry.name


def _row(entry: RecordingEntry) -> Markup:
    link = entry.page or entry.report_json
    name = element("a", entry.name, href=_url(link)) if link else entry.name
    report, at = entry.report, entry.recorded_at
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
    share = report.completed / len(report.holds) if report and report.holds else -1
    return element(
        "tr",
        element("td", "" if at is None else day_words(at.date()), data_sort=iso(entry)),
        element("th", name, _moment(entry), scope="row", data_sort=entry.name),
        element("td", entry.completed_of_all, data_sort=f"{share:.3f}"),
        element("td", _stretches(report)),
        element("td", flags),
        element("td", listed([*entry.notes, *([unseen] if unseen else [])]), class_="note"),
    )


def _stretches(report: SessionReport | None) -> Content:
    if report is None:  # nobody knows whether there was a stretch
        return ""
    if not report.holds and not report.near_misses:
        return worded("none")
    missed = [element("li", miss_verdict(report, miss)) for miss in report.near_misses]
    return element("ul", list(_strips(report)), missed)


def _strips(report: SessionReport) -> Iterator[Markup]:
    """A strip for each stretch and side that was tried, with how far it got and why no further."""
    for holds in report.attempts.values():
        best = best_of(holds)
        said = worded(
            "{title}: {held} of {target_s:g} s",
            title=hold_title(report, best),
            held=seconds(best.held_ms),
            target_s=best.target_ms / 1000,
        )
        if len(holds) > 1:
            said = worded("{said} (the best of {attempts})", said=said, attempts=len(holds))
        if not best.completed:
            why = what_ended(best, live=report.source.live)
            said = worded("{said}: {why}", said=said, why=why)
        yield element(
            "li",
            held_bar(best.held_ms, best.target_ms),
            said,
            class_="strip",
        )


def _moment(entry: RecordingEntry) -> Markup | None:
    if entry.moment is None:
        return None
    source = "data:image/jpeg;base64," + base64.b64encode(entry.moment).decode("ascii")
    return void(
        "img", src=source, alt=worded("The best moment, as the camera took it."), class_="moment"
    )


def _url(path: Path) -> str:
    # Each part by itself: a name may hold # or ? or %.
    from urllib.parse import quote

    return "/".join(quote(part) for part in path.parts)


@cache
def _sorter() -> str:
    return _SORTER.read_text(encoding="utf-8")
