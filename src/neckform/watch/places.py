"""Where the monitor keeps things on this computer: profiles, days, and what runs."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_state_path

from neckform import own_data
from neckform.core.errors import OutputError, SettingsError

_FORBIDDEN = set('/\\:*?"<>|')


def running_folder() -> Path:
    """The folder of the lock, the status and the orders."""
    return _made(user_state_path("neckform") / "watch")


def days_folder() -> Path:
    """The folder with one small file of minutes for each day."""
    return _made(own_data.days_folder())


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
    return _made(own_data.data_folder() / "profiles") / f"{name}.json"


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror or error}); neckform watch keeps what it "
            "remembers there"
        ) from error
    return folder
