"""A small report, made by hand, for tests of what is said and written of one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from neckform.config.settings import load_postures, load_settings
from neckform.core.events import MissReason, NearMiss
from neckform.core.measure.observation import Baseline
from neckform.core.outcome import Coverage, Outcome
from neckform.core.report import ModelFacts, SessionReport, SourceFacts
from neckform.core.types import (
    Angles,
    Axis,
    Flag,
    Hold,
    Pause,
    Reason,
    Side,
    Stats,
)

HOLD = Hold(
    stretch="upper-trapezius",
    side=Side.LEFT,
    start_ms=2_667,
    end_ms=36_800,
    held_ms=34_067,
    target_ms=30_000,
    completed=True,
    ended_by="angle",
    pauses=(),
    flexion_deg=Stats(2.0, -1.0, 4.0),
    rotation_deg=Stats(1.0, 0.0, 2.0),
    lateral_deg=Stats(38.4567, 20.0, 41.0),
    uncertainty=Angles(1.0, 2.0, 3.0),
    left_rise_sw=0.02,
    right_rise_sw=-0.01,
    drift_sw=0.03,
)
SPOILED = replace(
    HOLD, side=Side.RIGHT, start_ms=42_000, end_ms=51_549, held_ms=9_549, completed=False,
    ended_by="shoulder-rise", right_rise_sw=0.12, hand_on_head=frozenset({Side.RIGHT}),
    pauses=(Pause(44_000, 45_000, Reason.CROSS_AXIS),),
)  # fmt: skip
MISS = NearMiss(
    "upper-trapezius", Side.LEFT, 3000, 36_500, 33_400, MissReason.ANGLE_LOW, Axis.LATERAL,
    17.0, 20.0, 1.0,
)  # fmt: skip
MESH = np.zeros((468, 3))
BASELINE = Baseline(
    "held", 0, 1_000, (640, 480), MESH, np.zeros(2), np.zeros(2), 250.5, 0.0, np.zeros((11, 3))
)
OUTCOME = Outcome(
    BASELINE,
    Coverage(head_seen_ms=59_000, shoulders_seen_ms=58_000, unseen_ms=1_000),
    (SPOILED, HOLD),
    (Flag("side-tilt", 2_500, 36_900, 30.0, 42.2, Side.LEFT),),
)

REPORT = SessionReport(
    OUTCOME,
    SourceFacts("a.mp4", 60.0, 900, 600, 640, 480),
    {"pose": ModelFacts("pose.task", "ab"), "face": ModelFacts("face.task", "cd")},
    load_settings(),
    load_postures(),
    version="1.2.3",
)
