"""Damaged settings, profiles, days and choices: what is wrong is said, and all else goes on."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from door_runs import Doors, bounded, observation
from hostile import as_json, as_toml, changed, damaged
from hypothesis import given
from hypothesis import strategies as st

from neckform.config.profile import write_profile
from neckform.config.settings import SHIPPED, SHIPPED_POSTURES, load_settings
from neckform.core.coach.routine import all_exercises
from neckform.core.neutral.baseline import neutral_of
from neckform.core.stretch.stretches import OwnRange
from neckform.history.watched import day_file, read_day, write_day
from neckform.jobs.coach.choices import Choices, as_dict, read_choices, write_choices

STRETCHES = load_settings().stretches
SETTINGS = {
    "--settings": tomllib.loads(SHIPPED.read_text("utf-8")),
    "--posture-settings": tomllib.loads(SHIPPED_POSTURES.read_text("utf-8")),
}
"""Each option, and the file that ships."""


def either(tree: Any, written: Callable[[Any], bytes]) -> st.SearchStrategy[bytes]:
    """A file whose tree is changed, or whose bytes are damaged, or both."""
    trees = changed(tree).map(written)
    return st.one_of(trees, trees, damaged(written(tree)), trees.flatmap(damaged))


@given(st.data())
def test_settings(doors: Doors, data: st.DataObject) -> None:
    option = data.draw(st.sampled_from(list(SETTINGS)))
    tree = SETTINGS[option]
    # A person's own file has some of the headings, and few of the keys.
    part = {key: tree[key] for key in data.draw(st.sets(st.sampled_from(list(tree)), min_size=1))}
    path = doors.folder / "own.toml"
    path.write_bytes(data.draw(either(part, as_toml)))
    ran = doors.run("analyze", doors.recording, option, path, "--no-history", codes={0, 2, 4})
    assert ran.code != 2 or "own.toml" in ran.err


PROFILE = "profile.json"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("profile") / PROFILE
    baseline = neutral_of([observation(0), observation(100)], "held")
    write_profile(path, baseline, OwnRange(flexion_deg=40, left_lateral_deg=30))
    content = json.loads(path.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


@given(st.data())
def test_profiles(doors: Doors, profile: dict[str, Any], data: st.DataObject) -> None:
    path = doors.folder / PROFILE
    path.write_bytes(data.draw(either(profile, as_json)))
    doors.run(
        "analyze", doors.recording, "--baseline", path, "--no-history", codes={0, 2, 4}
    )  # fmt: skip


DAY = date(2026, 11, 20)


@given(st.data())
def test_day_files(doors: Doors, data: st.DataObject) -> None:
    doors.empty_data()
    days = doors.data / "days"
    days.mkdir()
    write_day(days, date(2026, 11, 19), {"neutral": 60_000, "chin-to-chest": 1000})
    path = day_file(days, DAY)
    write_day(days, DAY, {"neutral": 3_600_000, "away": 1_000_000})
    path.write_bytes(data.draw(either(json.loads(path.read_bytes()), as_json)))
    how = data.draw(st.sampled_from([(), ("--json",), ("--csv",), ("--html", "page.html")]))
    ran = doors.run("history", *how, codes={0, 2})
    assert ran.code == 0 or path.name in ran.err
    assert "2026-11-19" in doors.run("history", "--json", codes={0, 2}).out, "the other is lost"
    assert all(0 <= spent < 10**8 for spent in read_day(days, DAY).values())
    doors.run("history", "forget", "--all", codes={0})
    assert list(days.iterdir()) == []


@given(st.data())
def test_choices(doors: Doors, data: st.DataObject) -> None:
    path = doors.folder / "routine.json"
    before = Choices(all_exercises(STRETCHES))
    write_choices(path, before)
    path.write_bytes(data.draw(either(json.loads(path.read_bytes()), as_json)))
    with bounded():
        choices, line = read_choices(path, STRETCHES, before)
    assert line is None or (path.name in line and len(line) < 1000)
    json.dumps(as_dict(choices), allow_nan=False).encode()
    write_choices(path, choices)
    assert read_choices(path, STRETCHES, before) == (choices, None)
