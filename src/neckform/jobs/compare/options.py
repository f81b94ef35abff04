"""What can be asked of a comparison.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neckform.terminal.click_options import option, refuse_wrong


def _column(what: str, example: str) -> str | None:
    column: str | None = option(
        f"Column of the reference with {what}; a minus in front turns the sign around, as in "
        f"--{example}.  [default: by its name]",
        metavar="[-]COLUMN",
    )
    return column


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """All choices of ``neckform compare`` except what is compared."""

    out: Path = option("Folder for the results.", Path("neckform-compare"), metavar="DIR")
    time: str | None = option(
        "Column of the reference with the time.  [default: by its name]", metavar="COLUMN"
    )
    rate: float | None = option(
        "Rows of the reference in a second, where it has no column of times.",
        low=0.01,
        high=100_000,
    )
    time_unit: str = option(
        "Unit of the reference's times.", "s", choices=("s", "ms"), shows_default=True
    )
    flexion: str | None = _column("flexion, + chin down", "flexion=-pitch")
    rotation: str | None = _column("rotation, + to the person's own left", "rotation=-yaw")
    lateral: str | None = _column("lateral flexion, + to the own left", "lateral=-roll")
    radians: bool = option("The reference's angles are radians.", False)
    shift: float | None = option(
        "Seconds that the reference's clock is ahead of neckform's.  [default: found]",
        low=-1e10,
        high=1e10,
        metavar="SECONDS",
    )
    zero: str | None = option(
        "Make both zero on average from START to END of the recording, for a reference whose zero "
        "is not the person's neutral.",
        metavar="START-END",
    )
    between: tuple[str, ...] = option(
        "Compare only where this axis of the reference lies between two angles, such as "
        "rotation:-45:45. Repeat for more.",
        (),
        metavar="AXIS:LOW:HIGH",
    )
    coarse: bool = option(
        "Also compare moments without a face, where the body gives a direction and no degrees.",
        False,
    )

    def __post_init__(self) -> None:
        refuse_wrong(self)
