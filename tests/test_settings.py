"""Settings files: what is shipped, what a person lays over it, and how mistakes are told."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from neckform.config import settings
from neckform.core.errors import SettingsError
from neckform.core.stretch.compensation import ShoulderLimits
from neckform.core.stretch.hold_machine import HoldRules
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Figure, Guidance
from neckform.core.types import Axis
from neckform.showing.exports.report_json import stretches_table


def load(folder: Path, text: str) -> HoldSettings:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return settings.load_settings(path)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    assert caught.value.exit_code == 2
    assert caught.value.source == str(folder / "mine.toml")
    return list(caught.value.problems)


def test_the_shipped_file_is_valid_and_has_the_stretches_of_the_treatment() -> None:
    treatment = {"cervical-paraspinal", "levator-scapulae", "upper-trapezius"}
    assert treatment <= set(settings.load_settings().by_id)


def test_the_defaults_are_defined_in_one_place_only() -> None:
    table = tomllib.loads(settings.SHIPPED.read_text(encoding="utf-8"))
    assert table["holds"] == table["shoulders"] == table["guidance"] == {}


@pytest.mark.parametrize(
    ("heading", "cls"),
    [("holds", HoldRules), ("shoulders", ShoulderLimits), ("guidance", Guidance)],
)
def test_what_the_shipped_comments_say_is_what_is_used(heading: str, cls: type) -> None:
    text = settings.SHIPPED.read_text(encoding="utf-8")
    block = text.split(f"[{heading}]\n")[1].split("\n\n")[0]
    said = {name: float(value) for name, value in re.findall(r"^# (\w+) = ([\d.]+)", block, re.M)}
    assert said == {definition.name: definition.default for definition in fields(cls)}


def test_every_setting_has_a_help_text() -> None:
    for cls in (HoldRules, ShoulderLimits, Guidance, Figure):
        assert all(definition.metadata["help"] for definition in fields(cls))


def test_own_values_are_merged_key_by_key(tmp_path: Path) -> None:
    mine = load(
        tmp_path,
        "[upper-trapezius]\nhold_s = 45\n"
        "[upper-trapezius.stay]\nrotation = { to_deg = 25 }\n"
        "[shoulders]\nrise_sw = 0.1\n",
    )
    shipped = settings.load_settings()
    stretch, before = mine.by_id["upper-trapezius"], shipped.by_id["upper-trapezius"]
    assert (stretch.target_ms, stretch.how_to) == (45_000, before.how_to)
    rotation = stretch.stay[Axis.ROTATION]
    assert (rotation.from_deg, rotation.to_deg) == (-20.0, 25.0)
    assert stretch.stay[Axis.FLEXION] == before.stay[Axis.FLEXION]
    assert mine.shoulders.rise_sw == 0.1
    assert mine.by_id["levator-scapulae"] == shipped.by_id["levator-scapulae"]


def test_a_stretch_of_ones_own_can_be_added(tmp_path: Path) -> None:
    mine = load(
        tmp_path,
        '[mine]\nname = "Chin tuck"\nsided = false\nhow_to = "Tuck."\nwhen_not = "Pain."\n'
        "hold_s = 10\nmain.flexion = { enter_deg = 10, target_deg = 15 }\nstay = {}\n"
        'instruction = "Tuck it."\nfigure = { flexion_deg = 12, feel = "nape" }\n',
    )
    tuck = mine.by_id["mine"]
    assert (tuck.target_ms, tuck.instruction, tuck.announcement) == (10_000, "Tuck it.", None)
    assert tuck.figure == Figure(flexion_deg=12, feel="nape")
    assert len(mine.stretches) == len(settings.load_settings().stretches) + 1


def test_all_mistakes_are_told_at_once_each_with_its_path(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "hold_s = 3\n"
        '[upper-trapezius]\nhold_s = "thirty"\nsided = 1\nhold_sec = 4\nmain = 3\n'
        "[upper-trapezius.stay]\nneck = { from_deg = 1, to_deg = 3 }\n"
        "rotation = { from_deg = 21 }\nflexion = { from_deg = 2000 }\n"
        "[levator-scapulae]\nid = 'other'\n"
        "[levator-scapulae.main.flexion]\nenter_deg = -3\n"
        "[levator-scapuli]\nhold_s = 3\n"
        "[holds]\nlapse_s = true\npause_s = nan\n"
        "[shoulders]\nrise = 3\n"
        '[mine]\nname = "Mine"\nsided = false\nhow_to = ""\nwhen_not = "x"\nmain = {}\n'
        "[cervical-paraspinal.stay]\nlateral = 4\n",
    )
    assert sorted(found) == sorted(
        [
            "hold_s: stands under no heading; write it below one, such as [cervical-paraspinal]",
            'upper-trapezius.hold_s: must be a number, not "thirty"',
            "upper-trapezius.sided: must be true or false, not 1",
            "upper-trapezius.hold_sec: unknown setting; did you mean hold_s?",
            "upper-trapezius.main: must be a table of settings, not 3",
            "upper-trapezius.stay.neck: unknown axis; the axes are flexion, rotation, lateral",
            "upper-trapezius.stay.rotation: from_deg (21) must be below to_deg (20)",
            "upper-trapezius.stay.flexion.from_deg: must be from -90 to 90, not 2000",
            "levator-scapulae.id: unknown setting; the heading is the id",
            "levator-scapulae.main.flexion.enter_deg: must be from 1 to 90, not -3",
            "levator-scapuli: unknown heading; did you mean levator-scapulae?",
            "holds.lapse_s: must be a number, not true",
            "holds.pause_s: must be a number, not nan",
            "shoulders.rise: unknown setting; did you mean rise_sw?",
            'mine.how_to: must be a text in quotes, not ""',
            "mine.stay: is missing",
            "cervical-paraspinal.stay.lateral: must be a table of settings, not 4",
        ]
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[holds]\nlapse_s = 1.5\npause_s = 1\n",
         "holds: pause_s (1) must not be below lapse_s (1.5)"),
        ("[upper-trapezius]\nhold_s = 0\n",
         "upper-trapezius.hold_s: must be from 3 to 600, not 0"),
        ("[holds]\nblink = 2\n",
         "holds.blink: unknown setting; known here: hysteresis_deg, first_hysteresis_deg, "
         "doubt_deg, lapse_s, pause_s, report_s, gap_s, coarse_s"),
        ("[upper-trapezius]\nfigure = { hand = 3 }\n",
         "upper-trapezius.figure.hand: must be a text in quotes, not 3"),
        ("[upper-trapezius.figure]\nfeel = \"knee\"\n",
         'upper-trapezius.figure.feel: must be nape or neck-side or neck-back, not "knee"'),
        ("[upper-trapezius.figure]\nhand = \"third\"\n",
         'upper-trapezius.figure.hand: must be same or both, not "third"'),
        ("holds = 3\n", "holds: must be a table of settings, not 3"),
        ("upper-trapezius = 3\n", "upper-trapezius: must be a table of settings, not 3"),
        ("[cervical-paraspinal.main]\nlateral = { enter_deg = 20, target_deg = 30 }\n"
         "[cervical-paraspinal]\nsided = true\n",
         "cervical-paraspinal: lateral cannot be both in main and in stay"),
    ],
)  # fmt: skip
def test_one_mistake_one_sentence(tmp_path: Path, text: str, problem: str) -> None:
    assert problems(tmp_path, text) == [problem]


def test_a_file_that_is_not_toml(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "[holds\n")
    assert re.fullmatch(r"is not valid TOML: .*line 1.*", problem)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape("none.toml: there is no such file")):
        settings.load_settings(tmp_path / "none.toml")


def test_a_folder_and_a_file_that_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: "):
        settings.load_settings(tmp_path)
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="is not text in UTF-8"):
        settings.load_settings(tmp_path / "mine.toml")


def test_the_settings_in_use_can_be_kept_with_a_report_and_used_again(tmp_path: Path) -> None:
    table = stretches_table(load(tmp_path, "[upper-trapezius]\nhold_s = 45\n"))
    assert json.loads(json.dumps(table)) == table
    assert table["upper-trapezius"]["hold_s"] == 45.0
    assert table["holds"]["lapse_s"] == 0.4
    assert table["levator-scapulae"]["main"]["rotation"] == {
        "enter_deg": 20.0,
        "target_deg": 30.0,
        "target_to_deg": 45.0,
    }


def test_own_settings_are_found_where_the_system_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda _name: tmp_path)
    assert settings.own_settings_file() is None
    (tmp_path / "stretches.toml").write_text("")
    assert settings.own_settings_file() == tmp_path / "stretches.toml"
