"""What the page is told of one moment: the core's verdicts, with words in the voice's language."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from making import holding

from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.coach import guided, placement
from neckform.core.coach.cues import CueKind
from neckform.core.coach.framing import IDS, Check
from neckform.core.coach.guided import PausedBy
from neckform.core.coach.placement import Patience
from neckform.core.session import SessionSettings
from neckform.core.stretch.compensation import ShoulderVerdict, Verdict
from neckform.core.stretch.status import AxisStatus, HoldStatus, StretchZone
from neckform.core.types import Axis, Evidence, HoldState, Reason, Shoulders
from neckform.showing.page.coach_states import (
    axes_state,
    gauge_state,
    paused_state,
    placement_state,
    shoulders_state,
)
from neckform.showing.words.catalogue import languages, phrase

IN, OUT, UNSEEN = Evidence.IN, Evidence.OUT, Evidence.UNSEEN
STILL = Shoulders(0.0, 0.0, 0.0, 0.0, 0.0)
UNMOVED = ShoulderVerdict(0.0, 0.0, 0.08, 0.1, raised=False, evidence=IN)


# --- the gauge ----------------------------------------------------------------------------


@pytest.mark.parametrize("zone", StretchZone)
@pytest.mark.parametrize("angle_deg", [None, 5.0, 31.0, 62.0])
def test_the_gauge_has_the_core_s_zone_whatever_its_angle(
    angle_deg: float | None, zone: StretchZone
) -> None:
    """Its one angle is no ground to judge on: another axis may be too far, or not far enough."""
    gauge = gauge_state(holding(angle_deg=angle_deg, zone=zone))
    assert gauge is not None
    assert (gauge["zone"], gauge["angle_deg"]) == (zone.value, angle_deg)


def test_the_gauge_has_all_its_marks() -> None:
    axis = AxisStatus(Axis.ROTATION, 33.0, 20.0, 14.0, 30.0, 45.0, 70.0)
    gauge = gauge_state(replace(holding(), axes=(axis, replace(axis, axis=Axis.FLEXION))))
    assert json.loads(json.dumps(gauge)) == {
        "axis": "rotation",
        "angle_deg": 33.0,
        "enter_deg": 20.0,
        "leave_deg": 14.0,
        "target_deg": 30.0,
        "to_deg": 45.0,
        "ease_off_deg": 70.0,
        "zone": "target",
    }


@pytest.mark.parametrize(
    ("state", "reason", "entered"),
    [
        (HoldState.REST, None, False),
        (HoldState.REST, Reason.SHOULDER_RISE, False),
        (HoldState.HOLDING, None, True),
        (HoldState.LAPSE, Reason.SHOULDER_RISE, True),
        (HoldState.PAUSED, Reason.SHOULDER_RISE, True),
        (HoldState.PAUSED, Reason.ANGLE_LOW, False),
    ],
)
def test_each_axis_has_a_bar_whose_band_begins_where_the_clock_would_stop(
    state: HoldState, reason: Reason | None, entered: bool
) -> None:
    (axis,) = holding().axes
    both = replace(
        holding(), state=state, reason=reason, axes=(axis, replace(axis, axis=Axis.FLEXION))
    )
    bars = axes_state(both, "de")
    assert [bar["name"] for bar in bars] == [phrase(f"axis.{axis.axis}", "de"), "Kinn senken"]
    assert {bar["from_deg"] for bar in bars} == {axis.leave_deg if entered else axis.enter_deg}


def test_no_stretch_has_no_gauge() -> None:
    assert gauge_state(HoldStatus(HoldState.REST)) is None


# --- the shoulders ------------------------------------------------------------------------


@pytest.mark.parametrize("evidence", [IN, OUT])
@pytest.mark.parametrize("up_sw", [0.0, 0.07, 0.2])
def test_a_dot_is_in_or_out_as_judged_wherever_it_is(up_sw: float, evidence: Evidence) -> None:
    """A hand lifts its shoulder; on the way back the limit is closer: a place says neither."""
    left = replace(UNMOVED, up_sw=up_sw, evidence=evidence)
    reason = Reason.SHOULDER_RISE if evidence is OUT else None
    shown = shoulders_state(Verdict(evidence, reason, STILL, left, UNMOVED), "en")
    assert shown is not None
    assert (shown["left"]["in"], shown["left"]["up_sw"]) == (evidence is IN, up_sw)
    assert shown["right"]["in"]


def test_each_dot_has_the_limits_that_it_was_judged_by() -> None:
    closer = ShoulderVerdict(0.07, -0.02, 0.06, 0.075, raised=True, evidence=OUT)
    verdict = Verdict(OUT, Reason.SHOULDER_RISE, STILL, UNMOVED, closer)
    shown = shoulders_state(verdict, "en")
    assert shown is not None
    assert shown["right"] == {
        "across_sw": -0.02,
        "up_sw": 0.07,
        "across_limit_sw": 0.075,
        "up_limit_sw": 0.06,
        "in": False,
    }
    assert shown["left"]["in"]


@pytest.mark.parametrize(
    ("evidence", "reason", "english", "german"),
    [
        (IN, None, "Shoulders still", "Schultern ruhig"),
        (OUT, Reason.TRUNK_TURN, "The upper body turns", "Der Oberkörper dreht sich"),
        (UNSEEN, Reason.UNSEEN, "Shoulders not in view", "Schultern nicht im Bild"),
    ],
)
def test_the_shoulders_are_told_in_words(
    evidence: Evidence, reason: Reason | None, english: str, german: str
) -> None:
    for language, words in (("en", english), ("de", german)):
        shown = shoulders_state(Verdict(evidence, reason, None), language)
        assert shown is not None
        assert (shown["evidence"], shown["text"]) == (evidence.value, words)
        assert (shown["left"], shown["right"]) == (None, None)


def test_before_the_first_moment_there_are_no_shoulders() -> None:
    assert shoulders_state(None, "en") is None


# --- the language -------------------------------------------------------------------------

SESSION = SessionSettings(load_settings(), load_correction())
OTHERS = [language for language in languages() if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("by", PausedBy)
def test_a_pause_is_told_in_the_language_of_the_voice(by: PausedBy, language: str) -> None:
    waiting = replace(guided.begin(SESSION, Patience(), 0), paused=by)
    shown, english = (paused_state(waiting, tag)["paused"] for tag in (language, "en"))
    assert shown["by"] == by.value
    assert shown["text"] != english["text"]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_told_in_the_language_of_the_voice(reason: Reason, language: str) -> None:
    verdict = Verdict(OUT, reason, None)
    shown, english = shoulders_state(verdict, language), shoulders_state(verdict, "en")
    assert shown is not None
    assert english is not None
    assert shown["text"] != english["text"]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", IDS)
def test_a_check_is_told_in_the_language_of_the_voice(name: str, language: str) -> None:
    begun = placement.begin(Patience())
    for checks in ((Check(name, None),), (Check(name, CueKind.MORE_LIGHT),)):
        shown, english = (
            placement_state(replace(begun, found=checks), tag)["framing"]
            for tag in (language, "en")
        )
        assert shown["ok"] is english["ok"]
        assert shown["checks"][0]["text"] != english["checks"][0]["text"]
        assert (shown["text"] != english["text"]) is english["ok"]
