"""What no analysis of a clip can save: the CPU seconds of decoding alone and of the models alone.

One thread does one thing after another, so that the process's CPU seconds are those of the stage.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from neckform.sensing.landmarks.bundles import find_models
from neckform.sensing.landmarks.landmarkers import FaceReader, PoseReader
from neckform.sensing.landmarks.observer import observe
from neckform.sensing.sources import track
from neckform.sensing.sources.upright import Upright
from neckform.sensing.sources.video import open_video


@dataclass(frozen=True, slots=True)
class Limit:
    """CPU seconds of each stage, alone."""

    decode_s: float
    convert_s: float
    face_s: float
    pose_s: float

    @property
    def least_s(self) -> float:
        """Decoding and the models."""
        return self.decode_s + self.face_s + self.pose_s


def limit_of(clip: Path) -> Limit:
    """Measure a clip: the faces and poses that an analysis looks for, and no more."""
    spent = dict.fromkeys(("decode", "convert", "face", "pose"), 0.0)

    @contextmanager
    def counted(stage: str) -> Iterator[None]:
        begin = time.process_time()
        yield
        spent[stage] += time.process_time() - begin

    models = find_models()
    with open_video(clip) as video:
        looked = {seen.t_ms for _, seen in observe(video, models) if seen.pose_looked}
    with ExitStack() as stack:
        stack.enter_context(_one_thread())
        faces, poses = FaceReader(models.face), PoseReader(models.pose)
        stack.enter_context(faces)
        stack.enter_context(poses)
        video = stack.enter_context(open_video(clip))
        stack.enter_context(_converting(counted))
        frames = iter(video)
        while True:
            with counted("decode"):
                frame = next(frames, None)
            if frame is None:
                break
            with counted("face"):
                faces.read(frame.image, frame.t_ms)
            if frame.t_ms in looked:
                with counted("pose"):
                    poses.read(frame.image, frame.t_ms)
    return Limit(spent["decode"] - spent["convert"], spent["convert"], spent["face"], spent["pose"])


@contextmanager
def _one_thread() -> Iterator[None]:
    with patch.object(track, "SMALL_PX", 1 << 40):
        yield


@contextmanager
def _converting(counted: Callable[[str], AbstractContextManager[None]]) -> Iterator[None]:
    usual = Upright.image

    def image(self: Upright, frame: Any) -> Any:
        with counted("convert"):
            return usual(self, frame)

    with patch.object(Upright, "image", image):
        yield
