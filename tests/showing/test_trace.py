import base64
from typing import Any

import numpy as np
import pytest

from neckform.core.types import Angles, Head, HeadSource, Sample
from neckform.showing.html.trace import ANGLES, LONGEST, UNSEEN, Trace
from page_making import sample, trace


def unpacked(packed: dict[str, Any]) -> dict[str, Any]:
    """As report.js reads it."""
    columns: dict[str, Any] = {
        "t_ms": np.frombuffer(base64.b64decode(packed["t_ms"]), "<u4").astype(np.int64)
    }
    for name, column in packed["columns"].items():
        kind = "<u1" if column["bytes"] == 1 else "<i2"
        whole = np.frombuffer(base64.b64decode(column["data"]), kind)
        columns[name] = np.where(whole == column["unseen"], np.nan, whole * column["step"])
    return columns


def test_what_goes_in_comes_out() -> None:
    made = Trace()
    made.add(0, None)
    made.add(5_000_000, sample(5_000_000))
    columns = unpacked(made.packed())
    assert list(columns["t_ms"]) == [0, 5_000_000]
    seen = sample(5_000_000)
    assert seen.head is not None
    assert seen.shoulders is not None
    for name, value in zip(ANGLES, seen.head.angles, strict=True):
        assert np.isnan(columns[name][0])
        assert columns[name][1] == pytest.approx(value, abs=0.006)
    assert columns["left_rise_sw"][1] == pytest.approx(seen.shoulders.left_rise_sw, abs=0.0006)
    assert columns["turn_deg"][1] == pytest.approx(1.0)
    assert columns["rotation_sure"][1] == pytest.approx(6.0)


def test_a_coarse_direction_is_not_drawn() -> None:
    made = Trace()
    angles = Angles(40, 0, 0)
    made.add(0, Sample(0, Head(angles, angles, angles, HeadSource.POSE, 0.2), None))
    assert np.isnan(unpacked(made.packed())["flexion_deg"]).all()


def test_lost_begins_after_the_neutral() -> None:
    made = trace(minutes=2)
    assert list(made.lost()) == [(57_000, 60_000), (117_000, 119_900)]
    assert list(Trace().lost()) == []


def test_mean_standard_error() -> None:
    assert trace().sure_deg() == pytest.approx((2, 6, 3))
    assert Trace().sure_deg() is None


def test_a_long_trace_is_thinned_without_losing_a_peak() -> None:
    made = trace(minutes=100)
    angles = Angles(80, -80, 0)
    made.add(6_000_100, Sample(6_000_100, Head(angles, angles, angles, HeadSource.FACE, 1), None))
    packed = made.packed()
    assert packed["rows"] <= LONGEST + 2
    columns = unpacked(packed)
    assert np.all(np.diff(columns["t_ms"]) > 0)
    assert columns["t_ms"][0] == 0
    assert columns["t_ms"][-1] == pytest.approx(6_000_100, abs=400)
    assert np.nanmax(columns["flexion_deg"]) == 80
    assert np.nanmin(columns["rotation_deg"]) == -80
    # Three seconds unseen stay unseen.
    lost = (columns["t_ms"] > 57_500) & (columns["t_ms"] < 59_500)
    assert np.isnan(columns["flexion_deg"][lost]).all()


def test_an_angle_beyond_all_bounds_is_no_sign_change() -> None:
    made = Trace()
    angles = Angles(1e6, -1e6, 0)
    made.add(0, Sample(0, Head(angles, angles, angles, HeadSource.FACE, 1), None))
    columns = unpacked(made.packed())
    assert columns["flexion_deg"][0] > 300
    assert columns["rotation_deg"][0] < -300
    assert made.packed()["columns"]["flexion_deg"]["unseen"] == UNSEEN
