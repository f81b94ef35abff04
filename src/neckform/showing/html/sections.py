"""The page's sections, in words first: everything that a plot shows is said here too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neckform.core.outcome import Direction
from neckform.core.stretches import Axis
from neckform.core.types import Reason
from neckform.showing import words
from neckform.showing.html.bars import held_bar, reach_bar
from neckform.showing.html.markup import Content, Markup, element, joined, void
from neckform.showing.html.moments import moments
from neckform.showing.html.norms import HEALTHY_DEG, SOURCES, WARNING
from neckform.showing.html.pictures import Picture
from neckform.showing.html.reading import (
    AXES,
    HANDS,
    Report,
    flag_title,
    judged,
    main_axes,
    mean_words,
    plus_minus,
    posture,
    seconds,
    span,
    stretch_settings,
    stretch_title,
    target_words,
)

_LEAST_REACH_DEG = 10
"""Below this the head was not really moved in that direction."""

_DIRECTIONS = {
    Direction.FLEXION: "Chin down",
    Direction.EXTENSION: "Chin up",
    Direction.LEFT_ROTATION: "Turned left",
    Direction.RIGHT_ROTATION: "Turned right",
    Direction.LEFT_LATERAL: "Tilted left",
    Direction.RIGHT_LATERAL: "Tilted right",
}


@dataclass(frozen=True, slots=True)
class Extras:
    """What a page shows beside its report.

    Attributes
    ----------
    pictures : sequence of Picture
        Empty unless the person asked for pictures.
    sure_deg : tuple of float or None
        Mean standard error of the three angles over the recording.
    lost : sequence of (float, float)
        When the face was lost, in seconds.
    earlier_deg : mapping of str to float
        The person's own earlier best in each direction; empty when it is not known.
    """

    pictures: Sequence[Picture] = ()
    sure_deg: tuple[float, ...] | None = None
    lost: Sequence[tuple[float, float]] = ()
    earlier_deg: Mapping[str, float] | None = None


def section(identity: str, heading: str, *content: Content) -> Markup:
    """A section with its heading, which names it for screen readers."""
    title = element("h2", heading, id=f"{identity}-h")
    return element("section", title, *content, id=identity, aria_labelledby=f"{identity}-h")


def at(start_s: float, text: str | None = None) -> Markup:
    """A time that shows its place in the plots, and in the video where there is one."""
    shown = text or words.clock(start_s)
    return element("button", shown, type="button", class_="at", data_t=f"{start_s:.3f}")


# --- what was done -------------------------------------------------------------------------


def summary(report: Report) -> Markup:
    """What there is to know in a few lines."""
    source, coverage = report["source"], report["coverage"]
    holds = report["holds"]
    lines: list[Content] = [
        element(
            "p",
            f"{words.length_words(report)}; the head was seen for "
            f"{coverage['head_seen_s']:.0f} s of it.",
        )
    ]
    if source.get("note"):
        lines.append(element("p", source["note"], class_="note"))
    if report["baseline"] is None and not report["settings"].get("lying_on"):
        lines.append(element("p", "No neutral was found, so nothing was judged.", class_="note"))
    elif judged(report, "stretches"):
        done = report["summary"]["completed"]
        what = "stretch was" if done == 1 else "stretches were"
        tried = "attempt" if len(holds) == 1 else "attempts"
        lines.append(element("p", f"{done} {what} completed in {len(holds)} {tried}."))
    return joined(lines)


def stretches(report: Report, extras: Extras) -> Markup | None:
    """A card for each stretch and side that was tried."""
    if not judged(report, "stretches") or report["settings"].get("lying_on"):
        return None
    groups: dict[tuple[str, str | None], list[Report]] = {}
    for hold in report["holds"]:
        groups.setdefault((hold["stretch"], hold["side"]), []).append(hold)
    if not groups:
        nothing = element("p", "No stretch of 3 s or more was seen.")
        return section("stretches", "Stretches", nothing)
    cards = [
        _card(report, extras, *key, holds, key_set=set(groups)) for key, holds in groups.items()
    ]
    return section("stretches", "Stretches", element("div", cards, class_="cards"))


def _card(
    report: Report,
    extras: Extras,
    stretch: str,
    side: str | None,
    holds: Sequence[Report],
    *,
    key_set: set[tuple[str, str | None]],
) -> Markup:
    best = max(holds, key=lambda hold: hold["held_s"])
    badge = "Done" if best["completed"] else "Not completed"
    mark = element("span", badge, class_=f"badge {'done' if best['completed'] else 'open'}")
    title = element("h3", stretch_title(report, stretch, side), " ", mark)
    held = element(
        "p",
        element("strong", seconds(best["held_s"])),
        f" of {best['target_s']:g} s held",
        held_bar(best["held_s"], best["target_s"]),
        class_="held",
    )
    content: list[Content] = [title, _picture(extras, stretch, side, best), held]
    content += [element("p", best["verdict"], class_="verdict"), _spoiled(best)]
    content.append(_figures(report, best))
    if len(holds) > 1:
        tries = [
            element("li", at(hold["start_s"]), " ", hold["verdict"])
            for hold in holds
            if hold is not best
        ]
        content += [element("h4", "Other attempts"), element("ul", tries)]
    other = {"left": "right", "right": "left"}.get(side or "")
    if other and (stretch, other) not in key_set:
        content.append(
            element("p", f"The {other} side was not seen. Both sides need it.", class_="note")
        )
    where = f"Show {span(best['start_s'], best['end_s'])} in the plot"
    show = element(
        "button",
        where,
        type="button",
        class_="show",
        data_t=f"{best['start_s']:.3f}",
        data_to=f"{best['end_s']:.3f}",
    )
    return element("article", content, show, class_="card", data_stretch=stretch, data_side=side)


def _spoiled(hold: Report) -> Markup | None:
    if not hold["pauses"]:
        return None
    items = [
        element(
            "li",
            at(pause["start_s"]),
            f" to {words.clock(pause['end_s'])}: "
            f"{words.REASONS.get(Reason(pause['reason']), pause['reason'])}",
        )
        for pause in hold["pauses"]
    ]
    return joined(element("h4", "Paused"), element("ul", items))


def _figures(report: Report, hold: Report) -> Markup:
    rows: list[Content] = []
    for axis, goal in main_axes(report, hold["stretch"]).items():
        angle = hold[f"{axis.value}_deg"]
        rows += [element("dt", AXES[axis]), element("dd", mean_words(axis, angle))]
        if aim := target_words(axis, goal):
            rows += [element("dt", "Aim"), element("dd", aim)]
    rise = hold["shoulder_rise_sw"]
    lifted = [
        f"{side} {max(0, round(rise[side] * 100))}\u00a0%"
        for side in ("left", "right")
        if rise[side] is not None
    ]
    if lifted:
        said = f"{', '.join(lifted)} of the shoulder width"
        rows += [element("dt", "Shoulders up"), element("dd", said)]
    if hold["hand_on_head"]:
        rows += [element("dt", "Hands"), element("dd", HANDS[hold["hand_on_head"]])]
    return element("dl", rows)


def _picture(extras: Extras, stretch: str, side: str | None, hold: Report) -> Markup | None:
    for picture in extras.pictures:
        t_s = picture.t_ms / 1000
        same = (picture.stretch, picture.side) == (stretch, side)
        if same and hold["start_s"] <= t_s <= hold["end_s"]:
            said = f"The best moment, at {words.clock(t_s)}"
            shown = void("img", src=picture.data_url, alt=f"{said}, as the camera took it.")
            return element("figure", shown, element("figcaption", f"{said}."))
    return None


# --- resting posture -----------------------------------------------------------------------


def resting(report: Report) -> Markup | None:
    """How the neck rested badly, the worst first, and what to do about it."""
    if not judged(report, "postures"):
        return None
    lines = report["summary"]["flags"]
    if not lines:
        said = "The neck rested well as far as it was seen."
        if report["baseline"] is None and not report["settings"].get("lying_on"):
            said = "Nothing could be judged."
        return section("resting", "Resting posture", element("p", said))
    rows = []
    for line in lines:
        same = [
            flag
            for flag in report["flags"]
            if (flag["flag"], flag["side"]) == (line["flag"], line["side"])
        ]
        when: list[Content] = []
        for flag in same:
            when += [", " if when else "", at(flag["start_s"]), f" to {words.clock(flag['end_s'])}"]
        peak = "-" if line["peak_deg"] is None else words.whole(line["peak_deg"])
        rows.append(
            element(
                "tr",
                element("th", flag_title(report, line), scope="row"),
                element("td", seconds(line["total_s"]), class_="number"),
                element("td", peak, class_="number"),
                element("td", when),
                element("td", str(posture(report, line["flag"]).get("advice", ""))),
            )
        )
    head = ("Posture", "In all", "At most", "When", "What helps")
    return section("resting", "Resting posture", table("Resting posture, worst first", head, rows))


def table(caption: str, head: Sequence[str], rows: Sequence[Markup]) -> Markup:
    """A table that scrolls by itself where the page is narrow, reachable with the keyboard."""
    top = element("thead", element("tr", [element("th", name, scope="col") for name in head]))
    whole = element(
        "table", element("caption", caption, class_="unseen"), top, element("tbody", rows)
    )
    return element(
        "div", whole, class_="scroll", tabindex="0", role="region", aria_label=f"Table: {caption}"
    )


# --- what happened when --------------------------------------------------------------------

_KINDS = {"neutral": "Neutral", "hold": "Hold", "pause": "Pause", "flag": "Posture"}


def timetable(report: Report) -> Markup | None:
    """Everything that the plots mark, in words."""
    rows = [
        element(
            "tr",
            element("td", at(moment.start_s)),
            element("td", words.clock(moment.end_s)),
            element("td", _KINDS[moment.kind]),
            element("td", moment.sentence),
            class_=moment.kind,
        )
        for moment in moments(report)
    ]
    if not rows:
        return None
    whole = table("What happened when", ("From", "To", "What", "In words"), rows)
    return section("moments", "What happened when", whole)


# --- range of motion -----------------------------------------------------------------------


def reach(report: Report, extras: Extras) -> Markup | None:
    """The range of motion, beside an own earlier best and what healthy people reach."""
    found: Mapping[str, Any] = report.get("range_of_motion") or {}
    if not any(found.values()):
        return None
    earlier = extras.earlier_deg or {}
    head = ["Direction", "Reached", "When", "Healthy adults", "Beside each other"]
    if earlier:
        head.insert(3, "Own best before")
    rows = []
    for direction, name in _DIRECTIONS.items():
        one = found.get(direction.value)
        moved = one is not None and one["reached_deg"] >= _LEAST_REACH_DEG
        deg = one["reached_deg"] if one is not None and moved else None
        cells: list[Markup] = [element("th", name, scope="row")]
        if one is not None and deg is not None:
            said = f"{words.whole(deg)} {plus_minus(one['uncertainty_deg'])}"
            cells.append(element("td", said, class_="number", data_direction=direction.value))
            cells.append(element("td", at(one["at_s"])))
        else:
            cells.append(element("td", "not moved", class_="number"))
            cells.append(element("td", ""))
        if earlier:
            before = earlier.get(direction.value)
            cells.append(element("td", words.whole(before) if before else "", class_="number"))
        norm = HEALTHY_DEG[direction]
        cells.append(element("td", f"{norm}°", class_="number"))
        cells.append(element("td", reach_bar(deg, norm, earlier.get(direction.value))))
        rows.append(element("tr", cells))
    return section(
        "range",
        "Range of motion",
        element("p", "As far as the head went from the neutral, and stayed for half a second."),
        table("Range of motion", head, rows),
        element("p", WARNING, class_="aside"),
        element("ul", [element("li", source) for source in SOURCES], class_="sources"),
    )


# --- how sure ------------------------------------------------------------------------------


def sureness(report: Report, extras: Extras) -> Markup:
    """How sure the figures are, and what was not seen."""
    coverage, baseline = report["coverage"], report["baseline"]
    content: list[Content] = []
    if extras.sure_deg is not None:
        means = ", ".join(
            f"{_SURE[axis]} {plus_minus(deg)}"
            for axis, deg in zip(Axis, extras.sure_deg, strict=True)
        )
        content.append(
            element(
                "p",
                f"Standard error of the angles, on average: {means}. The truth "
                "lies within twice of it about 95 times in 100. Figures come from one camera, not "
                "from a goniometer; a trained person with one is off by 2 to 4° too.",
            )
        )
    facts = [
        ("Head seen", f"{coverage['head_seen_s']:.0f} s"),
        ("Shoulders seen", f"{coverage['shoulders_seen_s']:.0f} s"),
        ("Not measured", f"{coverage['unseen_s']:.1f} s (head not seen, or no neutral yet)"),
    ]
    if baseline is not None:
        where = {"profile": "from a profile"}.get(
            baseline["kind"], span(baseline["start_s"], baseline["end_s"])
        )
        facts.append(("Neutral", where))
    content.append(
        element("dl", [joined(element("dt", name), element("dd", said)) for name, said in facts])
    )
    content.append(_lost(extras.lost))
    return section("sure", "How sure this is, and what was not seen", content)


_SURE = {Axis.FLEXION: "chin", Axis.ROTATION: "turn", Axis.LATERAL: "tilt"}
_MOST_LOST = 12


def _lost(lost: Sequence[tuple[float, float]]) -> Markup:
    if not lost:
        return element("p", "The face was never lost for a second or more.")
    longest = sorted(lost, key=lambda gap: gap[0] - gap[1])[:_MOST_LOST]
    items = [
        element("li", at(start_s), f" to {words.clock(end_s)}")
        for start_s, end_s in sorted(longest)
    ]
    rest = len(lost) - len(items)
    more = element("li", f"and {rest} shorter times") if rest else None
    said = "The face was lost here. What was not seen is neither good nor bad, and earns no time:"
    return joined(element("p", said), element("ul", items, more, class_="inline"))


def technical(report: Report) -> Markup:
    """What another program or a colleague needs to know."""
    source = report["source"]
    facts = [
        ("neckform", report["neckform_version"]),
        ("Picture", f"{source['width']} x {source['height']}"),
        ("Pictures analysed", f"{source['frames_analyzed']} of {source['frames_read']}"),
    ]
    facts += [
        (f"Model, {kind}", f"{model['name']} ({model['sha256'][:12]})")
        for kind, model in report["models"].items()
    ]
    rows = [joined(element("dt", name), element("dd", said)) for name, said in facts]
    inside = element("dl", rows)
    return element("details", element("summary", "Technical details"), inside)


def how_to(report: Report) -> Markup | None:
    """What each stretch that was tried is, so that the page explains itself."""
    ids = dict.fromkeys(hold["stretch"] for hold in report["holds"])
    known = [(name, stretch_settings(report, name)) for name in ids]
    rows = [
        joined(element("dt", one.get("name", name)), element("dd", one["how_to"]))
        for name, one in known
        if one.get("how_to")
    ]
    if not rows:
        return None
    return section("how", "How the stretches are done", element("dl", rows, class_="long"))
