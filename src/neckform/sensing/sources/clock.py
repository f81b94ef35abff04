"""The one clock of a live source, and how to wait on it.

The time that a computer sleeps must show as a gap between pictures, so the clock goes on during
sleep. Linux's plain monotonic clock, for example, does not.
"""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Milliseconds that only increase."""

    def now_ms(self) -> int:
        """The present."""

    def sleep_until(self, t_ms: int) -> None:
        """Wait; not at all when that time has passed."""


class RealClock:
    """Monotonic time that includes the computer's sleep."""

    def now_ms(self) -> int:
        return _now_ns() // 1_000_000

    def sleep_until(self, t_ms: int) -> None:
        wait_ms = t_ms - self.now_ms()
        if wait_ms > 0:
            time.sleep(wait_ms / 1000)


class QuickClock:
    """Time that passes only by waiting, and then at once: a recording is judged in one go."""

    def __init__(self) -> None:
        self._now_ms = 0

    def now_ms(self) -> int:
        return self._now_ms

    def sleep_until(self, t_ms: int) -> None:
        self._now_ms = max(self._now_ms, t_ms)


class Stopwatch:
    """Another clock's time since `restart`: a routine begins at 0, as a recording does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_ms = clock.now_ms()

    def restart(self) -> None:
        self._began_ms = self._clock.now_ms()

    def now_ms(self) -> int:
        return self._clock.now_ms() - self._began_ms

    def sleep_until(self, t_ms: int) -> None:
        self._clock.sleep_until(t_ms + self._began_ms)


def _now_ns() -> int:
    # CLOCK_BOOTTIME is Linux's that goes on in sleep; CLOCK_MONOTONIC does so on macOS, where
    # Python's own monotonic() does not. On Windows, monotonic() does.
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        number = getattr(time, name, None)
        if number is not None:
            return time.clock_gettime_ns(number)
    return time.monotonic_ns()
