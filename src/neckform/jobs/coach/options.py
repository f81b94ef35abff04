"""What can be asked of the coach: each option stands here alone, for Python and the command line.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neckform.core.coach.pace import Pace
from neckform.terminal.click_options import option, option_like, refuse_wrong
from neckform.terminal.person_option import MeantPerson, live_person_option
from neckform.terminal.way_options import mirrored_option, strict_option, turn_option
from neckform.terminal.who_options import who_option


@dataclass(frozen=True, slots=True)
class CoachOptions(MeantPerson):
    """All choices of ``neckform coach`` that are not made in the page."""

    camera: int = option("Which camera; 0 is the first.", 0, low=0, high=99, shows_default=True)
    source: Path | None = option(
        "Play this recording as if it were the camera, to try things out. Nothing of it is kept in "
        "your history.",
        metavar="VIDEO",
    )
    strict: bool = strict_option()
    turn: str = turn_option()
    mirrored: bool = mirrored_option()
    stretches: tuple[str, ...] = option(
        "Only this stretch, such as upper-trapezius:left. May be repeated.",
        (),
        flag="--stretch",
        metavar="ID[:SIDE]",
    )
    card: Path | None = option(
        "A therapist's card: its stretches, seconds, repetitions and words. The same as CARD.",
        metavar="CARD",
    )
    who: str | None = who_option()
    person: str | None = live_person_option()
    profile: str | None = option(
        "Your own comfortable range, as neckform calibrate kept it: a name, or a file. Targets "
        "follow it. The neutral is taken anew: chairs and screens move.",
        metavar="NAME|FILE",
    )
    brief: bool = option(
        "Only the first of these stretches, as in a break: the questions come once a day, nothing "
        "is chosen, and it closes by itself.",
        False,
    )
    hold_s: float | None = option_like(Pace, "hold_s", "--hold")
    settings: Path | None = option("Your own stretches.toml, laid over the one shipped.")
    out: Path | None = option(
        "Also write report.html, report.json and frames.csv into this folder.", metavar="DIR"
    )
    record: Path | None = option(
        "Also keep the routine: the picture in a .mp4 file, or the landmarks alone in a .nfobs "
        "file. Without this, nothing of the picture is kept."
    )
    browser: bool = option("Open the page in your browser, or only print its address.", True)
    port: int = option("Port of the page.  [default: a free one]", 0, low=0, high=65535)
    text: bool = option("The whole routine in the terminal, without a page.", False)
    voice: bool = option("With --text: speak with this computer's own voice.", True)
    history: bool | None = option(
        "Keep what was done in your history.  [default: yes, with a camera]",
        envvar="NECKFORM_HISTORY",
    )

    def __post_init__(self) -> None:
        refuse_wrong(self)

    @property
    def keeps_history(self) -> bool:
        """As asked, or else when it was done at a camera."""
        return self.source is None if self.history is None else self.history
