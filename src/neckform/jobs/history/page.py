"""The history as a page: one file, no script, in the look of ``report.html``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from neckform.core.wording import named, worded
from neckform.history.missed import Missed
from neckform.history.overview import Mark, Overview
from neckform.history.trends import Balance, Trend
from neckform.jobs.history import words
from neckform.jobs.progress import change_line, progress_drawing, week_line
from neckform.showing.html.markup import Content, Markup, element, section, table
from neckform.showing.html.page import document
from neckform.showing.words.phrases import SHORT_WEEKDAYS, day_words

Names = Mapping[str, str]

_LONGEST_WEEKS = 26


def history_html(history: Overview, names: Names, who: str | None = None) -> str:
    """The page as text.

    Parameters
    ----------
    names : mapping of str to str
        What each stretch and each flag is called.
    who : str, optional
        Whose it is, if it is not the user's own.
    """
    summary: list[Content] = []
    main: list[Content] = []
    if history.entries:
        summary.append(words.days_line(history))
    if history.days:
        summary += words.practice_lines(history)
        main = [
            _calendar(history),
            _sides(history, names),
            _missed(history, names),
            _weeks(history, names),
        ]
    elif history.entries:
        summary.append(words.NOTHING_TRIED)
    elif not history.watched:
        summary.append(words.EMPTY_PAGE)
    if history.pains:
        main.append(_pain(history))
    if history.watched:
        main.append(_watched(history, names))
    title = worded("What you practised")
    if who is not None:
        title = worded("What {who} practised", who=who)
    return document(title, [element("p", line) for line in summary], main)


def _pain(history: Overview) -> Markup:
    rows = [
        element("tr", element("th", day_words(day), scope="row"), element("td", line))
        for day, line in words.pain_lines(history)
    ]
    caption = worded("The latest times that pain was told")
    return section("pain", words.PAIN, table(caption, (worded("Day"), worded("Pain")), rows))


def _watched(history: Overview, names: Names) -> Markup:
    rows = [
        element("tr", element("th", day_words(day), scope="row"), element("td", line))
        for day, line in words.watched_lines(history, names)
    ]
    caption = worded("The latest days that were watched")
    return section(
        "watched", words.WATCHED, table(caption, (worded("Day"), worded("Minutes")), rows)
    )


def _calendar(history: Overview) -> Markup:
    first = history.days[0].day
    weeks = (history.today - first + timedelta(days=first.weekday())).days // 7 + 1
    rows = [
        element(
            "tr",
            element("th", str(monday), scope="row"),
            [element("td", _mark(mark)) for mark in marks],
        )
        for monday, marks in history.calendar(min(weeks, _LONGEST_WEEKS))
    ]
    return section(
        "days",
        worded("Days"),
        table(worded("Each week and its days"), (worded("Week of"), *SHORT_WEEKDAYS), rows),
    )


def _mark(mark: Mark) -> Markup | None:
    if mark == "to come":
        return None
    if mark == "none":
        return element("span", "-", aria_label=worded("none"))
    if mark == "some":
        return element("span", worded("some"), class_="badge part")
    return element("span", worded("all"), class_="badge done")


def _sides(history: Overview, names: Names) -> Markup | None:
    if not history.balances:
        return None
    rows = [_balance(balance, names) for balance in history.balances]
    return section(
        "sides",
        words.balance_title(),
        table(
            worded("Left and right of each stretch"),
            (worded("Stretch"), worded("Left"), worded("Right"), ""),
            rows,
        ),
    )


def _balance(balance: Balance, names: Names) -> Markup:
    return element(
        "tr",
        element("th", named(names.get(balance.stretch, balance.stretch)), scope="row"),
        element("td", words.side_words(balance.left)),
        element("td", words.side_words(balance.right)),
        element("td", words.balance_verdict(balance), class_="note" if balance.less else None),
    )


def _missed(history: Overview, names: Names) -> Markup | None:
    if not history.missed:
        return None
    rows = [_missed_row(one, names) for one in history.missed]
    head = (worded("Stretch"), worded("Attempts"), worded("The last one"))
    return section(
        "missed", words.missed_title(), table(worded("Attempts that did not count"), head, rows)
    )


def _missed_row(missed: Missed, names: Names) -> Markup:
    return element(
        "tr",
        element("th", words.exercise_name(missed.exercise, names), scope="row"),
        element("td", str(missed.times), class_="number"),
        element("td", words.latest_line(missed)),
    )


def _weeks(history: Overview, names: Names) -> Markup | None:
    if not history.trends:
        return None
    return section(
        "weeks",
        words.WEEKS,
        element("p", words.NOISE),
        element("p", worded("In the drawings, the band around the first week is noise.")),
        element("div", [_trend(trend, names) for trend in history.trends], class_="cards"),
    )


def _trend(trend: Trend, names: Names) -> Markup:
    change = change_line(trend)
    lines = [element("li", week_line(week)) for week in trend.weeks]
    return element(
        "div",
        element("h3", words.exercise_name(trend.exercise, names)),
        progress_drawing(trend),
        element("p", change) if change else None,
        element("ul", lines),
        class_="card",
    )
