"""The truth of a rendered clip as the samples that a perfect observer would have."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path

from neckform.core.types import Angles, Head, HeadSource, Sample, Shoulders, Side

NEUTRAL_S = 1.0


def true_samples(path: Path) -> Iterator[Sample]:
    """One sample for each row of a clip's table.

    Shoulders are taken as a camera sees them: places in the picture, upright, divided by the
    distance between the shoulders in the clip's first second.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    first = [row for row in rows if float(row["time_s"]) <= NEUTRAL_S]
    left = _mean(first, "sh_l_px_x"), _mean(first, "sh_l_px_y")
    right = _mean(first, "sh_r_px_x"), _mean(first, "sh_r_px_y")
    for row in rows:
        yield _sample(row, left, right)


def _sample(row: dict[str, str], left: tuple[float, float], right: tuple[float, float]) -> Sample:
    at = {key: float(row[key]) for key in row if "_px_" in key}
    width = math.dist(left, right)
    angles = Angles(float(row["head_pitch"]), float(row["head_yaw"]), float(row["head_roll"]))
    line = _tilt(at["sh_l_px_x"], at["sh_l_px_y"], at["sh_r_px_x"], at["sh_r_px_y"])
    shoulders = Shoulders(
        left_rise_sw=(left[1] - at["sh_l_px_y"]) / width,
        right_rise_sw=(right[1] - at["sh_r_px_y"]) / width,
        drift_sw=(at["sh_l_px_x"] + at["sh_r_px_x"] - left[0] - right[0]) / 2 / width,
        tilt_deg=line - _tilt(*left, *right),
        turn_deg=float(row["trunk_yaw"]),
        bend_deg=max(0.0, float(row["trunk_pitch"])),
    )
    head = Head(angles, angles, Angles(0.0, 0.0, 0.0), HeadSource.FACE, 1.0)
    sides = {"L": Side.LEFT, "R": Side.RIGHT}
    hand = sides.get(row["hand_on_head"]) if float(row["hand_w"]) > 0.5 else None
    hands = frozenset({hand} if hand else ())
    return Sample(round(float(row["time_s"]) * 1000), head, shoulders, hands)


def _tilt(left_x: float, left_y: float, right_x: float, right_y: float) -> float:
    """In degrees, + when the left shoulder is lower; y as in pictures, downward."""
    return math.degrees(math.atan2(left_y - right_y, left_x - right_x))


def _mean(rows: list[dict[str, str]], key: str) -> float:
    return sum(float(row[key]) for row in rows) / len(rows)
