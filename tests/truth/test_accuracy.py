"""The benches that compare with the truth: what they hold is held, and no later change loses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def check(bench: str, truth_data: Path) -> None:
    assert truth_data.is_dir()
    done = subprocess.run(
        [sys.executable, f"bench/{bench}.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.truth
@pytest.mark.slow
def test_nothing_is_worse_than_the_committed_metrics(truth_data: Path) -> None:
    check("accuracy", truth_data)


@pytest.mark.truth
@pytest.mark.slow
def test_the_first_cue_is_the_true_fault_and_no_cue_is_wrong(truth_data: Path) -> None:
    """Over all clips in which somebody tries a stretch."""
    check("cues", truth_data)
