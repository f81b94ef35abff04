"""How busy the machine is with other work, which a measurement of time should know."""

from __future__ import annotations

import os
import time
from pathlib import Path


class Others:
    """Processors that other processes took since this was made; told on Linux only, else 0."""

    def __init__(self) -> None:
        self._wall_s, self._own_s, self._all_s = time.perf_counter(), time.process_time(), _all_s()

    def processors(self) -> float:
        spent_s = _all_s() - self._all_s - (time.process_time() - self._own_s)
        return max(0.0, spent_s) / (time.perf_counter() - self._wall_s)


def _all_s() -> float:
    """Seconds that all processors together have worked."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return float("nan")
    first = stat.read_text(encoding="ascii").splitlines()[0]
    user, nice, system, _idle, _waiting, irq, softirq, steal = map(int, first.split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
