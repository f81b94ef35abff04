"""Puts the page together: one file, no request to anywhere, nothing that runs but our own script.

The policy in the page's head names the hashes of its own style and scripts. Whatever else got into
it, such as a recording whose name is HTML, would not run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from neckform.core.report import SessionReport
from neckform.core.wording import worded
from neckform.resources import resource
from neckform.showing.exports.files import complete_or_absent
from neckform.showing.html import sections, sureness
from neckform.showing.html.markup import Content, Markup, element, joined, void
from neckform.showing.html.pictures import Picture
from neckform.showing.html.plots import plot_data
from neckform.showing.html.reading import recording_name
from neckform.showing.html.trace import Trace
from neckform.showing.words.telling import language_now

_OWN = Path(__file__).with_name("assets")
_UPLOT = "third_party/uplot"

_CARE = worded(
    "neckform is a coach, not a medical device, and never diagnoses. Stop at any pain. Never "
    "stretch a neck that is stuck and cannot be moved. In either case, and when it has lasted "
    "longer than a fortnight, see a therapist."
)


def write_page(path: Path, page: str) -> None:
    """Write a page, so that it is either complete or not there.

    Raises
    ------
    OutputError
    """
    with complete_or_absent(path) as stream:
        stream.write(page)


def page_html(
    report: SessionReport,
    trace: Trace,
    *,
    pictures: Sequence[Picture] = (),
    video: str | None = None,
    earlier_deg: Mapping[str, float] | None = None,
    sent: tuple[Markup, Mapping[str, Any]] | None = None,
) -> str:
    """``report.html``.

    Parameters
    ----------
    pictures : sequence of Picture
        Of the holds' best moments; none unless the person asked for them.
    video : str or None
        Name of the annotated video that lies beside the page.
    earlier_deg : mapping of str to float, optional
        The person's own earlier best range of motion, by the names of `Direction`.
    sent : tuple, optional
        What somebody sent, as a section, and their figure over time.
    """
    name = recording_name(report)
    main = [
        None if sent is None else sent[0],
        sections.card(report),
        sections.stretches(report, pictures),
        sections.resting(report),
        _plots(trace, video),
        sections.timetable(report),
        sections.reach(report, earlier_deg or {}),
        sureness.sureness(report, trace),
        sections.how_to(report),
    ]
    data = plot_data(report, trace, video) if len(trace) else None
    scripts: tuple[str, ...] = ()
    if data is not None:
        scripts = (_text(_UPLOT, "uPlot.iife.min.js"), _own("report.js"))
    if data is not None and sent is not None:
        data["figure"] = sent[1]
        scripts = (*scripts, _own("figure.js"))
    return document(
        name,
        sections.summary(report),
        main,
        sureness.technical(report),
        data=data,
        scripts=scripts,
    )


def document(
    title: str,
    summary: Content,
    main: Content,
    end: Content = None,
    *,
    kind: str | None = None,
    data: object = None,
    scripts: Sequence[str] = (),
) -> str:
    """A whole page with its policy, its heading, and what to take care of.

    Parameters
    ----------
    summary : Content
        Under the heading.
    end : Content
        At the very end of the page.
    kind : str, optional
        The class of the main part, where its style differs.
    data : object, optional
        What the scripts read, as JSON; it is never run.
    scripts : sequence of str
    """
    style = (_text(_UPLOT, "uPlot.min.css") + "\n" if data is not None else "") + _own("report.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + (" ".join(map(_hash, scripts)) or "'none'"),
            f"style-src {_hash(style)}",
            "img-src data:",
            "media-src 'self' file:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    head = joined(
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="generator", content="neckform"),
        element("title", worded("{title} - neckform", title=title)),
        element("style", Markup(style)),
    )
    body = (
        element("a", worded("Skip to the findings"), href="#main", class_="skip"),
        element("header", element("h1", title), summary),
        element("main", main, id="main", class_=kind),
        element("footer", element("p", _CARE), end),
    )
    ends = []
    if data is not None:
        ends.append(element("script", _json(data), type="application/json", id="data"))
    ends += [element("script", Markup(script)) for script in scripts]
    whole = element("html", element("head", head), element("body", body, ends), lang=language_now())
    return f"<!doctype html>\n{whole}\n"


def _plots(trace: Trace, video: str | None) -> Markup | None:
    if not len(trace):
        return None
    # The file is laid out for people; between elements a page has nothing.
    plots = "".join(line.strip() for line in _own("plots.html").splitlines())
    # What is between two braces is said in the language of whoever reads it.
    plots = re.sub(r"\{\{(.+?)\}\}", lambda found: joined(worded(found[1])), plots)
    return Markup(plots.replace("<!--film-->", _film(video)))


def _film(video: str | None) -> str:
    if video is None:
        return ""
    player = element(
        "video",
        controls=True,
        preload="metadata",
        src=video,
        aria_label=worded("The annotated recording"),
    )
    absent = element("p", id="no-film", class_="note", hidden=True)
    return element("div", player, absent, id="film")


def _json(data: object) -> Markup:
    """JSON that cannot end its own script element, whatever names are in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


@cache
def _text(folder: str, name: str) -> str:
    return resource(folder, name).read_text(encoding="utf-8")


@cache
def _own(name: str) -> str:
    return (_OWN / name).read_text(encoding="utf-8")
