"""The ratchet: no later change makes neckform less right unseen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.truth
@pytest.mark.slow
def test_nothing_is_worse_than_the_committed_metrics(truth_data: Path) -> None:
    assert truth_data.is_dir()
    done = subprocess.run(
        [sys.executable, "bench/accuracy.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
