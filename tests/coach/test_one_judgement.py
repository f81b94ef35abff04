"""Whatever shows a moment says of it what the core judged: over the whole packaged clip."""

from __future__ import annotations

from typing import Any

import pytest

from changed import resized
from moments import Shown, Walk, coached, faults, faults_of_report, observations
from neckform.core.coach.cues import CueKind
from neckform.core.measure.observation import Observation
from neckform.core.stretch.compensation import Verdict
from neckform.core.stretch.status import HoldStatus
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Evidence, Exercise, HoldState, Side
from neckform.jobs.demo.job import CLIP
from neckform.showing.page import coach_states
from neckform.showing.page.coach_states import gauge_state, shoulders_state

ALL = (
    Exercise("upper-trapezius", Side.LEFT),
    Exercise("upper-trapezius", Side.RIGHT),
    Exercise("cervical-paraspinal"),
)
TENDER = OwnRange(flexion_deg=25.0, left_lateral_deg=20.0)
"""So little that the clip's person goes too far for it."""


@pytest.fixture(scope="module")
def clip() -> list[Observation]:
    """The packaged clip, as the landmark models see it."""
    return observations(CLIP)


def walked(
    clip: list[Observation], language: str = "en", own: OwnRange | None = None
) -> list[Shown]:
    walk = Walk(coached(*ALL, hold_s=12.0, own_range=own), language)
    shown = list(walk.moments(clip))
    assert not faults_of_report(walk.finish(), shown)
    return shown


def all_faults(shown: list[Shown]) -> list[str]:
    return [fault for one in shown for fault in faults(one)]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "own"), [("en", None), ("de", None), ("fr", TENDER)])
def test_everybody_says_the_same_of_each_moment(
    clip: list[Observation], language: str, own: OwnRange | None
) -> None:
    shown = walked(clip, language, own)
    assert not all_faults(shown)
    assert len(shown) > 200
    assert {one.coach.clock for one in shown} >= {
        HoldState.REST, HoldState.HOLDING, HoldState.PAUSED,
    }  # fmt: skip
    assert {one.coach.hold.shoulders.evidence for one in shown if one.coach.hold.shoulders} >= {
        Evidence.IN, Evidence.OUT,
    }  # fmt: skip
    zones = {one.coach.hold.zone for one in shown}
    assert zones >= ({"on-the-way", "target"} if own is None else {"on-the-way", "ease-off"})
    assert sum(one.alone for one in shown) > 100


@pytest.mark.slow
def test_so_they_do_of_somebody_who_rolls_away_in_a_hold(clip: list[Observation]) -> None:
    away = [resized(one, 0.85) if 12_000 <= one.t_ms < 18_000 else one for one in clip]
    shown = walked(away, "it")
    assert not all_faults(shown)
    told = [one for one in shown if one.coach.line.kind is CueKind.COME_CLOSER]
    assert len(told) > 20
    verdicts = [one.coach.hold.shoulders for one in told]
    assert all(one is not None and one.evidence is Evidence.UNSEEN for one in verdicts)


def gauge_that_judges(hold: HoldStatus) -> dict[str, Any] | None:
    """By the one angle that it shows."""
    shown = gauge_state(hold)
    if shown is None or shown["angle_deg"] is None:
        return shown
    past = [mark for mark in ("enter_deg", "ease_off_deg") if shown["angle_deg"] >= shown[mark]]
    return {**shown, "zone": ["on-the-way", "target", "ease-off"][len(past)]}


def dots_that_judge(verdict: Verdict | None, language: str) -> dict[str, Any] | None:
    """By a limit of their own."""
    shown = shoulders_state(verdict, language)
    for side in Side:
        dot = (shown or {}).get(side)
        if dot is not None:
            dot["in"] = dot["up_sw"] <= 0.04
    return shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "judging", "who"),
    [
        ("gauge_state", gauge_that_judges, "gauge"),
        ("shoulders_state", dots_that_judge, "dots"),
        ("words_of", lambda cue, *_: "Stay.", "page"),
    ],
)
def test_one_that_judges_for_itself_is_found(
    clip: list[Observation], monkeypatch: pytest.MonkeyPatch, name: str, judging: Any, who: str
) -> None:
    monkeypatch.setattr(coach_states, name, judging)
    found = all_faults(walked(clip))
    assert who in {fault.split(": ")[1] for fault in found}, found
