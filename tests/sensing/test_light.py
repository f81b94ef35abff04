from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from neckform.sensing.landmarks.light import Light

Picture = NDArray[np.uint8]


def picture(dark: int, bright: int) -> Picture:
    """All greys from the one to the other."""
    column = np.linspace(dark, bright, 240).astype(np.uint8)
    return np.repeat(np.repeat(column[:, None, None], 320, axis=1), 3, axis=2)


def spread(seen: Picture) -> float:
    low, high = np.percentile(seen, (1, 99))
    return float(high - low)


def test_a_picture_of_ordinary_contrast_is_left_alone() -> None:
    ordinary = picture(30, 210)
    assert Light().read(ordinary, 0) is ordinary


@pytest.mark.parametrize(("dark", "bright"), [(0, 70), (140, 240), (90, 160)])
def test_little_contrast_is_spread_over_the_greys(dark: int, bright: int) -> None:
    before = picture(dark, bright)
    kept = before.copy()
    seen = Light().read(before, 0)
    assert spread(seen) > 200
    assert (seen[1:].astype(int) >= seen[:-1].astype(int)).all()  # what was brighter still is
    assert (before == kept).all()


def test_a_picture_of_one_grey_is_not_torn_to_noise() -> None:
    draw = np.random.default_rng(0)
    noise = np.clip(draw.normal(20.0, 2.0, (240, 320, 3)), 0, 255).astype(np.uint8)
    seen = Light().read(noise, 0)
    assert seen.std() <= 4.2 * noise.std()


def test_nothing_jumps_at_the_limit() -> None:
    seen = [Light().read(picture(60, bright), 0) for bright in range(150, 215)]
    steps = [np.abs(np.subtract(b, a, dtype=int)).max() for a, b in pairwise(seen)]
    assert max(steps) <= 8


def test_a_light_that_goes_on_blinds_nobody_and_one_that_dims_does_not_flicker() -> None:
    light = Light()
    assert spread(light.read(picture(10, 70), 0)) > 200
    bright = picture(30, 210)
    assert light.read(bright, 100) is bright
    assert spread(light.read(picture(10, 70), 200)) < 100  # not at once
    for t_ms in range(300, 15000, 100):
        seen = light.read(picture(10, 70), t_ms)
    assert spread(seen) > 200
