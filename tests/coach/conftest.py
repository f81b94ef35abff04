"""What people do before the camera, cut from the packaged clip."""

from __future__ import annotations

from pathlib import Path

import pytest

import clips
from scripts import Script, looped


@pytest.fixture(scope="session")
def sitting() -> Script:
    return looped(0, 2.5)


@pytest.fixture(scope="session")
def left() -> Script:
    """Ear to the left shoulder, as it should be."""
    return looped(6, 12)


@pytest.fixture(scope="session")
def right() -> Script:
    return looped(44, 50)


@pytest.fixture(scope="session")
def right_risen() -> Script:
    """The same to the right with the left shoulder up."""
    return looped(53, 58)


@pytest.fixture(scope="session")
def held_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds: a neutral, long enough for a busy machine, and a left stretch of six."""
    still = list(clips.demo_frames(0, 2))
    frames = [*still, *still[::-1], *clips.demo_frames(5, 11)]
    return clips.write_video(tmp_path_factory.mktemp("clips") / "held.mp4", frames)
