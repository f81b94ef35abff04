"""What can be asked of the monitor: each setting is defined here once, with default and help.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from neckform.core.alarm_settings import AlarmSettings
from neckform.core.setting import HELP, HIGH, LOW


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """All choices of ``neckform watch`` that are not orders to one that runs already."""

    camera: int = field(default=0, metadata={"help": "Which camera; 0 is the first."})
    source: Path | None = field(
        default=None,
        metadata={
            "help": "Play this recording as if it were the camera, to try things out. Its minutes "
            "are not counted as today's."
        },
    )
    fast: bool = field(
        default=False,
        metadata={"help": "With --source: as fast as it goes, not in real time."},
    )
    profile: str | None = field(
        default=None,
        metadata={
            "help": "The neutral of a place, such as home or office, or a profile file. Taken at "
            "the first time and kept; used from then on."
        },
    )
    posture_settings: Path | None = field(
        default=None, metadata={"help": "Your own postures.toml, laid over the one shipped."}
    )
    text: bool = field(default=False, metadata={"help": "Also print a line a minute."})
    json: bool = field(
        default=False, metadata={"help": "Print JSON lines, for another program, and no text."}
    )
    notify: bool = field(default=True, metadata={"help": "Show desktop notifications."})
    sound: bool = field(
        default=False, metadata={"help": "The desktop's own soft sound with a notice."}
    )
    hint_s: float | None = field(default=None, metadata={"help": "hint_s"})
    break_min: float | None = field(default=None, metadata={"help": "break_min"})

    def alarms(self) -> AlarmSettings:
        """What was set about speaking up, over the defaults."""
        given = {"hint_s": self.hint_s, "break_min": self.break_min}
        return AlarmSettings(**{key: value for key, value in given.items() if value is not None})


def option_help(name: str) -> str:
    """The help text of one setting, for the command line."""
    (found,) = (item for item in fields(WatchOptions) if item.name == name)
    return str(found.metadata["help"])


def alarm_option(name: str) -> tuple[float, float, str]:
    """Least, greatest and help of one of the `AlarmSettings`, with its default."""
    (found,) = (item for item in fields(AlarmSettings) if item.name == name)
    text = str(found.metadata[HELP])
    shown = f"{text[0].upper()}{text[1:]}.  [default: {found.default:g}]"
    return found.metadata[LOW], found.metadata[HIGH], shown
