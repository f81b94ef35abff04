"""neckform from Python: a recording in, everything that was found in it out. Writes no file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neckform.analyze.judged import what_is_judged
from neckform.analyze.loop import judge
from neckform.analyze.options import AnalyzeOptions
from neckform.analyze.sources import open_source
from neckform.core.observation import Baseline
from neckform.core.outcome import Coverage, Outcome, Reached
from neckform.core.report import SessionReport
from neckform.core.session import Step
from neckform.core.types import Event, Flag, Float64, Hold
from neckform.showing.report_json import as_json


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that was found in one recording, as the core's own frozen objects.

    Attributes
    ----------
    path : Path
    outcome : Outcome
        Holds, flags, neutral, coverage and range of motion together; each also by its own name.
    steps : tuple of Step
        One for each picture analysed: its sample (None where no neutral was known yet), what the
        hold's clock did, and events.
    events : tuple of Event
        All of them, in order, those at the very end included.
    """

    path: Path
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    _report: SessionReport

    @property
    def outcome(self) -> Outcome:
        return self._report.outcome

    @property
    def note(self) -> str | None:
        """What limits the result, such as a file that is cut short."""
        return self._report.source.note

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Each attempt at a stretch, in order."""
        return self.outcome.holds

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Each time that the neck rested badly, in order."""
        return self.outcome.flags

    @property
    def baseline(self) -> Baseline | None:
        """The neutral; None for somebody lying."""
        return self.outcome.baseline

    @property
    def coverage(self) -> Coverage:
        """How long head and shoulders were seen."""
        return self.outcome.coverage

    @property
    def reached(self) -> tuple[Reached, ...]:
        """How far the head went in each direction that it went in."""
        return self.outcome.reached

    def series(self) -> dict[str, Float64]:
        """What was measured over time, ready to be plotted.

        Returns
        -------
        dict of str to ndarray, shape (len(steps),), float64
            ``t_s``; ``flexion_deg``, ``rotation_deg``, ``lateral_deg`` and ``..._error_deg`` (one
            standard error of each); ``left_rise_sw``, ``right_rise_sw``, ``drift_sw``,
            ``tilt_deg``, ``turn_deg``; ``held_s``. NaN where unseen.
        """
        rows = [_row(step) for step in self.steps]
        table = np.array(rows, dtype=np.float64).reshape(len(rows), len(_COLUMNS))
        return {name: table[:, index] for index, name in enumerate(_COLUMNS)}

    def to_dict(self) -> dict[str, Any]:
        """The same numbers as in ``report.json``, only text, numbers, lists and None."""
        return as_json(self._report)


def analyze(
    recording: Path, options: AnalyzeOptions, progress: Callable[[float], None] | None
) -> Report:
    """Analyse a recording; see `neckform.analyze`."""
    steps: list[Step] = []
    judged = what_is_judged(options)
    with open_source(recording, options) as source:
        findings = judge(
            options,
            judged,
            source,
            nullcontext(lambda frame: steps.append(frame.step)),
            advance=progress or (lambda _share: None),
        )
    if findings.problem is not None:
        raise findings.problem
    events = tuple(event for step in steps for event in step.events)
    return Report(recording, tuple(steps), (*events, *findings.events), findings.report)


_ANGLES = ("flexion_deg", "rotation_deg", "lateral_deg")
_SHOULDERS = ("left_rise_sw", "right_rise_sw", "drift_sw", "tilt_deg", "turn_deg")
_COLUMNS = (
    "t_s",
    *_ANGLES,
    *(name.replace("_deg", "_error_deg") for name in _ANGLES),
    *_SHOULDERS,
    "held_s",
)
_UNSEEN = float("nan")


def _row(step: Step) -> list[float]:
    head = step.sample.head if step.sample is not None else None
    shoulders = step.sample.shoulders if step.sample is not None else None
    angles = [_UNSEEN] * 6 if head is None else [*head.angles, *head.uncertainty]
    places = [
        _UNSEEN if shoulders is None else float(getattr(shoulders, name)) for name in _SHOULDERS
    ]
    return [step.t_ms / 1000, *angles, *places, step.status.held_ms / 1000]
