"""Attempts that did not count, on clips with truth: told as they were, and no posture."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from moments import observations
from neckform.config.corrections import load_correction
from neckform.config.settings import load_postures, load_settings
from neckform.core.events import MissReason
from neckform.core.measure.observation import Observation
from neckform.core.outcome import Outcome
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Exercise, Side

pytestmark = [pytest.mark.truth, pytest.mark.slow]

LEFT, RIGHT = Side.LEFT, Side.RIGHT
TRAP, LEVATOR, PARA = "upper-trapezius", "levator-scapulae", "cervical-paraspinal"


def judged(seen: Sequence[Observation], *only: Exercise) -> Outcome:
    settings = SessionSettings(
        load_settings(), load_correction(), only=only, postures=load_postures()
    )
    return Session(settings).replay(seen)[1]


def clip(truth_data: Path, name: str) -> list[Observation]:
    return observations(truth_data / f"{name}.mp4")


@pytest.mark.parametrize(
    ("name", "only", "exercise", "reason"),
    [
        ("synthetic/trap_L_shallow_mei", (), Exercise(TRAP, LEFT), MissReason.ANGLE_LOW),
        ("synthetic/trap_L_lean_anna", (), Exercise(TRAP, LEFT), MissReason.TRUNK_LEAN),
        ("bodies/trap_R_lean_tom", (), Exercise(TRAP, RIGHT), MissReason.TRUNK_LEAN),
        ("synthetic/lev_R_wrongside_mei", (Exercise(LEVATOR, RIGHT),), Exercise(LEVATOR, RIGHT),
         MissReason.WRONG_SIDE),
    ],
)  # fmt: skip
def test_an_attempt_that_did_not_count_is_told_and_is_no_posture(
    truth_data: Path, name: str, only: tuple[Exercise, ...], exercise: Exercise, reason: MissReason
) -> None:
    found = judged(clip(truth_data, name), *only)
    (miss,) = found.near_misses
    assert (miss.stretch, miss.side, miss.reason) == (*exercise, reason)
    assert 30_000 < miss.near_ms < 36_000
    assert (found.holds, found.flags) == ((), ())


def test_what_remains_of_a_hold_that_a_shoulder_spoiled_is_no_posture(truth_data: Path) -> None:
    for name in ("trap_L_hike_tom", "lev_R_hike_tom", "para_C_hike_mei"):
        found = judged(clip(truth_data, f"synthetic/{name}"))
        (hold,) = found.holds
        assert hold.ended_by == "shoulder-rise", name
        assert (found.near_misses, found.flags) == ((), ()), name


def shallow(truth_data: Path, name: str, low_deg: float, high_deg: float) -> list[Observation]:
    """The same person, whose head stays between two true angles for 30 s on its way down.

    No clip of that was rendered: those of its moments are shown to and fro.
    """
    seen = clip(truth_data, f"synthetic/{name}")
    with (truth_data / "synthetic" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        truth = {
            round(float(row["time_s"]) * 1000): float(row["head_pitch"])
            for row in csv.DictReader(lines)
        }
    pitch_deg = [truth[min(truth, key=lambda t_ms: abs(t_ms - one.t_ms))] for one in seen]
    first = next(place for place, deg in enumerate(pitch_deg) if deg > low_deg)
    between = [one for one, deg in zip(seen, pitch_deg, strict=True) if low_deg <= deg <= high_deg]
    assert between
    to_and_fro = [*between, *between[::-1]]
    until = first + 8 * 30
    middle = [to_and_fro[place % len(to_and_fro)] for place in range(until - first)]
    moments = [*seen[:first], *middle, *seen[:16]]
    return [replace(one, t_ms=125 * place) for place, one in enumerate(moments)]


@pytest.mark.parametrize("name", ["para_C_correct_tom", "para_C_short_anna"])
def test_a_chin_that_stays_too_high_is_a_paraspinal_that_did_not_count(
    truth_data: Path, name: str
) -> None:
    seen = shallow(truth_data, name, 18.5, 23.5)
    for only in ((), (Exercise(PARA),)):
        found = judged(seen, *only)
        (miss,) = found.near_misses
        assert (miss.stretch, miss.reason) == (PARA, MissReason.ANGLE_LOW)
        assert miss.near_ms > 25_000
        assert abs(miss.gap - 4.0) < 3.0
        assert (found.holds, found.flags) == ((), ())


@pytest.mark.parametrize("name", ["rest_desk_tom", "rest_chin_mei", "rest_doze_anna"])
def test_nobody_who_rests_tried_anything(truth_data: Path, name: str) -> None:
    assert judged(clip(truth_data, f"synthetic/{name}")).near_misses == ()
