"""Memory stays flat however long a landmark recording is: two passes, and nothing kept of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GROWS_MB = 15.0
"""What two runs of the same length may differ by; ten minutes of landmarks would be 42 MB."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell a process's memory")
def test_ten_more_minutes_take_no_more_memory() -> None:
    short, long = most_mb(0.03), most_mb(0.2)
    assert long < short + GROWS_MB, f"{short:.0f} MB, then {long:.0f} MB"


def most_mb(hours: float) -> float:
    command = [sys.executable, "bench/memory.py", "--hours", str(hours), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (said,) = re.findall(r"at most (\d+) MB", done.stdout)
    return float(said)
