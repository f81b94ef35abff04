"""What a camera does is taken out of what was seen, or the shoulders are unseen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from people import REST, observation, pose

from neckform.config.corrections import load_correction
from neckform.config.settings import load_settings
from neckform.core.measure import camera_motion
from neckform.core.measure.camera_motion import CameraTime, steadied
from neckform.core.measure.observation import STEADY, CameraMove, Face, Observation, Pose
from neckform.core.measure.way_up import mirrored, turned
from neckform.core.neutral import capture
from neckform.core.neutral.capture import Capture
from neckform.core.session import Session, SessionSettings
from neckform.core.types import Angles, Float32
from neckform.sensing.sources import recording

LEFT = Angles(0.0, 0.0, 38.0)
HAND = CameraMove(x_px=25.0, y_px=40.0, turn_deg=3.0, zoom=1.2)


def carried(seen: Observation, camera: CameraMove) -> Observation:
    """The same moment before a camera that has done this."""
    turn = math.radians(camera.turn_deg)
    rotation = np.array(
        [[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]]
    )

    def moved(points: Float32) -> Float32:
        to = camera.zoom * points @ rotation.T + [camera.x_px, camera.y_px, 0.0]
        return np.asarray(to, np.float32)

    face, body = seen.face, seen.pose
    return replace(
        seen,
        face=None if face is None else Face(moved(face.points)),
        pose=None
        if body is None
        else Pose(
            moved(body.points), body.visibility, (body.world @ rotation.T).astype(np.float32)
        ),
        camera=camera,
    )


def test_what_the_camera_did_is_taken_back() -> None:
    before = observation(0, LEFT)
    after = steadied(carried(before, HAND))
    assert after.face is not None
    assert before.face is not None
    assert after.face.points == pytest.approx(before.face.points, abs=1e-3)
    assert after.pose is not None
    assert before.pose is not None
    assert after.pose.points == pytest.approx(before.pose.points, abs=1e-3)
    assert after.pose.world == pytest.approx(before.pose.world, abs=1e-5)


def test_a_camera_that_stands_still_changes_nothing() -> None:
    seen = observation(0)
    assert steadied(seen) is seen


def test_where_nobody_can_say_shoulders_are_unseen_and_the_head_is_not() -> None:
    seen = steadied(replace(observation(0), camera=CameraMove(lost=True)))
    assert seen.face is not None
    assert (seen.pose, seen.pose_looked) == (None, True)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_picture_is_steadied_the_same(quarters: int) -> None:
    seen = carried(observation(0, LEFT), HAND)
    one, other = steadied(turned(seen, quarters)), turned(steadied(seen), quarters)
    assert one.face is not None
    assert other.face is not None
    assert one.face.points == pytest.approx(other.face.points, abs=1e-2)


def test_a_mirrored_picture_is_steadied_the_same() -> None:
    seen = carried(observation(0, LEFT), HAND)
    one, other = steadied(mirrored(seen)), mirrored(steadied(seen))
    assert one.pose is not None
    assert other.pose is not None
    assert one.pose.points == pytest.approx(other.pose.points, abs=1e-2)


Way = Callable[[float], CameraMove]


def held(way: Way, *, told: bool = True, up_px: float = 0.0) -> Session:
    """Forty seconds with a good hold in them, before a camera that does this."""
    session = Session(SessionSettings(load_settings(), load_correction()))
    for t_ms in range(0, 40_000, 100):
        holds = 3000 <= t_ms < 38_000
        raised = up_px if t_ms >= 5000 else 0.0
        seen = observation(t_ms, LEFT if holds else REST, pose(left_up_px=raised))
        seen = carried(seen, way(t_ms / 1000))
        session.step(seen if told else replace(seen, camera=STEADY))
    return session


def swaying(t_s: float) -> CameraMove:
    """Forty pixels are 0.15 shoulder widths."""
    return CameraMove(30 * math.sin(0.9 * t_s), 40 * math.sin(0.6 * t_s), 2 * math.sin(0.5 * t_s))


def test_a_phone_in_a_hand_is_no_rising_shoulder() -> None:
    (hold,) = held(swaying).finish()[1].holds
    assert (hold.completed, hold.pauses) == (True, ())
    found = held(swaying, told=False).finish()[1].holds
    assert not any(hold.completed and not hold.pauses for hold in found), "it shows nothing here"


def test_a_shoulder_that_rises_before_a_swaying_camera_does_rise() -> None:
    found = held(swaying, up_px=35.0).finish()[1].holds
    assert not any(hold.completed for hold in found)


def test_a_camera_that_is_lost_earns_no_shoulders() -> None:
    outcome = held(lambda t_s: CameraMove(lost=True) if t_s > 4 else STEADY).finish()[1]
    assert outcome.coverage.shoulders_seen_ms < 7000
    assert not any(pause.reason.value.startswith("shoulder") for hold in outcome.holds
                   for pause in hold.pauses)  # fmt: skip


def test_it_is_counted_how_far_and_for_how_long_it_was_lost() -> None:
    counted = CameraTime()
    assert not counted.moved
    for t_ms in range(0, 3000, 100):
        camera = CameraMove(lost=True) if t_ms >= 2000 else CameraMove(y_px=t_ms / 100)
        counted = camera_motion.count(counted, replace(observation(t_ms), camera=camera))
    assert counted.moved
    assert counted.lost_ms == 1000
    assert counted.furthest == pytest.approx(19 / 800, abs=0.001)


def test_a_neutral_on_request_is_of_the_steadied_picture() -> None:
    taken = []
    for way in (lambda _: STEADY, lambda _: HAND, swaying):
        state, found = Capture(3000), None
        for t_ms in range(0, 5000, 100):
            seen = carried(observation(t_ms), way(t_ms / 1000))
            state, now = capture.step(state, seen)
            found = found or now
        assert found is not None
        taken.append(found)
    for other in taken[1:]:
        assert other.left_shoulder == pytest.approx(taken[0].left_shoulder, abs=0.01)
        assert other.mesh == pytest.approx(taken[0].mesh, abs=0.01)


def test_a_landmark_recording_keeps_it(tmp_path: Path) -> None:
    cameras = [STEADY, HAND, CameraMove(lost=True), STEADY, CameraMove(zoom=0.5)]
    seen = [replace(observation(100 * n), camera=one) for n, one in enumerate(cameras)]
    with recording.write(tmp_path / "a.nfobs") as recorder:
        for one in seen:
            recorder.append(one)
    again = list(recording.open_recording(tmp_path / "a.nfobs"))
    for one, camera in zip(again, cameras, strict=True):
        assert (one.camera == STEADY) == (camera == STEADY)
        assert one.camera.lost == camera.lost
        assert one.camera.zoom == pytest.approx(camera.zoom, abs=1e-6)
        assert one.camera.y_px == pytest.approx(camera.y_px, abs=1e-4)
