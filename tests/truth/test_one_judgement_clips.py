"""Whatever shows a moment says of it what the core judged: over clips with truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from moments import Walk, coached, faults, faults_of_report, observations
from neckform.core.coach.cues import Weight
from neckform.core.types import Exercise, HoldState, Side

pytestmark = [pytest.mark.truth, pytest.mark.slow]

LEFT, RIGHT = Side.LEFT, Side.RIGHT
CLIPS = {
    "synthetic/trap_L_hike_tom": Exercise("upper-trapezius", LEFT),
    "synthetic/trap_R_broken_tom": Exercise("upper-trapezius", RIGHT),
    "synthetic/lev_R_wrongside_mei": Exercise("levator-scapulae", RIGHT),
    "synthetic/lev_L_correct_mei": Exercise("levator-scapulae", LEFT),
    "synthetic/para_C_hand_tom": Exercise("cervical-paraspinal"),
    "bodies/trap_R_lean_tom": Exercise("upper-trapezius", RIGHT),
    "bodies/lev_L_turncheat_mei": Exercise("levator-scapulae", LEFT),
    "bodies/lev_L_wronghand_anna": Exercise("levator-scapulae", LEFT),
    "synthetic/trap_L_lean_anna": Exercise("upper-trapezius", LEFT),
    "synthetic/trap_L_shallow_mei": Exercise("upper-trapezius", LEFT),
    "synthetic/lev_R_hike_tom": Exercise("levator-scapulae", RIGHT),
    "synthetic/para_C_move_anna": Exercise("cervical-paraspinal"),
    "bodies/lev_R_turncheat_tom": Exercise("levator-scapulae", RIGHT),
    "bodies/para_C_hunch_mei": Exercise("cervical-paraspinal"),
}


@pytest.mark.parametrize("name", CLIPS)
def test_everybody_says_the_same_of_each_moment(truth_data: Path, name: str) -> None:
    path = truth_data / f"{name}.mp4"
    assert path.exists(), f"{path} is missing"
    walk = Walk(coached(CLIPS[name], hold_s=30.0), "de")
    shown = list(walk.moments(observations(path)))
    assert not [fault for one in shown for fault in faults(one)]
    assert not faults_of_report(walk.finish(), shown)
    assert len(shown) > 100
    # Something happens in each: a clock runs, or a correction says why none does.
    assert any(
        one.step.status.state is not HoldState.REST or one.coach.line.weight is Weight.CORRECTION
        for one in shown
    )
