"""Where the monitor keeps things on this computer: days, and what runs."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_state_path

from neckform import own_data
from neckform.own_data import made

_PURPOSE = "neckform watch keeps what it remembers there"


def running_folder() -> Path:
    """The folder of the lock, the status and the orders."""
    return made(user_state_path("neckform") / "watch", _PURPOSE)


def days_folder() -> Path:
    """The folder with one small file of minutes for each day."""
    return made(own_data.days_folder(), _PURPOSE)
