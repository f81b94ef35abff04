"""Every wrong thing that somebody can do in each stretch, with what is said first.

Each row goes through the whole coach, with a made-up person who is seen as a camera sees: once
straight from rest, and once out of a good hold. The first correction comes within two seconds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from coach_stage import (
    LEVATOR_LEFT,
    PARA,
    POSED,
    TRAP_LEFT,
    TRAP_RIGHT,
    Acts,
    Played,
    play,
    settings,
)
from people import pose
from seated import BRIGHT, SIZE, seated

from neckform.core.coach.coach_status import coach_status
from neckform.core.coach.cues import Cue, CueKind, Weight
from neckform.core.coach.framing import Scene
from neckform.core.measure.observation import Pose
from neckform.core.measure.skeleton import POSE_MIRROR
from neckform.core.types import Angles, Exercise, Side

LEFT, RIGHT = Side.LEFT, Side.RIGHT
LEVATOR_RIGHT = Exercise("levator-scapulae", RIGHT)
FIRST_S = 2.0
UP_PX = 40.0


def moved(across_px: float = 0.0, left_px: float = 0.0, right_px: float = 0.0) -> Pose:
    """The shoulders shifted to the person's own left, and each of them up."""
    body = pose(left_up_px=left_px, right_up_px=right_px)
    points = body.points.copy()
    points[11:13, 0] += across_px
    return replace(body, points=points)


def turned(side: Side) -> Pose:
    """The trunk turned to one side by 35 degrees: the shoulders look narrower."""
    body, to = pose(), 1.0 if side is LEFT else -1.0
    points, world = body.points.copy(), body.world.copy()
    points[11:13, 0] *= 0.82
    world[11], world[12] = [0.147, 0.45, -0.103 * to], [-0.147, 0.45, 0.103 * to]
    return replace(body, points=points, world=world)


LEANING = {LEFT: moved(60, -50, 20), RIGHT: moved(-60, 20, -50)}


@dataclass(frozen=True)
class Row:
    """One wrong thing: where the head is, what the body does, and what is said."""

    exercise: Exercise
    thing: str
    angles: Angles
    cue: Cue
    body: Pose | None = None
    further: Angles | None = None
    """Where leaving a hold takes more."""
    size: float = 1.0
    """How many times larger all looks."""

    def __str__(self) -> str:
        return f"{self.exercise}: {self.thing}"


def rows() -> Iterator[Row]:
    yield from _of_the_head()
    for exercise, angles in POSED.items():
        there, short = angles, Angles(*(0.6 * deg for deg in angles))
        lean = LEANING[exercise.side or LEFT]
        for where, here in (("there", there), ("short", short)):
            for thing, body, cue in (
                ("left shoulder up", pose(left_up_px=UP_PX), Cue(CueKind.SHOULDER_DOWN, LEFT)),
                ("right shoulder up", pose(right_up_px=UP_PX), Cue(CueKind.SHOULDER_DOWN, RIGHT)),
                ("both up", pose(left_up_px=UP_PX, right_up_px=UP_PX), Cue(CueKind.SHOULDERS_DOWN)),
                ("drifting", moved(60), Cue(CueKind.SHOULDERS_MIDDLE)),
                ("leaning", lean, Cue(CueKind.SIT_UPRIGHT)),
                *(
                    (f"trunk turned {side}", turned(side), Cue(CueKind.CHEST_FORWARD))
                    for side in Side
                ),
            ):
                yield Row(exercise, f"{thing}, {where}", here, cue, body)
            for thing, size, kind in (
                ("moved away", 0.88, CueKind.COME_CLOSER),
                ("far too near", 1.3, CueKind.MOVE_BACK),
            ):
                yield Row(exercise, f"{thing}, {where}", here, Cue(kind), size=size)
        yield Row(exercise, "far away", there, Cue(CueKind.COME_CLOSER), size=0.38)
        yield Row(exercise, "moved nearer", there, Cue(CueKind.MOVE_BACK), size=1.15)


