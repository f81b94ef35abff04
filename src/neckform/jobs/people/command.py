"""``neckform people``: say of whom something is kept; rename, merge, hand out or forget them."""

from __future__ import annotations

from pathlib import Path

from neckform.config.paths import (
    checked_name,
    data_folder,
    known_people,
    refuse_unknown,
)
from neckform.core.errors import HistoryError, NeckformError, OutputError, SettingsError
from neckform.core.plain_text import same_name
from neckform.core.wording import Worded, plural, why, worded
from neckform.jobs.own_history import is_anything_kept, own_history
from neckform.jobs.people import kept
from neckform.showing.words.phrases import day_words
from neckform.showing.words.telling import told
from neckform.terminal import printing
from neckform.terminal.echo import say

_EMPTY = worded(
    "Nothing is kept of anybody but you. neckform analyze VIDEO --who P-017 begins "
    "a history of P-017, and so does neckform coach --who P-017."
)


def show() -> int:
    """Print a line for each person."""
    code = 0
    people = known_people()
    if not people:
        printing.print_indented(printing.out(), _EMPTY, 0)
    widest = max(map(len, people), default=0)
    for who in people:
        try:
            say(f"{who:<{widest}}  {told(_kept_of(who))}")
        except NeckformError as error:  # one that is damaged hides no other
            printing.print_note(printing.err(), worded("{who}: {error}", who=who, error=error))
            code = error.exit_code
    return code


def _kept_of(who: str) -> Worded:
    days = []
    if is_anything_kept(who):
        with own_history(who) as store:
            days = [entry.day for entry in store.entries()]
    said = worded("no recording")
    if days:
        span = day_words(days[0])
        if days[-1] != days[0]:
            span = worded("{first} to {last}", first=span, last=day_words(days[-1]))
        said = plural("{n} recording, {span}", "{n} recordings, {span}", n=len(days), span=span)
    profiles = [path.stem for path in sorted(kept.profiles_folder(who).glob("*.json"))]
    if not profiles:
        return said
    return worded("{said}; profile {profiles}", said=said, profiles=", ".join(profiles))


def rename(before: str, after: str) -> int:
    """Call a person by another name.

    Raises
    ------
    SettingsError, HistoryError
    """
    refuse_unknown(before)
    name = checked_name(after)
    old = data_folder(before)
    new = data_folder(name)
    if same_name(old.name) == same_name(name):
        new = old.with_name(name)
    elif new.exists():
        raise SettingsError(
            "people rename",
            [
                worded(
                    "{name} is known already; neckform people merge puts the two together",
                    name=new.name,
                )
            ],
        )
    try:
        old.rename(new)
    except OSError as error:
        raise HistoryError(
            worded("{old} cannot be renamed: {reason}", old=old, reason=why(error))
        ) from error
    say(
        worded(
            "{before} is called {after} now. Reports written before still say {before}.",
            before=old.name,
            after=new.name,
        )
    )
    return 0


def merge(one: str, into: str) -> int:
    """Put all that is kept of one person to what is kept of another.

    Raises
    ------
    SettingsError, HistoryError, OutputError
    """
    for who in (one, into):
        refuse_unknown(who)
    first, second = data_folder(one).name, data_folder(into).name
    if first == second:
        raise SettingsError("people merge", [worded("{first} is one person already", first=first)])
    kept.merge(first, second)
    say(worded("What was kept of {first} is kept of {second} now.", first=first, second=second))
    return 0


def export(who: str, path: Path) -> int:
    """Write all that is kept of a person into one ZIP file.

    Raises
    ------
    SettingsError, HistoryError, OutputError
    """
    refuse_unknown(who)
    if path.suffix.lower() != ".zip":
        raise SettingsError("people export", [worded("{path}: name a .zip file", path=path)])
    if path.resolve().is_relative_to(data_folder(who).resolve()):
        raise OutputError(
            worded("{path} lies among what is exported; name another folder", path=path)
        )
    kept.write_export(who, path)
    say(path)
    return 0


def forget(who: str) -> int:
    """Delete all that is kept of a person, for good.

    Raises
    ------
    SettingsError, HistoryError
    """
    refuse_unknown(who)
    name = data_folder(who).name
    kept.forget(name)
    say(
        worded(
            "Forgotten: {name}. Recordings, and reports in folders that you chose, are "
            "yours to delete.",
            name=name,
        )
    )
    return 0
