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
from neckform.jobs.own_history import is_anything_kept, own_history
from neckform.jobs.people import kept
from neckform.showing.words.phrases import day_words
from neckform.terminal import printing
from neckform.terminal.echo import say

_EMPTY = (
    "Nothing is kept of anybody but you. neckform analyze VIDEO --who P-017 begins a history of "
    "P-017, and so does neckform coach --who P-017."
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
            say(f"{who:<{widest}}  {_kept_of(who)}")
        except NeckformError as error:  # one that is damaged hides no other
            printing.print_note(printing.err(), f"{who}: {error}")
            code = error.exit_code
    return code


def _kept_of(who: str) -> str:
    profiles = [path.stem for path in sorted(kept.profiles_folder(who).glob("*.json"))]
    more = f"; profile {', '.join(profiles)}" if profiles else ""
    if not is_anything_kept(who):
        return f"no recording{more}"
    with own_history(who) as store:
        days = [entry.day for entry in store.entries()]
    if not days:
        return f"no recording{more}"
    recordings = "1 recording" if len(days) == 1 else f"{len(days)} recordings"
    span = day_words(days[0])
    if days[-1] != days[0]:
        span += f" to {day_words(days[-1])}"
    return f"{recordings}, {span}{more}"


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
            [f"{new.name} is known already; neckform people merge puts the two together"],
        )
    try:
        old.rename(new)
    except OSError as error:
        raise HistoryError(f"{old} cannot be renamed: {error.strerror or error}") from error
    say(f"{old.name} is called {new.name} now. Reports written before still say {old.name}.")
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
        raise SettingsError("people merge", [f"{first} is one person already"])
    kept.merge(first, second)
    say(f"What was kept of {first} is kept of {second} now.")
    return 0


def export(who: str, path: Path) -> int:
    """Write all that is kept of a person into one ZIP file.

    Raises
    ------
    SettingsError, HistoryError, OutputError
    """
    refuse_unknown(who)
    if path.suffix.lower() != ".zip":
        raise SettingsError("people export", [f"{path}: name a .zip file"])
    if path.resolve().is_relative_to(data_folder(who).resolve()):
        raise OutputError(f"{path} lies among what is exported; name another folder")
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
        f"Forgotten: {name}. Recordings, and reports in folders that you chose, are yours to "
        "delete."
    )
    return 0
