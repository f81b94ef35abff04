"""What can be asked of the calibration, for Python and the command line.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neckform.config.paths import OWN_PROFILE
from neckform.showing.words.catalogue import language_tags
from neckform.terminal.click_options import option, refuse_wrong
from neckform.terminal.person_option import MeantPerson, live_person_option
from neckform.terminal.way_options import mirrored_option, strict_option, turn_option
from neckform.terminal.who_options import who_option


@dataclass(frozen=True, slots=True)
class CalibrateOptions(MeantPerson):
    """All choices of ``neckform calibrate``."""

    who: str | None = who_option()
    profile: str = option(
        "What the profile is called, such as home, or a .json file.",
        OWN_PROFILE,
        metavar="NAME|FILE",
        shows_default=True,
    )
    camera: int = option("Which camera; 0 is the first.", 0, low=0, high=99, shows_default=True)
    source: Path | None = option(
        "Play this recording as if it were the camera, to try things out.", metavar="VIDEO"
    )
    person: str | None = live_person_option()
    strict: bool = strict_option()
    turn: str = turn_option()
    mirrored: bool = mirrored_option()
    language: str | None = option(
        f"Language of what is said: {', '.join(language_tags())}.  [default: the browser's or the "
        "system's]",
        choices=tuple(language_tags()),
        metavar="TEXT",
    )
    settings: Path | None = option("Your own stretches.toml, laid over the one shipped.")
    browser: bool = option("Open the page in your browser, or only print its address.", True)
    port: int = option("Port of the page.  [default: a free one]", 0, low=0, high=65535)
    text: bool = option("In the terminal, without a page.", False)
    voice: bool = option("With --text: speak with this computer's own voice.", True)

    def __post_init__(self) -> None:
        refuse_wrong(self)
