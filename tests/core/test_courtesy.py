"""When the camera is left to others, and when it is taken back."""

from __future__ import annotations

from neckform.core.monitor.courtesy import BACK_MS, GIVE_MS, Courtesy, step


def test_a_short_look_is_no_call_and_a_short_gap_no_end() -> None:
    state = step(Courtesy(), 0, busy=True)
    assert not step(state, GIVE_MS - 1, busy=True).gives
    assert not step(step(state, 3000, busy=False), GIVE_MS, busy=True).gives
    given = step(state, GIVE_MS, busy=True)
    assert given.gives
    free = step(given, 20_000, busy=False)
    assert free.gives
    assert step(step(free, 25_000, busy=True), 20_000 + BACK_MS, busy=False).gives
    assert not step(free, 20_000 + BACK_MS, busy=False).gives
