"""Reads what the page shows out of a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from neckform.core.posture import FACE_DOWN, STATIC
from neckform.core.stretches import Axis
from neckform.core.types import Side
from neckform.showing import words

Report = Mapping[str, Any]

AXES = {Axis.FLEXION: "Chin down or up", Axis.ROTATION: "Turned", Axis.LATERAL: "Tilted"}
"""What the three angles are called on the page."""

DIRECTED = {
    Axis.FLEXION: words.flexion_words,
    Axis.ROTATION: words.rotation_words,
    Axis.LATERAL: words.lateral_words,
}

HANDS = {
    "left": "Left hand on the head",
    "right": "Right hand on the head",
    "both": "Both hands on the head",
}


def recording_name(report: Report) -> str:
    """The recording's own name: a page is passed on, and the path to it concerns nobody."""
    return PurePath(str(report["source"]["path"]).replace("\\", "/")).name


def stretch_settings(report: Report, stretch: str) -> Report:
    """The numbers that a stretch was judged by; empty when the report does not say."""
    found = report["settings"].get(stretch)
    return found if isinstance(found, Mapping) else {}


def stretch_title(report: Report, stretch: str, side: str | None) -> str:
    """What a stretch is called, and its side."""
    name = str(stretch_settings(report, stretch).get("name", stretch))
    return words.title(name, Side(side) if side else None)


def main_axes(report: Report, stretch: str) -> dict[Axis, Report]:
    """The axes that make the stretch, each with its goal, for the left; the one to show first."""
    goals = stretch_settings(report, stretch).get("main")
    if not isinstance(goals, Mapping):
        return {axis: {} for axis in Axis}
    return {Axis(name): goal for name, goal in goals.items()}


def posture(report: Report, flag: str) -> Report:
    """The settings of a flag, with its name and advice; empty when the report does not say."""
    resting = report["settings"].get("postures", {})
    key = {STATIC: "static", FACE_DOWN: "lying"}.get(flag, flag)
    found = resting.get(key, {})
    return found if isinstance(found, Mapping) else {}


def flag_title(report: Report, flag: Report) -> str:
    """What a flag is called, and its side."""
    name = str(posture(report, flag["flag"]).get("name", flag["flag"]))
    return words.title(name, Side(flag["side"]) if flag["side"] else None)


def judged(report: Report, kind: str) -> bool:
    """Whether ``stretches`` or ``postures`` were looked for."""
    return kind in report["settings"].get("judged", ("stretches", "postures"))


def mean_words(axis: Axis, angle: Report) -> str:
    """An angle of a hold in words: ``35° tilted left, ± 3``."""
    mean = angle["mean"]
    return f"{words.whole(mean)} {DIRECTED[axis](mean)}, {plus_minus(angle['uncertainty'])}"


def plus_minus(uncertainty: float) -> str:
    """A standard error as a whole number, never less than one."""
    # A no-break space: the sign and its number stay together.
    return f"±\u00a0{max(1, round(uncertainty))}°"


def target_words(axis: Axis, goal: Report) -> str | None:
    """What to aim for on one axis: ``25° or more`` or ``30 to 45°``."""
    if not goal:
        return None
    start, end = goal["target_deg"], goal.get("target_to_deg")
    amount = f"{start:g}° or more" if end is None else f"{start:g} to {end:g}°"
    return f"{amount} {_AIMS[axis]}"


_AIMS = {Axis.FLEXION: "chin down", Axis.ROTATION: "turned", Axis.LATERAL: "tilted"}


def seconds(value: float) -> str:
    """Whole seconds, never rounded up: 29.9 s is not 30."""
    return f"{int(value)} s"


def span(start_s: float, end_s: float) -> str:
    return f"{words.clock(start_s)} to {words.clock(end_s)}"
