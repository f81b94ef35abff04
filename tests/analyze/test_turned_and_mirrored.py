"""Recordings that lie on their side or are mirror images, end to end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import clips
from running import Runner

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, bool], Path]:
    """The packaged clip's first stretch, turned counter-clockwise by quarters, and mirrored."""
    folder = tmp_path_factory.mktemp("changed")

    def make(quarters: int, mirrored: bool) -> Path:
        path = folder / f"{quarters}{'m' if mirrored else ''}.mp4"
        if not path.exists():
            pictures = (
                np.ascontiguousarray(np.rot90(image[:, ::-1] if mirrored else image, quarters))
                for image in clips.demo_frames(0, 8)
            )
            clips.write_video(path, pictures)
        return path

    return make


def told(folder: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report["source"], [(hold["stretch"], hold["side"]) for hold in report["holds"]]


LEFT, RIGHT = [("upper-trapezius", "left")], [("upper-trapezius", "right")]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_picture_that_lies_on_its_side_is_turned_and_it_is_said(
    neckform: Runner, changed: Callable[[int, bool], Path], quarters: int
) -> None:
    ran = neckform("analyze", changed(quarters, False), "--out", "out", "--annotate")
    assert ran.code == 0
    source, holds = told(Path("out"))
    assert holds == LEFT
    assert source["turned_deg"] == 90 * quarters
    assert (source["width"], source["height"]) == (640, 480)
    assert source["mirrored"] is False
    assert ran.err.count("\n") == 1
    assert f"clockwise by {90 * quarters} degrees" in ran.err
    assert "--turn 0" in ran.err


def test_an_upright_one_is_left_alone(
    neckform: Runner, changed: Callable[[int, bool], Path]
) -> None:
    ran = neckform("analyze", changed(0, False), "--out", "out")
    assert (ran.code, ran.err) == (0, "")
    assert told(Path("out"))[0]["turned_deg"] == 0


def test_who_says_how_to_turn_it_is_obeyed(
    neckform: Runner, changed: Callable[[int, bool], Path]
) -> None:
    ran = neckform("analyze", changed(1, False), "--out", "out", "--turn", "90")
    assert (ran.code, ran.err) == (0, "")
    source, holds = told(Path("out"))
    assert (source["turned_deg"], holds) == (90, LEFT)
    neckform("analyze", changed(1, False), "--out", "out", "--turn", "0")
    source, _ = told(Path("out"))
    assert (source["turned_deg"], source["width"]) == (0, 480)


@pytest.mark.parametrize("quarters", [0, 3])
def test_a_mirror_image_is_mirrored_back_where_it_is_said(
    neckform: Runner, changed: Callable[[int, bool], Path], quarters: int
) -> None:
    neckform("analyze", changed(quarters, True), "--out", "out")
    assert told(Path("out"))[1] == RIGHT
    kept = Path("kept.nfobs")
    ran = neckform(
        "analyze", changed(quarters, True), "--out", "out", "--mirrored", "--record", kept
    )
    assert ran.code == 0
    source, holds = told(Path("out"))
    assert (source["mirrored"], source["turned_deg"] % 180 != 0, holds) == (
        True,
        quarters == 3,
        LEFT,
    )
    # What was kept is as it was seen: upright, and no mirror image.
    ran = neckform("analyze", kept, "--out", "again")
    assert (ran.code, ran.err) == (0, "")
    assert told(Path("again"))[1] == LEFT


def test_a_landmark_recording_is_turned_and_mirrored_too(
    neckform: Runner, changed: Callable[[int, bool], Path]
) -> None:
    neckform("analyze", changed(1, True), "--out", "out", "--turn", "0", "--record", "kept.nfobs")
    ran = neckform("analyze", "kept.nfobs", "--out", "again", "--mirrored")
    assert "lies on its side" in ran.err
    source, holds = told(Path("again"))
    assert (source["turned_deg"], source["mirrored"], holds) == (90, True, LEFT)
    assert (source["width"], source["height"]) == (640, 480)
    assert neckform("analyze", "kept.nfobs", "--out", "again", "--turn", "45").code == 2
