"""Where neckform keeps what is a person's own on this computer."""

from __future__ import annotations

import os
from pathlib import Path

from neckform.core.errors import OutputError, SettingsError

VARIABLE = "NECKFORM_DATA"
"""An environment variable: another folder for it, such as one on an encrypted disk."""

_FORBIDDEN = set('/\\:*?"<>|')


def data_folder() -> Path:
    """The folder for a person's own data; it need not exist yet."""
    own = os.environ.get(VARIABLE)
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return user_data_path("neckform")


def days_folder() -> Path:
    """The folder with the minutes that ``neckform watch`` keeps of each day; it need not exist."""
    return data_folder() / "days"


def history_file() -> Path:
    """The file of the history; its neighbours ``-wal`` and ``-shm`` belong to it while in use."""
    return data_folder() / "history.db"


def kept_profile(name: str) -> Path | None:
    """The file of a profile that is there already: a file's own name, or the name of a place."""
    if Path(name).is_file():
        return Path(name)
    if set(name) & _FORBIDDEN:
        return None
    path = data_folder() / "profiles" / f"{name}.json"
    return path if path.is_file() else None


def profile_path(name: str) -> Path:
    """The file of a profile: a file's own name, or the name of a place.

    Raises
    ------
    SettingsError
        The name can be neither.
    """
    if name.endswith(".json"):
        return Path(name)
    if not name.strip() or name.startswith(".") or set(name) & _FORBIDDEN:
        raise SettingsError(
            "--profile", [f"{name!r} is no name for a place; use one such as home, or a .json file"]
        )
    return made(data_folder() / "profiles", "profiles are kept there") / f"{name}.json"


def made(folder: Path, purpose: str) -> Path:
    """The folder, made when it was not there.

    Raises
    ------
    OutputError
        `purpose` says what for.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror or error}); {purpose}"
        ) from error
    return folder
