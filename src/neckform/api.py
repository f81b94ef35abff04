"""neckform from Python: a recording in, everything that was found in it out. Writes no file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from neckform.core.events import Event, NearMiss
from neckform.core.measure.observation import Baseline
from neckform.core.outcome import Coverage, Outcome, Reached
from neckform.core.report import SessionReport
from neckform.core.session import Step
from neckform.core.types import Flag, Float64, Hold
from neckform.jobs.analyze.judged import what_is_judged
from neckform.jobs.analyze.loop import judge
from neckform.jobs.analyze.options import AnalyzeOptions
from neckform.jobs.analyze.sources import open_source
from neckform.showing.exports.report_json import as_json


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
    def near_misses(self) -> tuple[NearMiss, ...]:
        """Each attempt at a stretch that did not count, in order."""
        return self.outcome.near_misses

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
    recording: str | os.PathLike[str],
    *,
    stretches: Sequence[str] = (),
    postures: bool | None = None,
    lying: str | None = None,
    baseline: str = "auto",
    turn: str = "auto",
    mirrored: bool = False,
    person: str | None = None,
    sample_fps: float = 10.0,
    settings: str | os.PathLike[str] | None = None,
    posture_settings: str | os.PathLike[str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Report:
    """Say what was done in a recording. Writes no file and keeps no history.

    Parameters
    ----------
    recording : path
        A video, or a landmark recording (``.nfobs``).
    stretches : sequence of str
        Only judge these, such as ``upper-trapezius`` or ``upper-trapezius:left``. Default: all.
    postures : bool, optional
        True judges resting posture alone (with `stretches`: both), False stretches alone.
        Default: both.
    lying : str, optional
        ``back`` or ``side``: the person lies down.
    baseline : str
        ``auto`` (the best that the recording offers), ``held`` (a still upright second or none),
        ``START-END`` in seconds, or a profile: its name, or its file.
    turn : str
        ``auto`` (a picture that lies on its side is turned), or clockwise by ``0``, ``90``, ``180``
        or ``270`` degrees.
    mirrored : bool
        The recording is a mirror image: left and right are swapped back.
    person : str, optional
        Whom, where several people are in view: ``left``, ``middle`` or ``right`` of the picture, or
        a number counted from the left. Default: the nearest and most central at first.
    sample_fps : float
        Pictures analysed per second of recording, 1 to 60.
    settings, posture_settings : path, optional
        Own ``stretches.toml`` and ``postures.toml``, laid over those shipped.
    progress : callable, optional
        Told the share that is done, 0 to 1.

    Returns
    -------
    Report

    Raises
    ------
    NeckformError
        With one line that says what is wrong: ``InputError``, ``ViewError``, ``SettingsError`` and
        others of `neckform.core.errors`.

    Notes
    -----
    Sets the proxy variables of this process, so that the library underneath cannot send anything.
    """
    options = AnalyzeOptions(
        stretches=tuple(stretches),
        postures=postures,
        lying=lying,
        baseline=baseline,
        turn=turn,
        mirrored=mirrored,
        person=person,
        sample_fps=sample_fps,
        settings=None if settings is None else Path(settings),
        posture_settings=None if posture_settings is None else Path(posture_settings),
    )
    steps: list[Step] = []
    judged = what_is_judged(options)
    with open_source(Path(recording), options) as source:
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
    return Report(Path(recording), tuple(steps), (*events, *findings.events), findings.report)


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
