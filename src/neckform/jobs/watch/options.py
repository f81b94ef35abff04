"""What can be asked of the monitor, for Python and the command line.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neckform.core.monitor.alert_settings import AlertSettings
from neckform.terminal.click_options import option, option_like, refuse_wrong
from neckform.terminal.person_option import MeantPerson, live_person_option
from neckform.terminal.way_options import mirrored_option, turn_option
from neckform.terminal.who_options import who_option


@dataclass(frozen=True, slots=True)
class WatchOptions(MeantPerson):
    """All choices of ``neckform watch`` that are not orders to one that runs already."""

    camera: int = option("Which camera; 0 is the first.", 0, low=0, high=99, shows_default=True)
    who: str | None = who_option()
    person: str | None = live_person_option()
    profile: str | None = option(
        "The neutral of a place, such as home or office, or a profile file. Taken at the first "
        "time and kept; used from then on.",
        metavar="NAME|FILE",
    )
    posture_settings: Path | None = option("Your own postures.toml, laid over the one shipped.")
    hint_s: float | None = option_like(AlertSettings, "hint_s", "--hint", tells_default=True)
    break_min: float | None = option_like(AlertSettings, "break_min", "--break", tells_default=True)
    notify: bool = option("Show desktop notifications.", True)
    tray: bool | None = option(
        "Show an icon in the tray.  [default: where neckform[tray] is installed]"
    )
    battery_s: float = option(
        "On battery, look once in so many seconds; 0.5 is as often as always.",
        1.0, flag="--on-battery", low=0.5, high=1.0, shows_default=True,
    )  # fmt: skip
    wait: bool = option("Wait for a camera that is not there yet, and do not end.", False)
    sound: bool = option("The desktop's own soft sound with a notice.", False)
    text: bool = option("Also print a line a minute.", False)
    json: bool = option("Print JSON lines, for another program, and no text.", False)
    source: Path | None = option(
        "Play this recording as if it were the camera, to try things out. Its minutes are not "
        "counted as today's.",
        metavar="VIDEO",
    )
    turn: str = turn_option()
    mirrored: bool = mirrored_option()
    fast: bool = option("With --source: as fast as it goes, not in real time.", False)

    def __post_init__(self) -> None:
        refuse_wrong(self)

    def alarms(self) -> AlertSettings:
        """The choices about speaking up, over the defaults."""
        given = {"hint_s": self.hint_s, "break_min": self.break_min}
        return AlertSettings(**{key: value for key, value in given.items() if value is not None})
