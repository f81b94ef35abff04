"""neckform compare, from two tables to page, JSON, table and plots."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

import neckform as package
from running import Ran, Runner

pytestmark = pytest.mark.slow

SCHEMA = Path(package.__file__).parent / "showing" / "agreement" / "agreement.schema.json"
BIAS = {"flexion": 1.5, "rotation": -2.0, "lateral": 0.5}


def truth(t_s: float) -> dict[str, float]:
    """Down, to the left, to the right, and a tilt; each for another time."""
    held = lambda a, b, deg: deg * (min(max(t_s - a, 0), 1) - min(max(t_s - b, 0), 1))  # noqa: E731
    return {
        "flexion": held(4, 12, 30) + held(33, 36, 20),
        "rotation": held(14, 20, 40) + held(22, 30, -35),
        "lateral": held(30, 33, 25),
    }


def write_frames(folder: Path, noise: float = 1.0) -> Path:
    """What neckform would write: angles off by BIAS, and a direction alone from 25 s to 27 s."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(4)
    with (folder / "frames.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["t_s", *(f"{axis}_deg" for axis in BIAS), "head_source", "state"])
        for index in range(400):
            coarse = 250 <= index < 270
            angles = [
                f"{value + BIAS[axis] + chance.normal(0, noise) + 50 * coarse:.2f}"
                for axis, value in truth(index / 10).items()
            ]
            writer.writerow([f"{index / 10:.3f}", *angles, "pose" if coarse else "face", "rest"])
    return folder


Row = Callable[[float, dict[str, float]], Sequence[str]]


def write_reference(path: Path, head: str, row: Row, between: str = ",") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [head]
    lines += [between.join(row(i / 50, truth(i / 50))) for i in range(2000)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def plain_row(t_s: float, angles: dict[str, float]) -> Sequence[str]:
    return [f"{t_s:.3f}", *(f"{value:.3f}" for value in angles.values())]


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    return write_frames(tmp_path / "visit")


def numbers(folder: str = "neckform-compare") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(folder, "agreement.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return found


def check_bias(ran: Ran, expected: dict[str, float] | None = None) -> dict[str, Any]:
    assert ran.code == 0, ran.err
    found = numbers()
    for axis, bias in (BIAS if expected is None else expected).items():
        assert found["axes"][axis]["all"]["bias_deg"]["value"] == pytest.approx(bias, abs=0.3), axis
        assert found["axes"][axis]["all"]["sd_deg"] == pytest.approx(1.0, abs=0.4), axis
    return found


def test_all_of_it(neckform: Runner, frames: Path, tmp_path: Path) -> None:
    reference = write_reference(tmp_path / "r.csv", "time,flexion,rotation,lateral", plain_row)
    ran = neckform("compare", frames, reference)
    found = check_bias(ran)
    assert found["recordings"][0]["shift_s"] == pytest.approx(0, abs=0.05)
    assert found["recordings"][0]["pairs"] == 380, "moments without a face have no degrees"
    for axis in BIAS:
        assert f"{found['axes'][axis]['all']['mae_deg']:.2f}" in ran.out
    made = {path.name for path in Path("neckform-compare").iterdir()}
    assert made == {
        "agreement.html", "agreement.json", "agreement.csv", "traces.svg",
        "bland-altman-flexion.svg", "bland-altman-rotation.svg", "bland-altman-lateral.svg",
    }  # fmt: skip
    page = Path("neckform-compare/agreement.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 4
    assert "http" not in page.replace("http-equiv", "")
    with Path("neckform-compare/agreement.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    difference = [float(r["flexion_deg"]) - float(r["flexion_reference_deg"]) for r in rows]
    figures = found["axes"]["flexion"]["all"]
    assert np.mean(difference) == pytest.approx(figures["bias_deg"]["value"], abs=1e-3)
    assert np.std(difference, ddof=1) == pytest.approx(figures["sd_deg"], abs=1e-3)


def test_it_speaks_the_person_s_language_and_files_for_programs_stay_english(
    neckform: Runner, frames: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    against: Row = lambda t, a: [f"{x:.3f}" for x in (t, a["flexion"], -a["lateral"])]  # noqa: E731
    reference = write_reference(tmp_path / "r.csv", "time,pitch,roll", against)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    ran = neckform("compare", frames, reference)
    assert ran.code == 0
    assert "Zeitverschiebung" in ran.out
    assert "Lateralflexion: läuft in der Referenz andersherum" in ran.err
    page = Path("neckform-compare/agreement.html").read_text(encoding="utf-8")
    assert "<h2" in page
    assert "Was die Zahlen sind" in page
    for english in ("Agreement", "Reference", "degrees", "What the figures are"):
        assert english not in page
    figure = Path("neckform-compare/bland-altman-flexion.svg").read_text(encoding="utf-8")
    assert "Referenz, Grad" in figure
    found = json.loads(Path("neckform-compare/agreement.json").read_text(encoding="utf-8"))
    assert "lateral runs the other way" in found["recordings"][0]["notes"][0]
    assert neckform("compare", frames, "nowhere.csv").err.startswith("neckform: ")


def test_the_same_tables_make_the_same_files(
    neckform: Runner, frames: Path, tmp_path: Path
) -> None:
    reference = write_reference(tmp_path / "r.csv", "time,flexion,rotation,lateral", plain_row)
    for out in ("a", "b"):
        assert neckform("compare", frames, reference, "--out", out).code == 0
    for path in Path("a").iterdir():
        assert path.read_bytes() == Path("b", path.name).read_bytes(), path.name


LAYOUTS: dict[str, tuple[str, Row, str, list[str]]] = {
    "semicolons and decimal commas": (
        "Time;Flexion (deg);Rotation (deg);Lateral Flexion (deg)",
        lambda t, a: [f"{x:.3f}".replace(".", ",") for x in (t, *a.values())],
        ";",
        [],
    ),
    "an inertial sensor: other names, signs and units": (
        "ms\troll_x\tyaw_z\tpitch_y",
        lambda t, a: [f"{t * 1000:.0f}"] + [f"{np.radians(x):.6f}" for x in
                      (-a["lateral"], -a["rotation"], a["flexion"])],
        "\t",
        ["--time", "ms", "--time-unit", "ms", "--radians", "--flexion", "pitch_y",
         "--rotation=-yaw_z", "--lateral=-roll_x"],
    ),
    "motion capture without a time": (
        "Frame,Pitch,Yaw,Roll",
        lambda t, a: [f"{t * 50:.0f}", *(f"{x:.3f}" for x in a.values())],
        ",",
        ["--rate", "50"],
    ),
    "an OpenSim motion": (
        "Coordinates\nversion=1\nnRows=2000\nnColumns=4\ninDegrees=yes\nendheader\n"
        "time\tneck_flexion\tneck_rotation\tneck_lateral_flexion",
        plain_row,
        "\t",
        [],
    ),
    "spaces, and lines of comment": (
        "# a goniometer\ntime flexion rotation lateral", plain_row, "  ", []),
    "a yaw that jumps at half a turn": (
        "time,flexion,yaw,lateral",
        lambda t, a: [f"{x:.3f}" for x in
                      (t, a["flexion"], (a["rotation"] + 170 + 180) % 360 - 180, a["lateral"])],
        ",",
        ["--zero", "0-3"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tables_as_instruments_write_them(
    neckform: Runner, frames: Path, tmp_path: Path, layout: str
) -> None:
    head, row, between, options = LAYOUTS[layout]
    reference = write_reference(tmp_path / "r.csv", head, row, between)
    expected = dict.fromkeys(BIAS, 0.0) if "--zero" in options else None
    check_bias(neckform("compare", frames, reference, *options), expected)


def test_a_clock_that_is_ahead_is_found_and_shown(
    neckform: Runner, frames: Path, tmp_path: Path
) -> None:
    late: Row = lambda t, a: [f"{t + 1234.5:.3f}", *(f"{x:.3f}" for x in a.values())]  # noqa: E731
    reference = write_reference(tmp_path / "r.csv", "time,flexion,rotation,lateral", late)
    ran = neckform("compare", frames, reference)
    assert check_bias(ran)["recordings"][0]["shift_s"] == pytest.approx(1234.5, abs=0.05)
    assert "+1234.5" in ran.out
    given = neckform("compare", frames, reference, "--shift", "1234.5")
    assert check_bias(given)["recordings"][0]["shift_found"] is False


def test_a_sign_that_is_the_other_way_is_told(
    neckform: Runner, frames: Path, tmp_path: Path
) -> None:
    against: Row = lambda t, a: [f"{x:.3f}" for x in (t, a["flexion"], -a["lateral"])]  # noqa: E731
    reference = write_reference(tmp_path / "r.csv", "time,pitch,roll", against)
    ran = neckform("compare", frames, reference)
    assert ran.code == 0
    assert "lateral runs the other way" in ran.err and "--lateral=-COLUMN" in ran.err


def test_between_takes_what_the_reference_says(
    neckform: Runner, frames: Path, tmp_path: Path
) -> None:
    reference = write_reference(tmp_path / "r.csv", "time,flexion,rotation,lateral", plain_row)
    ran = neckform("compare", frames, reference, "--between", "rotation:-10:10")
    assert ran.code == 0
    found = numbers()
    assert found["between"] == ["rotation:-10:10"]
    assert found["recordings"][0]["pairs"] < 300
    assert [one["pairs"] for one in found["axes"]["rotation"]["ranges"]][1:] == [0, 0, 0, 0]


def test_coarse_moments_are_taken_when_asked(
    neckform: Runner, frames: Path, tmp_path: Path
) -> None:
    reference = write_reference(tmp_path / "r.csv", "time,flexion,rotation,lateral", plain_row)
    assert neckform("compare", frames, reference, "--coarse").code == 0
    assert numbers()["recordings"][0]["pairs"] == 400


def test_folders_are_compared_by_name_and_one_bad_table_costs_itself(
    neckform: Runner, tmp_path: Path
) -> None:
    for name in ("anna", "ben", "carl", "dora"):
        write_frames(tmp_path / "results" / name)
    head = "time,flexion,rotation,lateral"
    for name in ("anna", "ben"):
        write_reference(tmp_path / "references" / f"{name}.csv", head, plain_row)
    (tmp_path / "references" / "carl.csv").write_text("time,flexion\nx,y\n", encoding="utf-8")
    ran = neckform("compare", "results", "references")
    assert ran.code == 3
    assert "without a reference: dora" in ran.err
    assert "carl.csv" in ran.err and len(ran.complaints) == 2
    found = numbers()
    assert [one["name"] for one in found["recordings"]] == ["anna", "ben"]
    assert found["axes"]["flexion"]["all"]["pairs"] == 760


BAD: dict[str, tuple[str | bytes, list[str], int, str]] = {
    "empty": ("", [], 3, "is no table"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), [], 3, "is no text"),
    "no names": ("1,2\n3,4\n5,6\n", [], 3, "no line of names"),
    "no time": ("flexion,rotation\n1,2\n3,4\n", [], 3, "--time"),
    "no angle": ("time,height\n1,2\n3,4\n", [], 3, "--flexion"),
    "no such column": ("time,flexion\n1,2\n3,4\n", ["--flexion", "pitch"], 3, "no column pitch"),
    "no numbers": ("time,flexion\n1,a\n2,b\n", [], 3, "holds no number"),
    "times go back": ("time,flexion\n1,2\n3,4\n2,4\n", [], 3, "go back"),
    "another movement": (
        "time,flexion\n" + "\n".join(f"{i / 5},{(i * 7919) % 31}" for i in range(300)), [], 3,
        "no time shift"),
    "another time": ("time,flexion\n900,2\n901,4\n902,4\n", ["--shift", "0"], 3, "--shift"),
    "times in microseconds": (
        "time,flexion\n" + "\n".join(f"{i * 20_000},{i % 50}" for i in range(3000)), [], 3,
        "are they seconds?"),
    "one time far off": ("time,flexion\n0,2\n1,4\n1e300,5\n", [], 3, "are they seconds?"),
    "no limits": ("time,flexion\n1,2\n3,4\n", ["--between", "yaw:1:2"], 2, "AXIS:LOW:HIGH"),
    "no span": ("time,flexion\n1,2\n3,4\n", ["--zero", "auto"], 2, "START-END"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_does_not_fit_is_one_line(
    neckform: Runner, frames: Path, tmp_path: Path, kind: str
) -> None:
    content, options, code, said = BAD[kind]
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "r.csv").write_bytes(data)
    ran = neckform("compare", frames, "r.csv", *options)
    assert (ran.code, len(ran.complaints)) == (code, 1), ran.err
    assert said in ran.err
    assert not Path("neckform-compare/agreement.json").exists()


@pytest.mark.parametrize("angles", ["nothing", "r.csv", "."])
def test_angles_that_are_none_are_one_line(neckform: Runner, tmp_path: Path, angles: str) -> None:
    (tmp_path / "r.csv").write_text("time,flexion\n1,2\n3,4\n", encoding="utf-8")
    ran = neckform("compare", angles, "r.csv")
    assert (ran.code, len(ran.complaints)) == (3, 1), ran.err


def test_without_pingouin_it_says_how_to_get_it(
    neckform: Runner, frames: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pingouin", None)
    ran = neckform("compare", frames, "r.csv")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "neckform[compare]" in ran.err
