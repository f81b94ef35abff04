"""The hold machine, fed with the truth, must say what a perfect observer would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from against_truth.true_samples import true_samples
from neckform.config.settings import load_settings
from neckform.core.stretch import holds
from neckform.core.types import Hold

pytestmark = pytest.mark.truth

TOLERANCE_S = 0.3
CLIPS = 30  # so that a folder which lost some does not pass in silence


def test_every_clip_agrees_with_its_expected_holds(truth_data: Path) -> None:
    names = sorted(path.stem for path in (truth_data / "synthetic").glob("*.csv"))
    assert len(names) == CLIPS
    settings = load_settings()
    disagreements = []
    for name in names:
        found = _observe(truth_data / "synthetic" / f"{name}.csv", settings)
        expected = json.loads(
            (truth_data / "synthetic" / f"{name}.expected.json").read_text("utf-8")
        )["holds"]
        if "_move_" in name:  # its exact seconds are doubtful, "not completed" is not
            if any(hold.completed for hold in found):
                disagreements.append(f"{name}: completed")
            continue
        if [_facts(hold) for hold in found] != [_expected_facts(hold) for hold in expected]:
            disagreements.append(f"{name}: {found} instead of {expected}")
            continue
        for hold, truth in zip(found, expected, strict=True):
            for key, value_ms in (
                ("start_s", hold.start_ms),
                ("end_s", hold.end_ms),
                ("held_s", hold.held_ms),
            ):
                if abs(value_ms / 1000 - truth[key]) > TOLERANCE_S:
                    disagreements.append(f"{name}: {key} {value_ms / 1000} not {truth[key]}")
    assert not disagreements, "\n".join(disagreements)


def _facts(hold: Hold) -> tuple[object, ...]:
    return hold.stretch, hold.side, hold.completed, hold.ended_by, len(hold.pauses)


def _expected_facts(hold: dict[str, object]) -> tuple[object, ...]:
    pauses = hold["pauses"]
    assert isinstance(pauses, list)
    return hold["stretch"], hold["side"], hold["completed"], hold["ended_by"], len(pauses)


def _observe(path: Path, settings: holds.HoldSettings) -> list[Hold]:
    state = holds.begin(settings)
    ended = []
    for sample in true_samples(path):
        state, events = holds.step(state, sample)
        ended += [event.hold for event in events if event.hold]
    state, events = holds.finish(state)
    ended += [event.hold for event in events if event.hold]
    return sorted(ended, key=lambda hold: hold.start_ms)
