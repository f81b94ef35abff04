"""Which of stretches and resting posture is judged, end to end."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import clips
from neckform.core.errors import SettingsError
from neckform.jobs.analyze.judged import what_is_judged
from neckform.jobs.analyze.options import AnalyzeOptions
from running import Runner

pytestmark = pytest.mark.slow


def report(folder: Path) -> dict[str, Any]:
    content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize(
    ("postures", "stretches", "judged", "sought"),
    [
        (None, (), ["stretches", "postures"], 3),
        (None, ("upper-trapezius",), ["stretches", "postures"], 3),
        (True, (), ["postures"], 0),
        (True, ("upper-trapezius",), ["stretches", "postures"], 3),
        (False, (), ["stretches"], 3),
        (False, ("upper-trapezius",), ["stretches"], 3),
    ],
)
def test_what_is_judged(
    postures: bool | None, stretches: tuple[str, ...], judged: list[str], sought: int
) -> None:
    found = what_is_judged(AnalyzeOptions(postures=postures, stretches=stretches))
    kinds = {"stretches": found.session.holds.stretches, "postures": found.session.postures}
    assert [kind for kind, settings in kinds.items() if settings] == judged
    assert len(found.session.holds.stretches) == sought
    assert (found.session.postures is not None) == ("postures" in judged)
    assert len(found.known) == 3


def test_every_flag_has_a_name() -> None:
    names = what_is_judged(AnalyzeOptions()).names
    assert names["chin-to-chest"] == "Chin on the chest"
    assert names["static"] == "Unmoving"
    assert names["upper-trapezius"] == "Ear to shoulder"


def test_no_stretch_can_be_incomplete_where_none_is_judged() -> None:
    with pytest.raises(SettingsError, match="--postures alone judges no stretch"):
        what_is_judged(AnalyzeOptions(postures=True, fail_on="incomplete"))


def test_lying_is_judged_alone() -> None:
    found = what_is_judged(AnalyzeOptions(lying="side"))
    assert (found.session.holds.stretches, found.lying_on) == ((), "side")
    assert found.session.postures is not None
    with pytest.raises(SettingsError) as caught:
        what_is_judged(AnalyzeOptions(lying="back", stretches=("upper-trapezius",), baseline="0-1"))
    assert len(caught.value.problems) == 2


def test_somebody_across_the_picture_is_judged_by_the_body(
    neckform: Runner, tmp_path: Path
) -> None:
    lying = (np.rot90(image).copy() for image in clips.demo_frames(60, 71))
    clip = clips.write_video(tmp_path / "lying.mp4", lying)
    ran = neckform("analyze", clip, "--lying", "back")
    assert (ran.code, ran.err) == (0, "")
    found = report(tmp_path / "neckform-out" / "lying")
    assert (found["baseline"], found["holds"]) == (None, [])
    # A chin on the chest from 63.0 s to 71.6 s, by the clip's truth.
    (flag,) = found["flags"]
    assert flag["flag"] == "chin-to-chest"
    assert flag["start_s"] == pytest.approx(3.0, abs=1.0)
    assert "judged as lying on the back, without a neutral" in " ".join(ran.out.split())


def test_an_empty_bed_is_told(neckform: Runner, tmp_path: Path) -> None:
    empty = (np.full((240, 320, 3), 90, np.uint8) for _ in range(30))
    ran = neckform("analyze", clips.write_video(tmp_path / "bed.mp4", empty), "--lying", "side")
    assert ran.code == 4
    assert "face and shoulders must be uncovered and in the light" in ran.err


def test_a_head_held_at_an_angle_is_a_stretch_or_a_flag_but_not_both(
    neckform: Runner, short_clip: Path, tmp_path: Path
) -> None:
    both = neckform("analyze", short_clip, "--out", "both", "--record", "seen.nfobs")
    assert (both.code, both.err) == (0, "")
    found = report(tmp_path / "both")
    assert [hold["stretch"] for hold in found["holds"]] == ["upper-trapezius"]
    assert found["flags"] == []
    assert "Resting posture" not in both.out

    alone = neckform("analyze", "seen.nfobs", "--out", "alone", "--postures")
    found = report(tmp_path / "alone")
    assert (alone.code, found["holds"]) == (0, [])
    (flag,) = found["flags"]
    assert (flag["flag"], flag["side"]) == ("side-tilt", "left")
    assert flag["start_s"] == pytest.approx(3.67, abs=0.5)
    assert flag["end_s"] == pytest.approx(9.0, abs=0.2)
    assert flag["peak_deg"] == pytest.approx(37, abs=5)
    assert found["summary"]["flags"][0]["flag"] == "side-tilt"
    assert "Head fallen sideways, left: 0:03 to 0:08" in " ".join(alone.out.split())
    assert "No stretch" not in alone.out

    neither = neckform("analyze", "seen.nfobs", "--out", "neither", "--no-postures")
    assert neither.code == 0
    assert report(tmp_path / "neither")["flags"] == []


def test_settings_of_ones_own_are_used(neckform: Runner, short_clip: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[recorded]\nafter_s = 30\n", encoding="utf-8")
    asked = ("analyze", short_clip, "--postures", "--posture-settings", mine)
    assert neckform(*asked).code == 0
    found = report(tmp_path / "neckform-out" / "short")
    assert found["flags"] == []
    assert found["settings"]["postures"]["recorded"]["after_s"] == 30
    mine.write_text("[recorded]\nafter = 30\n", encoding="utf-8")
    ran = neckform(*asked)
    assert ran.code == 2
    assert "recorded.after: unknown setting; did you mean after_s?" in ran.err


def test_plain_sitting_is_told_to_be_well(neckform: Runner, short_clip: Path) -> None:
    ran = neckform("analyze", short_clip, "--postures", "--posture-settings", _lenient())
    assert "The neck rested well as far as it was seen." in ran.out


def _lenient() -> Path:
    path = Path("lenient.toml")
    path.write_text("[side-tilt]\nenter_deg = 80\n", encoding="utf-8")
    return path
