"""A camera that shakes carries head and shoulders alike; a body that sways does not."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "core"))
from people import observation, pose

from neckform.core.measure.observation import Observation
from neckform.sensing.stillness.shaking import WINDOW_MS, Shaking

EVERY_MS = 300
Sway = Callable[[float], tuple[float, float]]
"""At a time in seconds: of the shoulders, to the left and up, pixels."""


def hand(t_s: float) -> tuple[float, float]:
    return 14 * math.sin(2.0 * t_s), 16 * math.sin(1.4 * t_s)


def still(t_s: float) -> tuple[float, float]:
    return 0.0, 0.0


def gone(t_s: float) -> tuple[float, float]:
    return 20.0 * t_s, 0.0


def seen(t_ms: int, sway: Sway, head_share: float) -> Observation:
    noise = np.random.default_rng(t_ms).normal(0.0, 1.0, 2)
    x, y = np.array(sway(t_ms / 1000)) + noise
    body = pose()
    points = body.points + np.array([x, y, 0.0], np.float32)
    return observation(
        t_ms, body=replace(body, points=points), place=(head_share * x, head_share * y)
    )


def told(sway: Sway, *, head_share: float = 1.0, blind: bool = True, to_s: float = 12.0) -> bool:
    shaking = Shaking()
    times = range(0, round(1000 * to_s), EVERY_MS)
    return [shaking.read(seen(t, sway, head_share), blind=blind) for t in times][-1]


def test_a_phone_in_a_hand_shakes() -> None:
    assert told(hand, to_s=4.0)


def test_a_body_that_turns_about_its_hips_is_no_camera() -> None:
    assert not told(hand, head_share=1.35)


def test_shoulders_that_move_alone_are_no_camera() -> None:
    assert not told(hand, head_share=0.1)


def test_who_sits_still_or_moves_away_shakes_no_camera() -> None:
    assert not told(still)
    assert not told(gone)


def test_a_background_that_tells_is_believed() -> None:
    assert not told(hand, blind=False)


def test_once_it_shakes_a_background_that_is_found_later_changes_nothing() -> None:
    shaking = Shaking()
    times = range(0, 12_000, EVERY_MS)
    answers = [shaking.read(seen(t, hand, 1.0), blind=t < 6000) for t in times]
    assert answers[-1]


def test_it_is_over_when_the_phone_is_put_down() -> None:
    shaking = Shaking()
    for t_ms in range(0, 6000, EVERY_MS):
        shaking.read(seen(t_ms, hand, 1.0), blind=True)
    later = range(6000, 6000 + 2 * WINDOW_MS + 2000, EVERY_MS)
    answers = [shaking.read(seen(t_ms, still, 1.0), blind=True) for t_ms in later]
    assert answers[0]
    assert not answers[-1]
