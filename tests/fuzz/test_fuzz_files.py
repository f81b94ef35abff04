"""Damaged settings, profiles, days, choices, cards: what is wrong is said; all else goes on."""

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
from neckform.config.remembered import SCHEMA as REMEMBERED
from neckform.config.settings import SHIPPED, SHIPPED_POSTURES, load_settings
from neckform.core.coach.routine import all_exercises
from neckform.core.neutral.baseline import neutral_of
from neckform.core.stretch.stretches import OwnRange
from neckform.history.watched import SCHEMA, day_file, read_day, write_day
from neckform.jobs.card import EXAMPLE
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


@st.composite
def settings_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """An option and a file: a person's own has some of the headings, and few of the keys."""
    option = draw(st.sampled_from(list(SETTINGS)))
    tree = SETTINGS[option]
    part = {key: tree[key] for key in draw(st.sets(st.sampled_from(list(tree)), min_size=1))}
    return option, draw(either(part, as_toml))


@given(settings_files())
def test_settings(doors: Doors, given: tuple[str, bytes]) -> None:
    option, content = given
    path = doors.folder / "own.toml"
    path.write_bytes(content)
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
    content = data.draw(either(profile, as_json))
    path = doors.folder / PROFILE
    path.write_bytes(content)
    doors.run(
        "analyze", doors.recording, "--baseline", path, "--no-history", codes={0, 2, 4}
    )  # fmt: skip


DAY = date(2026, 11, 20)
SPENT = {"schema": SCHEMA, "date": DAY.isoformat(), "zones_ms": {"neutral": 3_600_000, "away": 9}}
HOW = st.sampled_from([(), ("--json",), ("--csv",), ("--html", "page.html")])


@given(either(SPENT, as_json), HOW)
def test_day_files(doors: Doors, content: bytes, how: tuple[str, ...]) -> None:
    doors.empty_data()
    days = doors.data / "days"
    days.mkdir()
    write_day(days, date(2026, 11, 19), {"neutral": 60_000, "chin-to-chest": 1000})
    path = day_file(days, DAY)
    path.write_bytes(content)
    ran = doors.run("history", *how, codes={0, 2})
    assert ran.code == 0 or path.name in ran.err
    assert "2026-11-19" in doors.run("history", "--json", codes={0, 2}).out, "the other is lost"
    assert all(0 <= spent < 10**8 for spent in read_day(days, DAY).values())
    doors.run("history", "forget", "--all", codes={0})
    assert list(days.iterdir()) == []


CHOICES = Choices(all_exercises(STRETCHES))


@given(either({"schema": REMEMBERED, **as_dict(CHOICES)}, as_json))
def test_choices(doors: Doors, content: bytes) -> None:
    path = doors.folder / "routine.json"
    path.write_bytes(content)
    with bounded():
        choices, line = read_choices(path, STRETCHES, CHOICES)
    assert line is None or (path.name in line and len(line) < 1000)
    json.dumps(as_dict(choices), allow_nan=False).encode()
    write_choices(path, choices)
    assert read_choices(path, STRETCHES, CHOICES) == (choices, None)


CARD = tomllib.loads(EXAMPLE)
CARDS = st.one_of(
    changed(CARD["stretch"]).map(lambda lines: as_toml({**CARD, "stretch": lines})),
    either(CARD, as_toml),
)


@given(CARDS)
def test_cards(doors: Doors, content: bytes) -> None:
    path = doors.folder / "card.toml"
    path.write_bytes(content)
    told = doors.run("card", path, codes={0, 2})
    ran = doors.run("analyze", doors.recording, "--card", path, "--no-history", codes={0, 2, 4})
    assert (told.code == 2) == (ran.code == 2)
    assert ran.code != 2 or ("card.toml" in told.err and "card.toml" in ran.err)
