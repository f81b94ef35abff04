"""What can be asked of the calibration: each setting is defined here once, with default and help.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from neckform.showing.catalogue import DEFAULT_LANGUAGE, language_tags


@dataclass(frozen=True, slots=True)
class CalibrateOptions:
    """All choices of ``neckform calibrate``."""

    profile: str = field(
        default="me",
        metadata={"help": "What the profile is called, such as home, or a .json file."},
    )
    camera: int = field(default=0, metadata={"help": "Which camera; 0 is the first."})
    source: Path | None = field(
        default=None,
        metadata={"help": "Play this recording as if it were the camera, to try things out."},
    )
    language: str = field(
        default=DEFAULT_LANGUAGE,
        metadata={"help": f"Language of what is said: {', '.join(language_tags())}."},
    )
    settings: Path | None = field(
        default=None, metadata={"help": "Your own stretches.toml, laid over the one shipped."}
    )
    browser: bool = field(
        default=True, metadata={"help": "Open the page in your browser, or only print its address."}
    )
    port: int = field(default=0, metadata={"help": "Port of the page.  [default: a free one]"})
    voice: bool = field(
        default=True, metadata={"help": "With --text: speak with this computer's own voice."}
    )
    text: bool = field(default=False, metadata={"help": "In the terminal, without a page."})


def option_help(name: str) -> str:
    """The help text of one setting, for the command line."""
    (found,) = (item for item in fields(CalibrateOptions) if item.name == name)
    return str(found.metadata["help"])
