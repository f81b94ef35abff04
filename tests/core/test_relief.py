"""The stretch that undoes how the neck has rested: the other way, never further the same way."""

from __future__ import annotations

import pytest

from neckform.config.settings import load_postures, load_settings
from neckform.core.monitor.relief import Rested, Way, count, relief
from neckform.core.types import Exercise, Side

POSTURES, STRETCHES = load_postures(), load_settings().stretches
LEFT, RIGHT = Side.LEFT, Side.RIGHT


def after(*spells: tuple[Way, int], last: Exercise | None = None) -> Exercise:
    """The stretch after so many seconds in each way, one after the other."""
    rested, t_ms = Rested(last=last), 0
    for way, seconds in spells:
        for _ in range(seconds * 2 + 1):
            rested = count(rested, t_ms, [way])
            t_ms += 500
    return relief(rested, POSTURES, STRETCHES)


@pytest.mark.parametrize(
    ("way", "exercise"),
    [
        (("side-tilt", LEFT), ("upper-trapezius", RIGHT)),
        (("side-tilt", RIGHT), ("upper-trapezius", LEFT)),
        (("twisted", LEFT), ("levator-scapulae", RIGHT)),
        (("twisted", RIGHT), ("levator-scapulae", LEFT)),
        (("chin-up", None), ("cervical-paraspinal", None)),
    ],
)
def test_long_one_way_is_undone_the_other_way(way: Way, exercise: tuple[str, Side | None]) -> None:
    assert after((way, 60)) == exercise


@pytest.mark.parametrize("way", [("chin-to-chest", None), ("slouch", None)])
def test_a_chin_that_was_down_is_not_taken_further_down(way: Way) -> None:
    offered = after((way, 60))
    assert offered.stretch == "upper-trapezius"
    assert after((way, 60), last=offered) == (
        offered.stretch,
        RIGHT if offered.side is LEFT else LEFT,
    )


def test_the_longest_counts_and_a_gap_earns_nothing() -> None:
    left, right = ("side-tilt", LEFT), ("side-tilt", RIGHT)
    assert after((left, 20), (right, 30)) == ("upper-trapezius", LEFT)
    rested = count(count(Rested(), 0, [left]), 500, [left])
    slept = count(rested, 3_600_000, [])
    assert slept.spent_ms[left] == 500


def test_nothing_seen_is_a_stretch_all_the_same_and_sides_take_turns() -> None:
    first = after()
    assert after(last=first) != first
