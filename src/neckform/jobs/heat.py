"""The job of ``neckform heat``: a timer for a heat pack."""

from __future__ import annotations

from neckform.app.heat import LONGEST_MIN
from neckform.core.errors import SettingsError
from neckform.sensing.sources.clock import Clock, RealClock
from neckform.terminal import printing
from neckform.terminal.interrupt import INTERRUPTED, stop_on_interrupt

WHY = f"never longer than {LONGEST_MIN}, to spare the skin"

_LOOK_EVERY_MS = 200
_SAY_EVERY_MIN = 5


def run(minutes: int, clock: Clock | None = None) -> int:
    """Count down, and say when to take the pack off.

    The pack stays hot while the computer sleeps, so the time runs on; a late end says that it is
    late.

    Raises
    ------
    SettingsError
        The time is longer than the skin can take, or shorter than a minute.
    """
    if not 1 <= minutes <= LONGEST_MIN:
        raise SettingsError("--minutes", [f"{minutes}: choose 1 to {LONGEST_MIN}; {WHY}"])
    clock = clock or RealClock()
    console = printing.out()
    start = f"Heat for {_minutes(minutes)}; {WHY}. You are told when to take the pack off."
    printing.print_indented(console, start, 0)
    begin_ms = clock.now_ms()
    end_ms = begin_ms + minutes * 60_000
    shown_min = minutes
    with stop_on_interrupt() as stop, printing.waiting(console) as show:
        while (now_ms := clock.now_ms()) < end_ms and not stop():
            left_s = -(-(end_ms - now_ms) // 1000)
            show(f"{left_s // 60}:{left_s % 60:02d} left")
            left_min = -(-left_s // 60)
            if not console.is_terminal and left_min < shown_min and not left_min % _SAY_EVERY_MIN:
                shown_min = left_min
                printing.print_indented(console, f"{_minutes(left_min)} left", 0)
            clock.sleep_until(min(end_ms, now_ms + _LOOK_EVERY_MS))
    gone_min = (clock.now_ms() - begin_ms) // 60_000
    if clock.now_ms() < end_ms:
        end = f"Stopped after {_minutes(gone_min)}. Take the pack off, or mind the time yourself."
        printing.print_indented(console, end, 0)
        return INTERRUPTED
    end = f"{_minutes(gone_min)}: take the pack off now."
    if gone_min > LONGEST_MIN:
        end = f"{_minutes(gone_min)} have gone by, longer than {LONGEST_MIN}: take it off at once."
    printing.print_indented(console, end, 0, style="bold")
    if console.is_terminal:
        console.bell()
    return 0


def _minutes(number: int) -> str:
    if number < 1:
        return "less than a minute"
    return f"{number} minute{'' if number == 1 else 's'}"
