"""What can be asked of the coach: each setting is defined here once, with default and help.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CoachOptions:
    """All choices of ``neckform coach`` that are not made in the page."""

    camera: int = field(default=0, metadata={"help": "Which camera; 0 is the first."})
    source: Path | None = field(
        default=None,
        metadata={
            "help": "Play this recording as if it were the camera, to try things out. Nothing of "
            "it is kept in your history."
        },
    )
    stretches: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Only this stretch, such as upper-trapezius:left. May be repeated."},
    )
    profile: str | None = field(
        default=None,
        metadata={
            "help": "Your own comfortable range, as neckform calibrate kept it: a name, or a file. "
            "Targets follow it. The neutral is taken anew: chairs and screens move."
        },
    )
    hold_s: float | None = field(
        default=None, metadata={"help": "How long each stretch is held, in seconds."}
    )
    settings: Path | None = field(
        default=None, metadata={"help": "Your own stretches.toml, laid over the one shipped."}
    )
    out: Path | None = field(
        default=None,
        metadata={"help": "Also write report.html, report.json and frames.csv into this folder."},
    )
    record: Path | None = field(
        default=None,
        metadata={
            "help": "Also keep the routine: the picture in a .mp4 file, or the landmarks alone in "
            "a .nfobs file. Without this, nothing of the picture is kept."
        },
    )
    browser: bool = field(
        default=True, metadata={"help": "Open the page in your browser, or only print its address."}
    )
    port: int = field(default=0, metadata={"help": "Port of the page.  [default: a free one]"})
    voice: bool = field(
        default=True, metadata={"help": "With --text: speak with this computer's own voice."}
    )
    text: bool = field(
        default=False, metadata={"help": "The whole routine in the terminal, without a page."}
    )
    history: bool | None = field(
        default=None,
        metadata={"help": "Keep what was done in your history.  [default: yes, with a camera]"},
    )

    @property
    def keeps_history(self) -> bool:
        """As asked, or else when it was done at a camera."""
        return self.source is None if self.history is None else self.history


def option_help(name: str) -> str:
    """The help text of one setting, for the command line."""
    (found,) = (item for item in fields(CoachOptions) if item.name == name)
    return str(found.metadata["help"])
