"""A folder on a Dask cluster: a worker dies, a connection is cut, and the results are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from dask_cluster import ENVIRONMENT, Cable, DaskCluster
from landmark_folder import fill, marks

from neckform.core.measure.observation import Observation
from running import Runner

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")]

MANY = 200


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    (tmp_path / "dask").mkdir()
    with DaskCluster(tmp_path / "dask") as cluster:
        yield cluster


def start(day: Path, results: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "neckform", "analyze", day.name, "--out", results, *more]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=day.parent, env=ENVIRONMENT, stdout=pipe, stderr=pipe, text=True
    )


def until(results: Path, count: int, process: subprocess.Popen[str]) -> None:
    for _ in range(2400):
        if len(marks(results)) >= count:
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError(f"{len(marks(results))} of {count} were done")


def results_of(results: Path) -> dict[str, Any]:
    """What was found, without where the recording lay."""
    found = {}
    for path in results.glob("*/report.json"):
        report = json.loads(path.read_text(encoding="utf-8"))
        report["source"]["path"] = Path(report["source"]["path"]).name
        found[path.parent.name] = (report, path.with_name("frames.csv").read_bytes(),
                                   path.with_name("report.html").read_bytes())  # fmt: skip
    return found


def test_two_hundred_recordings_through_a_death_and_a_cut(
    tmp_path: Path, seen: Sequence[Observation], cluster: DaskCluster
) -> None:
    day = tmp_path / "day"
    fill(day, seen, MANY)
    cable = Cable(cluster.address)
    process = start(day, "there", "--cluster", cable.address)
    there = tmp_path / "there"
    until(there, 30, process)
    cluster.kill_worker()
    until(there, 60, process)
    known = marks(there)
    assert cable.cut() > 0
    until(there, 90, process)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, (out, err)
    assert "Traceback" not in out + err
    after = marks(there)
    assert len(after) == MANY
    assert {name: after[name] for name in known} == known, "something was done twice"
    cable.close()
    process = start(day, "here", "--jobs", "2")
    out_here, err_here = process.communicate(timeout=300)
    assert process.returncode == 0, err_here
    assert results_of(there) == results_of(tmp_path / "here")
    for name in ("overview.csv", "index.html"):
        assert (there / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    assert out.replace("there/", "here/") == out_here


def test_ctrl_c_ends_in_order_and_the_next_run_goes_on(
    tmp_path: Path, seen: Sequence[Observation], cluster: DaskCluster
) -> None:
    day = tmp_path / "day"
    fill(day, seen, 60)
    process = start(day, "there", "--cluster", cluster.address)
    until(tmp_path / "there", 5, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, (out, err)
    assert "Traceback" not in out + err
    assert "of 60 not begun" in err
    known = marks(tmp_path / "there")
    time.sleep(1)
    assert marks(tmp_path / "there") == known, "the workers went on"
    assert 5 <= len(known) < 60
    process = start(day, "there", "--cluster", cluster.address)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, (out, err)
    assert f"{len(known)} of 60 were done before" in err
    after = marks(tmp_path / "there")
    assert len(after) == 60
    assert {name: after[name] for name in known} == known


def test_a_bad_recording_costs_itself(
    tmp_path: Path, seen: Sequence[Observation], cluster: DaskCluster
) -> None:
    day = tmp_path / "day"
    fill(day, seen, 4)[1].write_bytes(b"")
    process = start(day, "there", "--cluster", cluster.address)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "r001.nfobs is empty" in " ".join((out + err).split())
    assert set(marks(tmp_path / "there")) == {"r000", "r002", "r003"}


def test_a_worker_that_would_judge_otherwise_is_refused(
    tmp_path: Path, seen: Sequence[Observation], cluster: DaskCluster
) -> None:
    day = tmp_path / "day"
    fill(day, seen, 2)
    changed = tmp_path / "changed"
    source = Path(ENVIRONMENT["PYTHONPATH"])
    subprocess.run(["cp", "-r", str(source), str(changed)], check=True)
    for name in ("calibration", "models", "third_party"):
        (tmp_path / name).symlink_to(source.parent / name)
    stretches = changed / "neckform" / "config" / "stretches.toml"
    stretches.write_text(stretches.read_text() + "\n# another state\n")
    command = [sys.executable, "-m", "neckform", "analyze", str(day), "--cluster", cluster.address]
    done = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT | {"PYTHONPATH": str(changed)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "another neckform" in done.stderr
    assert not list(tmp_path.rglob("report.json"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://no.such.host:8786"])
def test_without_a_cluster_it_is_one_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    seen: Sequence[Observation], address: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("neckform.jobs.analyze.several.cluster._CONNECT_S", 1.0)
    fill(tmp_path / "day", seen, 2)
    ran = Runner(capfd, monkeypatch)("analyze", "day", "--cluster", address)
    assert (ran.code, len(ran.complaints)) == (2, 1), ran.err
    assert "no Dask scheduler answers" in ran.err


def test_an_address_that_is_none_is_told_at_once_and_alone(
    tmp_path: Path, seen: Sequence[Observation]
) -> None:
    fill(tmp_path / "day", seen, 2)
    command = [sys.executable, "-m", "neckform", "analyze", "day", "--cluster", "nonsense"]
    done = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
