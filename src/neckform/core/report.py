"""What a session found, as the numbers of ``report.json`` and as one plain sentence per finding.

Nothing is rounded here except inside a sentence: seconds and degrees are rounded only when shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from neckform.core.observation import Baseline
from neckform.core.outcome import Coverage, Direction, Outcome, Reached
from neckform.core.posture import STATIC
from neckform.core.types import Flag, Hold, Range, Reason, Side

SCHEMA = "neckform/report/1"

JsonDict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Where a report's numbers came from.

    Attributes
    ----------
    duration_s : float or None
        None when the file does not say.
    frames_read, frames_analyzed : int
        Pictures decoded, and those of them that were looked at.
    note : str or None
        What limits the result, such as a file that broke off in the middle.
    live : bool
        A routine at the camera; there is no recording, and none is spoken of.
    """

    path: str
    duration_s: float | None
    frames_read: int
    frames_analyzed: int
    width: int
    height: int
    note: str | None = None
    live: bool = False


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Which model bundle was used."""

    name: str
    sha256: str


def build_report(
    outcome: Outcome,
    source: SourceFacts,
    models: Mapping[str, ModelFacts],
    *,
    settings: Mapping[str, Any],
    names: Mapping[str, str],
    version: str,
) -> JsonDict:
    """Lay out a session's outcome.

    Parameters
    ----------
    models : mapping
        ``pose`` and ``face``.
    settings : mapping
        The settings in use, as they should be kept with the result.
    names : mapping
        What each stretch id and each flag is called.
    version : str
        neckform's own.

    Returns
    -------
    dict
        Ready for JSON: only text, numbers, booleans, lists and None.
    """
    holds = sorted(outcome.holds, key=lambda hold: (hold.start_ms, hold.stretch))
    return {
        "schema": SCHEMA,
        "neckform_version": version,
        "source": asdict(source),
        "models": {kind: asdict(facts) for kind, facts in models.items()},
        "settings": dict(settings),
        "baseline": None if outcome.baseline is None else _baseline(outcome.baseline),
        "coverage": _coverage(outcome.coverage),
        "range_of_motion": _reached(outcome.reached),
        "holds": [{**_hold(hold), "verdict": verdict(hold, names, source)} for hold in holds],
        "flags": [{**_flag(flag), "verdict": flag_verdict(flag, names)} for flag in outcome.flags],
        "summary": {**_summary(holds), "flags": _worst_first(outcome.flags)},
    }


def verdict(hold: Hold, names: Mapping[str, str], source: SourceFacts) -> str:
    """Say in one sentence what became of a hold.

    Whole seconds are those that were really held: 29.9 of 30 is 29, because it was not enough.
    """
    name = names.get(hold.stretch, hold.stretch)
    title = name if hold.side is None else f"{name}, {hold.side.value}"
    held = f"{title}: held {hold.held_ms // 1000} s of {hold.target_ms / 1000:g} s"
    if hold.completed:
        return f"{held}. Done."
    return f"{held}: {_what_ended(hold, source)} at {hold.end_ms / 1000:.1f} s."


def flag_verdict(flag: Flag, names: Mapping[str, str]) -> str:
    """Say in one sentence how a neck rested badly."""
    name = names.get(flag.flag, flag.flag)
    title = name if flag.side is None else f"{name}, {flag.side.value}"
    said = f"{title}: for {(flag.end_ms - flag.start_ms) // 1000} s"
    if flag.mean_deg is None or flag.peak_deg is None:
        return f"{said}, the face out of sight."
    if flag.flag == STATIC:
        return f"{said}, within {2 * flag.peak_deg:.0f}°."
    return f"{said}, {flag.mean_deg:.0f}° on average and {flag.peak_deg:.0f}° at most."


_ENDED: dict[str, str] = {
    "angle": "the head came back",
    Reason.CROSS_AXIS: "the head also went another way",
    Reason.SHOULDER_DRIFT: "the shoulders moved sideways",
    Reason.TRUNK_LEAN: "the upper body leaned over",
    Reason.TRUNK_TURN: "the upper body turned",
    Reason.UNSEEN: "the head or the shoulders could no longer be seen",
}


def _what_ended(hold: Hold, source: SourceFacts) -> str:
    if hold.ended_by == "end":
        return "the routine ended" if source.live else "the recording ended"
    if hold.ended_by != Reason.SHOULDER_RISE:
        return _ENDED[hold.ended_by]
    left, right = hold.left_rise_sw or 0.0, hold.right_rise_sw or 0.0
    if min(left, right) > 0.75 * max(left, right):
        return "both shoulders came up"
    return f"the {Side.LEFT.value if left > right else Side.RIGHT.value} shoulder came up"


def _hold(hold: Hold) -> JsonDict:
    return {
        "stretch": hold.stretch,
        "side": None if hold.side is None else hold.side.value,
        "start_s": _seconds(hold.start_ms),
        "end_s": _seconds(hold.end_ms),
        "held_s": _seconds(hold.held_ms),
        "target_s": _seconds(hold.target_ms),
        "completed": hold.completed,
        "pauses": [
            {
                "start_s": _seconds(pause.start_ms),
                "end_s": _seconds(pause.end_ms),
                "reason": pause.reason.value,
            }
            for pause in hold.pauses
        ],
        "ended_by": str(hold.ended_by),
        "flexion_deg": _range(hold.flexion_deg, hold.uncertainty.flexion_deg),
        "rotation_deg": _range(hold.rotation_deg, hold.uncertainty.rotation_deg),
        "lateral_deg": _range(hold.lateral_deg, hold.uncertainty.lateral_deg),
        "shoulder_rise_sw": {"left": hold.left_rise_sw, "right": hold.right_rise_sw},
        "shoulder_drift_sw": hold.drift_sw,
        "hand_on_head": _hands(hold.hand_on_head),
    }


def _hands(hands: frozenset[Side]) -> str | None:
    if len(hands) == 2:
        return "both"
    return next((side.value for side in hands), None)


def _range(values: Range, uncertainty: float) -> JsonDict:
    return {
        "mean": values.mean,
        "min": values.min,
        "max": values.max,
        "uncertainty": uncertainty,
    }


def _baseline(baseline: Baseline) -> JsonDict:
    return {
        "kind": baseline.kind,
        "start_s": _seconds(baseline.start_ms),
        "end_s": _seconds(baseline.end_ms),
        "shoulder_width_px": float(baseline.shoulder_width_px),
    }


def _coverage(coverage: Coverage) -> JsonDict:
    return {
        "head_seen_s": _seconds(coverage.head_seen_ms),
        "shoulders_seen_s": _seconds(coverage.shoulders_seen_ms),
        "unseen_s": _seconds(coverage.unseen_ms),
    }


def _reached(reached: Sequence[Reached]) -> JsonDict:
    """Each direction, in which the head went at all; None for the others."""
    found = {one.direction: one for one in reached}
    return {
        direction.value: None
        if (one := found.get(direction)) is None
        else {
            "reached_deg": one.deg,
            "uncertainty_deg": one.uncertainty,
            "at_s": _seconds(one.at_ms),
        }
        for direction in Direction
    }


def _flag(flag: Flag) -> JsonDict:
    return {
        "flag": flag.flag,
        "side": None if flag.side is None else flag.side.value,
        "start_s": _seconds(flag.start_ms),
        "end_s": _seconds(flag.end_ms),
        "mean_deg": flag.mean_deg,
        "peak_deg": flag.peak_deg,
    }


def _summary(holds: list[Hold]) -> JsonDict:
    """Each stretch and side that was tried, with its best hold."""
    best: dict[tuple[str, Side | None], Hold] = {}
    for hold in holds:
        key = hold.stretch, hold.side
        if key not in best or hold.held_ms > best[key].held_ms:
            best[key] = hold
    return {
        "holds": len(holds),
        "completed": sum(hold.completed for hold in holds),
        "stretches": [
            {
                "stretch": hold.stretch,
                "side": None if hold.side is None else hold.side.value,
                "best_held_s": _seconds(hold.held_ms),
                "target_s": _seconds(hold.target_ms),
                "completed": hold.completed,
            }
            for hold in best.values()
        ],
    }


def _worst_first(flags: Sequence[Flag]) -> list[JsonDict]:
    """Each flag and side that was raised, the one that lasted longest in all first."""
    alike: dict[tuple[str, Side | None], list[Flag]] = {}
    for flag in flags:
        alike.setdefault((flag.flag, flag.side), []).append(flag)
    lines = [
        {
            "flag": name,
            "side": None if side is None else side.value,
            "times": len(each),
            "total_s": _seconds(sum(flag.end_ms - flag.start_ms for flag in each)),
            "peak_deg": max((f.peak_deg for f in each if f.peak_deg is not None), default=None),
        }
        for (name, side), each in alike.items()
    ]
    return sorted(lines, key=lambda line: -line["total_s"])


def _seconds(ms: int) -> float:
    return ms / 1000
