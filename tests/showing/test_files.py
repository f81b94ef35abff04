import csv
import json
from pathlib import Path

import pytest
from making import holding, sample

from neckform.core.errors import OutputError
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import HoldState
from neckform.showing.exports.files import complete_or_absent, prepare_folder, write_json
from neckform.showing.exports.frames_csv import COLUMNS, frame_rows


def test_json_is_complete_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_json(path, {"name": "Émile", "held_s": 34.5})
    assert json.loads(path.read_text(encoding="utf-8")) == {"name": "Émile", "held_s": 34.5}
    assert [item.name for item in tmp_path.iterdir()] == ["report.json"]


def test_a_number_that_is_none_of_ours_never_gets_into_a_report(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        write_json(tmp_path / "report.json", {"held_s": float("nan")})
    assert not list(tmp_path.iterdir())


def test_an_error_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), complete_or_absent(path) as stream:
        stream.write("half of the ne")
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["report.json"]


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="--out"):
        prepare_folder(tmp_path / "file" / "results")


def test_frames_csv_is_empty_where_unseen(tmp_path: Path) -> None:
    path = tmp_path / "frames.csv"
    with frame_rows(path) as rows:
        rows.add(0, None, HoldStatus(HoldState.REST))
        rows.add(100, sample(100, angles=None), HoldStatus(HoldState.REST))
        rows.add(233, sample(233), holding(12_900))
    with path.open(encoding="utf-8", newline="") as stream:
        before, unseen, seen = csv.DictReader(stream)
    assert tuple(seen) == COLUMNS
    for row in (before, unseen):
        assert row["head_source"] == "none"
        assert row["state"] == "rest"
        empty = set(COLUMNS) - {"t_s", "head_source", "state"}
        assert {row[name] for name in empty} == {""}
    assert seen == {
        "t_s": "0.233",
        "flexion_deg": "3.00",
        "rotation_deg": "-2.00",
        "lateral_deg": "31.00",
        "head_source": "face",
        "head_quality": "0.875",
        "left_rise_sw": "0.0100",
        "right_rise_sw": "-0.0200",
        "drift_sw": "0.0300",
        "shoulder_tilt_deg": "1.50",
        "trunk_turn_deg": "-2.50",
        "trunk_bend_deg": "0.00",
        "stretch": "upper-trapezius",
        "side": "left",
        "state": "holding",
        "held_s": "12.900",
        "raw_flexion_deg": "3.20",
        "raw_rotation_deg": "-2.40",
        "raw_lateral_deg": "30.10",
    }
