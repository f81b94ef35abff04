"""Where neckform keeps a person's own data on this computer.

That person is the computer's user, or somebody whom the user looks after (`who`): each of those
has a folder of their own, called as they are.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from neckform.core.errors import OutputError, SettingsError
from neckform.core.plain_text import plain, same_name
from neckform.core.wording import why, worded

VARIABLE = "NECKFORM_DATA"
"""The environment variable that names another folder, such as one on an encrypted disk."""

OWN_PROFILE = "me"
"""Where a person's range is kept that was measured without naming a place."""

_FORBIDDEN = set('/\\:*?"<>|')
_LONGEST_NAME = 60
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What no file can be called on Windows."""


def data_folder(who: str | None = None) -> Path:
    """The folder for a person's own data. It may not exist yet.

    Parameters
    ----------
    who : str, optional
        Somebody whom the user looks after. Two spellings that some disk takes for one are one.

    Raises
    ------
    SettingsError
        Nobody can be called so.
    """
    if who is None:
        return _own_folder()
    name = checked_name(who)
    known = [each for each in known_people() if same_name(each) == same_name(name)]
    return _people_folder() / (known[0] if known else name)


def known_people() -> list[str]:
    """Those of whom something is kept, besides the user."""
    try:
        return sorted(path.name for path in _people_folder().iterdir() if path.is_dir())
    except OSError:
        return []


def refuse_unknown(who: str | None) -> None:
    """Refuse somebody of whom nothing is kept.

    Raises
    ------
    SettingsError
    """
    if who is not None and not data_folder(who).is_dir():
        raise SettingsError(
            "--who",
            [
                worded(
                    "nothing is kept of {who}; neckform people says of whom something is", who=who
                )
            ],
        )


def checked_name(name: str) -> str:
    """A name that a person can have: as a folder can be called everywhere.

    Raises
    ------
    SettingsError
    """
    name = name.strip()
    fits = 0 < len(name) <= _LONGEST_NAME and len(name.encode("utf-8", "replace")) <= 200
    whole = fits and name[0] != "." and name[-1] != "." and not set(name) & _FORBIDDEN
    if not whole or plain(name) != name or _RESERVED.fullmatch(name):
        raise SettingsError(
            "--who",
            [
                worded(
                    "{name!r} is no name; use letters, digits, spaces, such as P-017",
                    name=plain(name)[:80],
                )
            ],
        )
    return name


def _people_folder() -> Path:
    return _own_folder() / "people"


def _own_folder() -> Path:
    own = os.environ.get(VARIABLE)
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return user_data_path("neckform")


def days_folder(who: str | None = None) -> Path:
    """The folder with each day's minutes of ``neckform watch``. It may not exist yet."""
    return data_folder(who) / "days"


def history_file(who: str | None = None) -> Path:
    """The file of the history. While it is in use, it has neighbours ``-wal`` and ``-shm``."""
    return data_folder(who) / "history.db"


def waiting_folder(who: str | None = None) -> Path:
    """The folder with what waits for the history. It may not exist yet."""
    return data_folder(who) / "waiting"


def routines_folder(who: str | None = None) -> Path:
    """The folder with the routines that are kept for a therapist. It may not exist yet."""
    return data_folder(who) / "routines"


def kept_profile(name: str, who: str | None = None) -> Path | None:
    """The file of an existing profile, by its path or by the name of a place."""
    if Path(name).is_file():
        return Path(name)
    if set(name) & _FORBIDDEN:
        return None
    path = data_folder(who) / "profiles" / f"{name}.json"
    return path if path.is_file() else None


def profile_path(name: str, who: str | None = None) -> Path:
    """The file of a profile, by its path or by the name of a place.

    Raises
    ------
    SettingsError
        The name is neither a ``.json`` file nor a possible name of a place.
    """
    if name.endswith(".json"):
        return Path(name)
    if not name.strip() or name.startswith(".") or set(name) & _FORBIDDEN:
        raise SettingsError(
            "--profile",
            [
                worded(
                    "{name!r} is no name for a place; use one such as home, or a .json file",
                    name=name,
                )
            ],
        )
    return made(data_folder(who) / "profiles", worded("profiles are kept there")) / f"{name}.json"


def made(folder: Path, purpose: str) -> Path:
    """Make a folder, unless it exists.

    Parameters
    ----------
    purpose : str
        What the folder is for, as the error says it.

    Raises
    ------
    OutputError
    """
    from neckform.files import make_folder  # slow to import, and --help needs none of it

    try:
        make_folder(folder)
    except OSError as error:
        raise OutputError(
            worded(
                "{folder} cannot be made ({reason}); {purpose}",
                folder=folder,
                reason=why(error),
                purpose=purpose,
            )
        ) from error
    return folder
