import pytest
from landmark_folder import seen_once

from neckform.core.measure.observation import Observation


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Observation]:
    return seen_once(tmp_path_factory.mktemp("seen"))