def _of_the_head() -> Iterator[Row]:
    # The angles are those of the made-up face; where two axes are bent, less of each is read.
    further, ease = CueKind.FURTHER, Cue(CueKind.EASE_OFF)
    yield Row(PARA, "too little", Angles(16, 0, 0), Cue(further))
    yield Row(PARA, "too far", Angles(87, 0, 0), ease)
    yield Row(PARA, "turned", Angles(56, 23, 0), Cue(CueKind.FACE_FORWARD),
              further=Angles(64, 40, 0))  # fmt: skip
    yield Row(PARA, "tilted", Angles(64, 0, 40), Cue(CueKind.HEAD_UPRIGHT),
              further=Angles(66, 0, 56))  # fmt: skip
    yield Row(PARA, "another stretch", Angles(0, 0, 38), Cue(CueKind.OTHER_STRETCH, None, PARA[0]))
    for exercise, to in ((TRAP_LEFT, 1), (TRAP_RIGHT, -1)):
        name, side = exercise
        yield Row(exercise, "too little", Angles(0, 0, 12 * to), Cue(further, side))
        yield Row(exercise, "too far", Angles(0, 0, 60 * to), ease)
        yield Row(exercise, "turned there", Angles(0, 48 * to, 36 * to), Cue(CueKind.FACE_FORWARD))
        yield Row(exercise, "turned away", Angles(0, -34 * to, 36 * to), Cue(CueKind.FACE_FORWARD))
        yield Row(exercise, "chin down", Angles(62, 0, 48 * to), Cue(CueKind.CHIN_UP))
        yield Row(exercise, "chin up", Angles(-30, 0, 36 * to), Cue(CueKind.CHIN_DOWN),
                  further=Angles(-36, 0, 36 * to))  # fmt: skip
        yield Row(exercise, "other side", Angles(0, 0, -38 * to), Cue(CueKind.WRONG_SIDE, side))
        yield Row(exercise, "a little to the other side", Angles(0, 0, -17 * to),
                  Cue(CueKind.WRONG_SIDE, side))  # fmt: skip
        yield Row(exercise, "another stretch", Angles(45, 0, 0),
                  Cue(CueKind.OTHER_STRETCH, side, name))  # fmt: skip
    for exercise, to in ((LEVATOR_LEFT, 1), (LEVATOR_RIGHT, -1)):
        name, side = exercise
        yield Row(exercise, "too little", Angles(9, 12 * to, 0), Cue(further, side),
                  further=Angles(6, 11 * to, 0))  # fmt: skip
        yield Row(exercise, "turned alone", Angles(4, 40 * to, 0), Cue(CueKind.DOWN_FURTHER, side))
        yield Row(exercise, "down alone", Angles(22, 9 * to, 0), Cue(CueKind.TURN_FURTHER, side))
        yield Row(exercise, "too far", Angles(34, 88 * to, 0), ease)
        yield Row(exercise, "tilted away", Angles(48, 40 * to, -38 * to),
                  Cue(CueKind.HEAD_UPRIGHT))  # fmt: skip
        yield Row(exercise, "other side", Angles(28, -40 * to, 0), Cue(CueKind.WRONG_SIDE, side))
        yield Row(exercise, "another stretch", Angles(0, 0, 38 * to),
                  Cue(CueKind.OTHER_STRETCH, side, name))  # fmt: skip


ROWS = list(rows())


def first_correction(went: Played, since_s: float) -> tuple[float, Cue] | None:
    """The first one that is heard from a time on, and how long after it."""
    for one in went.said:
        corrects = one.cue.weight in (Weight.CORRECTION, Weight.URGENT)
        if corrects and one.words and one.t_ms / 1000 >= since_s:
            return one.t_ms / 1000 - since_s, replace(one.cue, tone=None)
    return None


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_from_rest(row: Row) -> None:
    acts = Acts().sit(3).at(row.angles, 4, row.body, row.size)
    went = play(settings(row.exercise, hold_s=20), acts)
    heard = first_correction(went, 3.0)
    assert heard is not None
    assert heard[1] == row.cue
    assert heard[0] <= FIRST_S


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_out_of_a_good_hold(row: Row) -> None:
    posed = POSED.get(row.exercise) or POSED[LEVATOR_LEFT].mirrored()
    good = Acts().sit(3).at(posed, 4)
    acts = good.at(row.further or row.angles, 4, row.body, row.size)
    went = play(settings(row.exercise, hold_s=20), acts)
    heard = first_correction(went, 7.0)
    assert heard is not None
    assert heard[0] <= FIRST_S + 0.5  # a pause is one only after 0.4 s
    assert heard[1] == row.cue


@pytest.mark.parametrize("exercise", list(POSED), ids=str)
def test_the_right_thing_is_never_corrected(exercise: Exercise) -> None:
    went = play(settings(exercise, hold_s=20), Acts().sit(3).hold(exercise, 15))
    assert first_correction(went, 0.0) in (None, (0.0, Cue(CueKind.SIT_STILL)))


@pytest.mark.parametrize("exercise", list(POSED), ids=str)
def test_either_hand_may_lie_on_the_head(exercise: Exercise) -> None:
    left = pose(hand_on_head=True)
    mirror = np.array([-1.0, 1.0, 1.0], np.float32)
    right = replace(left, points=(left.points * mirror)[POSE_MIRROR])
    for hand in (left, right):
        went = play(settings(exercise, hold_s=20), Acts().sit(3).at(POSED[exercise], 12, hand))
        assert first_correction(went, 1.5) is None
        assert went.state.clock is not None
        assert went.state.clock.held_ms > 9000


# --- not seen -------------------------------------------------------------------------------


def unseen(body: Pose | None, *, looked: bool = True) -> list[tuple[float, Cue]]:
    """What is said when the face is lost in a hold, and this is all that is left."""
    acts = Acts().sit(3).hold(TRAP_LEFT, 4)
    lost = [
        replace(seated(t_ms, None, body), pose=body, pose_looked=looked)
        for t_ms in range(7000, 11_000, 100)
    ]
    return _corrections(play(settings(TRAP_LEFT, hold_s=20), [*acts.seen, *lost]))


def _corrections(went: Played) -> list[tuple[float, Cue]]:
    heard = first_correction(went, 7.0)
    return [] if heard is None else [heard]


