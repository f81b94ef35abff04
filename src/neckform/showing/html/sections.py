"""The page's sections, in words first: whatever a plot shows stands here too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from neckform.core.outcome import Direction
from neckform.core.report import FlagTotal, SessionReport, best_of
from neckform.core.types import Hold, Side
from neckform.core.wording import Worded, listed, named, worded
from neckform.showing.html.bars import held_bar, reach_bar
from neckform.showing.html.markup import (
    Content,
    Markup,
    definitions,
    element,
    joined,
    section,
    table,
    void,
)
from neckform.showing.html.moments import moments
from neckform.showing.html.norms import HEALTHY_DEG, SOURCES, WARNING
from neckform.showing.html.pictures import Picture
from neckform.showing.html.reading import AXES, mean_words, plus_minus, seconds, target_words
from neckform.showing.words import phrases
from neckform.showing.words.card_words import answer_words
from neckform.showing.words.report_words import (
    flag_advice,
    flag_title,
    hand_words,
    hold_title,
    hold_verdict,
    miss_verdict,
    missed_words,
    no_stretch_words,
    rested_words,
    seen_words,
)
from neckform.showing.words.result_words import result_words, whose_words
from neckform.showing.words.telling import language_now, told

_LEAST_REACH_DEG = 10
"""Below this the head was not really moved in that direction."""

_DIRECTIONS = {
    Direction.FLEXION: worded("Chin down"),
    Direction.EXTENSION: worded("Chin up"),
    Direction.LEFT_ROTATION: worded("Turned left"),
    Direction.RIGHT_ROTATION: worded("Turned right"),
    Direction.LEFT_LATERAL: worded("Tilted left"),
    Direction.RIGHT_LATERAL: worded("Tilted right"),
}


def at(start_ms: int) -> Markup:
    """A time that shows its place in the plots, and in the video where there is one."""
    shown = phrases.clock(start_ms)
    return element("button", shown, type="button", class_="at", data_t=_data_t(start_ms))


def _data_t(t_ms: int) -> str:
    return f"{t_ms / 1000:.3f}"


def to(end_ms: int) -> Worded:
    """The end of a span, behind a button for its beginning."""
    return worded(" to {end}", end=phrases.clock(end_ms))


def _capital(line: str) -> str:
    said = str(told(line))
    return said[:1].upper() + said[1:]


# --- what was done -------------------------------------------------------------------------


def summary(report: SessionReport) -> Markup:
    """What there is to know in a few lines."""
    whose = whose_words(report, language_now())
    lines = [element("p", whose, class_="whose")] if whose else []
    lines.append(element("p", worded("{seen}.", seen=seen_words(report))))
    if report.source.note:
        lines.append(element("p", report.source.note, class_="note"))
    if not report.could_judge:
        lines.append(element("p", worded("There is no neutral to judge by."), class_="note"))
    elif report.judges_stretches:
        if result := result_words(report, language_now()):
            lines.append(element("p", result, class_="result"))
        if missed := missed_words(report):
            lines.append(element("p", missed))
    return joined(lines)


def card(report: SessionReport) -> Markup | None:
    """A therapist's card, answered line by line."""
    if report.card is None:
        return None
    known = report.settings.by_id
    lines = [
        element("li", answer_words(known[answer.exercise.stretch], answer))
        for answer in report.answers
    ]
    return section(
        "card",
        worded("The card"),
        element("p", report.card.words, class_="aside") if report.card.words else None,
        element("ul", lines),
    )


def stretches(report: SessionReport, pictures: Sequence[Picture]) -> Markup | None:
    """A card for each stretch and side that was tried."""
    if not report.judges_stretches:
        return None
    cards = [_card(report, pictures, holds) for holds in report.attempts.values()]
    done: Content = element("div", cards, class_="cards")
    if not cards:
        done = element("p", no_stretch_words(report))
    return section("stretches", worded("Stretches"), joined([done, _near_misses(report)]))


def _near_misses(report: SessionReport) -> Markup | None:
    """The attempts that did not count, and what they lacked."""
    if not report.near_misses:
        return None
    items = [
        element("li", at(miss.start_ms), " ", miss_verdict(report, miss))
        for miss in report.near_misses
    ]
    return joined([element("h3", worded("Did not count")), element("ul", items)])


