"""Where neckform keeps what is a person's own on this computer."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "NECKFORM_DATA"
"""An environment variable: another folder for it, such as one on an encrypted disk."""


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
