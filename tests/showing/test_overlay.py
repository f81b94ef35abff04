from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from making import NAMES, SIZE, baseline, holding, observation, sample

from neckform.core.posture.postures import PostureStatus, Zone
from neckform.core.stretch.status import HoldStatus, StretchZone
from neckform.core.types import Angles, Flag, HoldState, Reason, Side
from neckform.showing.video.canvas import (
    AMBER,
    GREEN,
    RED,
    Canvas,
    Image,
)
from neckform.showing.video.overlay import Moment, draw_overlay

SIZES = [(640, 480), (320, 240), (1280, 720), (360, 640), (720, 1280), (480, 480), (64, 480)]


def blank(size: tuple[int, int] = SIZE) -> Image:
    return np.full((size[1], size[0], 3), 128, np.uint8)


def drawn(moment: Moment, size: tuple[int, int] = SIZE) -> Image:
    image = blank(size)
    draw_overlay(image, moment, NAMES)
    return image


def holds_colour(image: Image, colour: tuple[int, int, int]) -> bool:
    return bool((np.abs(image.astype(int) - colour).max(axis=2) <= 8).any())


STATES = [
    HoldStatus(HoldState.REST),
    holding(),
    replace(holding(), state=HoldState.PAUSED, reason=Reason.SHOULDER_RISE),
    replace(
        holding(angle_deg=None, zone=StretchZone.UNSEEN),
        state=HoldState.LAPSE,
        reason=Reason.UNSEEN,
    ),
    holding(angle_deg=62.0, zone=StretchZone.EASE_OFF),
    holding(angle_deg=-20.0, zone=StretchZone.ON_THE_WAY),
    replace(holding(), target_ms=0),
    replace(holding(), stretch="a-stretch-of-your-own-with-a-very-long-name", side=None),
]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_draws_every_state_on_every_shape_of_picture(size: tuple[int, int]) -> None:
    samples = [None, sample(), sample(angles=None)]
    for status, one, seen in product(STATES, samples, (True, False)):
        look = observation(size=size, with_face=seen, with_pose=seen)
        image = drawn(Moment(look, one, status, baseline(size)), size)
        assert image.shape == (size[1], size[0], 3)
        assert (image != 128).any()


def test_the_left_shoulder_is_drawn_on_the_right_of_the_picture() -> None:
    look = observation(with_face=False)
    pose = look.pose
    assert pose is not None
    only_left = pose.visibility.copy()
    only_left[12] = 0
    look = replace(look, pose=replace(pose, visibility=only_left))
    lower = drawn(Moment(look, sample(), holding()))[300:]
    columns = np.flatnonzero((lower != 128).any(axis=(0, 2)))
    assert columns.min() > SIZE[0] // 2
    assert columns.mean() == pytest.approx(SIZE[0] / 2 + 130, abs=2)


def test_a_hidden_shoulder_is_not_drawn() -> None:
    look = observation(with_face=False)
    assert look.pose is not None
    look = replace(look, pose=replace(look.pose, visibility=np.zeros(33, np.float32)))
    assert (drawn(Moment(look, sample(), holding()))[300:] == 128).all()


def test_rest_rings_show_where_the_shoulders_were() -> None:
    look = observation(with_face=False, with_pose=False)
    without = drawn(Moment(look, sample(), holding()))[300:]
    image = drawn(Moment(look, sample(), holding(), baseline()))[300:]
    assert (without == 128).all()
    rows, columns = np.nonzero((image != 128).any(axis=2))
    assert rows.mean() + 300 == pytest.approx(240 + 170, abs=2)
    assert {bool(column > 320) for column in columns} == {True, False}


