"""The truth clips, read for measuring: observations on one side, true angles on the other.

The data are not part of neckform; see docs/accuracy.md for what they are.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from neckform.core.measure.observation import Observation
from neckform.core.types import Angles
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.observer import EVERY_FRAME, observe
from neckform.sensing.sources.video import Frame

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class TrueMoment:
    """Truth of one frame; shoulder measures as the picture shows them, not yet against a neutral.

    Attributes
    ----------
    left, right : tuple of float
        Shoulder joints in the picture, pixels, y up.
    trunk_turn_deg : float
    hand : float
        How far a hand is on its way to the head: 0 is away, 1 is there.
    trunk : Angles
        How far the body bends, turns and leans.
    """

    t_ms: int
    angles: Angles
    left: tuple[float, float]
    right: tuple[float, float]
    trunk_turn_deg: float
    hand: float
    phase: str
    trunk: Angles

    @property
    def is_fair(self) -> bool:
        """Whether the head is where it is promised to be measured."""
        flexion, rotation, lateral = self.angles
        return -35 <= flexion <= 50 and abs(rotation) <= 60 and abs(lateral) <= 45

    def mirrored(self) -> TrueMoment:
        """The same moment in a mirror: the left shoulder is what was the right one."""
        return replace(
            self,
            angles=self.angles.mirrored(),
            left=(-self.right[0], self.right[1]),
            right=(-self.left[0], self.left[1]),
            trunk_turn_deg=-self.trunk_turn_deg,
            trunk=self.trunk.mirrored(),
        )


@dataclass(frozen=True, slots=True)
class Clip:
    """One rendered clip."""

    name: str
    video: Path
    moments: tuple[TrueMoment, ...]
    expected: dict[str, Any]

    def at(self, t_ms: int) -> TrueMoment:
        """The moment nearest to a time."""
        return min(self.moments, key=lambda moment: abs(moment.t_ms - t_ms))

    def mirrored(self) -> Clip:
        """The truth of the clip's mirror image."""
        other = {"left": "right", "right": "left", None: None}
        holds = [hold | {"side": other[hold["side"]]} for hold in self.expected["holds"]]
        return replace(
            self,
            moments=tuple(moment.mirrored() for moment in self.moments),
            expected=self.expected | {"holds": holds},
        )


def clips(folder: Path | None = None) -> list[Clip]:
    """All rendered clips, by name."""
    root = folder or DATA / "synthetic"
    return [_clip(path) for path in sorted(root.glob("*.mp4"))]


def bodies() -> list[Clip]:
    """The clips of what bodies do that have a right outcome, by name."""
    videos = sorted((DATA / "bodies").glob("*.mp4"))
    return [_clip(video) for video in videos if _expected(video).exists()]


def _expected(video: Path) -> Path:
    return video.with_name(f"{video.stem}.expected.json")


def _clip(video: Path) -> Clip:
    with video.with_suffix(".csv").open() as file:
        moments = tuple(_moment(row) for row in csv.DictReader(file))
    expected = json.loads(_expected(video).read_text())
    return Clip(video.stem, video, moments, expected)


def _moment(row: dict[str, str]) -> TrueMoment:
    return TrueMoment(
        t_ms=round(float(row["time_s"]) * 1000),
        angles=Angles(float(row["head_pitch"]), float(row["head_yaw"]), float(row["head_roll"])),
        left=(float(row["sh_l_px_x"]), -float(row["sh_l_px_y"])),
        right=(float(row["sh_r_px_x"]), -float(row["sh_r_px_y"])),
        trunk_turn_deg=float(row["trunk_yaw"]),
        hand=float(row["hand_w"]),
        phase=row["phase"],
        trunk=Angles(*(float(row[f"trunk_{axis}"]) for axis in ("pitch", "yaw", "roll"))),
    )


def seen(
    frames: Iterable[Frame], *, every_frame: bool = False, closely: bool = True
) -> Iterator[Observation]:
    pace = EVERY_FRAME if every_frame else None
    with closing(observe(frames, find_models(), pace=pace, closely=closely)) as looks:
        for _, observation in looks:
            yield observation


@dataclass(frozen=True, slots=True)
class RealMoment:
    """A real head with measured pose."""

    picture: Path
    t_ms: int
    angles: Angles
    is_neutral: bool


def biwi_moments() -> list[RealMoment]:
    """Frames of BIWI sequence 19, 30 a second, and where the head truly is."""
    folder = DATA / "biwi19"
    with (folder / "truth.csv").open() as file:
        rows = list(csv.DictReader(file))
    return [
        RealMoment(
            picture=folder / row["file"],
            t_ms=round(int(row["frame"]) * 1000 / 30),
            angles=Angles(
                float(row["flexion_deg"]), float(row["rotation_deg"]), float(row["lateral_deg"])
            ),
            is_neutral=row["is_neutral"] == "1",
        )
        for row in rows
    ]


def biwi() -> tuple[list[RealMoment], list[Observation]]:
    """BIWI sequence 19, observed as a video of 30 frames a second."""
    moments = biwi_moments()
    frames = (Frame(moment.t_ms, cv2.imread(str(moment.picture))) for moment in moments)
    return moments, list(seen(frames))


@dataclass(frozen=True, slots=True)
class Asked:
    """A real picture and where the person was asked to look (degrees, our signs)."""

    person: int
    flexion_deg: float
    rotation_deg: float


def pointing() -> list[tuple[Asked, Observation]]:
    """The Pointing'04 pictures, each looked at afresh."""
    folder = DATA / "pointing04"
    with (folder / "truth.csv").open() as file:
        rows = list(csv.DictReader(file))
    asked = [
        Asked(
            int(row["person"]),
            float(row["nominal_flexion_deg"]),
            float(row["nominal_rotation_deg"]),
        )
        for row in rows
    ]
    return list(zip(asked, one_each(folder / row["file"] for row in rows), strict=True))


LOOKS = 3
"""A still is shown this often, so that the models follow it as they do in a video."""


def one_each(paths: Iterable[Path], *, closely: bool = True) -> list[Observation]:
    """Each still observed afresh: nothing is followed over from the one before."""
    looks = seen(_afresh(paths), every_frame=True, closely=closely)
    return [look for index, look in enumerate(looks) if index % (LOOKS + 1) == LOOKS]


def _afresh(paths: Iterable[Path]) -> Iterator[Frame]:
    t_ms = 0
    for path in paths:
        image = cv2.imread(str(path))
        t_ms += 4000  # longer than anybody is waited for
        yield Frame(t_ms, np.zeros_like(image))
        for _ in range(LOOKS):
            t_ms += 100
            yield Frame(t_ms, image)
