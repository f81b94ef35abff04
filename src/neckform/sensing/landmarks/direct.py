"""A face mesh's numbers, without an object for each of its points.

MediaPipe's Python makes an object of each of a mesh's 478 points, and takes each call to another
thread and back, twice: 1 ms of Python for 2.5 ms of model, with Python's lock held against all
other threads. Its C library gives the points in one block, which can be read where it lies. Without
it, the analysis of the packaged clip takes 11 % more processor time.

That part of MediaPipe is not promised to stay as it is. So it is used only where the functions and
structures are those that this was written for, and a block only after the first mesh was read both
ways and was the same.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

import numpy as np

from neckform.core.types import Float32

Read = Callable[[Any, int], list[Float32]]
"""A picture and its time -> meshes, each of shape (points, 3), as fractions of the picture."""


def direct_reading(landmarker: Any, *, video: bool = True) -> Read | None:
    """How to read a face landmarker in VIDEO or IMAGE mode; None where MediaPipe is not as it was.

    To be used in one thread at a time, and not after the landmarker was closed.
    """
    with suppress(AttributeError, ImportError, LookupError, OSError):
        from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library
        from mediapipe.tasks.python.vision import face_landmarker as vendor

        library = load_raw_library()
        if _as_written(library, vendor):
            return _Direct(landmarker._handle, library, vendor, video).read
    return None


def numbers(landmarks: Sequence[Any]) -> Float32:
    """Of MediaPipe's objects; shape (points, 3)."""
    flat = chain.from_iterable((point.x, point.y, point.z) for point in landmarks)
    return np.fromiter(flat, np.float32, 3 * len(landmarks)).reshape(-1, 3)


class _Direct:
    def __init__(self, handle: Any, library: Any, vendor: Any, video: bool) -> None:
        self._handle = handle
        self._video = video
        self._library = library
        self._vendor = vendor
        self._compared = False
        self._as_objects = False

    def read(self, picture: Any, t_ms: int) -> list[Float32]:
        result, trouble = self._vendor.MpFaceLandmarkerResultC(), ctypes.c_char_p()
        given = self._handle, picture._image_ptr, None
        answer = ctypes.byref(result), ctypes.byref(trouble)
        if self._video:
            status = self._library.MpFaceLandmarkerDetectForVideo(*given, t_ms, *answer)
        else:
            status = self._library.MpFaceLandmarkerDetectImage(*given, *answer)
        if status != 0:
            said = trouble.value or b"no reason was given"
            self._library.MpErrorFree(trouble)
            raise RuntimeError(f"status {status}: {said.decode(errors='replace')}")
        try:
            return self._meshes(result)
        finally:
            self._library.MpFaceLandmarkerCloseResult(ctypes.byref(result))

    def _meshes(self, result: Any) -> list[Float32]:
        blocks = [_block(result.face_landmarks[n]) for n in range(result.face_landmarks_count)]
        if not blocks or (self._compared and not self._as_objects):
            return blocks
        objects = self._vendor.FaceLandmarkerResult.from_ctypes(result).face_landmarks
        meshes = [numbers(points) for points in objects]
        if not self._compared:
            self._compared = True
            self._as_objects = not all(map(np.array_equal, blocks, meshes))
        return meshes


def _block(points: Any) -> Float32:
    """Copy of x, y and z of points that lie one behind the other."""
    size = ctypes.sizeof(points.landmarks.contents)
    block = ctypes.string_at(points.landmarks, points.landmarks_count * size)
    table = np.frombuffer(block, np.float32).reshape(points.landmarks_count, -1)
    return np.array(table[:, :3])


def _as_written(library: Any, vendor: Any) -> bool:
    """Whether MediaPipe declares its functions and structures as this module needs them.

    The calls below would crash the process, not raise, if they were of another form.
    """
    result = ctypes.POINTER(vendor.MpFaceLandmarkerResultC)
    options = ctypes.POINTER(vendor.image_processing_options_c_lib.MpImageProcessingOptionsC)
    points = vendor.MpFaceLandmarkerResultC.face_landmarks
    point = vendor.landmark_c_lib.MpNormalizedLandmarkC
    text, pointer = ctypes.POINTER(ctypes.c_char_p), ctypes.c_void_p
    follow, detect = library.MpFaceLandmarkerDetectForVideo, library.MpFaceLandmarkerDetectImage
    close = library.MpFaceLandmarkerCloseResult
    return bool(
        follow.argtypes == [pointer, pointer, options, ctypes.c_int64, result, text]
        and detect.argtypes == [pointer, pointer, options, result, text]
        and follow.restype is detect.restype is ctypes.c_int
        and close.argtypes == [result]
        and library.MpErrorFree.argtypes == [pointer]
        and points.offset == 0
        and [field[:2] for field in point._fields_[:3]]
        == [(axis, ctypes.c_float) for axis in "xyz"]
        and ctypes.sizeof(point) % ctypes.sizeof(ctypes.c_float) == 0
    )
