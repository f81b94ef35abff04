from pathlib import Path

import pytest

import clips
from running import Runner


@pytest.fixture
def neckform(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    monkeypatch.chdir(tmp_path)
    return Runner(capfd, monkeypatch)


@pytest.fixture(scope="session")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine seconds: the neutral and five seconds of a stretch to the left."""
    return clips.short(tmp_path_factory.mktemp("clips") / "short.mp4")
