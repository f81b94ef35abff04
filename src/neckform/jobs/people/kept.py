"""All that is kept of one person: put together, handed out, or forgotten for good."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from neckform.config.paths import (
    data_folder,
    days_folder,
    history_file,
    made,
    routines_folder,
    waiting_folder,
)
from neckform.config.remembered import remembered_file
from neckform.config.settings import load_settings, own_settings_file
from neckform.core.coach.routine import all_exercises
from neckform.core.errors import HistoryError, OutputError
from neckform.core.wording import why, worded
from neckform.files import replacing
from neckform.history.deleting import deleting, overwrite
from neckform.history.export import as_csv, as_json
from neckform.history.overview import Overview
from neckform.history.store import forget_damaged
from neckform.history.waiting import forget_waiting
from neckform.history.watched import day_file, read_days, read_not_bad, write_day
from neckform.jobs.kept_routines import kept_routines
from neckform.jobs.own_history import is_anything_kept, own_history
from neckform.showing.exports.files import json_text


def profiles_folder(who: str) -> Path:
    """The folder of a person's profiles. It may not exist."""
    return data_folder(who) / "profiles"


def merge(one: str, into: str) -> None:
    """Keep all of `one` with `into`, and forget `one`; stopped in between, it can be done again.

    A recording that both have counts once. A profile or a routine that both have stays as `into`
    has it; the other profile gets the name of `one` after its own.

    Raises
    ------
    HistoryError, OutputError
    """
    if is_anything_kept(one):
        with own_history(one) as store:
            entries = store.entries()
        with own_history(into) as store:
            for entry in entries:
                store.keep(entry)
    _merge_days(one, into)
    purpose = worded("profiles are kept there")
    for path in sorted(profiles_folder(one).glob("*.json")):
        _move(path, _free_for(path, made(profiles_folder(into), purpose), one))
    purpose = worded("routines are kept there for your therapist")
    for path in kept_routines(routines_folder(one)).values():
        _move(path, made(routines_folder(into), purpose) / path.name)
    if remembered_file(one).exists() and not remembered_file(into).exists():
        _move(remembered_file(one), remembered_file(into))
    forget(one)


def _free_for(path: Path, folder: Path, one: str) -> Path:
    """Where a profile of `one` goes: under its own name, unless that is of another profile."""
    names = chain(
        (path.name, f"{path.stem} of {one}.json"),
        (f"{path.stem} of {one} {number}.json" for number in count(2)),
    )
    return next(
        folder / name
        for name in names
        if not (folder / name).exists() or (folder / name).read_bytes() == path.read_bytes()
    )


def _merge_days(one: str, into: str) -> None:
    for day, spent in read_days(days_folder(one)).items():
        folder = made(days_folder(into), worded("watched minutes are kept there"))
        both = dict(read_days(folder).get(day, {}))
        for zone, ms in spent.items():
            both[zone] = both.get(zone, 0) + ms
        not_bad = read_not_bad(folder, day)
        for posture, times in read_not_bad(days_folder(one), day).items():
            not_bad[posture] = not_bad.get(posture, 0) + times
        write_day(folder, day, both, not_bad)
        day_file(days_folder(one), day).unlink(missing_ok=True)


def write_export(who: str, path: Path) -> None:
    """Write all that is kept into a ZIP file: history, profiles, watched days, routines.

    Raises
    ------
    HistoryError, OutputError
    """
    entries = []
    if is_anything_kept(who):
        with own_history(who) as store:
            entries = store.entries()
    watched = read_days(days_folder(who))
    routine = all_exercises(load_settings(own_settings_file()).stretches)
    days = [entry.day for entry in entries] + list(watched)
    history = Overview(
        entries, routine, max(days, default=datetime.now().astimezone().date()), watched
    )
    with (
        replacing(path) as partial,
        # A clock that was wrong dates files before 1980, which ZIP cannot say.
        zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as file,
    ):
        file.writestr("history.json", json_text(as_json(history)))
        file.writestr("history.csv", as_csv(entries))
        own = (*profiles_folder(who).glob("*.json"), *days_folder(who).glob("*.json"))
        for kept in (*own, *kept_routines(routines_folder(who)).values()):
            file.write(kept, f"{kept.parent.name}/{kept.name}")


def forget(who: str) -> None:
    """Delete all files of a person; what was in them is written over first.

    Raises
    ------
    HistoryError
        Something could not be deleted; what could be is gone.
    """
    folder = data_folder(who)
    try:
        if history_file(who).exists():
            with own_history(who) as store:
                store.forget()
    except HistoryError as error:
        if not (error.damaged and forget_damaged(history_file(who))):
            raise
    forget_waiting(waiting_folder(who))
    with deleting(folder):
        for path in _files(folder):
            _overwrite(path)
        shutil.rmtree(folder)


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        yield from (Path(here) / name for name in names)


def _overwrite(path: Path) -> None:
    """Write zeros over a file. A link is only taken away: what it leads to is not ours."""
    if path.is_symlink() or not path.is_file():
        return
    with path.open("r+b") as file:
        overwrite(file)


def _move(path: Path, to: Path) -> None:
    try:
        path.replace(to)
    except OSError as error:
        raise OutputError(
            worded("{path} cannot be moved: {reason}", path=path, reason=why(error))
        ) from error
