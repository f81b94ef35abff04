"""Folders of short landmark recordings, no two alike, for tests of many recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import clips
from neckform.core.measure.observation import Observation
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.several.done import MARK
from neckform.sensing.sources import recording


def seen_once(folder: Path) -> list[Observation]:
    """What is seen in nine seconds of the packaged clip."""
    video = clips.short(folder / "short.mp4")
    kept = folder / "short.nfobs"
    options = AnalyzeOptions(record=kept, history=False, html=False)
    analysis = analyze_one(Job(video, folder / "short"), options, stop=lambda: False)
    assert analysis.exit_code == 0, analysis.notes
    return list(recording.open_recording(kept))


def fill(folder: Path, seen: Sequence[Observation], count: int) -> list[Path]:
    """Write `count` recordings, each a little shorter or later than the others."""
    folder.mkdir()
    paths = [folder / f"r{number:03}.nfobs" for number in range(count)]
    for number, path in enumerate(paths):
        with recording.write(path, lasting=False) as recorder:
            for observation in islice(seen, len(seen) - number % 20):
                recorder.append(replace(observation, t_ms=observation.t_ms + number))
    return paths


def marks(results: Path) -> dict[str, int]:
    """When each mark of what is done was written, by the name of its folder."""
    return {path.parent.name: path.stat().st_mtime_ns for path in results.glob(f"*/{MARK}")}