def test_the_shoulders_are_not_covered_by_a_panel() -> None:
    for size in ((640, 480), (1280, 720)):
        look = observation(size=size, with_face=False, with_pose=False)
        image = drawn(Moment(look, sample(), holding()), size)
        assert (image[size[1] // 2 :] == 128).all()


@pytest.mark.parametrize(
    ("status", "colour", "absent"),
    [(holding(), GREEN, AMBER), (STATES[2], AMBER, GREEN), (STATES[4], RED, AMBER)],
)
def test_state_has_its_colour(
    status: HoldStatus, colour: tuple[int, int, int], absent: tuple[int, int, int]
) -> None:
    image = drawn(Moment(observation(), sample(), status))
    assert holds_colour(image, colour)
    assert not holds_colour(image, absent)


def test_the_gauge_fills_with_the_angle() -> None:
    def filled(angle_deg: float) -> int:
        status = holding(angle_deg=angle_deg)
        look = observation(with_face=False, with_pose=False)
        corner = drawn(Moment(look, sample(), status))[62:147, -205:]
        bar = corner[43]
        return int((np.abs(bar.astype(int) - GREEN).max(axis=1) <= 8).sum())

    assert filled(0) <= 2
    assert 0 < filled(10) < filled(25) < filled(45)


def test_the_timer_shows_whole_seconds_that_have_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Canvas, "text", lambda _self, text, *_a, **_k: said.append(text))
    drawn(Moment(observation(), sample(), holding(held_ms=29_999)))
    assert "29" in said
    assert "of 30 s" in said
    assert "30" not in said


def test_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Canvas, "text", lambda _self, text, *_a, **_k: said.append(text))
    drawn(Moment(observation(), sample(angles=Angles(3.4, -2.6, 31.2)), STATES[2]))
    for text in (
        "Ear to shoulder, left",
        "Paused: a shoulder has lifted",
        "3°",
        "chin down",
        "turned right",
        "31°",
        "tilted left",
        "± 2",
        "target 25°",
        "start",
        "ease off",
    ):
        assert text in said
    said.clear()
    drawn(Moment(observation(), None, HoldStatus(HoldState.REST)))
    assert "Looking for your neutral" in said


def test_text_stays_inside_its_width() -> None:
    image = blank((400, 60))
    Canvas(image).text("a line that is far too long for its place " * 3, 10, 40, 20, width=200)
    columns = np.flatnonzero((image != 128).any(axis=(0, 2)))
    assert columns.min() >= 10
    assert columns.max() <= 10 + 200 + 2


def test_side_of_the_hand_at_the_head() -> None:
    look = observation(with_face=False)
    assert look.pose is not None
    look.pose.points[15, :2] = (60, -100)
    plain = drawn(Moment(look, sample(), holding()))
    image = drawn(Moment(look, replace(sample(), hands_on_head=frozenset({Side.LEFT})), holding()))
    rows, columns = np.nonzero((image != plain).any(axis=2))
    assert (columns.mean(), rows.mean()) == pytest.approx((380, 340), abs=2)


def test_a_raised_flag_takes_the_place_of_no_stretch() -> None:
    resting = PostureStatus(Zone.BAD, (Flag("chin-to-chest", 0, 4_000, 40.0, 44.0),))
    rest = HoldStatus(HoldState.REST)
    plain = drawn(Moment(observation(), sample(), rest, None, PostureStatus(Zone.GOOD)))
    flagged = drawn(Moment(observation(), sample(), rest, None, resting))
    assert holds_colour(flagged[:62], AMBER)
    assert not holds_colour(plain[:62], AMBER)


def test_a_raised_flag_is_added_to_a_stretch_that_does_not_count() -> None:
    spoiled = replace(holding(0), state=HoldState.REST, reason=Reason.SHOULDER_RISE)
    resting = PostureStatus(Zone.BAD, (Flag("side-tilt", 0, 4_000, 35.0, 36.0, Side.LEFT),))
    without = Moment(observation(), sample(), spoiled)
    plain, flagged = drawn(without), drawn(replace(without, resting=resting))
    assert (plain[:32] == flagged[:32]).all()  # the stretch keeps its name
    assert (plain[32:62] != flagged[32:62]).any()
