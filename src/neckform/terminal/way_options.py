"""How a recording that plays as the camera is shown: the same two options for each command.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from typing import Any

from neckform.terminal.click_options import option


def turn_option() -> Any:
    """Whether the recording is turned."""
    return option(
        "With --source: turn the picture clockwise by so many degrees.",
        "0",
        choices=("0", "90", "180", "270"),
        shows_default=True,
    )


def mirrored_option() -> Any:
    """Whether the recording is a mirror image."""
    return option(
        "With --source: the recording is a mirror image; left and right are swapped back.", False
    )


def strict_option() -> Any:
    """Whether a recording must be placed as well as a person at a camera."""
    return option(
        "With --source: insist on light, distance and place, as at a camera, instead of taking "
        "what the recording has.",
        False,
    )
