"""Reports and traces for tests of the page: made by the core's own report, of hand-made holds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from neckform.config.settings import load_postures, load_settings
from neckform.core.measure.observation import Baseline
from neckform.core.outcome import Coverage, Direction, Outcome, Reached
from neckform.core.report import ModelFacts, SessionReport, SourceFacts
from neckform.core.types import (
    Angles,
    Flag,
    Head,
    HeadSource,
    Hold,
    Pause,
    Reason,
    Sample,
    Shoulders,
    Side,
    Stats,
)
from neckform.showing.html import Trace

HOSTILE = '</script><img src=x onerror=alert(1)>&".mp4'


NEUTRAL = Baseline(
    "held", 0, 1000, (640, 480), np.random.default_rng(1).normal(0, 40, (468, 3)),
    np.array([130.0, -170.0]), np.array([-130.0, -170.0]), 260.0, 0.0, np.zeros((11, 2)),
)  # fmt: skip


def hold(
    stretch: str,
    side: Side | None,
    start_ms: int,
    held_ms: int,
    *,
    pauses: tuple[Pause, ...] = (),
    ended_by: str = "angle",
) -> Hold:
    sign = -1 if side is Side.RIGHT else 1
    lateral = Stats(sign * 33.4, min(sign * 30, sign * 36), max(sign * 30, sign * 36))
    main = stretch == "upper-trapezius"
    return Hold(
        stretch, side, start_ms, start_ms + held_ms, held_ms, 30_000, held_ms >= 30_000, ended_by,
        pauses, Stats(2 if main else 36.6, 0, 41), Stats(1, -1, 3),
        lateral if main else Stats(1, 0, 2), Angles(2.4, 6.6, 1.6), 0.123, -0.02, 0.01,
    )  # fmt: skip


def report(
    *,
    minutes: float = 2,
    holds: tuple[Hold, ...] | None = None,
    flags: tuple[Flag, ...] | None = None,
    neutral: bool = True,
    name: str = "stretching.mp4",
    live: bool = False,
) -> SessionReport:
    """A session that had one of everything."""
    settings, postures = load_settings(), load_postures()
    pause = Pause(20_000, 21_500, Reason.SHOULDER_RISE)
    made = (
        hold("upper-trapezius", Side.LEFT, 5_000, 34_567, pauses=(pause,)),
        hold("upper-trapezius", Side.LEFT, 45_000, 6_200, ended_by="shoulder-rise"),
        hold("cervical-paraspinal", None, 60_000, 29_999),
    )
    raised = (
        Flag("slouch", 95_000, 103_400, 24.6, 31.2),
        Flag("side-tilt", 106_000, 110_000, 18.2, 22.7, Side.RIGHT),
    )
    reached = (
        Reached(Direction.FLEXION, 41.2, 2.2, 64_000),
        Reached(Direction.LEFT_LATERAL, 36.4, 1.7, 12_000),
        Reached(Direction.RIGHT_ROTATION, 7.0, 5.0, 12_000),
    )
    total_ms = round(minutes * 60_000)
    outcome = Outcome(
        NEUTRAL if neutral else None,
        Coverage(total_ms - 8_000, total_ms - 4_000, 4_000),
        (made if holds is None else holds) if neutral else (),
        (raised if flags is None else flags) if neutral else (),
        reached if neutral else (),
    )
    source = SourceFacts(f"/home/ann/{name}", minutes * 60, 3600, 1200, 640, 480, live=live)
    models = {kind: ModelFacts(f"{kind}.task", "ab" * 32) for kind in ("pose", "face")}
    return SessionReport(outcome, source, models, settings, postures, version="0.1.0")


def renamed(report: SessionReport, stretch_id: str, name: str) -> SessionReport:
    """The same report, with a stretch that the person's own settings call `name`."""
    stretches = tuple(
        replace(stretch, name=name) if stretch.id == stretch_id else stretch
        for stretch in report.settings.stretches
    )
    return replace(report, settings=replace(report.settings, stretches=stretches))


def sample(t_ms: int) -> Sample:
    """A head that goes up and down and round, seen except for three seconds of each minute."""
    t = t_ms / 1000
    head = None
    if t % 60 < 57:
        angles = Angles(30 * math.sin(t / 7), 20 * math.sin(t / 11), 35 * math.sin(t / 5))
        head = Head(angles, angles, Angles(2, 6, 3), HeadSource.FACE, 0.9)
    shoulders = Shoulders(0.05 * math.sin(t / 3), 0.02, -0.03, 2 * math.sin(t), 1.0)
    return Sample(t_ms, head, shoulders)


def trace(*, minutes: float = 2, per_second: int = 10) -> Trace:
    made = Trace()
    for index in range(round(minutes * 60 * per_second)):
        t_ms = index * 1000 // per_second
        made.add(t_ms, sample(t_ms) if t_ms >= 1000 else None)
    return made
