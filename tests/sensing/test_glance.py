"""Single looks at one person, twice a second."""

from __future__ import annotations

import numpy as np
from pictures import Image

from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.sparse_observer import Glancer
from neckform.sensing.sources.video import Frame


def test_the_face_in_each_picture_and_the_pose_in_every_other(
    models: Models, person: Image
) -> None:
    with Glancer(models) as glancer:
        seen = [glancer.look(Frame(t_ms, person)) for t_ms in range(0, 5000, 500)]
    assert all(one.face is not None for one in seen)
    assert [one.pose_looked for one in seen] == [True, False] * 5
    assert all((one.pose is not None) == one.pose_looked for one in seen)


def test_a_face_that_moved_since_the_last_picture_is_seen_where_it_is(
    models: Models, person: Image
) -> None:
    moved = np.roll(person, 40, axis=0)
    with Glancer(models) as glancer:
        before, after = (
            glancer.look(Frame(t_ms, image)).face for t_ms, image in ((0, person), (500, moved))
        )
    assert before is not None
    assert after is not None
    down_px = before.points[:, 1] - after.points[:, 1]
    assert np.abs(down_px - 40).max() < 3


def test_a_lost_face_is_followed_by_the_pose_in_each_picture(models: Models, person: Image) -> None:
    hidden = person.copy()
    with Glancer(models) as glancer:
        first = glancer.look(Frame(0, person))
        assert first.face is not None
        middle = first.face.points[:, :2].mean(axis=0)
        x, y = round(320 + float(middle[0])), round(240 - float(middle[1]))
        hidden[y - 75 : y + 85, x - 70 : x + 70] = 120
        seen = [glancer.look(Frame(t_ms, hidden)) for t_ms in range(500, 4000, 500)]
    assert any(one.face is None for one in seen)
    assert all(one.pose_looked for one in seen if one.face is None)


def test_an_empty_picture_shows_nobody(models: Models) -> None:
    empty = np.full((480, 640, 3), 110, np.uint8)
    with Glancer(models) as glancer:
        seen = [glancer.look(Frame(t_ms, empty)) for t_ms in range(0, 2000, 500)]
    assert all(one.face is None and one.pose is None for one in seen)
    assert all(one.pose_looked for one in seen)


def test_the_same_pictures_give_the_same(models: Models, person: Image) -> None:
    def look() -> list[float]:
        with Glancer(models) as glancer:
            seen = [glancer.look(Frame(t_ms, person)) for t_ms in range(0, 2000, 500)]
        return [float(one.face.points.sum()) for one in seen if one.face is not None]

    assert look() == look()
