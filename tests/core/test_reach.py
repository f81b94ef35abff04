"""Range of motion: what counts as reached."""

import pytest

from neckform.core.outcome import Direction, Reached
from neckform.core.stretch import range_of_motion
from neckform.core.stretch.range_of_motion import Reach
from neckform.core.time import LONGEST_STEP_MS
from neckform.core.types import Angles, Head, HeadSource, Sample

SURE = Angles(2, 3, 4)


def fold(
    angles: list[Angles | None], *, every_ms: int = 100, source: HeadSource = HeadSource.FACE
) -> dict[Direction, Reached]:
    state = Reach()
    for index, one in enumerate(angles):
        head = None if one is None else Head(one, one, SURE, source, 1.0)
        state = range_of_motion.step(state, Sample(index * every_ms, head, None))
    return {one.direction: one for one in state.best}


@pytest.mark.parametrize(
    ("angles", "direction", "uncertainty"),
    [
        (Angles(30, 0, 0), Direction.FLEXION, 2),
        (Angles(-30, 0, 0), Direction.EXTENSION, 2),
        (Angles(0, 30, 0), Direction.LEFT_ROTATION, 3),
        (Angles(0, -30, 0), Direction.RIGHT_ROTATION, 3),
        (Angles(0, 0, 30), Direction.LEFT_LATERAL, 4),
        (Angles(0, 0, -30), Direction.RIGHT_LATERAL, 4),
    ],
)
def test_each_way_is_its_own_direction(
    angles: Angles, direction: Direction, uncertainty: float
) -> None:
    found = fold([angles] * 10)
    assert found == {direction: Reached(direction, 30.0, float(uncertainty), 0)}


def test_one_picture_is_no_range_of_motion() -> None:
    quiet, jump = Angles(10, 0, 0), Angles(60, 0, 0)
    assert fold([quiet] * 10 + [jump] + [quiet] * 10)[Direction.FLEXION].deg == 10


@pytest.mark.parametrize("every_ms", [17, 33, 100, 200])
def test_half_a_second_counts_at_any_rate(every_ms: int) -> None:
    there = -(-range_of_motion.STEADY_MS // every_ms) + 1
    rest, down = [Angles(5, 0, 0)] * 5, Angles(40, 0, 0)
    assert fold(rest + [down] * there + rest, every_ms=every_ms)[Direction.FLEXION].deg == 40
    short = fold(rest + [down] * (there - 2) + rest, every_ms=every_ms)
    assert short[Direction.FLEXION].deg == 5


def test_what_was_not_seen_in_between_does_not_count() -> None:
    down = Angles(40, 0, 0)
    assert fold([down] * 4 + [None] + [down] * 4) == {}
    assert fold([down, down], every_ms=LONGEST_STEP_MS + 1) == {}


def test_a_coarse_direction_is_no_degree() -> None:
    assert fold([Angles(40, 0, 0)] * 20, source=HeadSource.POSE) == {}


def test_memory_is_bounded() -> None:
    state = Reach()
    for index in range(5000):
        head = Head(Angles(1, 1, 1), Angles(1, 1, 1), SURE, HeadSource.FACE, 1.0)
        state = range_of_motion.step(state, Sample(index * 17, head, None))
        assert len(state.recent) <= range_of_motion.STEADY_MS // 17 + 2
