"""How much memory this process takes; for the other benches."""

from __future__ import annotations

from pathlib import Path


def memory_mb(name: str) -> float:
    """``VmRSS`` (now) or ``VmHWM`` (the most so far) of this process; Linux only, else NaN."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    lines = status.read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
