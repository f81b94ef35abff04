"""Reads the fitting pictures through neckform's own sensing and geometry.

Rendered people, four set-ups (camera, light, background) each, 14 to 30 pictures a set-up: the
first four are its neutral. What comes out is one row of readings and truth a picture.
"""

from __future__ import annotations

import csv
import math
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from neckform.core.measure.geometry import angles_from_rotation, spread
from neckform.core.measure.head import HeadReader, HeadReading
from neckform.core.measure.observation import Baseline, Observation
from neckform.core.measure.shoulders import (
    ShoulderReading,
    head_against_shoulders,
    read_shoulders,
    shoulders_seen,
)
from neckform.core.neutral.baseline import neutral_of
from neckform.core.types import Angles, Float64

# The pictures are looked at as the measuring bench does it: one definition for both.
sys.path.append(str(Path(__file__).resolve().parents[1] / "bench"))
from against_truth.truth import one_each

USUAL = range(24)
"""People of the usual kind; those with higher numbers are other kinds of people and set-ups, who
are measured and never fitted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One picture's readings and truth.

    Attributes
    ----------
    picture : int
        Its number among the person's.
    upright : bool
        Whether the picture is higher than wide.
    seen : Observation
        What the models saw in it.
    baseline : Baseline
        Of its set-up.
    head : HeadReading or None
    shoulders : ShoulderReading or None
    head_moved_sw : ndarray, shape (11, 2), or None
        As `core.measure.correction.coarse_terms` takes it.
    to_camera, to_trunk : Angles
        True angles of the head against the neutral: relative to the camera, and to the trunk.
    trunk : Angles
        True angles of the trunk against the neutral.
    rises_sw : tuple of float
        True rises of the left and right shoulder in the picture, in shoulder widths.
    shoulders_inside : bool
        Whether both shoulder joints truly are in the picture.
    """

    person: int
    picture: int
    upright: bool
    neutral: bool
    seen: Observation
    baseline: Baseline
    head: HeadReading | None
    shoulders: ShoulderReading | None
    head_moved_sw: Float64 | None
    shoulder_widths_per_face: float
    to_camera: Angles
    to_trunk: Angles
    trunk: Angles
    rises_sw: tuple[float, float]
    hand: str
    shoulders_inside: bool

    @property
    def seen_head(self) -> HeadReading:
        """The head, of a row that has one."""
        assert self.head is not None
        return self.head

    @property
    def usual(self) -> bool:
        return self.person in USUAL

    @property
    def levator(self) -> bool:
        """Turned and bent down, as in that stretch."""
        return abs(self.to_trunk.rotation_deg) > 15.0 and self.to_trunk.flexion_deg > 10.0


def read_people(data: Path, *, closely: bool = True) -> list[Row]:
    """All rows of all people.

    Parameters
    ----------
    closely : bool
        As neckform looks, or small faces in the whole picture, too.
    """
    tables = sorted(data.glob("stills*/p*.csv"), key=lambda table: table.stem)
    if not tables:
        raise SystemExit(f"no pictures to fit on in {data}: it holds no stills*/p*.csv")
    return [
        row
        for table in tables
        for row in read_person(table.parent, int(table.stem[1:]), closely=closely)
    ]


def read_person(folder: Path, person: int, *, closely: bool = True) -> list[Row]:
    """All rows of one person; see `read_people`."""
    with (folder / f"p{person:02d}.csv").open() as file:
        truths = list(csv.DictReader(file))
    numbered = list(
        zip(range(len(truths)), truths, _observations(folder, truths, closely), strict=True)
    )
    rows: list[Row] = []
    for setup in sorted({truth["setup"] for truth in truths}):
        rows += _setup_rows(person, [one for one in numbered if one[1]["setup"] == setup])
    return rows


def _observations(folder: Path, truths: list[dict[str, str]], closely: bool) -> list[Observation]:
    return one_each((folder / truth["file"] for truth in truths), closely=closely)


def _setup_rows(person: int, pictures: list[tuple[int, dict[str, str], Observation]]) -> list[Row]:
    neutral = [one for one in pictures if one[1]["neutral"] == "1"]
    usable = [o for _, _, o in neutral if o.face is not None and o.pose and shoulders_seen(o.pose)]
    if len(usable) < len(neutral) / 2:
        return []
    baseline = neutral_of(usable, "span")
    reader = HeadReader(baseline)
    per_face = baseline.shoulder_width_px / spread(baseline.mesh)
    truths = [truth for _, truth, _ in neutral]
    head_axes = _mean_rotation([_matrix(t, "R_head_cam") for t in truths])
    trunk_axes = _mean_rotation([_matrix(t, "R_trunk_cam") for t in truths])
    left0 = np.mean([_joint(t, "l") for t in truths], axis=0)
    right0 = np.mean([_joint(t, "r") for t in truths], axis=0)
    width = float(np.linalg.norm(left0 - right0))
    rows = []
    for number, truth, seen in pictures:
        left, right = _joint(truth, "l"), _joint(truth, "r")
        shoulders = read_shoulders(seen.pose, 1.0, baseline) if seen.pose else None
        moved = None
        if seen.pose and shoulders_seen(seen.pose):
            against = head_against_shoulders(seen.pose, baseline.shoulder_width_px)
            moved = against - baseline.pose_head
        rows.append(
            Row(
                person=person,
                picture=number,
                upright=seen.size[1] > seen.size[0],
                neutral=truth["neutral"] == "1",
                seen=seen,
                baseline=baseline,
                head=reader.read(seen.face, seen.size) if seen.face else None,
                shoulders=shoulders,
                head_moved_sw=moved,
                shoulder_widths_per_face=per_face,
                to_camera=angles_from_rotation(head_axes.T @ _matrix(truth, "R_head_cam")),
                to_trunk=angles_from_rotation(_matrix(truth, "R_head_trunk")),
                trunk=angles_from_rotation(trunk_axes.T @ _matrix(truth, "R_trunk_cam")),
                rises_sw=(
                    float(left[1] - left0[1]) / width,
                    float(right[1] - right0[1]) / width,
                ),
                hand=truth["hand_on_head"],
                shoulders_inside=all(_inside(joint, seen.size) for joint in (left, right)),
            )
        )
    return rows


def _joint(truth: dict[str, str], side: str) -> Float64:
    """A shoulder joint in the picture, y up; shape (2,)."""
    return np.array([float(truth[f"sh_{side}_px_x"]), -float(truth[f"sh_{side}_px_y"])])


def _inside(joint: Float64, size: tuple[int, int]) -> bool:
    return bool(0 <= joint[0] < size[0] and 0 <= -joint[1] < size[1])


def _matrix(truth: dict[str, str], name: str) -> Float64:
    return np.array([[float(truth[f"{name}_{i}{j}"]) for j in range(3)] for i in range(3)])


def _mean_rotation(rotations: list[Float64]) -> Float64:
    u, _, vt = np.linalg.svd(np.mean(rotations, axis=0))
    mean: Float64 = (u * [1.0, 1.0, math.copysign(1.0, np.linalg.det(u @ vt))]) @ vt
    return mean
