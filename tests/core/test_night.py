"""How somebody lies, over a night."""

from __future__ import annotations

import numpy as np
import pytest

from neckform.core import night
from neckform.core.night import Lie, LyingChange, Night
from neckform.core.types import Flag, Float64, Side

FACING = np.eye(3)
"""A trunk that faces the camera, head up in the picture: left, head and chest as the picture's
right, up, and toward the camera."""
ABOVE = (0.0, 0.0, 1.0)


def rolled(deg: float) -> Float64:
    """Rolled to the person's own left about the body's axis."""
    turn = np.radians(deg)
    left = np.array([np.cos(turn), 0.0, -np.sin(turn)])
    out = np.array([np.sin(turn), 0.0, np.cos(turn)])
    return np.column_stack([left, [0.0, 1.0, 0.0], out])


@pytest.mark.parametrize(
    ("deg", "lie"),
    [(0, Lie.BACK), (30, Lie.BACK), (90, Lie.LEFT), (-90, Lie.RIGHT), (180, Lie.FRONT)],
)
def test_from_above(deg: float, lie: Lie) -> None:
    assert night.lie_of(rolled(deg), ABOVE) is lie


@pytest.mark.parametrize(
    ("up", "lie"),
    [
        ((1.0, 0.0, 0.0), Lie.RIGHT),  # own left is up
        ((-1.0, 0.0, 0.0), Lie.LEFT),
        ((0.0, 1.0, 0.0), Lie.SITTING),
    ],
)
def test_from_beside(up: tuple[float, float, float], lie: Lie) -> None:
    assert night.lie_of(FACING, up) is lie


def lived(story: list[tuple[Lie, int]], every_s: float = 1.0) -> Night:
    """Positions, each for so many seconds."""
    state, t_s = Night(), 0.0
    for position, lasts_s in story:
        for _ in range(round(lasts_s / every_s)):
            state = night.step(state, round(t_s * 1000), position)
            t_s += every_s
    return night.finish(state)


def test_minutes_and_turns() -> None:
    seen = lived([(Lie.BACK, 600), (Lie.LEFT, 1200), (Lie.NOBODY, 300), (Lie.LEFT, 600)])
    assert {lie: ms / 1000 for lie, ms in seen.spent_ms.items()} == {
        Lie.LEFT: pytest.approx(1800, abs=2),
        Lie.BACK: pytest.approx(600, abs=2),
        Lie.NOBODY: pytest.approx(300, abs=2),
    }
    # Out of bed and back to the same side is no turn.
    assert seen.turns == (600_000,)
    assert seen.at(700_000) is Lie.LEFT


def test_what_is_short_is_part_of_what_was_before() -> None:
    story = [(Lie.BACK, 100), (Lie.UNCLEAR, 15), (Lie.BACK, 100), (Lie.LEFT, 19), (Lie.BACK, 60)]
    (one,) = lived(story).lain
    assert (one.position, one.start_ms, one.end_ms) == (Lie.BACK, 0, 293_000)


def test_a_gap_is_in_no_position() -> None:
    state = lived([(Lie.BACK, 60)])
    state = Night(running=state.lain[0])
    state = night.step(state, 4_000_000, Lie.BACK)
    state = night.finish(night.step(state, 4_030_000 - 20_000, Lie.BACK))
    assert state.spent_ms[Lie.BACK] == 59_000 + 10_000


def test_seldom_looks_give_the_same_minutes() -> None:
    story = [(Lie.BACK, 600), (Lie.RIGHT, 600), (Lie.NOBODY, 120), (Lie.RIGHT, 600)]
    often, seldom = lived(story), lived(story, every_s=2.5)
    for lie, spent_ms in often.spent_ms.items():
        assert seldom.spent_ms[lie] == pytest.approx(spent_ms, abs=6000)


def test_the_pillow_depends_on_the_side_that_is_below() -> None:
    on_the_left = lived([(Lie.LEFT, 3000)])

    def changed(side: Side, lain: Night = on_the_left) -> list[LyingChange]:
        flag = Flag("side-tilt", 100_000, 1_000_000, 25.0, 30.0, side)
        return list(night.changes(lain, [flag]))

    assert changed(Side.LEFT) == [LyingChange.HIGHER]
    assert changed(Side.RIGHT) == [LyingChange.LOWER]
    assert changed(Side.RIGHT, lived([(Lie.RIGHT, 3000)])) == [LyingChange.HIGHER]
    assert changed(Side.RIGHT, lived([(Lie.BACK, 3000)])) == []


def test_what_helps_most_comes_first() -> None:
    flags = [
        Flag("twisted", 0, 60_000, 40.0, 45.0, Side.LEFT),
        Flag("chin-to-chest", 100_000, 700_000, 40.0, 45.0),
        Flag("face-down", 800_000, 900_000, None, None),
    ]
    helped = night.changes(lived([(Lie.BACK, 1000)]), flags)
    assert helped == {
        LyingChange.LOWER: 600_000,
        LyingChange.NOT_FACE_DOWN: 100_000,
        LyingChange.STRAIGHT: 60_000,
    }
    assert list(helped) == [LyingChange.LOWER, LyingChange.NOT_FACE_DOWN, LyingChange.STRAIGHT]
