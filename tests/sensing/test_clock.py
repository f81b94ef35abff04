"""Clocks: one that waits, one that does not, and one that begins at nought."""

from __future__ import annotations

import time

from neckform.sensing.sources.clock import QuickClock, RealClock, Stopwatch


def test_a_stopwatch_begins_at_nought_and_can_be_begun_again() -> None:
    clock = QuickClock()
    clock.sleep_until(5000)
    watch = Stopwatch(clock)
    assert watch.now_ms() == 0
    clock.sleep_until(7000)
    assert watch.now_ms() == 2000
    watch.restart()
    assert watch.now_ms() == 0
    clock.sleep_until(7250)
    assert watch.now_ms() == 250


def test_a_stopwatch_waits_on_its_own_time() -> None:
    clock = QuickClock()
    clock.sleep_until(5000)
    watch = Stopwatch(clock)
    watch.sleep_until(300)
    assert (clock.now_ms(), watch.now_ms()) == (5300, 300)
    watch.sleep_until(100)
    assert (clock.now_ms(), watch.now_ms()) == (5300, 300)


def test_a_stopwatch_of_real_time_waits() -> None:
    watch = Stopwatch(RealClock())
    began = time.monotonic()
    watch.sleep_until(60)
    assert 0.05 <= time.monotonic() - began < 5
    assert watch.now_ms() >= 60
