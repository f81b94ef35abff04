"""Whose neck it is: the same option for each command.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from typing import Any

from neckform.terminal.click_options import option

HELP = (
    "Somebody else's neck: their own history, profile and range. A pseudonym does, such as P-017; "
    "see neckform people."
)


def who_option() -> Any:
    """Whose neck it is, if it is not the user's own."""
    return option(HELP, metavar="NAME")
