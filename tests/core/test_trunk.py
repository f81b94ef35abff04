"""The trunk's turn: its signs, its mirror image, and when nothing of it is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from people import observation, pose

from neckform.config.corrections import load_correction
from neckform.core.measure import sampling, trunk
from neckform.core.measure.correction import uncertainty
from neckform.core.measure.head import HeadReading
from neckform.core.measure.observation import Face, Observation, Pose
from neckform.core.measure.shoulders import ShoulderReading, arm_raised
from neckform.core.measure.skeleton import ELBOWS, HIPS, LEFT_SHOULDER, RIGHT_SHOULDER
from neckform.core.neutral.baseline import neutral_of
from neckform.core.types import Angles, Float32, Sample

MODEL = load_correction().turn
PER_FACE = 6.0
HEAD = HeadReading(Angles(0.0, 0.0, 0.0), 0.0, 0.0, 0.0, 0.0, 0.0)
STILL = ShoulderReading(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
BASELINE = neutral_of([observation(t_ms) for t_ms in (0, 500, 1000)], "held")


def read(head: HeadReading, shoulders: ShoulderReading) -> float:
    return trunk.turn_read(MODEL, head, shoulders, PER_FACE)


def mirrored(head: HeadReading, shoulders: ShoulderReading) -> tuple[HeadReading, ShoulderReading]:
    return (
        replace(head, angles=head.angles.mirrored(), right_x=-head.right_x),
        ShoulderReading(
            shoulders.right_rise_sw, shoulders.left_rise_sw, -shoulders.right_x_sw,
            -shoulders.tilt_deg, shoulders.wider, -shoulders.world_turn_deg, -shoulders.eyes_x_sw,
            -shoulders.hips_x_sw, -shoulders.hips_tilt_sw,
        ),
    )  # fmt: skip


def test_the_neutral_is_no_turn() -> None:
    assert read(HEAD, STILL) == 0.0
    assert trunk.turn_error(MODEL, HEAD.angles, 0.0) > 0.0


@pytest.mark.parametrize("seed", range(20))
def test_a_mirrored_person_turns_the_other_way(seed: int) -> None:
    draw = np.random.default_rng(seed)
    head = HeadReading(Angles(*draw.normal(0.0, 25.0, 3)), *draw.normal(0.0, 0.3, 5))
    shoulders = ShoulderReading(*draw.normal(0.0, [0.1, 0.1, 0.1, 5.0, 0.1, 20.0, 0.1, 0.1, 0.1]))
    seen = read(head, shoulders)
    assert read(*mirrored(head, shoulders)) == pytest.approx(-seen)
    error = trunk.turn_error(MODEL, head.angles, 9.0)
    assert trunk.turn_error(MODEL, head.angles.mirrored(), -9.0) == error


def test_a_line_that_turns_and_narrows_is_a_turn_to_that_side() -> None:
    turned = replace(STILL, world_turn_deg=25.0, wider=-0.15)
    ahead = replace(HEAD, right_x=0.5)
    assert read(ahead, turned) > 15.0
    assert read(*mirrored(ahead, turned)) < -15.0


def test_whoever_sits_further_away_has_not_turned() -> None:
    away = replace(STILL, wider=-0.15, world_turn_deg=3.0)
    assert abs(read(replace(HEAD, nearer=-0.15), away)) < abs(read(HEAD, away))


def test_a_turn_within_its_error_is_none_and_beyond_it_does_not_jump() -> None:
    assert trunk.known_turn(9.9, 10.0) == 0.0
    assert trunk.known_turn(-9.9, 10.0) == 0.0
    assert trunk.known_turn(10.1, 10.0) < 1.0
    assert trunk.known_turn(13.1, 10.0) == 13.1
    assert trunk.known_turn(-13.1, 10.0) == -13.1
    known = [trunk.known_turn(deg / 10, 10.0) for deg in range(200)]
    assert known == sorted(known)
    assert max(b - a for a, b in pairwise(known)) < 1.0


def turned(t_ms: int, *, elbow_up: bool = False, face: bool = True) -> Observation:
    """Shoulders that turn by 40 degrees in the model's world, and look as narrow as that."""
    body = pose()
    points, world = body.points.copy(), body.world.copy()
    points[[LEFT_SHOULDER, RIGHT_SHOULDER], 0] *= 0.77
    world[LEFT_SHOULDER], world[RIGHT_SHOULDER] = [0.14, 0.45, -0.12], [-0.14, 0.45, 0.12]
    if elbow_up:
        points[ELBOWS[0], 1] = -150.0
    seen = observation(t_ms)
    return replace(
        seen, face=seen.face if face else None, pose=Pose(points, body.visibility, world)
    )


def last(seen: list[Observation]) -> Sample:
    state = sampling.begin(BASELINE, load_correction())
    for one in seen:
        state, sample = sampling.step(state, one)
    return sample


def last_turn(seen: list[Observation]) -> float:
    shoulders = last(seen).shoulders
    assert shoulders is not None
    return shoulders.turn_deg


