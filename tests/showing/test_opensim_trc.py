"""Markers for OpenSim: the format that it documents, the coordinates that docs/report.md names."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.measure.skeleton import LEFT_SHOULDER, MESH_CHIN, RIGHT_SHOULDER
from neckform.core.types import Float64
from neckform.showing.exports.opensim_trc import NAMES, Markers


def observation(
    t_s: float, *, face: bool = True, pose: bool = True, arms: bool = True
) -> Observation:
    """Shoulders 200 pixels apart, 0.4 m wide; the chin moves to the right of the picture."""
    points, world = np.zeros((33, 3), np.float32), np.zeros((33, 3), np.float32)
    points[LEFT_SHOULDER], points[RIGHT_SHOULDER] = (110, -50, 0), (-90, -50, 0)
    world[LEFT_SHOULDER], world[RIGHT_SHOULDER] = (0.2, 0, 0), (-0.2, 0, 0)
    points[7, 2] = points[8, 2] = 30
    seen = np.full(33, 0.9, np.float32)
    seen[13:17] = 0.9 if arms else 0.1
    mesh = np.zeros((468, 3), np.float32)
    mesh[MESH_CHIN] = (10 + 100 * t_s, 50, 20)
    return Observation(
        round(t_s * 1000),
        (640, 480),
        Face(mesh) if face else None,
        Pose(points, seen, world) if pose else None,
        pose,
    )


def read_trc(path: Path) -> tuple[list[float], dict[str, Float64]]:
    """By the rules of OpenSim's documentation of .trc files, and nothing kinder."""
    lines = path.read_text(encoding="ascii").split("\n")
    assert lines[0].split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    facts = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    assert all(line.endswith("\t") for line in lines[6:-1]), "OpenSim drops an empty last cell"
    rows = [line[:-1].split("\t") for line in lines[6:-1]]
    assert (int(facts["NumFrames"]), int(facts["NumMarkers"])) == (len(rows), len(NAMES))
    assert facts["Units"] == "m"
    head = lines[3].split("\t")
    assert head[:2] == ["Frame#", "Time"]
    assert tuple(head[2::3]) == NAMES
    assert lines[4].split("\t")[2:-1] == [
        f"{a}{n}" for n in range(1, len(NAMES) + 1) for a in "XYZ"
    ]
    assert lines[5] == ""
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert all(len(row) == 2 + 3 * len(NAMES) for row in rows)
    times = [float(row[1]) for row in rows]
    assert all(b - a == pytest.approx(1 / float(facts["DataRate"])) for a, b in pairwise(times))
    cells = [[float(cell) if cell else np.nan for cell in row[2:]] for row in rows]
    placed = np.array(cells).reshape(-1, len(NAMES), 3)
    return times, {name: placed[:, index] for index, name in enumerate(NAMES)}


def written(path: Path, *seen: Observation) -> tuple[list[float], dict[str, Float64]]:
    markers = Markers()
    for one in seen:
        markers.add(one)
    markers.write(path)
    return read_trc(path)


def test_metres_and_axes_are_those_of_the_docs(tmp_path: Path) -> None:
    moments = [observation(i / 10) for i in range(10)]
    times, found = written(tmp_path / "a.trc", *moments)
    assert times == pytest.approx([i / 10 for i in range(10)])
    # 200 pixels are 0.4 m; the picture's right is the person's left, which is -z.
    assert found["R_acromion"][0] == pytest.approx([0, 0, 0.2], abs=1e-5)
    assert found["L_acromion"][0] == pytest.approx([0, 0, -0.2], abs=1e-5)
    assert found["menton"][0] == pytest.approx([(20 + 30) * 0.002, 100 * 0.002, 0], abs=1e-5)
    assert found["menton"][5] == pytest.approx([0.1, 0.2, -50 * 0.002], abs=1e-5)


def test_what_was_not_seen_is_empty_and_a_lapse_is_bridged(tmp_path: Path) -> None:
    def moment(i: int) -> Observation:
        away = 20 <= i < 35 or i in (5, 6)
        return observation(i / 10, face=not away, pose=i % 5 == 0, arms=i < 30)

    times, found = written(tmp_path / "a.trc", *map(moment, range(60)))
    assert len(times) == 60
    lost = np.flatnonzero(np.isnan(found["menton"][:, 0]))
    assert lost.tolist() == list(range(20, 35))
    assert found["menton"][5, 2] == pytest.approx(-0.1, abs=1e-4)
    assert np.isfinite(found["R_acromion"][:56]).all(), "between two looks lies the line"
    assert np.flatnonzero(np.isfinite(found["R_wrist"][:, 0])).tolist() == list(range(26))


def test_without_shoulders_nothing_has_a_scale(tmp_path: Path) -> None:
    times, _ = written(tmp_path / "a.trc", *(observation(i / 10, pose=False) for i in range(9)))
    assert times == []
    assert written(tmp_path / "b.trc")[0] == []


@pytest.mark.skipif(find_spec("opensim") is None, reason="NOT MEASURED: opensim is not installed")
def test_opensim_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # it writes a log where it is first used
    import opensim  # type: ignore[import-not-found,unused-ignore]

    moments = [observation(i / 10, face=not 3 <= i < 12, arms=i > 9) for i in range(20)]
    written(tmp_path / "a.trc", *moments)
    table = opensim.TimeSeriesTableVec3(str(tmp_path / "a.trc"))
    assert (table.getNumRows(), tuple(table.getColumnLabels())) == (20, NAMES)
    assert table.getTableMetaDataString("Units") == "m"
    menton = table.getDependentColumn("menton")
    assert menton[0][1] == pytest.approx(0.2)
    assert np.isnan(menton[5][1])
    assert np.isnan(table.getDependentColumn("L_wrist")[0][0])
    opensim.MarkerData(str(tmp_path / "a.trc"))
