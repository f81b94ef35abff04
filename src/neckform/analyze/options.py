"""What can be asked of an analysis: each setting is defined here once, with default and help."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from neckform.core.errors import SettingsError
from neckform.own_data import kept_profile

if TYPE_CHECKING:  # the command line reads this file, and must not load numpy
    pass

DEFAULT_OUT = Path("neckform-out")

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class BaselineChoice:
    """Where the neutral comes from.

    Attributes
    ----------
    span_ms : tuple of int or None
        Start and end in the recording.
    profile : Path or None
        A profile's file. With neither, the neutral is found automatically.
    """

    span_ms: tuple[int, int] | None = None
    profile: Path | None = None

    @classmethod
    def parse(cls, text: str) -> BaselineChoice:
        """Read ``auto``, ``START-END`` in seconds, or a profile: its name, or its file.

        Raises
        ------
        SettingsError
        """
        if text == "auto":
            return cls()
        if match := _SPAN.fullmatch(text):
            start_ms, end_ms = (round(float(number) * 1000) for number in match.groups())
            if end_ms <= start_ms:
                raise SettingsError(
                    "--baseline", [f"{text}: the end must come after the start, as in 0.5-2"]
                )
            return cls(span_ms=(start_ms, end_ms))
        profile = kept_profile(text)
        if profile is None:
            raise SettingsError(
                "--baseline",
                [f"{text}: neither auto, nor START-END in seconds, nor a profile that exists"],
            )
        return cls(profile=profile)


@dataclass(frozen=True, slots=True)
class AnalyzeOptions:
    """All choices of ``neckform analyze`` except which recordings."""

    out: Path | None = field(
        default=None,
        metadata={
            "help": "Folder for the results.  [default: neckform-out/NAME; with several "
            "recordings, NAME is a folder in DIR]"
        },
    )
    stretches: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Only judge this stretch, such as upper-trapezius or upper-trapezius:left. "
            "Repeat for more.  [default: all]"
        },
    )
    postures: bool | None = field(
        default=None,
        metadata={
            "help": "--postures judges resting posture alone, for recordings of plain sitting "
            "(with --stretch: both); --no-postures judges stretches alone.  [default: both, where "
            "a stretch that is being held is never a bad posture]"
        },
    )
    lying: str | None = field(
        default=None,
        metadata={
            "help": "The person lies down: on the back, filmed from above, or on the side, filmed "
            "from where they face. Judges resting posture alone, against the body's own axis; "
            "without a neutral, and blind under blankets and in the dark."
        },
    )
    baseline: str = field(
        default="auto",
        metadata={
            "help": "The neutral that angles are relative to: auto, START-END in seconds, or a "
            "profile: its name, or its file."
        },
    )
    sample_fps: float = field(
        default=10.0, metadata={"help": "Pictures analysed per second of recording, 1 to 60."}
    )
    annotate: bool = field(
        default=False,
        metadata={"help": "Also write annotated.mp4, with angles, target, timer and reasons."},
    )
    html: bool = field(
        default=True,
        metadata={"help": "Whether to write report.html, the report to look at and to print."},
    )
    pictures: bool = field(
        default=False,
        metadata={"help": "Put a picture of each stretch's best moment into report.html."},
    )
    mot: bool = field(
        default=False,
        metadata={"help": "Also write angles.mot, the three angles for OpenSim."},
    )
    parquet: bool = field(
        default=False,
        metadata={"help": "Also write frames.parquet; needs pyarrow."},
    )
    fail_on_incomplete: bool = field(
        default=False,
        metadata={"help": "incomplete: exit with 1 when an asked stretch was not completed."},
    )
    settings: Path | None = field(
        default=None, metadata={"help": "Your own stretches.toml, laid over the one shipped."}
    )
    posture_settings: Path | None = field(
        default=None, metadata={"help": "Your own postures.toml, laid over the one shipped."}
    )
    face_model: Path | None = field(
        default=None, metadata={"help": "Another face landmarker bundle (.task)."}
    )
    pose_model: Path | None = field(
        default=None, metadata={"help": "Another pose landmarker bundle (.task)."}
    )
    record: Path | None = field(
        default=None,
        metadata={
            "help": "Also keep the landmarks (no picture) in this .nfobs file, which can be "
            "analysed again in place of the video."
        },
    )
    save_profile: Path | None = field(
        default=None,
        metadata={"help": "Also save the neutral as a profile for --baseline."},
    )
    history: bool | None = field(
        default=None,
        metadata={
            "help": "Whether your own history keeps what was done: see neckform history.  "
            "[default: a single recording is kept, several or a folder are not]"
        },
    )


def option_help(name: str) -> str:
    """The help text of one setting, for the command line."""
    (found,) = (item for item in fields(AnalyzeOptions) if item.name == name)
    return str(found.metadata["help"])