def _card(report: SessionReport, pictures: Sequence[Picture], holds: Sequence[Hold]) -> Markup:
    best = best_of(holds)
    badge = worded("Done") if best.completed else worded("Not completed")
    mark = element("span", badge, class_=f"badge {'done' if best.completed else 'open'}")
    held = element(
        "p",
        element("strong", seconds(best.held_ms)),
        worded(" of {target_s:g} s held", target_s=best.target_ms / 1000),
        held_bar(best.held_ms, best.target_ms),
        class_="held",
    )
    show = element(
        "button",
        worded("Show {span} in the plot", span=phrases.span(best.start_ms, best.end_ms)),
        type="button",
        class_="show",
        data_t=_data_t(best.start_ms),
        data_to=_data_t(best.end_ms),
    )
    return element(
        "article",
        element("h3", hold_title(report, best), " ", mark),
        _picture(pictures, best),
        held,
        element("p", hold_verdict(report, best), class_="verdict"),
        _pauses(best),
        _figures(report, best),
        _other_attempts(report, holds, best),
        _other_side(report, best),
        show,
        class_="card",
        data_stretch=best.stretch,
        data_side=best.side,
    )


def _pauses(hold: Hold) -> Markup | None:
    if not hold.pauses:
        return None
    items = [
        element("li", at(pause.start_ms), to(pause.end_ms), ": ", why)
        for pause in hold.pauses
        if (why := phrases.REASONS[pause.reason])
    ]
    return joined(element("h4", worded("Paused")), element("ul", items))


def _other_attempts(report: SessionReport, holds: Sequence[Hold], best: Hold) -> Markup | None:
    if len(holds) == 1:
        return None
    items = [
        element("li", at(hold.start_ms), " ", hold_verdict(report, hold))
        for hold in holds
        if hold is not best
    ]
    return joined(element("h4", worded("Other attempts")), element("ul", items))


def _other_side(report: SessionReport, hold: Hold) -> Markup | None:
    if hold.side is None or (hold.stretch, hold.side.other) in report.attempts:
        return None
    missed = worded("The left side was not seen. Both sides need it.")
    if hold.side is Side.LEFT:
        missed = worded("The right side was not seen. Both sides need it.")
    return element("p", missed, class_="note")


def _figures(report: SessionReport, hold: Hold) -> Markup:
    rows: list[tuple[str, str]] = []
    for axis, goal in report.settings.by_id[hold.stretch].main.items():
        rows += [(AXES[axis], mean_words(axis, hold)), (worded("Aim"), target_words(axis, goal))]
    rises = {Side.LEFT: hold.left_rise_sw, Side.RIGHT: hold.right_rise_sw}
    lifted = [
        worded("{side} {share}\u00a0%", side=named(side.value), share=max(0, round(rise * 100)))
        for side, rise in rises.items()
        if rise is not None
    ]
    if lifted:
        shares = worded("{shares} of the shoulder width", shares=listed(lifted, ", "))
        rows.append((worded("Shoulders up"), shares))
    if hands := hand_words(hold.hand_on_head):
        rows.append((worded("Hands"), _capital(hands)))
    return definitions(rows)


def _picture(pictures: Sequence[Picture], hold: Hold) -> Markup | None:
    for picture in pictures:
        during = hold.start_ms <= picture.t_ms <= hold.end_ms
        if during and picture.exercise == hold.exercise:
            caption = worded("The best moment, at {time}", time=phrases.clock(picture.t_ms))
            alt = worded("{caption}, as the camera took it.", caption=caption)
            shown = void("img", src=picture.data_url, alt=alt)
            below = worded("{caption}.", caption=caption)
            return element("figure", shown, element("figcaption", below))
    return None


# --- resting posture -----------------------------------------------------------------------


