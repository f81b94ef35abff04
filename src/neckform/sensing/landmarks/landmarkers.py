"""The one door where the vendor's landmarks become neckform's own.

`FaceReader` and `PoseReader` own one MediaPipe landmarker each. A landmarker that is left to the
garbage collector can hang for ever, and one used after it was closed answers nonsense without
complaint; so a landmarker exists only inside the reader's ``with`` block, is used and closed in the
thread that entered it, and says so when it is not.

Axes are flipped here, once: the models' x right, y down, z away from the viewer, all relative to
the picture's width or height, become the camera frame of ``docs/conventions.md``.
"""

from __future__ import annotations

import threading
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from neckform.core.errors import ModelError
from neckform.core.measure.observation import Face, Pose
from neckform.core.measure.skeleton import MESH_POINTS, POSE_POINTS
from neckform.core.time import expect_later
from neckform.core.types import Float32
from neckform.core.wording import worded
from neckform.sensing import guard
from neckform.sensing.landmarks.bundles import Kind, ModelFile
from neckform.sensing.landmarks.direct import Read, direct_reading, numbers
from neckform.sensing.landmarks.vendor import load_vision
from neckform.sensing.quiet import native_quiet

Image = NDArray[np.uint8]

CONFIDENCE = 0.2
"""Threshold of detection, presence and tracking: at 0.2 a chin-down hold is seen 96 % of the time,
at the vendor's 0.5 only 79 %."""

LEAST_SIDE_PX = 8
"""Pictures narrower or lower than this show nobody."""


class _Reader:
    """A landmarker's life and its rules; what it reads is up to the two kinds below."""

    kind: Kind

    def __init__(self, model: ModelFile, *, most: int = 1, video: bool = True) -> None:
        """Keep what is needed to make the landmarker on entering.

        Parameters
        ----------
        model : ModelFile
            A bundle of this reader's kind.
        most : int
            How many people to look for. More than one costs more, and when following a video it
            runs the detector on every frame on which fewer are being followed.
        video : bool
            Follow people from frame to frame (True), or look at each picture afresh.
        """
        if model.kind is not self.kind:
            raise ValueError(f"{type(self).__name__} was given a {model.kind} model")
        self._model = model
        self._most = most
        self._video = video
        self._landmarker: Any = None
        self._thread: int | None = None
        self._last_ms: int | None = None
        self._fresh = True

    def __enter__(self) -> Self:
        if self._landmarker is not None:
            raise RuntimeError(f"{type(self).__name__} is in use already")
        guard.engage()
        with native_quiet():
            try:
                load_vision()
                self._landmarker = self._create()
            except (ValueError, RuntimeError, LookupError, OSError) as error:
                raise ModelError(
                    worded(
                        "the {kind} model {path} was refused: {error}",
                        kind=self.kind,
                        path=self._model.path,
                        error=_first_line(error),
                    )
                ) from error
        self._thread = threading.get_ident()
        self._last_ms = None
        self._fresh = True
        return self

    def __exit__(self, *_: object) -> None:
        self._check_thread()
        landmarker, self._landmarker = self._landmarker, None
        if landmarker is not None:
            guard.engage()  # the vendor's report is sent on closing
            with native_quiet():
                landmarker.close()

    def _create(self) -> Any:
        raise NotImplementedError

    def _detect(self, image: Image, t_ms: int) -> Any:
        """The vendor's result for a BGR picture; of faces, their numbers."""
        import cv2
        import mediapipe as mp

        if self._landmarker is None:
            raise RuntimeError(f"{type(self).__name__} was read outside its with block")
        self._check_thread()
        expect_later(t_ms, self._last_ms)
        self._last_ms = t_ms
        picture = mp.Image(
            image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        )
        if not self._fresh:
            return self._run(picture, t_ms)
        # Each part of the native code chatters when it first has something to do: some of it not
        # before somebody is there.
        with native_quiet():
            found = self._run(picture, t_ms)
        self._fresh = not self._anybody(found)
        return found

    def forget(self, image: Image, t_ms: int) -> None:
        """Stop following anyone, so that the picture of `t_ms` is looked at afresh.

        A landmarker goes on looking where its person was, and takes what it finds there for a
        face; an empty picture, a millisecond earlier, ends that.
        """
        if self._video and self._last_ms is not None and self._last_ms < t_ms - 1:
            self._detect(np.zeros_like(image), t_ms - 1)

    def _run(self, picture: Any, t_ms: int) -> Any:
        if self._video:
            return self._landmarker.detect_for_video(picture, t_ms)
        return self._landmarker.detect(picture)

    def _anybody(self, found: Any) -> bool:
        raise NotImplementedError

    def _check_thread(self) -> None:
        if self._thread is not None and self._thread != threading.get_ident():
            raise RuntimeError(f"{type(self).__name__} belongs to the thread that entered it")

    def _base_options(self) -> dict[str, Any]:
        from mediapipe.tasks.python.core.base_options import BaseOptions
        from mediapipe.tasks.python.vision import RunningMode

        return {
            "base_options": BaseOptions(
                model_asset_path=str(self._model.path), delegate=BaseOptions.Delegate.CPU
            ),
            "running_mode": RunningMode.VIDEO if self._video else RunningMode.IMAGE,
            "min_tracking_confidence": CONFIDENCE,
        }


