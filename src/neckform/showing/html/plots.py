"""What ``report.js`` draws: the trace, and everything that is marked on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neckform.core.report import SessionReport
from neckform.core.stretch.stretches import OwnRange
from neckform.core.types import Axis, Hold, Side
from neckform.core.wording import named, worded
from neckform.showing.html.moments import moments
from neckform.showing.html.trace import Trace
from neckform.showing.words.telling import told

WORDS = (
    named("Head not seen"),
    named("Shoulders not seen"),
    named("upper body not seen"),
    named("Chin"),
    named("Turn"),
    named("Tilt"),
    named("Left shoulder"),
    named("Right shoulder"),
    named("Both sideways"),
    named("Leans"),
    named("Turns"),
    named("down"),
    named("up"),
    named("left"),
    named("right"),
    named("{name} not seen"),
    named("Lines to draw"),
    named(
        "{name} cannot be played here: either it is not beside this page, or this browser does "
        "not know its format. A video player will show it."
    ),
)
"""What the page's script says, by the English words that it is written in."""


def plot_data(report: SessionReport, trace: Trace, video: str | None) -> dict[str, Any]:
    """Everything the page's script needs, ready for JSON.

    Parameters
    ----------
    video : str or None
        Name of the annotated video beside the page. It begins with the first picture analysed.
    """
    marks = [
        {
            "kind": m.kind,
            "from_s": m.start_ms / 1000,
            "to_s": m.end_ms / 1000,
            "text": told(m.short),
        }
        for m in moments(report)
    ]
    marks += [
        {
            "kind": "lost",
            "from_s": start / 1000,
            "to_s": end / 1000,
            "text": told(worded("Face not seen")),
        }
        for start, end in trace.lost()
    ]
    return {
        "words": {english: told(english) for english in WORDS},
        "trace": trace.packed(),
        "marks": marks,
        "bands": [band for hold in report.holds for band in _bands(report, hold)],
        "video": None if video is None else {"name": video, "starts_s": trace.start_ms / 1000},
    }


def _bands(report: SessionReport, hold: Hold) -> Iterator[dict[str, Any]]:
    """Where the head should be during a hold, on each main axis; mirrored for the right."""
    guidance, own = report.settings.guidance, OwnRange()
    for axis, goal in report.settings.by_id[hold.stretch].main.items():
        sign = -1 if hold.side is Side.RIGHT and axis is not Axis.FLEXION else 1
        yield {
            "axis": axis.value,
            "from_s": hold.start_ms / 1000,
            "to_s": hold.end_ms / 1000,
            "enter_deg": sign * goal.enter_deg,
            "low_deg": sign * goal.target_deg,
            "high_deg": sign * (goal.target_to_deg or guidance.ease_off(axis, hold.side, own)),
        }
