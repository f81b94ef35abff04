"""Writes ``frames.csv``: one row per analysed picture, empty where unseen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neckform.core.plain_text import cell
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import Head, Sample, Shoulders
from neckform.showing.exports.files import complete_or_absent

COLUMNS = (
    "t_s",
    "flexion_deg",
    "rotation_deg",
    "lateral_deg",
    "head_source",
    "head_quality",
    "left_rise_sw",
    "right_rise_sw",
    "drift_sw",
    "shoulder_tilt_deg",
    "trunk_turn_deg",
    "trunk_bend_deg",
    "stretch",
    "side",
    "state",
    "held_s",
    "raw_flexion_deg",
    "raw_rotation_deg",
    "raw_lateral_deg",
)
"""Angles are smoothed and corrected as judged; ``raw_*`` are as measured."""


class FrameRows:
    """The open table; call `add` once per analysed picture."""

    def __init__(self, writer: csv.DictWriter[str]) -> None:
        self._writer = writer

    def add(self, t_ms: int, sample: Sample | None, status: HoldStatus) -> None:
        """Add one picture; `sample` is None before a neutral is known."""
        row: dict[str, str] = {"t_s": f"{t_ms / 1000:.3f}", "head_source": "none"}
        if sample is not None and sample.head is not None:
            row |= _head(sample.head)
        if sample is not None and sample.shoulders is not None:
            row |= _shoulders(sample.shoulders)
        row["state"] = status.state.value
        if status.stretch is not None:
            row["stretch"] = cell(status.stretch)
            row["side"] = status.side.value if status.side is not None else ""
            row["held_s"] = f"{status.held_ms / 1000:.3f}"
        self._writer.writerow(row)


@contextmanager
def frame_rows(path: Path) -> Iterator[FrameRows]:
    """Open ``frames.csv`` for writing; it appears when it is complete."""
    with complete_or_absent(path) as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        yield FrameRows(writer)


def _head(head: Head) -> dict[str, str]:
    return {
        "flexion_deg": f"{head.angles.flexion_deg:.2f}",
        "rotation_deg": f"{head.angles.rotation_deg:.2f}",
        "lateral_deg": f"{head.angles.lateral_deg:.2f}",
        "head_source": head.source.value,
        "head_quality": f"{head.quality:.3f}",
        "raw_flexion_deg": f"{head.raw.flexion_deg:.2f}",
        "raw_rotation_deg": f"{head.raw.rotation_deg:.2f}",
        "raw_lateral_deg": f"{head.raw.lateral_deg:.2f}",
    }


def _shoulders(shoulders: Shoulders) -> dict[str, str]:
    return {
        "left_rise_sw": f"{shoulders.left_rise_sw:.4f}",
        "right_rise_sw": f"{shoulders.right_rise_sw:.4f}",
        "drift_sw": f"{shoulders.drift_sw:.4f}",
        "shoulder_tilt_deg": f"{shoulders.tilt_deg:.2f}",
        "trunk_turn_deg": f"{shoulders.turn_deg:.2f}",
        "trunk_bend_deg": f"{shoulders.bend_deg:.2f}",
    }