class FaceReader(_Reader):
    """Face meshes in pictures."""

    kind = Kind.FACE
    _direct: Read | None = None

    def read(self, image: Image, t_ms: int) -> tuple[Face, ...]:
        """The faces in one picture, in no particular order.

        Parameters
        ----------
        image : ndarray, shape (height, width, 3), uint8
            BGR, never mirrored.
        t_ms : int
            Its time; must increase from call to call.
        """
        if min(image.shape[:2]) < LEAST_SIDE_PX:
            return ()
        height, width = image.shape[:2]
        meshes = self._detect(image, t_ms)
        return tuple(Face(_pixels(mesh[:MESH_POINTS], width, height)) for mesh in meshes)

    def _run(self, picture: Any, t_ms: int) -> list[Float32]:
        if self._direct is not None:
            return self._direct(picture, t_ms)
        return [numbers(points) for points in super()._run(picture, t_ms).face_landmarks]

    def _anybody(self, found: list[Float32]) -> bool:
        return bool(found)

    def _create(self) -> Any:
        from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions

        landmarker = FaceLandmarker.create_from_options(
            FaceLandmarkerOptions(
                num_faces=self._most,
                min_face_detection_confidence=CONFIDENCE,
                min_face_presence_confidence=CONFIDENCE,
                **self._base_options(),
            )
        )
        self._direct = direct_reading(landmarker, video=self._video)
        return landmarker


class PoseReader(_Reader):
    """Body landmarks in pictures."""

    kind = Kind.POSE

    def read(self, image: Image, t_ms: int) -> tuple[Pose, ...]:
        """The bodies in one picture; parameters as for `FaceReader.read`."""
        if min(image.shape[:2]) < LEAST_SIDE_PX:
            return ()
        height, width = image.shape[:2]
        result = self._detect(image, t_ms)
        return tuple(
            Pose(
                points=_pixels(numbers(points), width, height),
                visibility=np.fromiter(
                    (point.visibility or 0.0 for point in points), np.float32, POSE_POINTS
                ),
                world=_flipped(numbers(world)),
            )
            for points, world in zip(
                result.pose_landmarks, result.pose_world_landmarks, strict=True
            )
        )

    def _anybody(self, found: Any) -> bool:
        return bool(found.pose_landmarks)

    def _create(self) -> Any:
        from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions

        return PoseLandmarker.create_from_options(
            PoseLandmarkerOptions(
                num_poses=self._most,
                min_pose_detection_confidence=CONFIDENCE,
                min_pose_presence_confidence=CONFIDENCE,
                **self._base_options(),
            )
        )


def _pixels(points: Float32, width: int, height: int) -> Float32:
    """Fractions of the picture -> pixels in the camera frame; z is a fraction of the width."""
    middle, scale = (0.5, 0.5, 0.0), (width, -height, -width)
    return (points - np.array(middle, np.float32)) * np.array(scale, np.float32)


def _flipped(points: Float32) -> Float32:
    return points * np.array([1.0, -1.0, -1.0], np.float32)


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
