from __future__ import annotations

import gc
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from pictures import Image

from neckform.core.measure.observation import Face, Pose
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.landmarkers import FaceReader, PoseReader

NOSE_TIP, CHIN, FOREHEAD = 1, 152, 10
OUTER_EYE_RIGHT, OUTER_EYE_LEFT = 33, 263
CHEEK_RIGHT, CHEEK_LEFT = 234, 454


@pytest.fixture(scope="module")
def face(models: Models, person: Image) -> Face:
    with FaceReader(models.face) as reader:
        (found,) = reader.read(person, 0)
    return found


@pytest.fixture(scope="module")
def pose(models: Models, person: Image) -> Pose:
    with PoseReader(models.pose) as reader:
        (found,) = reader.read(person, 0)
    return found


def test_face_axes_are_those_of_the_camera_frame(face: Face) -> None:
    points = face.points
    assert points.dtype == np.float32
    assert points[FOREHEAD, 1] > points[NOSE_TIP, 1] > points[CHIN, 1], "y is up"
    assert points[OUTER_EYE_LEFT, 0] > points[OUTER_EYE_RIGHT, 0], "own left is on image right"
    assert points[NOSE_TIP, 2] > points[CHEEK_LEFT, 2], "z is toward the viewer"
    assert points[NOSE_TIP, 2] > points[CHEEK_RIGHT, 2]


def test_face_is_in_pixels_in_all_three_axes(face: Face) -> None:
    width = np.ptp(face.points[:, 0])
    depth = np.ptp(face.points[:, 2])
    assert 50 < width < 250
    assert 0.4 < depth / width < 1.3, "a head is about as deep as wide: z is scaled like x"


def test_pose_axes_are_those_of_the_camera_frame(pose: Pose) -> None:
    nose, left_shoulder, right_shoulder = 0, 11, 12
    for points in (pose.points, pose.world):
        assert points[nose, 1] > points[left_shoulder, 1], "y is up"
        assert points[left_shoulder, 0] > points[right_shoulder, 0]
        assert points[nose, 2] > points[[7, 8], 2].mean(), "the nose is nearer than the ears"
    assert 0.2 < np.linalg.norm(pose.world[left_shoulder] - pose.world[right_shoulder]) < 0.6
    assert pose.visibility[left_shoulder] > 0.9


def test_face_and_pose_agree_where_the_nose_is(face: Face, pose: Pose) -> None:
    size = np.ptp(face.points[:, 1])
    assert np.linalg.norm(face.points[NOSE_TIP, :2] - pose.points[0, :2]) < 0.3 * size


def test_a_shifted_person_is_seen_shifted(models: Models, person: Image, face: Face) -> None:
    moved = np.roll(person, (-20, 60), axis=(0, 1))
    with FaceReader(models.face) as reader:
        (found,) = reader.read(moved, 0)
    shift = (found.points - face.points)[:, :2].mean(axis=0)
    assert shift == pytest.approx((60, 20), abs=5)


def test_nobody_gives_nothing(models: Models) -> None:
    room = np.random.default_rng(3).integers(90, 160, (480, 640, 3), np.uint8)
    with FaceReader(models.face) as faces, PoseReader(models.pose) as poses:
        for t_ms in range(0, 300, 100):
            assert faces.read(room, t_ms) == ()
            assert poses.read(room, t_ms) == ()


@pytest.mark.parametrize("shape", [(1, 1, 3), (10, 10, 3), (1, 400, 3), (2160, 3840, 3)])
def test_odd_sizes_do_not_crash(models: Models, shape: tuple[int, int, int]) -> None:
    image = np.full(shape, 90, np.uint8)
    with FaceReader(models.face) as faces, PoseReader(models.pose) as poses:
        assert faces.read(image, 0) == ()
        assert poses.read(image, 0) == ()


# --- a landmarker's life ---


def test_reading_outside_the_with_block_is_refused(models: Models, person: Image) -> None:
    reader = FaceReader(models.face)
    with pytest.raises(RuntimeError, match="outside its with block"):
        reader.read(person, 0)
    with reader:
        reader.read(person, 0)
    with pytest.raises(RuntimeError, match="outside its with block"):
        reader.read(person, 1)


def test_a_reader_may_be_entered_again_and_starts_afresh(models: Models, person: Image) -> None:
    reader = FaceReader(models.face)
    for _ in range(2):
        with reader:
            assert len(reader.read(person, 0)) == 1


def test_entering_twice_at_once_is_refused(models: Models) -> None:
    with FaceReader(models.face) as reader, pytest.raises(RuntimeError, match="in use"):
        reader.__enter__()


def test_time_must_increase(models: Models, person: Image) -> None:
    with FaceReader(models.face) as reader:
        reader.read(person, 5)
        with pytest.raises(ValueError, match="time must increase"):
            reader.read(person, 5)


def test_another_thread_is_refused(models: Models, person: Image) -> None:
    caught = []

    def elsewhere() -> None:
        try:
            reader.read(person, 0)
        except RuntimeError as error:
            caught.append(str(error))

    with FaceReader(models.face) as reader:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert caught == ["FaceReader belongs to the thread that entered it"]


def test_the_wrong_kind_of_model_is_refused(models: Models) -> None:
    with pytest.raises(ValueError, match="pose model"):
        FaceReader(models.pose)


def test_readers_in_reference_cycles_are_collected_without_hanging(
    models: Models, person: Image
) -> None:
    for t_ms in range(3):
        with FaceReader(models.face) as reader:
            reader.read(person, t_ms)
            reader.itself = reader
    del reader
    gc.collect()


def test_native_messages_do_not_reach_the_person(demo: Path) -> None:
    # The second message comes when a body is first seen in a picture that is not square.
    script = """
import sys
from pathlib import Path
from neckform.sensing.landmarks.landmarkers import FaceReader, PoseReader
from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.sources.video import open_video

models = find_models()
with open_video(Path(sys.argv[1])) as video:
    image = next(iter(video)).image
with FaceReader(models.face) as faces, PoseReader(models.pose) as poses:
    print(len(faces.read(image, 0)), len(poses.read(image, 0)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(demo)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("1 1\n", "")
