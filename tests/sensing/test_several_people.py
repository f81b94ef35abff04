"""Several people in view: one is chosen and kept, whoever crosses, leaves, comes or was there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import cv2
import numpy as np
import pytest
from pictures import Image

import clips
from neckform.core.whom import Whom
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.head_box import face_place
from neckform.sensing.landmarks.looks import KnownPeople, alike, look_of
from neckform.sensing.landmarks.tracking import FaceFollower, FaceLook

WIDE = (900, 480)
Scene = Callable[[int], Iterable[tuple[Image, float]]]
"""Who is where at a time in milliseconds; each picture's left edge, pixels."""


@pytest.fixture(scope="module")
def own() -> list[Image]:
    """Somebody who breathes: pictures of the demo clip's neutral."""
    return [np.ascontiguousarray(image[:, 120:520]) for image in clips.demo_frames(0.0, 2.0)]


@pytest.fixture(scope="module")
def other(own: list[Image]) -> list[Image]:
    """Somebody else: the same figure in other colours."""
    dyed = []
    for image in own:
        hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
        hsv[240:, :, 0] = (hsv[240:, :, 0].astype(int) + 90) % 180
        hsv[240:, :, 1] = np.maximum(hsv[240:, :, 1], 160)
        dyed.append(np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR), np.uint8))
    return dyed


def followed(
    models: Models, scene: Scene, end_ms: int, whom: Whom | None = None
) -> dict[int, tuple[FaceLook, float | None]]:
    """What is followed at each time, and where its face is."""
    found = {}
    with FaceFollower(models.face, whom) as follower:
        for t_ms in range(0, end_ms, 100):
            canvas = np.full((WIDE[1], WIDE[0], 3), 120, np.uint8)
            for image, left in scene(t_ms):
                x0, x1 = max(0, round(left)), min(WIDE[0], round(left) + image.shape[1])
                if x0 < x1:
                    canvas[:, x0:x1] = image[:, x0 - round(left) : x1 - round(left)]
            look = follower.read(canvas, t_ms)
            found[t_ms] = look, None if look.face is None else face_place(look.face, WIDE).x
    return found


def slid(t_ms: int, start_ms: int, end_ms: int, start: float, end: float) -> float:
    share = min(1.0, max(0.0, (t_ms - start_ms) / (end_ms - start_ms)))
    return start + (end - start) * share


def at(images: list[Image], t_ms: int) -> Image:
    return images[(t_ms // 100) % len(images)]


@pytest.mark.parametrize(("place", "right"), [("left", False), ("right", True), (2, True)])
def test_who_is_meant_is_followed(
    models: Models, own: list[Image], other: list[Image], place: str | int, right: bool
) -> None:
    found = followed(models, lambda t: [(at(own, t), 0), (at(other, t), 500)], 1500, Whom(place))
    assert all(x is not None and (x > 450) == right for _, x in found.values())
    assert {len(look.heads) for look, _ in found.values()} <= {0, 2}


def test_a_third_who_is_not_there_is_nobody(
    models: Models, own: list[Image], other: list[Image]
) -> None:
    found = followed(models, lambda t: [(at(own, t), 0), (at(other, t), 500)], 800, Whom(3))
    assert all(x is None for _, x in found.values())
    assert len(found[0][0].heads) == 2


def test_who_crosses_in_front_is_not_followed(
    models: Models, own: list[Image], other: list[Image]
) -> None:
    found = followed(
        models,
        lambda t: [(at(own, t), 250), (at(other, t), slid(t, 1500, 3500, -400, 900))],
        6000,
    )
    assert {look.person for look, _ in found.values()} == {0}
    late = [x for t_ms, (_, x) in found.items() if t_ms >= 4000]
    assert all(x is not None and abs(x - found[0][1]) < 40 for x in late)  # type: ignore[operator]


def test_people_who_change_places_are_not_mixed_up(
    models: Models, own: list[Image], other: list[Image]
) -> None:
    found = followed(
        models,
        lambda t: [
            (at(own, t), slid(t, 2000, 4000, 0, 500)),
            (at(other, t), slid(t, 2000, 4000, 500, 0)),
        ],
        7000,
        Whom("left"),
    )
    early = [x for t_ms, (_, x) in found.items() if t_ms < 2000]
    late = [x for t_ms, (_, x) in found.items() if t_ms >= 5500]
    assert all(x is not None and x < 450 for x in early)
    assert all(x is not None and x > 450 for x in late)
    assert {look.person for look, _ in found.values()} == {0}


def test_who_comes_after_somebody_has_left_is_somebody_else(
    models: Models, own: list[Image], other: list[Image]
) -> None:
    def scene(t_ms: int) -> list[tuple[Image, float]]:
        if t_ms < 2000 or t_ms >= 13_000:
            return [(at(other, t_ms), 200)]
        return [(at(own, t_ms), 200)] if 4000 <= t_ms < 10_000 else []

    found = followed(models, scene, 17_500)
    person = {t_ms: look.person for t_ms, (look, x) in found.items() if x is not None}
    assert person[1000] == 0
    assert person[9000] == 1
    assert person[16_500] == 0, "the first one is known again"


def test_who_is_back_is_followed_again_though_another_stayed(
    models: Models, own: list[Image], other: list[Image]
) -> None:
    def scene(t_ms: int) -> list[tuple[Image, float]]:
        away = 6000 <= t_ms < 11_000
        return [(at(other, t_ms), 500)] + ([] if away else [(at(own, t_ms), 0)])

    found = followed(models, scene, 15_000, Whom("left"))
    person = {t_ms: look.person for t_ms, (look, x) in found.items() if x is not None}
    assert person[5500] == 0
    assert person[10_500] == 1
    assert not any(6000 <= t_ms < 8500 for t_ms in person), "nobody is taken at once"


def test_new_light_makes_nobody_else(models: Models, own: list[Image], other: list[Image]) -> None:
    found = followed(models, lambda t: [(at(own if t < 3000 else other, t), 200)], 9000)
    assert {look.person for look, _ in found.values()} == {0}


def test_looks(models: Models, own: list[Image], other: list[Image]) -> None:
    with FaceFollower(models.face) as follower:
        place = follower.read(own[0], 0).place
    assert place is not None
    mine, later, another = (look_of(image, place) for image in (own[0], own[-1], other[0]))
    assert alike(mine, later)
    assert not alike(mine, another)
    assert alike(mine, None), "what is not known may be the same"
    assert look_of(own[0][:300], place) is None, "the clothes are out of the picture"
    known = KnownPeople()
    known.add(mine)
    known.add(another)
    assert (known.whose(later), known.whose(another), known.whose(None)) == (0, 1, None)
    assert known.whose(later, besides=0) is None
