"""What a therapist sees of what was sent: words, the moving figure, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from neckform.core.measure.observation import Observation
from neckform.core.plain_text import one_line
from neckform.core.wording import worded
from neckform.showing.exports.parcel import Letter, Parcel
from neckform.showing.html.markup import Content, Markup, element, section, table
from neckform.showing.video.skeleton import shoulder_places, skeleton

_EVERY_MS = 200
_MOST = 9000
"""Moments of the figure in a page: half an hour at five a second; later ones are left out."""


@dataclass(slots=True)
class MovingFigure:
    """Gathers the outline of head and shoulders over time.

    Attributes
    ----------
    moments : list of list
        Seconds, then the lines of `skeleton`.
    """

    moments: list[list[Any]] = field(default_factory=list)
    size: tuple[int, int] = (4, 3)
    _last_ms: int | None = None
    _shoulders: Any = None

    def add(self, observation: Observation) -> None:
        """Take in the next moment."""
        shoulders = shoulder_places(observation)
        self._shoulders = self._shoulders if shoulders is None else shoulders
        early = self._last_ms is not None and observation.t_ms - self._last_ms < _EVERY_MS
        if early or len(self.moments) >= _MOST:
            return
        self._last_ms, self.size = observation.t_ms, observation.size
        lines = skeleton(observation, self._shoulders)["lines"]
        self.moments.append([observation.t_ms / 1000, lines])


def sent_html(
    parcel: Parcel, ours: Mapping[str, Any], figure: MovingFigure
) -> tuple[Markup, dict[str, Any]]:
    """The section, and what the script draws."""
    main = section(
        "sent",
        worded("What was sent"),
        _letter(parcel.letter),
        element("p", worded("Play the figure"), id="sent-figure", hidden=True),
        _differences(parcel, ours),
    )
    return main, {"moments": figure.moments, "size": list(figure.size)}


def _letter(letter: Letter) -> Content:
    said: list[Content] = []
    if letter.words:
        said.append(element("blockquote", letter.words))
    for line, pain in (
        (worded("Pain before, 0 to 10:"), letter.before),
        (worded("Pain after, 0 to 10:"), letter.after),
    ):
        if pain is not None:
            said.append(element("p", line, f" {pain}"))
    return said


def _differences(parcel: Parcel, ours: Mapping[str, Any]) -> Markup:
    versions = worded(
        "Judged by the sender's neckform {theirs}, and here by {ours}.",
        theirs=one_line(parcel.report.get("neckform_version", "?"))[:20],
        ours=ours["neckform_version"],
    )
    different = differing(parcel.report, ours)
    if not different:
        return element("p", versions, " ", worded("The sender's neckform came to the same."))
    rows = [
        element("tr", element("td", here or "-"), element("td", there or "-"))
        for there, here in different
    ]
    head = (worded("Here"), worded("The sender's"))
    return element("div", element("p", versions), table(worded("What differs"), head, rows))


def differing(
    theirs: Mapping[str, Any], ours: Mapping[str, Any]
) -> list[tuple[str | None, str | None]]:
    """The verdicts that are not the same: the sender's, and this neckform's beside it."""
    found: list[tuple[str | None, str | None]] = []
    for kind in ("holds", "near_misses", "flags"):
        both = zip_longest(_verdicts(theirs, kind), _verdicts(ours, kind))
        found += [(there, here) for there, here in both if there != here]
    return found


def _verdicts(report: Mapping[str, Any], kind: str) -> Iterator[str]:
    listed = report.get(kind)
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one_line(one.get("verdict", ""))[:300]
