"""neckform compare gives the same figures as the accuracy bench, on the clips with truth."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from against_truth import truth
from neckform.core.types import Axis
from neckform.jobs.analyze.inputs import Job
from neckform.jobs.analyze.one import analyze_one
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.compare.command import run
from neckform.jobs.compare.options import CompareOptions

pytestmark = [pytest.mark.truth, pytest.mark.slow]

CLIPS = ("sweep_comb_tom", "lev_L_correct_mei")
FAIR = ("flexion:-35:50", "rotation:-60:60", "lateral:-45:45")
"""Where the bench compares; beyond, docs/accuracy.md promises nothing."""


def test_the_figures_are_those_of_the_bench(truth_data: Path, tmp_path: Path) -> None:
    import accuracy

    clips = [clip for clip in truth.clips() if clip.name in CLIPS]
    assert len(clips) == len(CLIPS)
    frames = [frame for clip in clips for frame in accuracy.judge(clip)[0]]
    seen = [f for f in frames if f.fair and f.sample.head is not None and f.sample.head.face_seen]
    errors = np.array([frame.error for frame in seen])
    for clip in clips:
        job = Job(clip.video, tmp_path / "results" / clip.name)
        analyze_one(job, AnalyzeOptions(html=False), stop=lambda: False)
    options = CompareOptions(out=tmp_path / "out", shift=0.0, between=FAIR)
    assert run(tmp_path / "results", truth_data / "synthetic", options) == 0
    found = json.loads((tmp_path / "out" / "agreement.json").read_text(encoding="utf-8"))
    for index, axis in enumerate(Axis):
        figures = found["axes"][axis]["all"]
        own = errors[:, index]
        assert figures["pairs"] == len(own)
        # frames.csv has two digits.
        assert figures["mae_deg"] == pytest.approx(np.abs(own).mean(), abs=0.01)
        assert figures["bias_deg"]["value"] == pytest.approx(own.mean(), abs=0.01)
        assert figures["rmse_deg"] == pytest.approx(np.sqrt((own**2).mean()), abs=0.01)
        assert figures["sd_deg"] == pytest.approx(own.std(ddof=1), abs=0.01)


def test_the_shift_of_a_truth_clip_is_found(truth_data: Path, tmp_path: Path) -> None:
    """Both were recorded with one clock; neckform smooths, so that it is a little late."""
    name = CLIPS[0]
    job = Job(truth_data / "synthetic" / f"{name}.mp4", tmp_path / name)
    analyze_one(job, AnalyzeOptions(html=False), stop=lambda: False)
    assert run(job.out, job.recording.with_suffix(".csv"), CompareOptions(out=tmp_path / "o")) == 0
    found = json.loads((tmp_path / "o" / "agreement.json").read_text(encoding="utf-8"))
    assert found["recordings"][0]["shift_s"] == pytest.approx(0, abs=0.12)
    assert found["recordings"][0]["likeness"] > 0.98
