"""Shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from neckform.showing.words import catalogue, telling
from running import Runner
from tiny_disk import tiny_disk

_CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def truth_data() -> Path:
    """The folder of clips with exact truth, which lies beside a checkout and is no part of it."""
    folder = _CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"NOT MEASURED: the clips with truth are absent ({folder})")
    return folder


@pytest.fixture(autouse=True)
def own_data(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty folder in place of the person's own: no test may write into a real one.

    The monitor's place is another: there is one of a person, and with it all tests would share one.
    """
    folder = tmp_path_factory.mktemp("own-data")
    monkeypatch.setenv("NECKFORM_DATA", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("own-state")))
    monkeypatch.delenv("NECKFORM_HISTORY", raising=False)
    yield folder


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A command that ran in a test speaks its language; the next test begins in English."""
    yield
    telling.use_language(catalogue.DEFAULT_LANGUAGE)


@pytest.fixture
def neckform(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    """Runs commands in an empty folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return Runner(capfd, monkeypatch)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty disk that is soon full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with tiny_disk(folder):
        yield folder
