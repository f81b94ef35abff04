"""A head that nods off, told from one that looks down, leans or reads."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from posture_samples import SETTINGS, carried, face_lost, flags, fold, sample

from neckform.core.events import EventKind
from neckform.core.types import Angles, Flag, ForwardHead, Sample, Side

At = Callable[[float], Angles | None]
MINUTES = 12 * 60.0


def seen(seconds: float, at: At, *, start_s: float = 0.0, per_s: float = 2.0) -> list[Sample]:
    steps = range(round(seconds * per_s))
    return [sample(start_s + i / per_s, at(start_s + i / per_s)) for i in steps]


def sinking(to: Angles, *, over_s: float = 6.0, from_s: float = 10.0, seed: int = 3) -> At:
    """Upright, then on the way for so long, then there; with the tremble of people and models."""
    chance = random.Random(seed)

    def at(t_s: float) -> Angles:
        share = min(1.0, max(0.0, (t_s - from_s) / over_s)) if over_s else float(t_s >= from_s)
        return Angles(*(share * angle + chance.gauss(0, 0.8) for angle in to))

    return at


def dozing(samples: list[Sample], **choices: object) -> list[Flag]:
    return [flag for flag in flags(samples, **choices) if flag.flag.startswith("dozing")]


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("per_s", [2.0, 10.0])
@pytest.mark.parametrize(
    ("to", "name", "side"),
    [
        (Angles(45.0, 0.0, 0.0), "dozing-down", None),
        (Angles(40.0, 0.0, 22.0), "dozing-down", None),
        (Angles(-38.0, 0.0, 0.0), "dozing-back", None),
        (Angles(5.0, 0.0, 30.0), "dozing-side", Side.LEFT),
        (Angles(5.0, 0.0, -30.0), "dozing-side", Side.RIGHT),
    ],
)
def test_a_head_that_sinks_slowly_and_stays(
    to: Angles, name: str, side: Side | None, per_s: float, live: bool
) -> None:
    (flag,) = dozing(seen(MINUTES, sinking(to), per_s=per_s), live=live)
    assert (flag.flag, flag.side) == (name, side)
    assert flag.start_ms == pytest.approx(15_000, abs=2000)
    assert flag.end_ms == pytest.approx(MINUTES * 1000, abs=600)


def test_it_is_told_after_five_minutes_of_keeping_still() -> None:
    events = fold(seen(MINUTES, sinking(Angles(45.0, 0.0, 0.0))), live=True)
    (raised,) = (
        event
        for event in events
        if event.kind is EventKind.FLAG_RAISED and event.flag and event.flag.flag != "static"
    )
    assert raised.t_ms == pytest.approx(315_000, abs=3000)


def test_four_minutes_are_not_told() -> None:
    assert dozing(seen(250, sinking(Angles(45.0, 0.0, 0.0)))) == []


@pytest.mark.parametrize("per_s", [2.0, 10.0])
@pytest.mark.parametrize("over_s", [0.0, 0.4, 1.0])
def test_who_looks_down_quickly_reads(over_s: float, per_s: float) -> None:
    still = sinking(Angles(45.0, 0.0, 0.0), over_s=over_s)
    assert dozing(seen(MINUTES, still, per_s=per_s)) == []


def test_who_is_seen_bent_down_from_the_start_is_not_said_to_sleep() -> None:
    assert dozing(seen(MINUTES, lambda _: Angles(45.0, 0.0, 0.0))) == []


def test_a_way_down_that_nobody_saw_is_no_slow_one() -> None:
    upright = seen(10, sinking(Angles(0.0, 0.0, 0.0)))
    hidden = seen(6, lambda _: None, start_s=10)
    down = seen(MINUTES, lambda _: Angles(45.0, 0.0, 0.0), start_s=16)
    assert dozing([*upright, *hidden, *down]) == []


def test_half_way_quickly_and_the_rest_slowly_is_no_sleep() -> None:
    def at(t_s: float) -> Angles:
        return Angles(0.0 if t_s < 10 else min(45.0, 22.0 + (t_s - 10) / 4), 0.0, 0.0)

    assert dozing(seen(MINUTES, at)) == []


def test_who_moves_on_does_not_sleep() -> None:
    down = sinking(Angles(45.0, 0.0, 0.0))

    def reading(t_s: float) -> Angles:
        flexion, rotation, lateral = down(t_s)
        return Angles(flexion, rotation + 12.0 * (int(t_s) // 60 % 2), lateral)

    assert dozing(seen(MINUTES, reading)) == []


def test_a_sleeper_who_turns_once_is_told_later_and_counted_from_the_beginning() -> None:
    down = sinking(Angles(45.0, 0.0, 0.0))

    def turning(t_s: float) -> Angles:
        flexion, rotation, lateral = down(t_s)
        return Angles(flexion, rotation + (15.0 if t_s > 200 else 0.0), lateral)

    (flag,) = dozing(seen(MINUTES, turning))
    assert flag.start_ms == pytest.approx(15_000, abs=2000)
    assert dozing(seen(480, turning)) == []


def test_a_jerk_is_part_of_nodding_off_and_waking_ends_it() -> None:
    down = sinking(Angles(45.0, 0.0, 0.0))

    def nodding(t_s: float) -> Angles:
        return Angles(2.0, 0.0, 0.0) if 100 <= t_s < 101.5 or t_s >= 600 else down(t_s)

    (flag,) = dozing(seen(MINUTES, nodding))
    assert flag.start_ms == pytest.approx(15_000, abs=2000)
    assert flag.end_ms == pytest.approx(600_000, abs=3000)


def test_a_face_lost_on_the_chest_still_sleeps() -> None:
    upright = carried(seen(10, sinking(Angles(0.0, 0.0, 0.0))), ForwardHead(1.0, 0.0))
    sunk = carried(
        seen(6, sinking(Angles(36.0, 0.0, 0.0), from_s=10), start_s=10), ForwardHead(0.7, 0.0)
    )
    lost = face_lost(16, 400, 0.45, fps=2)
    (flag,) = dozing([*upright, *sunk, *lost])
    assert flag.flag == "dozing-down"
    assert flag.mean_deg is not None  # of the moments with a face
    moving = [
        replace(one, carriage=ForwardHead(0.3 + 0.2 * (i // 120 % 2), None))
        for i, one in enumerate(lost)
    ]
    assert dozing([*upright, *sunk, *moving]) == []


def test_who_leans_forward_with_the_whole_body_does_not_sleep() -> None:
    leaning = [
        replace(one, carriage=ForwardHead(1.0, 0.0, lean_deg=min(25.0, one.t_ms / 400)))
        for one in seen(MINUTES, sinking(Angles(45.0, 0.0, 0.0)))
    ]
    assert dozing(leaning) == []


def test_somebody_who_leaves_is_not_asleep() -> None:
    gone = seen(MINUTES, lambda _: None, start_s=60)
    assert dozing([*seen(60, sinking(Angles(45.0, 0.0, 0.0))), *gone]) == []


def test_the_times_are_settings() -> None:
    quick = replace(SETTINGS, dozing=replace(SETTINGS.dozing, after_s=30))
    assert len(dozing(seen(60, sinking(Angles(45.0, 0.0, 0.0))), settings=quick)) == 1
