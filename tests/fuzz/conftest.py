"""How many inputs each fuzzer tries: a few here and in CI; 10,000 by hand, see CONTRIBUTING.md."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_runs import Doors
from hypothesis import HealthCheck, Phase, settings

_INPUTS = os.environ.get("NECKFORM_FUZZ")

settings.register_profile(
    "neckform",
    max_examples=int(_INPUTS or 40),
    derandomize=_INPUTS is None,  # the check tries the same ones each time
    phases=[Phase.generate],  # inputs are small as they are; to make them smaller takes minutes
    deadline=None,  # the doors have their own, which also ends what never ends
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("neckform")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.fuzz)
            item.add_marker(pytest.mark.timeout(0 if _INPUTS else 300))
            # Of a large input that failed; as an error, it would hide which one that was.
            item.add_marker(pytest.mark.filterwarnings("ignore:Generating overly large repr"))


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """A home, a data folder and a recording of nobody, for all inputs of a file of tests."""
    folder: Path = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as patch:
        yield Doors(folder, patch)
