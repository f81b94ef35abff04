"""The job of ``neckform heat``: a timer for a heat pack."""

from __future__ import annotations

from neckform.app.heat import LONGEST_MIN
from neckform.core.errors import SettingsError
from neckform.core.wording import Worded, plural, worded
from neckform.sensing.sources.clock import Clock, RealClock
from neckform.terminal import printing
from neckform.terminal.interrupt import INTERRUPTED, stop_on_interrupt

WHY = worded("never longer than {longest_min}, to spare the skin", longest_min=LONGEST_MIN)

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
        raise SettingsError(
            "--minutes",
            [
                worded(
                    "{minutes}: choose 1 to {longest_min}; {why}",
                    minutes=minutes,
                    longest_min=LONGEST_MIN,
                    why=WHY,
                )
            ],
        )
    clock = clock or RealClock()
    console = printing.out()
    start = worded(
        "Heat for {minutes}; {why}. You are told when to take the pack off.",
        minutes=_minutes(minutes),
        why=WHY,
    )
    printing.print_indented(console, start, 0)
    begin_ms = clock.now_ms()
    end_ms = begin_ms + minutes * 60_000
    shown_min = minutes
    with stop_on_interrupt() as stop, printing.waiting(console) as show:
        while (now_ms := clock.now_ms()) < end_ms and not stop():
            left_s = -(-(end_ms - now_ms) // 1000)
            show(worded("{minutes}:{seconds:02d} left", minutes=left_s // 60, seconds=left_s % 60))
            left_min = -(-left_s // 60)
            if not console.is_terminal and left_min < shown_min and not left_min % _SAY_EVERY_MIN:
                shown_min = left_min
                printing.print_indented(
                    console, worded("{left_min} left", left_min=_minutes(left_min)), 0
                )
            clock.sleep_until(min(end_ms, now_ms + _LOOK_EVERY_MS))
    gone_min = (clock.now_ms() - begin_ms) // 60_000
    if clock.now_ms() < end_ms:
        end = worded(
            "Stopped after {gone_min}. Take the pack off, or mind the time yourself.",
            gone_min=_minutes(gone_min),
        )
        printing.print_indented(console, end, 0)
        return INTERRUPTED
    end = worded("{gone_min}: take the pack off now.", gone_min=_minutes(gone_min))
    if gone_min > LONGEST_MIN:
        end = worded(
            "{gone_min} have gone by, longer than {longest_min}: take it off at once.",
            gone_min=_minutes(gone_min),
            longest_min=LONGEST_MIN,
        )
    printing.print_indented(console, end, 0, style="bold")
    if console.is_terminal:
        console.bell()
    return 0


def _minutes(number: int) -> Worded:
    if number < 1:
        return worded("less than a minute")
    return plural("{n} minute", "{n} minutes", n=number)
