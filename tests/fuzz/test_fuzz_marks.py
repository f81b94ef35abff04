"""Damaged marks of finished recordings: done again, or believed; the other one stays as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from door_runs import Doors
from hostile import as_json, changed, damaged
from hypothesis import given
from hypothesis import strategies as st

from neckform.jobs.analyze.several.done import MARK


@pytest.fixture(scope="module")
def done(doors: Doors) -> Path:
    """The results of two recordings."""
    (doors.folder / "day").mkdir()
    for name in ("one", "two"):
        shutil.copy(doors.recording, doors.folder / "day" / f"{name}.nfobs")
    doors.run("analyze", doors.folder / "day", "--out", doors.folder / "done", codes={0})
    return doors.folder / "done"


@given(st.data())
def test_marks(doors: Doors, done: Path, data: st.DataObject) -> None:
    mark = (done / "one" / MARK).read_bytes()
    tree = json.loads(mark)
    part = data.draw(st.sampled_from(["found", "stamp", "files", "notes"]))
    odd = st.one_of(
        changed(tree),
        changed(tree[part]).map(lambda value: {**tree, part: value}),
    ).map(as_json)
    content = data.draw(st.one_of(odd, odd, damaged(mark)))
    out = doors.folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(done, out)
    (out / "one" / MARK).write_bytes(content)
    doors.run("analyze", doors.folder / "day", "--out", out, codes={0, 3, 4})
    assert (out / "index.html").is_file()
    assert (out / "two" / MARK).read_bytes() == (done / "two" / MARK).read_bytes()
