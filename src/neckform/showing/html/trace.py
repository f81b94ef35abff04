"""What was measured over time, small enough to lie inside a page.

Every analysed picture adds one row of whole numbers; 23 bytes of it, so that an hour stays small.
"""

from __future__ import annotations

import base64
from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neckform.core.types import Sample

UNSEEN = -32768
"""Stands for "unseen" in every column but the first."""

LONGEST = 36_000
"""Rows in a page: an hour at ten pictures a second. Longer traces are thinned, never cut."""

ANGLES = ("flexion_deg", "rotation_deg", "lateral_deg")
UNCERTAINTIES = ("flexion_sure", "rotation_sure", "lateral_sure")
SHOULDERS = ("left_rise_sw", "right_rise_sw", "drift_sw", "tilt_deg", "turn_deg")

STEPS = (
    dict.fromkeys(ANGLES, 0.01)
    | dict.fromkeys(UNCERTAINTIES, 0.1)
    | {"left_rise_sw": 0.001, "right_rise_sw": 0.001, "drift_sw": 0.001}
    | {"tilt_deg": 0.01, "turn_deg": 0.01}
)
"""Each column, and what one unit of it is worth."""

_BYTES = {name: "B" if name in UNCERTAINTIES else "h" for name in STEPS}
_UNSURE = 255
"""Stands for "unseen" in a column of one byte."""

_FOUR_BYTES = 1 << 32

LOST_AFTER_MS = 1000
"""A face that is lost for less than this is only a gap in the line."""


class Trace:
    """Collects what the plots show."""

    def __init__(self) -> None:
        self._t_ms = array("q")
        self._before = 0
        self._columns = {name: array(code) for name, code in _BYTES.items()}

    def __len__(self) -> int:
        return len(self._t_ms)

    def add(self, t_ms: int, sample: Sample | None) -> None:
        """Add one picture; `sample` is None before a neutral is known."""
        self._t_ms.append(t_ms)
        if sample is None:
            self._before = len(self._t_ms)
        row = dict.fromkeys(ANGLES + SHOULDERS, UNSEEN) | dict.fromkeys(UNCERTAINTIES, _UNSURE)
        head = sample.face_head if sample else None
        if head is not None:
            for name, value in zip(ANGLES, head.angles, strict=True):
                row[name] = _whole(value, name)
            for name, value in zip(UNCERTAINTIES, head.uncertainty, strict=True):
                row[name] = min(_UNSURE - 1, max(0, round(value / STEPS[name])))
        shoulders = sample.shoulders if sample else None
        if shoulders is not None:
            for name in SHOULDERS:
                row[name] = _whole(getattr(shoulders, name), name)
        for name, number in row.items():
            self._columns[name].append(number)

    @property
    def start_ms(self) -> int:
        return self._t_ms[0] if self._t_ms else 0

    @property
    def end_ms(self) -> int:
        return self._t_ms[-1] if self._t_ms else 0

    def sure_deg(self) -> tuple[float, ...] | None:
        """Mean standard error of the three angles in degrees; None when the face was never seen."""
        seen = [np.frombuffer(self._columns[name], np.uint8) for name in UNCERTAINTIES]
        means = [
            float(column[column != _UNSURE].mean()) * 0.1
            for column in seen
            if len(column) and (column != _UNSURE).any()
        ]
        return tuple(means) if means else None

    def lost(self) -> Iterator[tuple[int, int]]:
        """From when to when, in milliseconds, the face was lost for a second or more.

        Before there is a neutral nothing is measured, which is not the same as lost.
        """
        times = np.frombuffer(self._t_ms, np.int64)
        gone = np.frombuffer(self._columns["flexion_deg"], np.int16) == UNSEEN
        gone[: self._before] = False
        edges = np.flatnonzero(np.diff(np.concatenate(([False], gone, [False])).astype(np.int8)))
        for first, after in edges.reshape(-1, 2):
            start_ms = int(times[first])
            end_ms = int(times[min(after, len(times) - 1)])
            if end_ms - start_ms >= LOST_AFTER_MS:
                yield start_ms, end_ms

    def packed(self, longest: int = LONGEST) -> dict[str, Any]:
        """Every column as base64 of little-endian numbers, as ``report.js`` reads them."""
        t_ms: NDArray[Any] = np.frombuffer(self._t_ms, np.int64)
        columns: dict[str, NDArray[Any]] = {
            name: np.frombuffer(column, np.uint8 if _BYTES[name] == "B" else np.int16)
            for name, column in self._columns.items()
        }
        if len(t_ms) > longest:
            t_ms, columns = _thinned(t_ms, columns, longest)
        # Four bytes hold the milliseconds of seven weeks; what lasts longer is told more coarsely.
        step_ms = 1 + int(t_ms[-1]) // _FOUR_BYTES if len(t_ms) else 1
        return {
            "rows": len(t_ms),
            "t_ms": _base64((t_ms // step_ms).astype("<u4")),
            "t_step_ms": step_ms,
            "columns": {
                name: {
                    "bytes": column.dtype.itemsize,
                    "step": STEPS[name],
                    "unseen": _UNSURE if column.dtype.itemsize == 1 else UNSEEN,
                    "data": _base64(column.astype(column.dtype.newbyteorder("<"))),
                }
                for name, column in columns.items()
            },
        }


def _whole(value: float, name: str) -> int:
    return max(-32767, min(32767, round(value / STEPS[name])))


def _base64(numbers: NDArray[Any]) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def _thinned(
    t_ms: NDArray[Any], columns: dict[str, NDArray[Any]], longest: int
) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
    """Two rows stand for each run of rows: with the least and the greatest value of each column.

    A line drawn through them covers the same pixels as the whole one, so that no peak gets lost.
    """
    run = -(-2 * len(t_ms) // longest)
    starts = np.arange(0, len(t_ms), run)
    times = np.empty(2 * len(starts), np.int64)
    times[0::2] = t_ms[starts]
    middles = t_ms[np.minimum(starts + run // 2, len(t_ms) - 1)]
    times[1::2] = np.maximum(middles, t_ms[starts] + 1)
    thin = {}
    for name, column in columns.items():
        unseen = _UNSURE if column.dtype.itemsize == 1 else UNSEEN
        wide = column.astype(np.int64)
        low = np.minimum.reduceat(np.where(column == unseen, 1 << 20, wide), starts)
        high = np.maximum.reduceat(np.where(column == unseen, -(1 << 20), wide), starts)
        both = np.empty(2 * len(starts), np.int64)
        both[0::2], both[1::2] = low, high
        thin[name] = np.where(np.abs(both) >= 1 << 20, unseen, both).astype(column.dtype)
    return times, thin
