"""A clinic's folder to try things out on: forty recordings of eight people over five weeks.

    python bench/clinic.py FOLDER
    neckform analyze FOLDER --who-from folder --out day --parquet

Each is a landmark recording that says its own day, made of the clips with truth where they lie
beside the checkout (see docs/accuracy.md), else of the packaged clip. Each clip is looked at once;
from week to week a person's recording ends later, one of them goes further, and one is given
another stretch.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from against_truth import truth
from neckform.core.measure.observation import Observation
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.demo.job import CLIP
from neckform.sensing.sources import recording

WEEKS = 5
LATER_MS = 1_500
"""From one week to the next. The last week has the whole clip."""
FIRST = datetime(2026, 10, 26, 9, 30, tzinfo=UTC)

FURTHER = "P-104"
PEOPLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "P-101": ("trap_L_correct_anna",) * WEEKS,
        "P-102": ("para_C_correct_tom",) * WEEKS,
        "P-103": ("lev_L_correct_mei",) * WEEKS,
        FURTHER: ("trap_L_shallow_mei",) * 2 + ("trap_L_hand_mei",) * 3,
        "P-105": ("trap_L_hike_tom",) * WEEKS,
        "P-106": ("trap_R_short_anna",) * WEEKS,
        "P-107": ("para_C_hike_mei",) * WEEKS,
        "P-108": ("trap_L_hike_tom",) * 2 + ("para_C_correct_tom",) * 3,
    }
)
"""Who comes, with the clip of each week."""


@dataclass(frozen=True, slots=True)
class SeenClip:
    """What was seen in a clip once."""

    facts: Mapping[str, object]
    observations: Sequence[Observation]


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a clinic's folder.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    make(folder)
    print(f"neckform analyze {folder} --who-from folder --out day --parquet")
    return 0


def make(folder: Path) -> list[Path]:
    """The recordings, in a folder for each person."""
    names = {name for clips in PEOPLE.values() for name in clips}
    there = {name: truth.DATA / "synthetic" / f"{name}.mp4" for name in names}
    with TemporaryDirectory(prefix="neckform-bench-") as scratch:
        videos = {path if path.exists() else CLIP for path in there.values()}
        seen = {video: look(video, Path(scratch)) for video in sorted(videos)}
    return [
        visit(folder, who, week, seen.get(there[clip]) or seen[CLIP])
        for who, clips in PEOPLE.items()
        for week, clip in enumerate(clips)
    ]


def look(video: Path, scratch: Path) -> SeenClip:
    kept = scratch / f"{video.stem}.nfobs"
    options = AnalyzeOptions(record=kept, html=False, history=False)
    analysis = analyze_one(Job(video, scratch / video.stem), options, stop=lambda: False)
    assert analysis.exit_code == 0, analysis.notes
    seen = recording.open_recording(kept)
    return SeenClip(seen.facts, list(seen))


def visit(folder: Path, who: str, week: int, seen: SeenClip) -> Path:
    path = folder / who / f"{who} visit {week + 1}.nfobs"
    path.parent.mkdir(parents=True, exist_ok=True)
    at = FIRST + timedelta(weeks=week, minutes=40 * list(PEOPLE).index(who))
    # Of the clip's own sum a history would believe that it knows all five.
    source = {"recorded_at": at.isoformat(), "recorded_from": "recording"}
    end_ms = seen.observations[-1].t_ms - LATER_MS * (WEEKS - 1 - week)
    with recording.write(path, {**seen.facts, "source": source}) as recorder:
        for observation in seen.observations:
            if observation.t_ms <= end_ms:
                recorder.append(observation)
    return path


if __name__ == "__main__":
    raise SystemExit(main())
