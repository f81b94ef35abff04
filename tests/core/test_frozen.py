"""A frozen picture earns nothing, wherever it is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from people import observation

from neckform.config.corrections import load_correction, load_level_heads
from neckform.config.settings import load_settings
from neckform.core.errors import NoNeutralError
from neckform.core.measure import frozen
from neckform.core.measure.frozen import FrozenTime
from neckform.core.measure.observation import Observation
from neckform.core.neutral import choice as neutral_choice
from neckform.core.neutral.baseline import baseline_from
from neckform.core.neutral.glimpses import Glimpses
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Angles

SETTINGS = SessionSettings(load_settings(), load_correction())
TILTED = Angles(0.0, 0.0, 38.0)


def frozen_from(start_ms: int, seen: list[Observation]) -> list[Observation]:
    return [replace(one, still_ms=max(0, one.t_ms - start_ms)) for one in seen]


def routine() -> list[Observation]:
    return [observation(t, TILTED if t >= 3000 else Angles(0, 0, 0)) for t in range(0, 40_001, 100)]


@pytest.mark.parametrize("start_ms", [8000, 20_000])
def test_a_hold_counts_until_a_second_after_the_picture_froze(start_ms: int) -> None:
    _, outcome = Session(SETTINGS).replay(frozen_from(start_ms, routine()))
    (hold,) = outcome.holds
    assert not hold.completed
    assert start_ms - 3500 <= hold.held_ms <= start_ms + 1100 - 3000
    assert outcome.coverage.unseen_ms >= 40_000 - start_ms - 1500


def test_a_frozen_picture_gives_no_neutral() -> None:
    seen = frozen_from(0, [observation(t) for t in range(0, 5000, 100)])
    session = Session(SETTINGS)
    for one in seen:
        session.step(one)
    assert session.baseline is None
    with pytest.raises(NoNeutralError):
        baseline_from(seen[20:], "span")


def test_each_stand_counts_from_its_first_picture() -> None:
    seen = frozen_from(1000, [observation(t) for t in range(0, 4001, 100)])
    seen += frozen_from(5000, [observation(t) for t in range(4100, 6501, 100)])
    seen += frozen_from(7000, [observation(t) for t in range(6600, 7501, 100)])
    time = FrozenTime()
    for one in seen:
        time = frozen.count(time, one)
    assert (time.times, time.total_ms, time.first_ms) == (2, 3000 + 1500, 1000)


def test_an_empty_room_that_stands_still_loses_nothing() -> None:
    seen = frozen_from(0, [observation(t) for t in range(0, 5001, 100)])
    time = FrozenTime()
    for one in seen:
        time = frozen.count(time, replace(one, face=None, pose=None))
    assert time.times == 0


def test_a_recordings_neutral_is_none_of_its_frozen_seconds() -> None:
    moving = [observation(t, Angles(0.0, 0.0, t / 60)) for t in range(0, 1500, 100)]
    seen = moving + frozen_from(1500, [observation(t) for t in range(1500, 9000, 100)])
    glimpses, known = Glimpses(), load_level_heads()
    for one in seen:
        glimpses.add(one)
    choice = neutral_choice.choose(glimpses.columns(0), known)
    assert choice is not None
    assert max(choice.times_ms) <= 2500
    assert neutral_choice.baseline_of(choice, seen, known).end_ms <= 2500
