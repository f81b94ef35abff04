"""Whether the neutral still fits, on a made-up person whose chair or camera is moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from people import SHOULDER_PX, observation

from neckform.core.measure.observation import Observation
from neckform.core.neutral.baseline import neutral_of
from neckform.core.neutral.drift import Fit, misfits, step
from neckform.core.types import Angles

BASELINE = neutral_of([observation(t) for t in range(0, 1001, 250)], "held")


def moved(
    t_ms: int,
    *,
    head: tuple[float, float] = (0.0, 0.0),
    body: tuple[float, float] = (0.0, 0.0),
    head_size: float = 1.0,
    body_size: float = 1.0,
) -> Observation:
    """Head and body shifted, in shoulder widths, and resized about the picture's middle."""
    seen = observation(t_ms)
    assert seen.face is not None
    assert seen.pose is not None
    face = seen.face.points * head_size
    points = seen.pose.points * body_size
    face[:, :2] += np.array(head, np.float32) * SHOULDER_PX
    points[:, :2] += np.array(body, np.float32) * SHOULDER_PX
    return replace(
        seen, face=replace(seen.face, points=face), pose=replace(seen.pose, points=points)
    )


def told(seen: list[Observation]) -> list[float]:
    """When, in seconds, a new neutral was asked for."""
    fit, asked = Fit(), []
    for one in seen:
        fit, ask = step(fit, BASELINE, one)
        if ask:
            asked.append(one.t_ms / 1000)
    return asked


@pytest.mark.parametrize(
    ("how", "misfit"),
    [
        ({}, False),
        # The chair rolled aside; the screen was tilted; somebody sits nearer, or further away.
        ({"head": (0.5, 0.0), "body": (0.5, 0.0)}, True),
        ({"head": (0.0, -0.4), "body": (0.0, -0.4)}, True),
        ({"head": (-0.3, 0.3), "body": (-0.3, 0.3)}, True),
        ({"head_size": 1.3, "body_size": 1.3}, True),
        ({"head_size": 0.75, "body_size": 0.75}, True),
        # Posture: the head goes where the shoulders do not.
        ({"head": (0.0, -0.3)}, False),
        ({"head": (0.5, 0.0)}, False),
        ({"head": (0.0, -0.25), "head_size": 1.3}, False),
        ({"head": (0.4, 0.0), "body": (-0.4, 0.0)}, False),
        ({"head_size": 1.3, "body_size": 0.75}, False),
        # People shift in their chairs.
        ({"head": (0.2, 0.1), "body": (0.2, 0.1), "head_size": 1.1, "body_size": 1.1}, False),
    ],
)
def test_what_is_elsewhere(how: dict[str, tuple[float, float]], misfit: bool) -> None:
    assert misfits(BASELINE, moved(0, **how)) is misfit  # type: ignore[arg-type]


def test_what_is_not_seen_says_nothing() -> None:
    assert misfits(BASELINE, observation(0, None)) is None
    assert misfits(BASELINE, observation(0, Angles(0, 0, 0), looked=False)) is None


@pytest.mark.parametrize("every_ms", [500, 1000, 2000])
def test_asks_once_after_three_minutes_elsewhere(every_ms: int) -> None:
    seen = [moved(t, head=(0.5, 0), body=(0.5, 0)) for t in range(0, 1_200_000, every_ms)]
    (at_s,) = told(seen)
    assert at_s == pytest.approx(193, abs=3)


def test_reaching_for_something_is_not_moving() -> None:
    away = [
        moved(t, head=(0.5, 0), body=(0.5, 0)) if t % 120_000 < 60_000 else moved(t)
        for t in range(0, 1_800_000, 1000)
    ]
    assert told(away) == []


def test_the_computer_s_sleep_is_not_time_elsewhere() -> None:
    seen = [moved(t, head=(0.5, 0), body=(0.5, 0)) for t in (0, 500, 7_200_000, 7_200_500)]
    assert told(seen) == []
