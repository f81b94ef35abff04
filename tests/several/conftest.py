from pathlib import Path

import pytest
from landmark_folder import seen_once

from neckform.core.measure.observation import Observation
from running import Runner


@pytest.fixture
def neckform(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    monkeypatch.chdir(tmp_path)
    return Runner(capfd, monkeypatch)


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Observation]:
    return seen_once(tmp_path_factory.mktemp("seen"))
