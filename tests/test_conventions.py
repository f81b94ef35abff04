"""docs/conventions.md, line by line: what it says is what the code does."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parent / "core"))
from people import SHOULDER_PX, SIZE, face, observation, pose

from neckform.core.measure.geometry import rotation_from_angles
from neckform.core.measure.head import HeadReader
from neckform.core.measure.observation import Observation, Pose
from neckform.core.measure.shoulders import read_shoulders
from neckform.core.neutral.baseline import neutral_of
from neckform.core.types import Angles, Evidence, Shoulders

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "conventions.md").read_text("utf-8")
BASELINE = neutral_of([observation(0)], "span")


@pytest.mark.parametrize("angles", [Angles(20, 30, -10), Angles(-25, -50, 35), Angles(0, 5, 0)])
def test_the_formulas_on_the_page_are_those_of_the_code(angles: Angles) -> None:
    R = rotation_from_angles(angles)  # noqa: N806 - the page's own name
    names = {"asin": np.arcsin, "atan2": np.arctan2, "R": R}
    found = dict(re.findall(r"^    (flexion|rotation|lateral)\s+= (.+)$", PAGE, re.M))
    assert len(found) == 3
    for name, formula in found.items():
        value = np.degrees(eval(formula, {"__builtins__": {}}, names))
        assert value == pytest.approx(getattr(angles, f"{name}_deg"))


def test_chin_down_moves_the_chin_down_and_back_in_the_picture() -> None:
    level, down = face().points, face(Angles(30, 0, 0)).points
    out = level[:, 2].argmax()  # the point that stands out furthest
    assert down[out, 1] < level[out, 1]
    assert HeadReader(BASELINE).read(face(Angles(30, 0, 0)), SIZE).angles.flexion_deg > 29


def test_own_left_is_on_the_right_of_the_picture() -> None:
    turned = face(Angles(0, 30, 0)).points
    out = face().points[:, 2].argmax()
    assert turned[out, 0] > face().points[out, 0]
    assert BASELINE.left_shoulder[0] > BASELINE.right_shoulder[0]


def test_tilting_to_the_own_left_moves_the_crown_to_the_right_of_the_picture() -> None:
    crown = face().points[:, 1].argmax()
    assert face(Angles(0, 0, 30)).points[crown, 0] > face().points[crown, 0]


def shifted(right_px: float, left_up_px: float = 0.0) -> Pose:
    body = pose(left_up_px=left_up_px)
    body.points[:, 0] += right_px
    return body


def test_shoulder_signs_and_units() -> None:
    up = read_shoulders(shifted(0, 26), 1.0, BASELINE)
    assert up is not None
    assert up.left_rise_sw == pytest.approx(26 / SHOULDER_PX)
    assert up.right_rise_sw == pytest.approx(0)
    assert up.tilt_deg < 0  # positive when the left shoulder is lower
    aside = read_shoulders(shifted(26), 1.0, BASELINE)
    assert aside is not None
    assert aside.right_x_sw == pytest.approx(26 / SHOULDER_PX)  # toward the own left


def test_names_carry_their_units() -> None:
    assert [f.name for f in fields(Shoulders)] == [
        "left_rise_sw",
        "right_rise_sw",
        "drift_sw",
        "tilt_deg",
        "turn_deg",
        "bend_deg",
        "wider",
        "head_nearer",
    ]
    assert Angles._fields == ("flexion_deg", "rotation_deg", "lateral_deg")
    assert "t_ms" in {f.name for f in fields(Observation)}


def test_evidence_has_three_values() -> None:
    assert [e.value for e in Evidence] == ["in", "out", "unseen"]
