"""``postures.toml``: what is shipped, what a person lays over it, and how mistakes are told."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from neckform.config import settings
from neckform.core.errors import SettingsError
from neckform.core.posture.flags import (
    Dozing,
    Dropped,
    LiveRules,
    LyingRules,
    Posture,
    PostureSettings,
    RecordedRules,
    Static,
    Sunk,
)
from neckform.core.types import Axis
from neckform.showing.exports.report_json import postures_table

RULES = {
    "dropped": Dropped, "sunk": Sunk, "static": Static, "dozing": Dozing, "lying": LyingRules,
    "recorded": RecordedRules, "live": LiveRules,
}  # fmt: skip


def load(folder: Path, text: str) -> PostureSettings:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return settings.load_postures(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    assert caught.value.exit_code == 2
    assert caught.value.source == str(folder / "mine.toml")
    return list(caught.value.problems)


def by_id(found: PostureSettings) -> dict[str, Posture]:
    return {posture.id: posture for posture in found.postures}


def test_the_shipped_file_has_these_postures_and_their_numbers() -> None:
    found = settings.load_postures()
    numbers = {
        one.id: (one.axis, one.enter_deg, one.leave_deg, one.sided) for one in found.postures
    }
    expected = {
        "chin-to-chest": (Axis.FLEXION, 35, 28, False),
        "slouch": (Axis.FLEXION, 20, 14, False),
        "chin-up": (Axis.FLEXION, -15, -10, False),
        "side-tilt": (Axis.LATERAL, 15, 10, True),
        "twisted": (Axis.ROTATION, 30, 22, True),
    }
    assert {name: numbers[name] for name in expected} == expected
    slouch = by_id(found)["slouch"]
    assert (slouch.caution_deg, slouch.caution_leave_deg) == (10, 7)
    assert (found.static.within_deg, found.static.after_s) == (5, 600)
    assert (found.recorded.after_s, found.live.after_s, found.live.cooldown_s) == (3, 60, 300)


@pytest.mark.parametrize("heading", RULES)
def test_what_the_shipped_comments_say_is_what_is_used(heading: str) -> None:
    text = settings.SHIPPED_POSTURES.read_text(encoding="utf-8")
    block = text.split(f"\n[{heading}]\n")[1].split("\n\n")[0]
    said = {name: float(value) for name, value in re.findall(r"^# (\w+) = ([\d.]+)", block, re.M)}
    written = tomllib.loads(block)
    assert {**said, **written} == {one.name: one.default for one in fields(RULES[heading])}


def test_every_setting_has_a_help_text() -> None:
    for cls in (Posture, *RULES.values()):
        for definition in fields(cls):
            assert definition.name == "id" or definition.metadata["help"]


def test_a_file_of_ones_own_gives_only_what_differs(tmp_path: Path) -> None:
    found = load(tmp_path, "[slouch]\nenter_deg = 25\n[live]\nafter_s = 120\n")
    assert (by_id(found)["slouch"].enter_deg, by_id(found)["slouch"].leave_deg) == (25, 14)
    assert (found.live.after_s, found.recorded.after_s) == (120, 3)


def test_a_posture_may_be_added(tmp_path: Path) -> None:
    text = """
        [bird]
        name = "MonitorState birds"
        advice = "Come down."
        sided = false
        axis = "flexion"
        enter_deg = -30
        leave_deg = -20
    """
    assert by_id(load(tmp_path, text))["bird"].sign == -1.0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[slough]\nenter_deg = 20", "slough: unknown heading; did you mean slouch?"),
        ("[slouch]\nentre_deg = 20", "slouch.entre_deg: unknown setting; did you mean enter_deg?"),
        ("[live]\nafter = 9", "live.after: unknown setting; did you mean after_s?"),
        ("[live]\nafter_s = 0", "live.after_s: must be from 0.5 to 3600, not 0"),
        ("[slouch]\nenter_deg = true", "slouch.enter_deg: must be a number, not true"),
        ("[slouch]\nleave_deg = 21",
         "slouch: leave_deg (21) must lie between 0 and enter_deg (20)"),
        ("[chin-up]\nenter_deg = 15",
         "chin-up: leave_deg (-10) must lie between 0 and enter_deg (15)"),
        ("[slouch]\ncaution_deg = 5",
         "slouch: caution_leave_deg (7) must lie between 0 and caution_deg (5)"),
        ("[twisted]\nsided = false",
         "twisted: only flexion can be the axis of a posture without sides"),
        ("[twisted]\naxis = \"yaw\"",
         "twisted.axis: unknown axis; the axes are flexion, rotation, lateral"),
        ("[slouch]\nunless = \"chin-to-cheast\"",
         "slouch.unless: there is no posture chin-to-cheast; did you mean chin-to-chest?"),
        ("[sunk]\nleave_height = 0.5", "sunk: leave_height (0.5) must not be below height (0.85)"),
        ("[dropped]\nleave_height = 0.5",
         "dropped: leave_height (0.5) must not be below height (0.6)"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_path(tmp_path: Path, text: str, problem: str) -> None:
    assert problems(tmp_path, text) == [problem]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = "[slouch]\nenter_deg = 99\n[nap]\nenter_deg = 2\n[live]\nlapse_s = -1\n"
    assert len(problems(tmp_path, text)) == 3


def test_the_report_can_keep_them() -> None:
    kept = postures_table(settings.load_postures())
    assert json.loads(json.dumps(kept)) == kept
    assert kept["side-tilt"]["enter_deg"] == 15
    assert kept["live"]["after_s"] == 60
