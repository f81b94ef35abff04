"""What ``report.js`` draws: the trace, and everything that is marked on it."""

from __future__ import annotations

from typing import Any

from neckform.core.stretches import Axis
from neckform.showing.html.moments import moments
from neckform.showing.html.reading import Report, main_axes
from neckform.showing.html.trace import Trace


def plot_data(report: Report, trace: Trace, video: str | None) -> dict[str, Any]:
    """Everything the page's script needs, ready for JSON.

    Parameters
    ----------
    video : str or None
        Name of the annotated video beside the page. It begins with the first picture analysed.
    """
    marks = [
        {"kind": m.kind, "from_s": m.start_s, "to_s": m.end_s, "text": m.short}
        for m in moments(report)
    ]
    marks += [
        {"kind": "lost", "from_s": start / 1000, "to_s": end / 1000, "text": "Face not seen"}
        for start, end in trace.lost()
    ]
    return {
        "trace": trace.packed(),
        "marks": marks,
        "bands": [band for hold in report["holds"] for band in _bands(report, hold)],
        "video": None if video is None else {"name": video, "starts_s": trace.start_ms / 1000},
    }


def _bands(report: Report, hold: Report) -> list[dict[str, Any]]:
    """Where the head should be during a hold, on each main axis; mirrored for the right."""
    guidance = report["settings"].get("guidance", {})
    found = []
    for axis, goal in main_axes(report, hold["stretch"]).items():
        if not goal:
            continue
        ease_off = guidance.get(f"ease_off_{axis.value}_deg", goal["target_deg"] + 20)
        end = goal.get("target_to_deg") or ease_off
        sign = -1 if hold["side"] == "right" and axis is not Axis.FLEXION else 1
        found.append(
            {
                "axis": axis.value,
                "from_s": hold["start_s"],
                "to_s": hold["end_s"],
                "enter_deg": sign * goal["enter_deg"],
                "low_deg": sign * goal["target_deg"],
                "high_deg": sign * end,
            }
        )
    return found
