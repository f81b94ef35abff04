"""A dozen kills; `killing` says what is looked at, and does more of them by hand."""

from __future__ import annotations

import sys

import pytest
from killing import kills

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


def test_a_dozen_kills_leave_nothing_running_half_written_or_lost() -> None:
    for job, how, share in kills(12, seed=2):
        job.killed(how, share)
