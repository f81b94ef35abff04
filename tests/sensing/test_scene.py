"""Light and company, as pixels tell them."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from pictures import Image

from neckform.core.measure.observation import Face
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.landmarkers import FaceReader
from neckform.sensing.scene import COUNT_EVERY_MS, SceneReader
from neckform.sensing.sources.video import Frame


@pytest.fixture
def reader(models: Models) -> Iterator[SceneReader]:
    with SceneReader(models.face) as scenes:
        yield scenes


@pytest.fixture(scope="module")
def face(models: Models, person: Image) -> Face:
    with FaceReader(models.face) as faces:
        (found,) = faces.read(person, 0)
    return found


def square(low: float, high: float) -> Face:
    """A face between two places, the same across and up, from the middle of the picture."""
    points = np.full((468, 3), low, np.float32)
    points[1] = high
    return Face(points)


def beside(image: Image) -> Image:
    """Two of the same person, side by side."""
    return np.asarray(np.hstack([image, image]), dtype=np.uint8)


def test_one_person_in_the_light(reader: SceneReader, person: Image, face: Face) -> None:
    scene = reader.look(Frame(0, person), face)
    assert scene.people == 1
    assert scene.face_light is not None
    assert scene.face_light > 60
    assert scene.surround_light == pytest.approx(float(person.mean()), abs=2)


def test_two_people(reader: SceneReader, person: Image) -> None:
    assert reader.look(Frame(0, beside(person)), None).people == 2


def test_nobody(reader: SceneReader, person: Image) -> None:
    scene = reader.look(Frame(0, np.full_like(person, 90)), None)
    assert (scene.face_light, scene.surround_light, scene.people) == (None, 90.0, 0)


def test_people_are_counted_once_a_second(reader: SceneReader, person: Image) -> None:
    def people(t_ms: int, image: Image) -> int:
        return reader.look(Frame(t_ms, image), None).people

    two = beside(person)
    assert people(0, person) == 1
    assert people(COUNT_EVERY_MS - 1, two) == 1
    assert people(COUNT_EVERY_MS, two) == 2
    assert people(COUNT_EVERY_MS + 1, person) == 2


def test_the_face_s_light_is_that_of_its_own_place(reader: SceneReader, person: Image) -> None:
    image = np.full((480, 640, 3), 200, np.uint8)
    image[190:290, 270:370] = 20
    scene = reader.look(Frame(0, image), square(-50.0, 50.0))
    assert scene.face_light == 20.0
    assert scene.surround_light == pytest.approx(200 - 180 * 10_000 / (480 * 640), abs=1.5)


def test_a_darker_picture_is_a_darker_face(reader: SceneReader, person: Image, face: Face) -> None:
    dark = np.asarray(cv2.convertScaleAbs(person, alpha=0.2), dtype=np.uint8)
    bright = reader.look(Frame(0, person), face).face_light
    dim = reader.look(Frame(1, dark), face).face_light
    assert bright is not None
    assert dim == pytest.approx(0.2 * bright, abs=1.0)


def test_a_face_half_out_of_the_picture_and_one_beyond_it(reader: SceneReader) -> None:
    image = np.full((480, 640, 3), 50, np.uint8)
    half = square(-50.0, 50.0)
    points = half.points.copy()
    points[:, 0] -= 320
    assert reader.look(Frame(0, image), Face(points)).face_light == 50.0
    points[:, 0] -= 400
    assert reader.look(Frame(1, image), Face(points)).face_light is None
