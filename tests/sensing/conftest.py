"""Clips and pictures for the tests of sensing, made on the spot or taken from the demo clip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import pytest
from pictures import Image, WriteClip

from neckform.resources import resource
from neckform.sensing.landmarks.bundles import Models, find_models
from neckform.sensing.sources.video import open_video


@pytest.fixture(scope="session")
def demo() -> Path:
    """A rendered person at a webcam: 75 s, 640 x 480, 12 frames a second, facing us at first."""
    path = resource("jobs/demo", "demo.mp4")
    assert path.is_file(), f"the packaged demo clip is missing: {path}"
    return path


@pytest.fixture(scope="session")
def person(demo: Path) -> Image:
    """One picture of somebody facing the camera."""
    with open_video(demo) as video:
        return next(iter(video)).image


@pytest.fixture(scope="session")
def models() -> Models:
    return find_models()


@pytest.fixture
def write_clip(tmp_path: Path) -> WriteClip:
    def write(
        images: Sequence[Image], name: str = "clip.mp4", fps: float = 30.0, code: str = "mp4v"
    ) -> Path:
        path = tmp_path / name
        height, width = images[0].shape[:2]
        fourcc = cv2.VideoWriter.fourcc(*code)
        writer = cv2.VideoWriter(str(path), fourcc, fps, (width, height))
        assert writer.isOpened(), f"this OpenCV cannot write {code} into {name}"
        for image in images:
            writer.write(image)
        writer.release()
        return path

    return write
