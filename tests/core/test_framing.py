"""Each check right and wrong, on both sides of each limit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from people import face, pose
from seated import BRIGHT, SIZE, absent, seated, sized

from neckform.core.coach.cues import CueKind
from neckform.core.coach.framing import (
    IDS,
    Check,
    Scene,
    all_right,
    checks,
    first_wrong,
)
from neckform.core.measure.observation import Observation, Pose
from neckform.core.types import Angles

MIDDLE_ASIDE_PX = 0.22 * SIZE[0]
TOP_OF_FACE_PX = 136.5
"""Above the middle of the picture, in `people.face`."""


def wrong(seen: Observation, scene: Scene = BRIGHT) -> dict[str, CueKind]:
    """What is not right, by its check."""
    return {check.id: check.cue for check in checks(seen, scene) if check.cue is not None}


def shoulders_at(left: tuple[float, float], right: tuple[float, float]) -> Pose:
    body = pose()
    points = body.points.copy()
    points[11, :2], points[12, :2] = left, right
    return replace(body, points=points)


def tilted_line(degrees: float) -> Pose:
    """The right shoulder higher by so much, as in a camera that is tilted."""
    half = 130.0
    up = half * float(np.tan(np.radians(degrees)))
    return shoulders_at((half, -150.0 - up), (-half, -150.0 + up))


def test_somebody_well_placed_is_right_on_every_count() -> None:
    found = checks(seated(0), BRIGHT)
    assert tuple(check.id for check in found) == IDS
    assert [check.ok for check in found] == [True] * 7
    assert all_right(found)
    assert first_wrong(found) is None


def test_nobody() -> None:
    found = checks(absent(0), BRIGHT)
    assert wrong(absent(0)) == {"head": CueKind.COME_INTO_VIEW}
    assert [check.known for check in found] == [True, *[False] * 6]
    assert not any(check.ok for check in found)
    assert not all_right(found)


def test_no_checks_at_all_are_not_all_right() -> None:
    assert not all_right(())


def test_a_body_without_a_face_is_told_to_come_into_view() -> None:
    assert first_wrong(checks(seated(0, None), BRIGHT)) is CueKind.COME_INTO_VIEW


def test_no_shoulders() -> None:
    seen = replace(seated(0), pose=None)
    assert wrong(seen) == {"shoulders": CueKind.SHOW_SHOULDERS}


def test_shoulders_that_were_not_looked_for_are_not_known() -> None:
    found = {check.id: check for check in checks(seated(0, looked=False), BRIGHT)}
    assert found["shoulders"] == Check("shoulders", None, known=False)
    assert not all_right(tuple(found.values()))


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ((639.0, -150.0), (-130.0, -150.0), True),
        ((641.0, -150.0), (-130.0, -150.0), False),
        ((130.0, -150.0), (-639.0, -150.0), True),
        ((130.0, -150.0), (-641.0, -150.0), False),
        ((130.0, -479.0), (-130.0, -479.0), True),
        ((130.0, -481.0), (-130.0, -479.0), False),
        ((130.0, -479.0), (-130.0, -481.0), False),
    ],
)
def test_shoulders_out_of_the_picture(
    left: tuple[float, float], right: tuple[float, float], shown: bool
) -> None:
    """Models guess on beyond the edge."""
    assert ("shoulders" not in wrong(seated(0, body=shoulders_at(left, right)))) is shown


@pytest.mark.parametrize(("visible", "shown"), [(0.95, True), (0.1, False)])
def test_hidden_shoulders(visible: float, shown: bool) -> None:
    assert ("shoulders" not in wrong(seated(0, body=pose(visible=visible)))) is shown


@pytest.mark.parametrize(
    ("share", "cue"),
    [
        (0.079, CueKind.COME_CLOSER),
        (0.081, None),
        (0.269, None),
        (0.271, CueKind.MOVE_BACK),
    ],
)
def test_distance(share: float, cue: CueKind | None) -> None:
    assert wrong(sized(seated(0), share)).get("distance") is cue


@pytest.mark.parametrize("way", [-1, 1])
@pytest.mark.parametrize(("beyond_px", "right"), [(-2, True), (2, False)])
def test_to_the_side_of_the_picture(way: int, beyond_px: float, right: bool) -> None:
    place = (way * (MIDDLE_ASIDE_PX + beyond_px), 0.0)
    assert ("middle" not in wrong(seated(0, place=place))) is right


@pytest.mark.parametrize(("above_px", "right"), [(0.021 * 960, True), (0.019 * 960, False)])
def test_room_above_the_head(above_px: float, right: bool) -> None:
    place = (0.0, 480 - above_px - TOP_OF_FACE_PX)
    assert ("middle" not in wrong(seated(0, place=place))) is right


@pytest.mark.parametrize(
    ("face_light", "surround_light", "enough"),
    [
        (45.0, 45.0, True),
        (44.9, 44.9, False),
        (90.0, 199.0, True),
        (90.0, 201.0, False),
        (None, 10.0, True),
        (120.0, None, True),
    ],
)
def test_light(face_light: float | None, surround_light: float | None, enough: bool) -> None:
    found = wrong(seated(0), Scene(face_light, surround_light, 1))
    assert found == ({} if enough else {"light": CueKind.MORE_LIGHT})


@pytest.mark.parametrize(("people", "alone"), [(0, True), (1, True), (2, False), (3, False)])
def test_alone(people: int, alone: bool) -> None:
    found = wrong(seated(0), replace(BRIGHT, people=people))
    assert found == ({} if alone else {"alone": CueKind.ONE_PERSON})


@pytest.mark.parametrize(
    ("flexion_deg", "level"), [(-26.0, False), (-24.0, True), (19.0, True), (21.0, False)]
)
def test_a_camera_far_below_or_above(flexion_deg: float, level: bool) -> None:
    """How a level head appears: bent back to a camera that stands low, bent down to a high one."""
    found = wrong(replace(seated(0), face=face(Angles(flexion_deg, 0.0, 0.0))))
    assert found == ({} if level else {"level": CueKind.LEVEL_CAMERA})


@pytest.mark.parametrize("way", [-1, 1])
@pytest.mark.parametrize(("degrees", "level"), [(9.5, True), (10.5, False)])
def test_a_camera_that_is_tilted(way: int, degrees: float, level: bool) -> None:
    found = wrong(seated(0, body=tilted_line(way * degrees)))
    assert found == ({} if level else {"level": CueKind.LEVEL_CAMERA})


def test_the_most_important_is_said_first() -> None:
    seen = replace(sized(seated(0), 0.05), pose=None)
    assert first_wrong(checks(seen, Scene(10.0, 10.0, 2))) is CueKind.SHOW_SHOULDERS
    seen = sized(seated(0), 0.05)
    assert first_wrong(checks(seen, Scene(10.0, 10.0, 2))) is CueKind.COME_CLOSER
