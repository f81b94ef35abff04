"""The history as a person reads it on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from neckform.core.wording import named, worded
from neckform.history.overview import Mark, Overview
from neckform.history.trends import Week
from neckform.jobs.history import words
from neckform.jobs.progress import change_line, week_line
from neckform.showing.words.phrases import SHORT_WEEKDAYS, day_words
from neckform.showing.words.telling import told
from neckform.terminal.printing import print_indented

_WEEKS = 5
_MARKS: dict[Mark, str] = {"to come": " ", "none": ".", "some": "+", "all": "#"}


def print_history(console: Console, history: Overview, names: Mapping[str, str]) -> None:
    """Print days, sides and weeks of a history that is not empty."""
    if history.entries:
        _print_practice(console, history, names)
    pains = ((day_words(day), line) for day, line in words.pain_lines(history))
    _print_pairs(console, words.PAIN, pains)
    if history.watched:
        _heading(console, words.WATCHED, first=not history.entries)
        for day, line in words.watched_lines(history, names):
            print_indented(console, day_words(day), 2)
            print_indented(console, line, 4, style="dim")


def _print_practice(console: Console, history: Overview, names: Mapping[str, str]) -> None:
    _heading(console, words.days_line(history), first=True)
    if not history.days:
        print_indented(console, words.NOTHING_TRIED, 2)
        return
    for line in words.practice_lines(history):
        print_indented(console, line, 2)
    console.print()
    _print_calendar(console, history)
    balances = (
        (named(names.get(balance.stretch, balance.stretch)), words.balance_line(balance))
        for balance in history.balances
    )
    _print_pairs(console, words.balance_title(), balances)
    missed = (
        (words.exercise_name(one.exercise, names), words.missed_line(one)) for one in history.missed
    )
    _print_pairs(console, words.missed_title(), missed)
    if history.trends:
        _print_weeks(console, history, names)


def _print_pairs(console: Console, title: str, pairs: Iterable[tuple[str, str]]) -> None:
    """A heading, and below it what each stretch is called and what there is to say of it."""
    for place, (name, line) in enumerate(pairs):
        if not place:
            _heading(console, title)
        print_indented(console, name, 2)
        print_indented(console, line, 4, style="dim")


def _print_weeks(console: Console, history: Overview, names: Mapping[str, str]) -> None:
    _heading(console, words.WEEKS)
    for trend in history.trends:
        print_indented(console, words.exercise_name(trend.exercise, names), 2)
        for week in _first_and_last(trend.weeks):
            line = "..." if week is None else week_line(week)
            print_indented(console, line, 4, style="dim")
        if (change := change_line(trend)) is not None:
            print_indented(console, change, 4)
    console.print()
    print_indented(console, words.NOISE, 0)


def _first_and_last(weeks: Sequence[Week]) -> list[Week | None]:
    """The week that all began with and the latest ones; None stands for those between."""
    if len(weeks) <= _WEEKS + 2:
        return list(weeks)
    return [weeks[0], None, *weeks[-_WEEKS:]]


def _print_calendar(console: Console, history: Overview) -> None:
    """The last weeks, one to a line, so that gaps are seen at a glance."""
    days = " ".join(f"{told(day):2}" for day in SHORT_WEEKDAYS)
    console.print(Text(f"{'':15}{days}"), soft_wrap=True)
    for monday, marks in history.calendar(_WEEKS):
        line = f"  {monday}   " + "  ".join(_MARKS[mark] for mark in marks).rstrip()
        console.print(Text(line), soft_wrap=True)
    legend = worded("# all stretches, both sides   + some   . none")
    console.print(Text(f"  {told(legend)}", style="dim"), soft_wrap=True)


def _heading(console: Console, text: str, *, first: bool = False) -> None:
    if not first:
        console.print()
    console.print(Text(told(text), style="bold"), soft_wrap=True)