def beside() -> Pose:
    """Half out of the picture."""
    points = pose().points.copy()
    points[:, 0] += SIZE[0] / 2 + 20
    return replace(pose(), points=points)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (pose(), CueKind.NOT_SEEN),
        (beside(), CueKind.MOVE_TO_MIDDLE),
        (None, CueKind.COME_INTO_VIEW),
    ],
)
def test_who_is_seen_no_longer_hears_what_would_help(body: Pose | None, kind: CueKind) -> None:
    ((after_s, cue),) = unseen(body)
    assert cue.kind is kind
    assert after_s <= FIRST_S


def test_in_the_dark_it_asks_for_light() -> None:
    wanted = settings(TRAP_LEFT, hold_s=20)
    went = play(wanted, Acts().sit(3).hold(TRAP_LEFT, 4))
    dark = [replace(seated(t_ms, None), pose=pose()) for t_ms in range(7000, 9500, 100)]
    went = play(wanted, dark, scene=Scene(None, 18.0, 0), played=went)
    ((_, cue),) = _corrections(went)
    assert cue.kind is CueKind.MORE_LIGHT


def test_shoulders_that_leave_the_picture_are_asked_for() -> None:
    low = pose()
    points = low.points.copy()
    points[11:13, 1] = -SIZE[1] / 2 - 30
    away = replace(low, points=points, visibility=np.full(33, 0.1, np.float32))
    acts = Acts().sit(3).hold(TRAP_LEFT, 4).at(POSED[TRAP_LEFT], 4, away)
    ((_, cue),) = _corrections(play(settings(TRAP_LEFT, hold_s=20), acts))
    assert cue.kind is CueKind.SHOW_SHOULDERS


# --- how long, how often, and never silent -----------------------------------------------------


def test_who_lets_go_in_the_middle_of_a_hold_hears_and_reads_what_to_do() -> None:
    acts = Acts().sit(3).hold(TRAP_LEFT, 6).sit(30)
    went = play(settings(TRAP_LEFT, hold_s=20), acts)
    told = [t_s for t_s in went.times_of(CueKind.INSTRUCTION) if t_s > 9.0]
    # "Paused." is heard at once, and four seconds later what to do; then ever more seldom.
    assert told[0] == pytest.approx(9.4 + 1.6 + 4.0, abs=0.6)
    assert all(later - earlier >= 8.9 for earlier, later in itertools.pairwise(told))
    assert len(told) >= 2
    status = coach_status(went.state)
    assert status is not None
    assert status.line.kind is CueKind.INSTRUCTION


def test_who_has_begun_again_is_silent_for_four_seconds_before_the_next_hint() -> None:
    acts = Acts().sit(3).hold(TRAP_LEFT, 4).sit(8).hold(TRAP_LEFT, 4).sit(8)
    went = play(settings(TRAP_LEFT, hold_s=20), acts)
    told = [t_s for t_s in went.times_of(CueKind.INSTRUCTION) if t_s > 7.0]
    assert len(told) == 2  # as soon the second time as the first


def test_a_person_whose_face_is_hidden_hears_that_instead() -> None:
    hidden = [replace(seated(t_ms, None), pose=pose()) for t_ms in range(12_000, 20_000, 100)]
    went = play(settings(TRAP_LEFT), [*Acts().sit(12).seen, *hidden])
    assert CueKind.NOT_SEEN in went.words()


def test_a_cue_stays_as_long_as_it_is_true_and_is_not_repeated_within_eight_seconds() -> None:
    """Two things at once, of which now one is worse and now the other."""
    one, two = moved(60, UP_PX), moved(45, UP_PX * 1.5)
    acts = Acts().sit(3)
    for _ in range(12):
        acts = acts.at(POSED[TRAP_LEFT], 0.7, one).at(POSED[TRAP_LEFT], 0.7, two)
    went = play(settings(TRAP_LEFT, hold_s=20), acts)
    changes: list[tuple[float, CueKind]] = []
    state = play(settings(TRAP_LEFT, hold_s=20), Acts().sit(3))
    for seen in acts.seen[30:]:
        state = play(settings(TRAP_LEFT, hold_s=20), [seen], played=state)
        status = coach_status(state.state)
        assert status is not None
        if not changes or changes[-1][1] is not status.line.kind:
            changes.append((seen.t_ms / 1000, status.line.kind))
    shown = [change for change in changes if change[1] is not CueKind.INSTRUCTION]
    assert len(shown) >= 1
    assert all(b[0] - a[0] >= 3.0 for a, b in itertools.pairwise(shown))
    for kind in {one.cue.kind for one in went.said}:
        times = went.times_of(kind)
        assert all(b - a >= 8.0 for a, b in itertools.pairwise(times)), kind


def test_nothing_of_a_head_on_its_way_is_said_before_it_has_had_a_second() -> None:
    acts = Acts().sit(3)
    for step in range(9):
        acts = acts.at(Angles(0, 0, 4.0 * step), 0.1)
    went = play(settings(TRAP_LEFT, hold_s=20), acts.hold(TRAP_LEFT, 3), scene=BRIGHT)
    assert first_correction(went, 1.5) is None
