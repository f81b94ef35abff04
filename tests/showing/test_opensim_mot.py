"""Motions for OpenSim: the format that it documents, the coordinates of the model that is named."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from neckform.core.measure.geometry import rotation_from_angles
from neckform.core.types import Angles, Float64
from neckform.showing.exports.opensim_mot import LABELS, coordinates, write_mot

Row = tuple[float, str, tuple[float, float, float] | None]


def write_frames(path: Path, rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["t_s", "flexion_deg", "rotation_deg", "lateral_deg", "head_source"])
        for t_s, source, angles in rows:
            writer.writerow([f"{t_s:.3f}", *(angles or ("", "", "")), source])
    return path


def read_mot(path: Path) -> list[list[float]]:
    """By the rules of OpenSim's documentation of .mot files, and nothing kinder."""
    lines = path.read_text(encoding="ascii").splitlines()
    end = lines.index("endheader")
    header = dict(line.split("=", 1) for line in lines[1:end] if "=" in line)
    labels = lines[end + 1].split("\t")
    rows = [[float(cell) for cell in line.split("\t")] for line in lines[end + 2 :]]
    assert lines[0] == "Coordinates"
    assert (header["version"], header["inDegrees"]) == ("1", "yes")
    assert int(header["nRows"]) == len(rows)
    assert int(header["nColumns"]) == len(labels)
    assert tuple(labels) == LABELS
    assert all(len(row) == len(labels) for row in rows)
    assert np.isfinite(rows).all(), "OpenSim's tools take no nan"
    assert all(a[0] < b[0] for a, b in pairwise(rows))
    return rows


@pytest.mark.parametrize(
    ("angles", "told"),
    [
        ((20, 0, 0), (-20, 0, 0)),  # chin down is no extension
        ((0, 30, 0), (0, 0, 30)),  # to the own left
        ((0, 0, 25), (0, -25, 0)),  # to the own left; the model bends to the right
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_each_axis_has_the_model_s_sign(
    angles: tuple[float, float, float], told: tuple[float, float, float]
) -> None:
    assert coordinates(np.array([angles], float))[0] == pytest.approx(told, abs=1e-9)


def turned(about: str, deg: float) -> Float64:
    """A turn about an axis of OpenSim: x forward, y up, z to the right."""
    cos, sin = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return np.array(
        {
            "x": [[1, 0, 0], [0, cos, -sin], [0, sin, cos]],
            "y": [[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]],
            "z": [[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]],
        }[about]
    )


def test_the_model_s_head_turns_as_the_person_s_did() -> None:
    """A ball joint that turns about z, then x, then y, as the file of the model says."""
    to_person = np.array([[0, 0, -1], [0, 1, 0], [1, 0, 0]], float)  # forward is the camera's z
    for angles in np.random.default_rng(1).uniform(-50, 50, (50, 3)):
        flexion, bending, rotation = coordinates(angles[None])[0]
        model = turned("z", flexion) @ turned("x", bending) @ turned("y", rotation)
        person = rotation_from_angles(Angles(*angles))
        assert to_person @ model @ to_person.T == pytest.approx(person, abs=1e-9)


def test_times_are_even_and_values_lie_between_what_was_measured(tmp_path: Path) -> None:
    """Ten of fifteen pictures a second: one or two apart."""
    times = [0, 0.067, 0.2, 0.267, 0.4, 0.467, 0.6]
    frames = write_frames(tmp_path / "f.csv", [(t, "face", (0, 100 * t, 0)) for t in times])
    write_mot(frames, tmp_path / "a.mot")
    rows = read_mot(tmp_path / "a.mot")
    assert [row[0] for row in rows] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    assert [row[3] for row in rows] == pytest.approx([0, 10, 20, 30, 40, 50, 60], abs=1e-3)


def test_a_gap_has_no_row_and_a_direction_alone_is_one(tmp_path: Path) -> None:
    seen: list[Row] = []
    for index in range(60):
        away = 20 <= index < 35
        source = ("none", "pose")[index % 2] if away else "face"
        angles = None if source == "none" else (0.0, 1.0 * index, 0.0)
        seen.append((index / 10, source, angles))
    write_mot(write_frames(tmp_path / "f.csv", seen), tmp_path / "a.mot")
    times = [round(row[0], 3) for row in read_mot(tmp_path / "a.mot")]
    assert times == [*(i / 10 for i in range(20)), *(i / 10 for i in range(35, 60))]


def test_a_brief_lapse_is_bridged(tmp_path: Path) -> None:
    lost = (7, 8)
    seen: list[Row] = [
        (i / 10, "none" if i in lost else "face", None if i in lost else (0.0, 1.0 * i, 0.0))
        for i in range(20)
    ]
    write_mot(write_frames(tmp_path / "f.csv", seen), tmp_path / "a.mot")
    rows = read_mot(tmp_path / "a.mot")
    assert len(rows) == 20
    assert rows[7][3] == pytest.approx(7)


@pytest.mark.parametrize("count", [0, 1])
def test_of_next_to_nothing_there_is_next_to_nothing(tmp_path: Path, count: int) -> None:
    seen: list[Row] = [(0.5, "face", (1.0, 2.0, 3.0))] * count
    write_mot(write_frames(tmp_path / "f.csv", seen), tmp_path / "a.mot")
    assert len(read_mot(tmp_path / "a.mot")) == count


@pytest.mark.skipif(find_spec("opensim") is None, reason="NOT MEASURED: opensim is not installed")
def test_opensim_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # it writes a log where it is first used
    import opensim  # type: ignore[import-not-found,unused-ignore]

    seen: list[Row] = [(i / 10, "face", (1.0 * i, 0.0, 0.0)) for i in range(20)]
    write_mot(write_frames(tmp_path / "f.csv", seen), tmp_path / "a.mot")
    table = opensim.TimeSeriesTable(str(tmp_path / "a.mot"))
    assert (table.getNumRows(), tuple(table.getColumnLabels())) == (20, LABELS[1:])
    assert opensim.Storage(str(tmp_path / "a.mot")).isInDegrees()
