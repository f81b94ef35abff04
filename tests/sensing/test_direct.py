from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pictures import Image

from neckform.sensing.landmarks import direct
from neckform.sensing.landmarks.bundles import Models
from neckform.sensing.landmarks.landmarkers import FaceReader


def read_twice(reader: FaceReader, person: Image) -> list[np.ndarray]:
    return [face.points for t_ms in (0, 100) for face in reader.read(person, t_ms)]


def objects(models: Models, person: Image, *, video: bool = True) -> list[np.ndarray]:
    with FaceReader(models.face, video=video) as reader:
        reader._direct = None
        return read_twice(reader, person)


@pytest.mark.parametrize("video", [True, False])
def test_direct_and_by_objects_are_the_same_to_the_last_bit(
    video: bool, models: Models, person: Image
) -> None:
    with FaceReader(models.face, video=video) as reader:
        assert reader._direct is not None, "MediaPipe has changed: see sensing/landmarks/direct.py"
        found = read_twice(reader, person)
    assert len(found) == 2
    assert np.array_equal(found, objects(models, person, video=video))


def test_a_mesh_outlives_what_it_was_read_from(models: Models, person: Image) -> None:
    with FaceReader(models.face) as reader:
        (face,) = reader.read(person, 0)
        before = face.points.copy()
        for t_ms in range(100, 600, 100):
            reader.read(np.roll(person, t_ms // 10, axis=1), t_ms)
    assert np.array_equal(face.points, before)


def test_blocks_that_differ_from_the_objects_are_never_used(
    models: Models, person: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = direct._block
    monkeypatch.setattr(direct, "_block", lambda points: block(points) + 1)
    with FaceReader(models.face) as reader:
        found = read_twice(reader, person)
    assert np.array_equal(found, objects(models, person))


def test_a_picture_that_mediapipe_refuses_is_an_error(models: Models, person: Image) -> None:
    with FaceReader(models.face) as reader:
        reader.read(person, 100)
        reader._last_ms = None
        with pytest.raises(RuntimeError, match=r"(?i)timestamp"):
            reader.read(person, 50)


class Swapped(ctypes.Structure):
    _fields_ = (("y", ctypes.c_float), ("x", ctypes.c_float), ("z", ctypes.c_float))


class Odd(ctypes.Structure):
    _pack_ = 1
    _fields_ = (*((axis, ctypes.c_float) for axis in "xyz"), ("more", ctypes.c_bool))


@pytest.mark.parametrize("point", [Swapped, Odd])
def test_points_of_another_form_are_refused(point: type, models: Models) -> None:
    library, vendor = as_it_is(models)
    assert direct._as_written(library, vendor)
    vendor.landmark_c_lib = SimpleNamespace(MpNormalizedLandmarkC=point)
    assert not direct._as_written(library, vendor)


@pytest.mark.parametrize("name", ["DetectForVideo", "DetectImage"])
def test_a_function_of_another_form_is_refused(name: str, models: Models) -> None:
    library, vendor = as_it_is(models)
    detect = getattr(library, f"MpFaceLandmarker{name}")
    other = SimpleNamespace(argtypes=detect.argtypes[1:], restype=detect.restype)
    setattr(library, f"MpFaceLandmarker{name}", other)
    assert not direct._as_written(library, vendor)


def test_another_mediapipe_is_read_by_its_own_python(
    models: Models, person: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mediapipe.tasks.python.core import mediapipe_c_bindings

    monkeypatch.delattr(mediapipe_c_bindings, "load_raw_library")
    assert direct.direct_reading(object()) is None


def as_it_is(models: Models) -> tuple[Any, Any]:
    """Copies of what `direct` looks at, after MediaPipe has declared it all."""
    from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library
    from mediapipe.tasks.python.vision import face_landmarker

    with FaceReader(models.face):
        pass
    library, names = load_raw_library(), ("DetectForVideo", "DetectImage", "CloseResult")
    functions = {name: getattr(library, f"MpFaceLandmarker{name}") for name in names}
    return (
        SimpleNamespace(
            MpErrorFree=library.MpErrorFree,
            **{f"MpFaceLandmarker{name}": function for name, function in functions.items()},
        ),
        SimpleNamespace(**vars(face_landmarker)),
    )
