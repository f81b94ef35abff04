from pathlib import Path

import pytest

from neckform.core.errors import SettingsError
from neckform.jobs.analyze.options import BaselineChoice


@pytest.mark.parametrize(
    ("text", "span_ms"),
    [("auto", None), ("0-1", (0, 1000)), ("0.5-2", (500, 2000)), ("10 - 12.25", (10_000, 12_250))],
)
def test_baseline(text: str, span_ms: tuple[int, int] | None) -> None:
    assert BaselineChoice.parse(text) == BaselineChoice(span_ms=span_ms)


def test_baseline_from_a_profile(tmp_path: Path) -> None:
    profile = tmp_path / "1-2"
    profile.touch()
    assert BaselineChoice.parse(str(profile)) == BaselineChoice(profile=profile)


def test_baseline_from_a_profile_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NECKFORM_DATA", str(tmp_path))
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "home.json").touch()
    kept = BaselineChoice(profile=tmp_path / "profiles" / "home.json")
    assert BaselineChoice.parse("home") == kept
    with pytest.raises(SettingsError):
        BaselineChoice.parse("../profiles/home")


@pytest.mark.parametrize("text", ["", "1-1", "2-1", "-1-2", "1-", "nowhere.json"])
def test_baselines_that_make_no_sense(text: str) -> None:
    with pytest.raises(SettingsError):
        BaselineChoice.parse(text)