def test_a_raised_arm_or_a_lost_face_hides_a_turn() -> None:
    times = range(2000, 4000, 200)
    assert last_turn([turned(t_ms) for t_ms in times]) > 15.0
    assert last_turn([turned(t_ms, elbow_up=True) for t_ms in times]) == 0.0
    assert last_turn([*map(turned, times), turned(4000, face=False)]) == 0.0


def test_a_sure_turn_is_taken_out_of_rotation_and_its_error_is_stated_there() -> None:
    times = range(2000, 6000, 200)
    with_turn = last([turned(t_ms) for t_ms in times])
    hidden = last([turned(t_ms, elbow_up=True) for t_ms in times])
    assert with_turn.head is not None
    assert hidden.head is not None
    turn_deg = last_turn([turned(t_ms) for t_ms in times])
    taken_out = hidden.head.angles.rotation_deg - with_turn.head.angles.rotation_deg
    assert taken_out == pytest.approx(turn_deg, abs=0.5)
    usual = uncertainty(load_correction(), with_turn.head.angles, HEAD, shoulders_known=True)
    off_deg = trunk.TURN_ERROR_SHARE * turn_deg
    wide = usual._replace(rotation_deg=float(np.hypot(usual.rotation_deg, off_deg)))
    assert with_turn.head.uncertainty == pytest.approx(wide, rel=0.05)


def test_two_looks_at_a_turn_are_none_and_three_are() -> None:
    still = [observation(t_ms) for t_ms in range(2000, 4000, 200)]
    looks = [turned(4000 + 600 * look) for look in range(6)]
    known = [last_turn([*still, *looks[:n]]) for n in range(7)]
    first = next(n for n, deg in enumerate(known) if deg > 0.0)
    assert first >= sampling.TURN_LOOKS
    assert known[first:] == sorted(known[first:])
    assert known[-1] > 15.0


def test_what_is_known_and_not_sure_stays_in_rotation_and_in_its_error() -> None:
    for ratio in (0.9, 1.05, 1.2, 1.35, 1.5):
        known, sure = trunk.known_turn(20 * ratio, 20.0), trunk.sure_turn(20 * ratio, 20.0)
        assert 0.0 <= sure <= known
    assert trunk.known_turn(5.0, 3.0) == 5.0
    assert trunk.sure_turn(5.0, 3.0) == 0.0, "a reading is off by as much, where nobody turns"
    assert trunk.sure_turn(-30.0, 15.0) == -30.0
    sure = [trunk.sure_turn(deg / 10, 10.0) for deg in range(200)]
    assert sure == sorted(sure)
    assert max(b - a for a, b in pairwise(sure)) < 1.0


def leaning(seen: Observation, degrees: float) -> Observation:
    """The whole person, rotated about the hips in the plane of the picture."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    assert seen.face is not None
    assert seen.pose is not None

    def about(points: Float32, middle: Float32) -> Float32:
        flat = (points[:, :2] - middle) @ np.array([[c, s], [-s, c]]) + middle
        return np.column_stack([flat, points[:, 2]]).astype(np.float32)

    hips = seen.pose.points[HIPS, :2].mean(axis=0)
    world = about(seen.pose.world, np.zeros(2, np.float32))
    body = Pose(about(seen.pose.points, hips), seen.pose.visibility, world)
    return replace(seen, face=Face(about(seen.face.points, hips)), pose=body)


@pytest.mark.parametrize("degrees", [-12.0, -6.0, 6.0, 12.0])
def test_a_trunk_that_leans_does_not_turn(degrees: float) -> None:
    assert last_turn([leaning(observation(t), degrees) for t in range(2000, 4000, 200)]) == 0.0


def test_a_profile_without_hips_reads_a_turn_from_the_rest() -> None:
    times = range(2000, 4000, 200)
    without = sampling.begin(replace(BASELINE, pose_hips=None), load_correction())
    for t_ms in times:
        without, sample = sampling.step(without, turned(t_ms))
    assert sample.shoulders is not None
    assert sample.shoulders.turn_deg == pytest.approx(last_turn(list(map(turned, times))), abs=3.0)


def test_the_first_pose_after_a_missed_one_tells_no_turn() -> None:
    """A head that is turned far makes the model lose the shoulders, and find them wrongly."""
    before = [turned(t_ms) for t_ms in range(2000, 3000, 200)]
    missed = replace(turned(3000), pose=None)
    assert last_turn([*before, missed]) > 15.0, "one missed pose is carried over"
    assert last_turn([*before, missed, turned(3200)]) == 0.0
    again = [turned(3200 + 200 * look) for look in range(1 + sampling.TURN_LOOKS)]
    assert last_turn([*before, missed, *again[:-1]]) == 0.0
    assert last_turn([*before, missed, *again]) > 15.0
    unlooked = replace(missed, pose_looked=False)
    assert last_turn([*before, unlooked, turned(3200)]) > 15.0


def test_an_elbow_near_its_shoulder_is_a_raised_arm() -> None:
    body = pose()
    assert not arm_raised(body)
    for elbow in ELBOWS:
        points = body.points.copy()
        points[elbow, 1] = points[LEFT_SHOULDER, 1] - 20.0
        assert arm_raised(Pose(points, body.visibility, body.world))
