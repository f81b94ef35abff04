from pathlib import Path

import pytest

import clips


@pytest.fixture(scope="session")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine seconds: the neutral and five seconds of a stretch to the left."""
    return clips.short(tmp_path_factory.mktemp("clips") / "short.mp4")
