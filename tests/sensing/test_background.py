"""What a camera does is read off the background: pictures that were carried by a known way."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from pictures import Image

import clips
from neckform.core.measure.observation import STEADY, CameraMove
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.head_box import Place
from neckform.sensing.landmarks.tracking import FaceFollower
from neckform.sensing.stillness.background import Background

SIZE = (640, 480)
DIAGONAL = math.hypot(*SIZE)
Path = Callable[[float], tuple[float, float, float, float]]
"""At a time in seconds: to the right and down in pixels, turned in degrees, larger by."""


def carried(image: Image, x: float, y: float, turn_deg: float, zoom: float) -> Image:
    height, width = image.shape[:2]
    way = cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, 1.12 * zoom)
    way[:, 2] += [x, y]
    return np.asarray(cv2.warpAffine(image, way, (width, height)), np.uint8)


def seen(images: list[Image], path: Path, models: Models) -> list[tuple[float, CameraMove]]:
    """What was said of each picture, at twelve a second."""
    background = Background()
    told = []
    with FaceFollower(models.face) as faces:
        for index, image in enumerate(images):
            t_s = index / clips.FPS
            picture = carried(image, *path(t_s))
            t_ms = round(1000 * t_s)
            look = faces.read(picture, t_ms)
            people = (look.place, *look.others) if look.place else look.others
            told.append((t_s, background.read(picture, t_ms, people, due=index % 4 == 0)))
    return told


def off(camera: CameraMove, x: float, y: float, turn_deg: float, zoom: float) -> float:
    """How far a shoulder is put from where it is, in picture diagonals."""

    def at(x: float, up: float, turn_deg: float, zoom: float) -> complex:
        turned = complex(math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg)))
        return zoom * turned * complex(100, -120) + complex(x, up)

    got = at(camera.x_px, camera.y_px, camera.turn_deg, camera.zoom)
    return abs(got - at(x, -y, turn_deg, zoom)) / DIAGONAL


@pytest.fixture(scope="module")
def stretching() -> list[Image]:
    """Somebody goes into a stretch and holds it."""
    return list(clips.demo_frames(0.0, 9.0))


def hand(t_s: float) -> tuple[float, float, float, float]:
    return (
        14 * math.sin(2.0 * t_s) + 5 * math.sin(10.0 * t_s),
        16 * math.sin(1.5 * t_s) + 5 * math.sin(13.0 * t_s),
        1.5 * math.sin(2.5 * t_s),
        1.0,
    )


def pan(t_s: float) -> tuple[float, float, float, float]:
    return -30 * min(1.0, max(0.0, (t_s - 2) / 4)), 20 * min(1.0, t_s / 6), 0.0, 1.0


def framing(t_s: float) -> tuple[float, float, float, float]:
    return 0.0, 0.0, 0.0, 1.0 + 0.25 * min(1.0, max(0.0, (t_s - 2) / 3))


@pytest.mark.parametrize("path", [hand, pan, framing])
def test_it_is_told_to_a_hundredth_of_a_shoulder_width(
    models: Models, stretching: list[Image], path: Path
) -> None:
    told = seen(stretching, path, models)
    # A camera that stood still is looked at when a pose is due: its first movement shows then.
    told = [one for one in told if one[0] >= 0.4]
    errors = [off(camera, *path(t_s)) for t_s, camera in told if not camera.lost]
    assert len(errors) > 0.95 * len(told)
    # Up to 0.006 of the diagonal it stands still. A shoulder width is about 0.3 of it.
    assert max(errors) < 0.012
    assert sorted(errors)[len(errors) // 2] < 0.004


def test_a_camera_that_stands_still_gives_exactly_that(
    models: Models, stretching: list[Image]
) -> None:
    assert all(camera is STEADY for _, camera in seen(stretching, lambda _: (0, 0, 0, 1), models))


def test_light_that_changes_is_no_movement(models: Models, stretching: list[Image]) -> None:
    darker = [(image * (1.0 - 0.4 * n / len(stretching))).astype(np.uint8)
              for n, image in enumerate(stretching)]  # fmt: skip
    assert all(camera is STEADY for _, camera in seen(darker, lambda _: (0, 0, 0, 1), models))


WALL = np.full((480, 640, 3), 150, np.uint8)
ROOM = np.full((480, 640, 3), 150, np.uint8)
cv2.rectangle(ROOM, (40, 30), (200, 180), (60, 90, 120), 8)
cv2.rectangle(ROOM, (450, 60), (600, 300), (220, 200, 180), -1)
SOMEBODY = [Place(320, 240, 100)]


def test_before_a_wall_without_a_mark_nothing_is_known() -> None:
    background = Background()
    for n in range(30):
        camera = background.read(carried(WALL, n, n, 0, 1), 100 * n, SOMEBODY, due=True)
        assert camera is STEADY


def test_a_moving_camera_whose_background_is_gone_is_lost_until_there_is_one() -> None:
    background = Background()

    def look(image: Image, n: int, x: float) -> CameraMove:
        return background.read(carried(image, x, 0, 0, 1), 100 * n, SOMEBODY, due=True)

    assert look(ROOM, 0, 0) is STEADY
    assert look(ROOM, 1, 20).x_px == pytest.approx(20, abs=1)
    assert all(look(WALL, n, 20).lost for n in range(2, 20))
    back = look(ROOM, 20, 30)
    assert back.x_px == pytest.approx(30, abs=1)


def test_an_arm_that_moves_is_no_camera(models: Models, stretching: list[Image]) -> None:
    def waved(n: int, image: Image) -> Image:
        image = image.copy()
        x = 80 + round(60 * math.sin(n / 3))
        return np.asarray(cv2.rectangle(image, (x, 150), (x + 50, 480), (120, 140, 190), -1))

    images = [waved(n, image) for n, image in enumerate(stretching)]
    assert all(camera is STEADY for _, camera in seen(images, lambda _: (0, 0, 0, 1), models))


def test_after_nobody_was_there_another_scene_begins() -> None:
    background = Background()

    def look(image: Image, t_ms: int, people: list[Place] = SOMEBODY) -> CameraMove:
        return background.read(image, t_ms, people, due=True)

    other = np.ascontiguousarray(ROOM[::-1, ::-1])
    look(ROOM, 0)
    assert look(carried(ROOM, 20, 0, 0, 1), 100).x_px == pytest.approx(20, abs=1)
    look(WALL, 200, [])
    assert look(other, 4000) is STEADY
    assert look(carried(other, 10, 0, 0, 1), 4100).x_px == pytest.approx(10, abs=1)
    # Where the same room is found again, the way goes on from there.
    look(WALL, 4200, [])
    assert look(carried(other, 30, 0, 0, 1), 8000).x_px == pytest.approx(30, abs=1)


def test_another_scene_begins_also_between_two_poses() -> None:
    background, other = Background(), np.ascontiguousarray(ROOM[::-1, ::-1])
    background.read(ROOM, 0, SOMEBODY, due=True)
    background.read(carried(ROOM, 20, 0, 0, 1), 100, SOMEBODY, due=True)
    for t_ms in range(200, 6000, 100):  # the camera is calm again
        background.read(carried(ROOM, 20, 0, 0, 1), t_ms, SOMEBODY, due=t_ms % 600 == 0)
    background.read(WALL, 6000, [], due=True)
    assert background.read(other, 10_000, SOMEBODY, due=False) is STEADY
    assert background.read(other, 10_100, SOMEBODY, due=True) is STEADY


def test_a_landmark_recording_keeps_the_way_to_the_last_bit() -> None:
    background = Background()
    background.read(ROOM, 0, SOMEBODY, due=True)
    camera = background.read(carried(ROOM, 20, 7, 2, 1), 100, SOMEBODY, due=True)
    way = (camera.x_px, camera.y_px, camera.turn_deg, camera.zoom)
    assert camera is not STEADY
    assert way == tuple(np.array(way, np.float32).tolist())


def room(chance: np.random.Generator) -> Image:
    """A lamp's light on a wall, and furniture."""
    light = chance.uniform(-60, 60, 2) @ np.mgrid[-0.5:0.5:480j, -0.5:0.5:640j].reshape(2, -1)
    grey = (150 + light).reshape(480, 640, 1) + np.zeros(3)
    picture = np.ascontiguousarray(grey.astype(np.uint8))
    for _ in range(6):
        x, y = (int(n) for n in chance.integers((0, 0), (560, 400)))
        far = (x + int(chance.integers(30, 200)), y + int(chance.integers(30, 200)))
        colour = tuple(int(n) for n in chance.integers(20, 240, 3))
        cv2.rectangle(picture, (x, y), far, colour, int(chance.choice([4, 8, -1])))
    return picture


def test_one_room_is_never_laid_on_another() -> None:
    chance = np.random.default_rng(7)
    rooms = [room(chance) for _ in range(12)]
    laid = [
        (one, other)
        for one in range(12)
        for other in range(12)
        if one != other and moved_from(rooms[one], rooms[other])
    ]
    assert laid == []


def moved_from(one: Image, other: Image) -> bool:
    background = Background()
    background.read(one, 0, SOMEBODY, due=True)
    return background.read(other, 100, SOMEBODY, due=True) is not STEADY
