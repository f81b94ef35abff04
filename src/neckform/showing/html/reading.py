"""How the page says what stands in a report."""

from __future__ import annotations

from pathlib import PurePath

from neckform.core.report import SessionReport
from neckform.core.stretch.stretches import Goal
from neckform.core.types import Axis, Hold
from neckform.core.wording import Worded, worded
from neckform.showing.words.report_words import angle_words

AXES = {
    Axis.FLEXION: worded("Chin down or up"),
    Axis.ROTATION: worded("Turned"),
    Axis.LATERAL: worded("Tilted"),
}
"""What the three angles are called on the page."""

_AIMS = {
    Axis.FLEXION: worded("chin down"),
    Axis.ROTATION: worded("turned"),
    Axis.LATERAL: worded("tilted"),
}


def recording_name(report: SessionReport) -> str:
    """The recording's own name: a page is passed on, and its path is private."""
    return PurePath(report.source.path.replace("\\", "/")).name


def mean_words(axis: Axis, hold: Hold) -> Worded:
    """The mean of a hold on one axis in words: ``35° tilted left, ± 3``."""
    return worded(
        "{angle}, {sure}",
        angle=angle_words(axis, axis.of(hold.mean)),
        sure=plus_minus(axis.of(hold.uncertainty)),
    )


def plus_minus(uncertainty: float) -> str:
    """A standard error as a whole number, never less than one."""
    # A no-break space: the sign and its number stay together.
    return f"±\u00a0{max(1, round(uncertainty))}°"


def target_words(axis: Axis, goal: Goal) -> Worded:
    """What to aim for on one axis: ``25° or more`` or ``30 to 45°``."""
    start, end = goal.target_deg, goal.target_to_deg
    if end is None:
        amount = worded("{start:g}° or more", start=start)
    else:
        amount = worded("{start:g} to {end:g}°", start=start, end=end)
    return worded("{amount} {way}", amount=amount, way=_AIMS[axis])


def seconds(ms: int) -> str:
    """Whole seconds, never rounded up: 29.9 s is not 30."""
    return f"{ms // 1000} s"
