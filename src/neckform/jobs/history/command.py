"""The job of ``neckform history``: look back at what was practised, hand it out, or forget it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from neckform.config import asked_today
from neckform.config.paths import (
    days_folder,
    history_file,
    refuse_unknown,
    routines_folder,
    waiting_folder,
)
from neckform.config.remembered import damaged_choices, remembered_file
from neckform.config.settings import load_postures, load_settings, own_settings_file
from neckform.core.coach.routine import all_exercises
from neckform.core.errors import HistoryError, SettingsError
from neckform.core.wording import Worded, listed, plural, worded
from neckform.history.deleting import deleting
from neckform.history.entry import Entry
from neckform.history.export import as_csv, as_json
from neckform.history.overview import Overview
from neckform.history.rows import damaged_rows
from neckform.history.store import forget_damaged
from neckform.history.waiting import forget_waiting
from neckform.history.watched import damaged_days, forget_days, read_days
from neckform.jobs.advice import fortnight_advice
from neckform.jobs.history.printing import print_history
from neckform.jobs.history.words import EMPTY
from neckform.jobs.kept_routines import forget_routines
from neckform.jobs.own_history import is_anything_kept, own_history
from neckform.showing.exports.files import json_text
from neckform.showing.words.phrases import day_words
from neckform.terminal import printing
from neckform.terminal.echo import hand_out, say


def run(*, who: str | None = None, as_text: str | None = None, page: Path | None = None) -> int:
    """Print a history, or write it as a page.

    Parameters
    ----------
    who : str, optional
        Whose; the user's without.
    as_text : str, optional
        ``json`` or ``csv``: for another program, and nothing else.
    page : Path, optional
        Where to write a page.

    Raises
    ------
    HistoryError, OutputError
    """
    looked = _look_back(who, advises=as_text is None and who is None)
    history, names = looked.history, looked.names
    if page is not None:
        from neckform.jobs.history.page import history_html
        from neckform.showing.html import write_page

        write_page(page, history_html(history, names, who))
    if as_text == "json":
        hand_out(json_text(as_json(history)))
    elif as_text == "csv":
        hand_out(as_csv(history.entries))
    elif page is not None:
        say(page)
    else:
        if who is not None:
            say(who)
        _print(history, names)
    if looked.advice is not None:
        say("")
        printing.print_indented(printing.out(), looked.advice, 0, style="bold")
    for line in looked.passed_over:
        printing.print_note(printing.err(), line)
    return HistoryError.exit_code if looked.passed_over else 0


def page_of_history() -> str:
    """The history as a page, as ``--html`` writes it.

    Raises
    ------
    HistoryError
    """
    from neckform.jobs.history.page import history_html

    looked = _look_back(None, advises=False)
    return history_html(looked.history, looked.names)


@dataclass(frozen=True, slots=True)
class _LookedBack:
    """What is kept, what its stretches and flags are called, and what could not be read."""

    history: Overview
    names: dict[str, str]
    passed_over: list[str]
    advice: str | None


def _look_back(who: str | None, *, advises: bool) -> _LookedBack:
    today = _today()
    refuse_unknown(who)
    settings = load_settings(own_settings_file())
    names = {stretch.id: stretch.name for stretch in settings.stretches}
    names |= load_postures(own_settings_file("postures.toml")).names
    watched = read_days(days_folder(who))
    passed_over = damaged_days(days_folder(who))
    entries: Sequence[Entry] = ()
    advice = None
    if is_anything_kept(who):
        with own_history(who, passed_over=passed_over) as store:
            rows = store.rows()
            entries = rows.entries
            passed_over += damaged_rows(rows, history_file(who))
            advice = fortnight_advice(store, today) if advises else None
    history = Overview(entries, all_exercises(settings.stretches), today, watched)
    # As the settings call it now; else as it was called when it was done.
    return _LookedBack(history, history.names | names, passed_over, advice)


def forget(day: str | None, *, everything: bool, who: str | None = None) -> int:
    """Delete one day, or everything, for good.

    Parameters
    ----------
    who : str, optional
        Whose history; the user's without.

    Raises
    ------
    SettingsError, HistoryError
    """
    if (day is None) == (not everything):
        raise SettingsError("history forget", [worded("say what: --day YYYY-MM-DD, or --all")])
    which = None if day is None else _day(day)
    refuse_unknown(who)
    say(forget_kept(which, who))
    return 0


def forget_kept(day: date | None = None, who: str | None = None) -> Worded:
    """Delete what is kept of one day, or everything, for good; the answer says what it was.

    Raises
    ------
    HistoryError
    """
    asked_today.forget(who)
    watched = forget_days(days_folder(who), day)
    routines = forget_routines(routines_folder(who), day)
    if day is None and damaged_choices(remembered_file(who)):
        with deleting(remembered_file(who)):
            remembered_file(who).unlink()
    gone = _forget_recordings(day, who) if is_anything_kept(who) else 0
    if day is None:
        forget_waiting(waiting_folder(who))
    return _forgotten(day, gone, watched, routines)


def _forget_recordings(day: date | None, who: str | None) -> int:
    gone = 1
    try:
        with own_history(who) as store:
            gone = store.forget(day)
        if day is None:
            with own_history(who) as store:  # what is left must be readable
                store.rows()
    except HistoryError as error:
        # What cannot be read any more can still be forgotten; but not a part of it.
        if not (error.damaged and day is None and forget_damaged(history_file(who))):
            raise
    return gone


def _forgotten(day: date | None, recordings: int, watched: int, routines: int) -> Worded:
    what = []
    if recordings:
        what.append(plural("{n} recording", "{n} recordings", n=recordings))
    if watched and day is None:
        what.append(
            plural(
                "the minutes of {n} day that were watched",
                "the minutes of {n} days that were watched",
                n=watched,
            )
        )
    elif watched:
        what.append(worded("the minutes that were watched"))
    if routines:
        what.append(
            plural("the landmarks of {n} routine", "the landmarks of {n} routines", n=routines)
        )
    if not what:
        if day is None:
            return worded("Nothing is kept.")
        return worded("Nothing is kept of {day}.", day=day_words(day))
    which = worded("everything") if day is None else day_words(day)
    gone: Worded = listed(what[:-1], ", ") if what[1:] else what[0]
    if what[1:]:
        gone = worded("{one} and {other}", one=gone, other=what[-1])
    return worded("Forgotten: {which}, {gone}.", which=which, gone=gone)


def _print(history: Overview, names: dict[str, str]) -> None:
    console = printing.out()
    if history.entries or history.watched:
        print_history(console, history, names)
    else:
        printing.print_indented(console, EMPTY, 0)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise SettingsError(
            "--day",
            [
                worded(
                    "{text}: no day; write it as {isoformat}",
                    text=text,
                    isoformat=_today().isoformat(),
                )
            ],
        ) from None


def _today() -> date:
    return datetime.now().astimezone().date()
