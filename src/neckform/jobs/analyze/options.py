"""What can be asked of an analysis, for Python and the command line.

The command line reads this file, so nothing heavy is imported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from neckform.config.paths import kept_profile
from neckform.core.errors import SettingsError
from neckform.core.whom import Whom
from neckform.core.wording import worded
from neckform.terminal.click_options import option, refuse_wrong
from neckform.terminal.person_option import asked_for
from neckform.terminal.who_options import who_option

DEFAULT_OUT = Path("neckform-out")

_TIME = r"(?:\d+:)?(?:\d+:)?\d+(?:[.,]\d+)?"
_SPAN = re.compile(rf"\s*({_TIME})\s*[-\u2013]\s*({_TIME})\s*")


@dataclass(frozen=True, slots=True)
class BaselineChoice:
    """Where the neutral comes from.

    Attributes
    ----------
    span_ms : tuple of int or None
        Start and end in the recording.
    profile : Path or None
        A profile's file. With neither, the best neutral of the recording is found.
    held : bool
        Take none but a still upright second.
    """

    span_ms: tuple[int, int] | None = None
    profile: Path | None = None
    held: bool = False

    @classmethod
    def parse(cls, text: str, who: str | None = None) -> BaselineChoice:
        """Read ``auto``, ``held``, ``START-END``, or a profile: its name, or its file.

        A profile's name is looked for among those of `who`. Times are seconds, as 35 or 0.5 or
        0,5, or as neckform prints them: 0:35 or 1:02:03.

        Raises
        ------
        SettingsError
        """
        if text == "auto":
            return cls()
        if text == "held":
            return cls(held=True)
        if match := _SPAN.fullmatch(text):
            start_ms, end_ms = map(_ms, match.groups())
            if end_ms <= start_ms:
                raise SettingsError(
                    "--baseline",
                    [worded("{text}: the end must come after the start, as in 0.5-2", text=text)],
                )
            return cls(span_ms=(start_ms, end_ms))
        profile = kept_profile(text, who)
        if profile is None:
            raise SettingsError(
                "--baseline",
                [
                    worded(
                        "{text}: neither auto, nor held, nor START-END (as 35-36.5 or as "
                        "0:35-0:36), nor a profile that exists",
                        text=text,
                    )
                ],
            )
        return cls(profile=profile)


def _ms(time: str) -> int:
    """Milliseconds of ``35``, ``0,5``, ``0:35`` or ``1:02:03.5``."""
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds * 1000)


@dataclass(frozen=True, slots=True)
class AnalyzeOptions:
    """All choices of ``neckform analyze`` except which recordings."""

    out: Path | None = option(
        "Folder for the results.  [default: neckform-out/NAME; with several recordings, NAME is a "
        "folder in DIR]",
        metavar="DIR",
    )
    stretches: tuple[str, ...] = option(
        "Only judge this stretch, such as upper-trapezius or upper-trapezius:left. Repeat for "
        "more.  [default: all]",
        (),
        flag="--stretch",
        metavar="ID[:SIDE]",
    )
    card: Path | None = option(
        "Judge by a therapist's card, and answer it line by line: see neckform card.",
        metavar="CARD",
    )
    postures: bool | None = option(
        "--postures judges resting posture alone, for recordings of plain sitting (with "
        "--stretch: both); --no-postures judges stretches alone.  [default: both, where a stretch "
        "that is being held is never a bad posture]"
    )
    lying: str | None = option(
        "The person lies down: on the back, filmed from above, or on the side, filmed from where "
        "they face. Judges resting posture alone, against the body's own axis; without a neutral, "
        "and blind under blankets and in the dark.",
        choices=("back", "side"),
    )
    baseline: str = option(
        "The neutral that angles are relative to: auto (the best that the recording offers), held "
        "(a still upright second or nothing), START-END (as 35-36.5 or 0:35-0:36), "
        "or a profile: its name, or its file.",
        "auto",
        metavar="auto|held|START-END|FILE",
        shows_default=True,
    )
    turn: str = option(
        "Turn the picture clockwise by so many degrees. auto turns one that lies on its side, and "
        "says so; 0 leaves it as it is.",
        "auto",
        choices=("auto", "0", "90", "180", "270"),
        shows_default=True,
    )
    mirrored: bool = option(
        "The recording is a mirror image, as some front cameras and video calls keep it: left and "
        "right are swapped back.",
        False,
    )
    person: str | None = option(
        "Who is judged where several people are in view: left, middle or right of the picture, or "
        "a number counted from the left.  [default: the nearest and most central at first]",
        metavar="left|middle|right|N",
    )
    who: str | None = who_option()
    who_from: str | None = option(
        "folder: whose each recording is, is what the folder is called that it lies in: with "
        "clinic/P-017/monday.mp4 and neckform analyze clinic, P-017.",
        choices=("folder",),
    )
    sample_fps: float = option(
        "Pictures analysed per second of recording, 1 to 60.",
        10.0,
        low=1,
        high=60,
        shows_default=True,
    )
    annotate: bool = option(
        "Also write annotated.mp4, with angles, target, timer and reasons.", False
    )
    html: bool = option(
        "Whether to write report.html, the report to look at and to print.",
        True,
        shows_default=True,
    )
    pictures: bool = option("Put a picture of each stretch's best moment into report.html.", False)
    mot: bool = option("Also write angles.mot, the three angles for OpenSim.", False)
    trc: bool = option(
        "Also write markers.trc: head, shoulders and arms as markers for OpenSim.", False
    )
    parquet: bool = option("Also write frames.parquet; needs pyarrow.", False)
    csv_for: str | None = option(
        "excel: also write frames-excel.csv, which opens in Excel where numbers have a decimal "
        "comma.",
        choices=("excel",),
    )
    json: str | None = option(
        "Print the report, and nothing else, on standard output.", choices=("-",)
    )
    recursive: bool = option("Take the folders in a folder, too.", False)
    jobs: int = option(
        "Recordings analysed at the same time.", 1, low=1, high=64, shows_default=True
    )
    cluster: str | None = option(
        "Let the workers of this Dask cluster do it, which see the same folders and have the same "
        "neckform; needs 'neckform[cluster]'.",
        metavar="tcp://HOST:PORT",
    )
    again: bool = option(
        "Also analyse what was done before. Of several recordings, those are passed over whose "
        "results are in DIR, of the same content with the same settings and version.",
        False,
    )
    fail_on: str | None = option(
        "incomplete: exit with 1 when an asked stretch was not completed.",
        choices=("incomplete",),
    )
    settings: Path | None = option("Your own stretches.toml, laid over the one shipped.")
    posture_settings: Path | None = option("Your own postures.toml, laid over the one shipped.")
    face_model: Path | None = option("Another face landmarker bundle (.task).")
    pose_model: Path | None = option("Another pose landmarker bundle (.task).")
    record: Path | None = option(
        "Also keep the landmarks (no picture) in this .nfobs file, which can be analysed again in "
        "place of the video."
    )
    save_profile: Path | None = option("Also save the neutral as a profile for --baseline.")
    history: bool | None = option(
        "Whether a history keeps what was done: that of --who, or else your own; see neckform "
        "history.  [default: with --who; without, only a recording that is in yours already]",
        envvar="NECKFORM_HISTORY",
    )

    @property
    def whom(self) -> Whom | None:
        """Who is meant, where somebody is.

        Raises
        ------
        SettingsError
        """
        return asked_for(self.person)

    def __post_init__(self) -> None:
        refuse_wrong(self)
