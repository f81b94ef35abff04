"""Places are told apart by where head and shoulders lie in the picture; each has its neutral."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from people import observation
from test_fit import moved

from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.measure.observation import Observation
from neckform.core.monitor import monitor
from neckform.core.monitor.monitor import MonitorState, Watched, WatchSettings
from neckform.core.monitor.places import MOST_PLACES, Places
from neckform.core.neutral.baseline import neutral_of

SETTINGS = WatchSettings(load_postures(), load_correction(), load_settings())
ASIDE = {"head": (0.6, 0.0), "body": (0.6, 0.0)}
LOW = {"head": (0.0, -0.3)}
"""A head that sinks: a posture, and no place."""
DESK = neutral_of([observation(t) for t in range(0, 1001, 250)], "held")
COUNTER = neutral_of([moved(t, **ASIDE) for t in range(0, 1001, 250)], "held")


def sitting(how: dict[str, tuple[float, float]], start_s: int, end_s: int) -> list[Observation]:
    return [moved(t, **how) for t in range(start_s * 1000, end_s * 1000, 500)]  # type: ignore[arg-type]


def run(state: MonitorState, seen: Iterable[Observation]) -> tuple[MonitorState, list[Watched]]:
    told = []
    for one in seen:
        state, watched = monitor.step(state, one)
        told.append(watched)
    return state, told


def places_at(told: Sequence[Watched]) -> list[float]:
    return [one.t_ms / 1000 for one in told if one.place]


def test_who_moves_to_a_known_place_gets_its_neutral_and_is_not_asked() -> None:
    state = monitor.begin(SETTINGS, DESK, (COUNTER,))
    state, told = run(state, [*sitting({}, 0, 60), *sitting(ASIDE, 60, 360)])
    (at_s,) = places_at(told)
    assert 110 < at_s < 140
    assert state.baseline is COUNTER
    assert not any(one.misfit for one in told)
    state, told = run(state, sitting({}, 360, 600))
    assert len(places_at(told)) == 1
    assert state.baseline is DESK, "and back again"
    assert not any(one.misfit for one in told)


def test_a_new_place_is_asked_for_once_and_kept_apart() -> None:
    state = monitor.begin(SETTINGS, DESK)
    state, told = run(state, [*sitting({}, 0, 30), *sitting(ASIDE, 30, 400)])
    assert sum(one.misfit for one in told) == 1
    assert places_at(told) == []
    state = monitor.recalibrate(state)
    still = [moved(t, **ASIDE) for t in range(401_000, 405_000, 200)]  # type: ignore[arg-type]
    state, told = run(state, still)
    assert any(one.neutral_found for one in told)
    assert state.places.baselines == (DESK,)


def test_a_new_neutral_in_the_same_place_takes_its_place() -> None:
    state = monitor.recalibrate(monitor.begin(SETTINGS, DESK, (COUNTER,)))
    state, told = run(state, [moved(t) for t in range(0, 4000, 200)])
    assert any(one.neutral_found for one in told)
    assert state.places.baselines == (COUNTER,)


def test_bad_rest_is_no_other_place() -> None:
    state = monitor.begin(SETTINGS, DESK, (COUNTER,))
    state, told = run(state, [*sitting({}, 0, 30), *sitting(LOW, 30, 400)])
    assert (places_at(told), state.baseline is DESK) == ([], True)
    assert not any(one.misfit for one in told)


def test_at_the_start_a_known_place_is_told_without_a_new_neutral() -> None:
    state = monitor.begin(SETTINGS, None, (DESK, COUNTER))
    # Somebody who rocks never gives a neutral.
    rocking = [
        moved(t, head=(0.6 + 0.12 * (t // 500 % 2), 0.0), body=(0.6, 0.0))
        for t in range(0, 60_000, 500)
    ]
    state, told = run(state, rocking)
    (at_s,) = places_at(told)
    assert 15 < at_s < 30
    assert state.baseline is COUNTER


def test_only_so_many_are_remembered() -> None:
    places = Places()
    for _ in range(MOST_PLACES + 3):
        places = places.left(DESK)
    assert len(places.known) == MOST_PLACES
