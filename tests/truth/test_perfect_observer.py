"""The hold machine, fed with the truth, must say what a perfect observer would.

Shoulders are taken as a camera sees them: places in the picture, upright, divided by the distance
between the shoulders in the clip's first second.
"""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest

from neckform.config.settings import load_settings
from neckform.core.stretch import holds
from neckform.core.types import Angles, Head, HeadSource, Hold, Sample, Shoulders, Side

pytestmark = pytest.mark.truth

TOLERANCE_S = 0.3
NEUTRAL_S = 1.0
CLIPS = 30  # so that a folder which lost some does not pass in silence


def test_every_clip_agrees_with_its_expected_holds(truth_data: Path) -> None:
    names = sorted(path.stem for path in (truth_data / "synthetic").glob("*.csv"))
    assert len(names) == CLIPS
    settings = load_settings()
    disagreements = []
    for name in names:
        found = _observe(truth_data / "synthetic" / f"{name}.csv", settings)
        expected = json.loads(
            (truth_data / "synthetic" / f"{name}.expected.json").read_text("utf-8")
        )["holds"]
        if "_move_" in name:  # its exact seconds are doubtful, "not completed" is not
            if any(hold.completed for hold in found):
                disagreements.append(f"{name}: completed")
            continue
        if [_facts(hold) for hold in found] != [_expected_facts(hold) for hold in expected]:
            disagreements.append(f"{name}: {found} instead of {expected}")
            continue
        for hold, truth in zip(found, expected, strict=True):
            for key, value_ms in (
                ("start_s", hold.start_ms),
                ("end_s", hold.end_ms),
                ("held_s", hold.held_ms),
            ):
                if abs(value_ms / 1000 - truth[key]) > TOLERANCE_S:
                    disagreements.append(f"{name}: {key} {value_ms / 1000} not {truth[key]}")
    assert not disagreements, "\n".join(disagreements)


def _facts(hold: Hold) -> tuple[object, ...]:
    return hold.stretch, hold.side, hold.completed, hold.ended_by, len(hold.pauses)


def _expected_facts(hold: dict[str, object]) -> tuple[object, ...]:
    pauses = hold["pauses"]
    assert isinstance(pauses, list)
    return hold["stretch"], hold["side"], hold["completed"], hold["ended_by"], len(pauses)


def _observe(path: Path, settings: holds.HoldSettings) -> list[Hold]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    first = [row for row in rows if float(row["time_s"]) <= NEUTRAL_S]
    left = _mean(first, "sh_l_px_x"), _mean(first, "sh_l_px_y")
    right = _mean(first, "sh_r_px_x"), _mean(first, "sh_r_px_y")
    state = holds.begin(settings)
    ended = []
    for row in rows:
        state, events = holds.step(state, _sample(row, left, right))
        ended += [event.hold for event in events if event.hold]
    state, events = holds.finish(state)
    ended += [event.hold for event in events if event.hold]
    return sorted(ended, key=lambda hold: hold.start_ms)


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