def resting(report: SessionReport) -> Markup | None:
    """How the neck rested badly, the worst first, and what to do about it."""
    if report.postures is None:
        return None
    if not report.flags:
        return section("resting", worded("Resting posture"), element("p", rested_words(report)))
    rows = [_flag_row(report, total) for total in report.flag_totals]
    head = (
        worded("Posture"),
        worded("In all"),
        worded("At most"),
        worded("When"),
        worded("What helps"),
    )
    whole = table(worded("Resting posture, worst first"), head, rows)
    return section("resting", worded("Resting posture"), whole)


def _flag_row(report: SessionReport, total: FlagTotal) -> Markup:
    when: list[Content] = []
    for flag in total.times:
        when += [", " if when else "", at(flag.start_ms), to(flag.end_ms)]
    peak = "-" if total.peak_deg is None else phrases.whole(total.peak_deg)
    return element(
        "tr",
        element("th", flag_title(report, total), scope="row"),
        element("td", seconds(total.total_ms), class_="number"),
        element("td", peak, class_="number"),
        element("td", when),
        element("td", flag_advice(report, total.flag)),
    )


# --- what happened when --------------------------------------------------------------------

_KINDS = {
    "neutral": worded("Neutral"),
    "hold": worded("Hold"),
    "pause": worded("Pause"),
    "miss": worded("Near miss"),
    "flag": worded("Posture"),
}


def timetable(report: SessionReport) -> Markup | None:
    """Everything that the plots mark, in words."""
    rows = [
        element(
            "tr",
            element("td", at(moment.start_ms)),
            element("td", phrases.clock(moment.end_ms)),
            element("td", _KINDS[moment.kind]),
            element("td", moment.sentence),
            class_=moment.kind,
        )
        for moment in moments(report)
    ]
    if not rows:
        return None
    title = worded("What happened when")
    head = (worded("From"), worded("To"), worded("What"), worded("In words"))
    return section("moments", title, table(title, head, rows))


# --- range of motion -----------------------------------------------------------------------


def reach(report: SessionReport, earlier_deg: Mapping[str, float]) -> Markup | None:
    """The range of motion, beside an own earlier best and what healthy people reach."""
    if not report.reached:
        return None
    head = [
        worded("Direction"),
        worded("Reached"),
        worded("When"),
        worded("Healthy adults"),
        worded("Beside each other"),
    ]
    if earlier_deg:
        head.insert(3, worded("Own best before"))
    rows = [_reach_row(report, direction, earlier_deg) for direction in _DIRECTIONS]
    title = worded("Range of motion")
    stayed = worded("As far as the head went from the neutral, and stayed for half a second.")
    return section(
        "range",
        title,
        element("p", stayed),
        table(title, head, rows),
        element("p", WARNING, class_="aside"),
        element("ul", [element("li", source) for source in SOURCES], class_="sources"),
    )


def _reach_row(
    report: SessionReport, direction: Direction, earlier_deg: Mapping[str, float]
) -> Markup:
    cells = [element("th", _DIRECTIONS[direction], scope="row")]
    reached = report.reached.get(direction)
    if reached is not None and reached.deg < _LEAST_REACH_DEG:
        reached = None
    if reached is not None:
        figure = f"{phrases.whole(reached.deg)} {plus_minus(reached.uncertainty)}"
        cells.append(element("td", figure, class_="number", data_direction=direction.value))
        cells.append(element("td", at(reached.at_ms)))
    else:
        cells.append(element("td", worded("not moved"), class_="number"))
        cells.append(element("td", ""))
    before_deg = earlier_deg.get(direction)
    if earlier_deg:
        cells.append(
            element("td", phrases.whole(before_deg) if before_deg else "", class_="number")
        )
    norm_deg = HEALTHY_DEG[direction]
    cells.append(element("td", f"{norm_deg}°", class_="number"))
    bar = reach_bar(None if reached is None else reached.deg, norm_deg, before_deg)
    return element("tr", cells, element("td", bar))


def how_to(report: SessionReport) -> Markup | None:
    """What each stretch that was tried is, so that the page explains itself."""
    known = report.settings.by_id
    tried = [known[name] for name in dict.fromkeys(hold.stretch for hold in report.holds)]
    if not tried:
        return None
    explained = definitions(
        ((named(each.name), named(each.how_to)) for each in tried), class_="long"
    )
    return section("how", worded("How the stretches are done"), explained)
