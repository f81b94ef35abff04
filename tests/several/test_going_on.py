"""Interrupted at random moments and started again: nothing is done twice, nothing is missing."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from landmark_folder import fill

import neckform
from neckform.core.measure.observation import Observation
from neckform.jobs.analyze.several.done import MARK
from running import RUN, answers, wait_until_gone

pytestmark = pytest.mark.slow

INTERRUPTIONS = 5
"""With one worker, and as often with two: ten."""
MANY = 70
"""So many that a quick machine is not done before it is interrupted."""
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(neckform.__file__).parents[1])}


def start(day: Path, results: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "neckform", "analyze", str(day), "--out", str(results), *more]
    pipe = subprocess.PIPE
    environment = ENVIRONMENT | {RUN: str(results)}
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def marked(results: Path) -> dict[str, tuple[int, int]]:
    """Each mark by the name of its folder; another file in its place is another mark."""
    found = {path.parent.name: path.stat() for path in results.glob(f"*/{MARK}")}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def results_of(results: Path) -> dict[str, Any]:
    """What was found, by recording."""
    return {
        path.parent.name: (json.loads(path.read_text(encoding="utf-8")),
                           path.with_name("frames.csv").read_bytes())
        for path in results.glob("*/report.json")
    }  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interruptions_cost_nothing_and_repeat_nothing(
    tmp_path: Path, seen: Sequence[Observation], jobs: str
) -> None:
    chance = random.Random(17 + int(jobs))
    day, results = tmp_path / "day", tmp_path / "results"
    fill(day, seen, MANY)
    known: dict[str, tuple[int, int]] = {}
    interrupted = 0
    while interrupted < INTERRUPTIONS:
        process = start(day, results, "--jobs", jobs)
        wanted = len(known) + chance.randrange(0, 4)
        while process.poll() is None and not (
            answers(process.pid, signal.SIGTERM) and len(marked(results)) >= wanted
        ):
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.3))
        kill = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGKILL))
        process.send_signal(kill)
        out, err = process.communicate(timeout=60)
        code = -signal.SIGKILL if kill is signal.SIGKILL else 130
        assert process.returncode == code, (kill, out, err)
        interrupted += 1
        wait_until_gone(str(results))  # workers of a parent that was killed end by themselves
        now = marked(results)
        assert {name: now[name] for name in known} == known, "something was done twice"
        known = now
    assert 0 < len(known) < MANY, "the moments were not in the middle"
    process = start(day, results, "--jobs", jobs)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, (out, err)
    assert f"{len(known)} of {MANY} were done before" in err
    now = marked(results)
    assert {name: now[name] for name in known} == known, "something was done twice"
    assert len(now) == MANY
    undisturbed = tmp_path / "undisturbed"
    process = start(day, undisturbed)
    assert process.communicate(timeout=120) and process.returncode == 0
    assert results_of(results) == results_of(undisturbed)
    for name in ("overview.csv", "index.html"):
        assert (results / name).read_bytes() == (undisturbed / name).read_bytes()
    with (results / "overview.csv").open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == MANY
