"""Where neckform keeps a person's own data on this computer."""

from __future__ import annotations

import os
from pathlib import Path

from neckform.core.errors import OutputError, SettingsError

VARIABLE = "NECKFORM_DATA"
"""The environment variable that names another folder, such as one on an encrypted disk."""

_FORBIDDEN = set('/\\:*?"<>|')


def data_folder() -> Path:
    """The folder for a person's own data. It may not exist yet."""
    own = os.environ.get(VARIABLE)
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return user_data_path("neckform")


def days_folder() -> Path:
    """The folder with each day's minutes of ``neckform watch``. It may not exist yet."""
    return data_folder() / "days"


def history_file() -> Path:
    """The file of the history. While it is in use, it has neighbours ``-wal`` and ``-shm``."""
    return data_folder() / "history.db"


def waiting_folder() -> Path:
    """The folder with what waits for the history. It may not exist yet."""
    return data_folder() / "waiting"


def kept_profile(name: str) -> Path | None:
    """The file of an existing profile, by its path or by the name of a place."""
    if Path(name).is_file():
        return Path(name)
    if set(name) & _FORBIDDEN:
        return None
    path = data_folder() / "profiles" / f"{name}.json"
    return path if path.is_file() else None


def profile_path(name: str) -> Path:
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
            "--profile", [f"{name!r} is no name for a place; use one such as home, or a .json file"]
        )
    return made(data_folder() / "profiles", "profiles are kept there") / f"{name}.json"


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
            f"{folder} cannot be made ({error.strerror or error}); {purpose}"
        ) from error
    return folder
