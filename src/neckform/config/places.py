"""The neutrals of the person's places, each as a profile in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from neckform.config.paths import data_folder, made
from neckform.config.profile import read_profile, write_profile
from neckform.core.errors import SettingsError
from neckform.core.measure.observation import Baseline
from neckform.core.wording import worded


def read_places(who: str | None = None) -> tuple[Baseline, ...]:
    """The places that are known, the latest last; a damaged one is passed over."""
    known = []
    for path in sorted(_folder(who).glob("place-*.json")):
        with suppress(SettingsError):
            known.append(read_profile(path).baseline)
    return tuple(known)


def write_places(baselines: Sequence[Baseline], who: str | None = None) -> None:
    """Write these, in place of those before.

    Raises
    ------
    OutputError
    """
    folder = made(_folder(who), worded("the neutrals of your places are kept there"))
    for number, baseline in enumerate(baselines):
        write_profile(folder / f"place-{number}.json", baseline)
    for path in sorted(folder.glob("place-*.json"))[len(baselines) :]:
        with suppress(OSError):
            path.unlink()


def _folder(who: str | None) -> Path:
    return data_folder(who) / "places"
