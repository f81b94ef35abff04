"""The neutrals of the places, in files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from neckform.config.places import read_places, write_places
from neckform.core.measure.observation import Baseline


def place(width_px: float) -> Baseline:
    mesh = np.random.default_rng(7).uniform(-50.0, 50.0, (468, 3))
    shoulder = np.array([width_px / 2, -80.0])
    return Baseline(
        "held", 0, 1000, (640, 480), mesh, shoulder, shoulder * [-1, 1], width_px, 0.0,
        np.zeros((11, 2)),
    )  # fmt: skip


def test_places_are_kept_in_order_and_a_damaged_one_is_passed_over(own_folders: Path) -> None:
    assert read_places() == ()
    write_places([place(200), place(220), place(240)])
    assert [one.shoulder_width_px for one in read_places()] == [200, 220, 240]
    write_places([place(210), place(230)])
    assert [one.shoulder_width_px for one in read_places()] == [210, 230]
    files = sorted(own_folders.rglob("place-*.json"))
    assert len(files) == 2
    files[0].write_text("{")
    assert [one.shoulder_width_px for one in read_places()] == [230]
