"""Over all clips in which somebody tries a stretch, no cue is wrong, late or missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.truth
@pytest.mark.slow
def test_the_first_cue_is_the_true_fault_and_no_cue_is_wrong(truth_data: Path) -> None:
    assert truth_data.is_dir()
    done = subprocess.run(
        [sys.executable, "bench/cues.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
