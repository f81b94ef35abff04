"""Somebody who lies down, measured against the trunk's own axis."""

from __future__ import annotations

import math

import numpy as np
import pytest
from people import REST, SIZE, mesh, pose

from neckform.config.settings import load_postures
from neckform.core import lying
from neckform.core.events import Event, EventKind
from neckform.core.lying import LyingSession
from neckform.core.measure.geometry import rotation_from_angles
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.posture.postures import Zone
from neckform.core.types import Angles, Flag

SETTINGS = load_postures()
LEVEL = Angles(7.2, 0.0, 0.0)


def body(nose_sw: float = lying.LEVEL_NOSE_SW, *, faces_away: bool = False) -> Pose:
    """Shoulders across the picture and hips out of it."""
    seen = pose()
    points, visibility = seen.points.copy(), seen.visibility.copy()
    width = points[11, 0] - points[12, 0]
    points[0, :2] = [0.0, points[11, 1] + nose_sw * width]
    if faces_away:
        points[[11, 12], 0] = points[[12, 11], 0]
    visibility[[23, 24]] = 0.0
    return Pose(points, visibility, seen.world)


def turned_in_picture(seen: Pose, degrees: float) -> Pose:
    turn = math.radians(degrees)
    spin = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    points = seen.points.copy()
    points[:, :2] = points[:, :2] @ spin.T
    return Pose(points.astype(np.float32), seen.visibility, seen.world)


def face(angles: Angles, spin_deg: float = 0.0) -> Face:
    """A head turned by `angles` against a trunk that lies at an angle in the picture."""
    spin = rotation_from_angles(Angles(0.0, 0.0, -spin_deg))
    level = mesh() @ rotation_from_angles(LEVEL).T
    return Face((level @ (spin @ rotation_from_angles(angles)).T).astype(np.float32))


def during(
    start_s: float, end_s: float, seen: Face | None, shown: Pose | None
) -> list[Observation]:
    return [
        Observation(t, SIZE, seen, shown, pose_looked=True)
        for t in range(round(start_s * 1000), round(end_s * 1000), 100)
    ]


def judged(seen: list[Observation], position: str) -> tuple[list[Event], tuple[Flag, ...]]:
    session = LyingSession(SETTINGS, position)
    events = [event for one in seen for event in session.step(one).events]
    last, outcome = session.finish()
    return [*events, *last], outcome.flags


def names(seen: list[Observation], position: str) -> list[str]:
    return [flag.flag for flag in judged(seen, position)[1]]


@pytest.mark.parametrize("position", ["back", "side"])
def test_level_and_straight_is_well(position: str) -> None:
    assert names(during(0, 10, face(REST), body()), position) == []


@pytest.mark.parametrize(
    ("angles", "position", "flag"),
    [
        (Angles(40, 0, 0), "back", "chin-to-chest"),
        (Angles(-32, 0, 0), "back", "chin-up"),
        (Angles(0, 40, 0), "back", "twisted"),
        (Angles(0, -40, 0), "back", "twisted"),
        (Angles(0, 0, 24), "side", "side-tilt"),
        (Angles(0, 0, -24), "side", "side-tilt"),
    ],
)
def test_each_wrong_has_its_flag(angles: Angles, position: str, flag: str) -> None:
    (found,) = judged(during(0, 10, face(angles), body()), position)[1]
    assert found.flag == flag
    assert found.peak_deg == pytest.approx(max(abs(angle) for angle in angles), abs=1.5)


def test_a_tilt_is_wrong_on_the_side_only_and_a_chin_up_on_the_back_only() -> None:
    assert names(during(0, 10, face(Angles(0, 0, 24)), body()), "back") == []
    assert names(during(0, 10, face(Angles(-32, 0, 0)), body()), "side") == []


@pytest.mark.parametrize("spin_deg", [-40.0, 25.0, 40.0])
def test_what_counts_is_the_body_and_not_the_picture(spin_deg: float) -> None:
    across = turned_in_picture(body(), spin_deg)
    assert names(during(0, 10, face(REST, spin_deg), across), "side") == []
    assert names(during(0, 10, face(Angles(0, 0, 24), spin_deg), across), "side") == ["side-tilt"]
    assert names(during(0, 10, face(REST), across), "side") == ["side-tilt"]


def test_a_nose_low_above_the_shoulders_is_a_chin_down() -> None:
    low = body(lying.LEVEL_NOSE_SW - 0.3)
    (found,) = judged(during(0, 10, face(Angles(20, 0, 0)), low), "back")[1]
    assert (found.flag, found.peak_deg) == ("chin-to-chest", pytest.approx(38.0, abs=1.5))


def test_hips_give_the_trunk_its_own_axis() -> None:
    """A trunk bent toward the camera under a head that is not, is a head bent back."""
    seen = pose()
    world = seen.world.copy()
    lean = math.radians(35)
    world[[11, 12], 1] = 0.5 * math.cos(lean)
    world[[11, 12], 2] = 0.5 * math.sin(lean)
    world[23], world[24] = [0.1, 0.0, 0.0], [-0.1, 0.0, 0.0]
    leaning = Pose(body().points, seen.visibility, world)
    (found,) = judged(during(0, 10, face(REST), leaning), "back")[1]
    assert (found.flag, found.peak_deg) == ("chin-up", pytest.approx(35.0, abs=1.5))


@pytest.mark.parametrize("position", ["back", "side"])
def test_a_back_without_a_face_lies_face_down(position: str) -> None:
    events, (found,) = judged(during(0, 10, None, body(faces_away=True)), position)
    assert (found.flag, found.mean_deg) == ("face-down", None)
    assert (events[0].kind, events[0].t_ms) == (EventKind.FLAG_RAISED, 3000)


def test_a_lost_face_above_a_chest_is_only_unseen() -> None:
    session = LyingSession(SETTINGS, "back")
    for one in during(0, 10, None, body()):
        step = session.step(one)
        assert step.resting is not None
        assert step.resting.zone is Zone.UNSEEN
    outcome = session.finish()[1]
    assert (outcome.flags, outcome.coverage.head_seen_ms) == ((), 0)


def test_under_a_blanket_nothing_is_known() -> None:
    assert names(during(0, 10, face(Angles(45, 0, 0)), None), "back") == []


def test_a_trunk_stands_for_a_moment_when_it_is_not_looked_for() -> None:
    bent = face(Angles(0, 0, 24))
    samples = [
        Observation(t, SIZE, bent, body() if t % 1000 == 0 else None, pose_looked=t % 1000 == 0)
        for t in range(0, 10_000, 100)
    ]
    assert names(samples, "side") == ["side-tilt"]


def test_sleep_is_no_fault() -> None:
    asleep = [
        Observation(t, SIZE, face(REST), body(), pose_looked=True)
        for t in range(0, 11 * 60_000, 1000)
    ]
    assert names(asleep, "back") == []
