"""What is written beside the report, from a real recording: page, exports, schema."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

import clips
import neckform as package
from neckform.showing.exports import parquet
from neckform.showing.exports.report_json import as_json
from page_making import report as made_report
from running import Runner

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(
    (Path(package.__file__).parent / "showing" / "exports" / "report.schema.json").read_text(
        encoding="utf-8"
    )
)


def closed(node: Any, path: tuple[str, ...] = ()) -> Any:
    """The schema with nothing allowed that it does not name: what a version writes, it tells."""
    if isinstance(node, list):
        return [closed(item, path) for item in node]
    if not isinstance(node, dict):
        return node
    done = {key: closed(value, (*path, key)) for key, value in node.items()}
    # Settings are a person's own: any stretch may be among them.
    if "properties" in node and path[-1:] != ("settings",):
        done["additionalProperties"] = False
    return done


VALIDATOR = jsonschema.Draft202012Validator(closed(SCHEMA))


def complaints(content: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(content)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("neutral", [True, False])
def test_a_report_with_everything_keeps_to_the_schema(neutral: bool) -> None:
    assert complaints(json.loads(json.dumps(as_json(made_report(neutral=neutral))))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("holds", 0, "held_s"), "34"),
        (("holds", 0, "ended_by"), "boredom"),
        (("holds", 0, "lateral_deg", "uncertainty"), -1),
        (("coverage", "unseen_s"), None),
        (("range_of_motion", "flexion", "extra"), 1),
        (("schema",), "neckform/report/2"),
    ],
    ids=str,
)
def test_the_schema_can_refuse(path: tuple[Any, ...], value: object) -> None:
    content = as_json(made_report())
    inner: Any = content
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert complaints(content)


def test_everything_at_once(neckform: Runner, short_clip: Path, tmp_path: Path) -> None:
    ran = neckform(
        "analyze",
        short_clip,
        "--out",
        "all",
        "--annotate",
        "--pictures",
        "--mot",
        "--trc",
        "--parquet",
    )
    assert ran.code == 0, ran.err
    folder = tmp_path / "all"
    names = {"report.json", "report.html", "frames.csv", "annotated.mp4", "chapters.vtt",
             "angles.mot", "markers.trc", "frames.parquet", "moment.jpg"}  # fmt: skip
    assert {item.name for item in folder.iterdir()} == names
    for name in names:
        assert str(Path("all") / name) in ran.out
    content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert complaints(content) == []
    reached = content["range_of_motion"]
    assert reached["left_lateral"]["reached_deg"] == pytest.approx(36, abs=6)
    assert reached["left_lateral"]["at_s"] > 3
    table = pd.read_csv(folder / "frames.csv")
    assert len(table) == content["source"]["frames_analyzed"]
    # The page has a picture, and the report beside it says the same.
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert html.count("data:image/jpeg;base64,") == 1
    assert content["holds"][0]["verdict"] in html


def test_no_page_and_no_picture_by_default(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    assert neckform("analyze", short_clip, "--no-html").code == 0
    folder = tmp_path / "neckform-out" / "short"
    assert {item.name for item in folder.iterdir()} == {"report.json", "frames.csv"}
    assert neckform("analyze", short_clip).code == 0
    assert "data:image" not in (folder / "report.html").read_text(encoding="utf-8")


def test_an_empty_room_has_a_page_and_keeps_to_the_schema(neckform: Runner, tmp_path: Path) -> None:
    ran = neckform("analyze", clips.empty_room(tmp_path / "room.mp4"), "--out", "out")
    assert ran.code == 4
    content = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert complaints(content) == []
    assert "nothing was judged" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_parquet_without_pyarrow_is_one_line(
    neckform: Runner, short_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "available", lambda: False)
    ran = neckform("analyze", short_clip, "--parquet")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "pip install 'neckform[parquet]'" in ran.err
    assert not Path("neckform-out").exists()


def test_pictures_need_a_page_and_a_video(neckform: Runner, short_clip: Path) -> None:
    ran = neckform("analyze", short_clip, "--pictures", "--no-html")
    assert ran.code == 2
    assert "--pictures" in ran.err
    assert neckform("analyze", short_clip, "--record", "seen.nfobs").code == 0
    ran = neckform("analyze", "seen.nfobs", "--pictures")
    assert ran.code == 2
    assert "holds no picture" in ran.err


def names_of(node: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(node, dict):
        found |= set(node.get("properties", {}))
        for value in node.values():
            found |= names_of(value)
    return found


def test_every_field_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_0-9]+)`", (ROOT / "docs" / "report.md").read_text()))
    assert names_of(SCHEMA) <= documented, names_of(SCHEMA) - documented
