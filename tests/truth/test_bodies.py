"""What bodies do instead of necks is no stretch, and the reason is said; an honest hold is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import neckform.api
from neckform.core.events import MissReason

pytestmark = [pytest.mark.truth, pytest.mark.slow]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("lev_L_turncheat_mei", MissReason.TRUNK_TURN),
        ("lev_R_turncheat_tom", MissReason.TRUNK_TURN),
        ("trap_R_lean_tom", MissReason.TRUNK_LEAN),
        ("para_C_hunch_mei", MissReason.TRUNK_BEND),
    ],
)
def test_a_hold_made_with_the_body_is_refused(
    truth_data: Path, name: str, reason: MissReason
) -> None:
    # A head that looks down is an attempt only where that stretch was asked for.
    asked = ["cervical-paraspinal"] if reason is MissReason.TRUNK_BEND else []
    video = truth_data / "bodies" / f"{name}.mp4"
    report = neckform.api.analyze(video, baseline="0-1", stretches=asked)
    assert not report.holds
    (miss,) = report.near_misses
    assert miss.reason is reason
    assert miss.near_ms > 30_000


def test_the_other_hand_on_the_head_makes_no_hold_of_the_body(truth_data: Path) -> None:
    video = truth_data / "bodies" / "lev_L_wronghand_anna.mp4"
    expected = json.loads(video.with_suffix(".expected.json").read_text("utf-8"))["holds"]
    holds = neckform.api.analyze(video).holds
    assert [(h.stretch, h.side, h.completed) for h in holds] == [
        (h["stretch"], h["side"], h["completed"]) for h in expected
    ]
