"""What neckform says of a clip beside what a perfect observer would: stretch, side, times, why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from against_truth.truth import Clip
from neckform.core.types import Hold

HELD_TOLERANCE_S = 1.0


def verdicts(clip: Clip, holds: Sequence[Hold]) -> tuple[list[str], list[float]]:
    """What is wrong with the holds of a stretch or sweep clip, and errors of `held_s`."""
    if clip.name.startswith("rest_"):
        return [], []
    wrong: list[str] = []
    errors: list[float] = []
    left = list(holds)
    # In these the shoulders keep moving, and which second is in form is doubtful in truth too.
    doubtful = "_move_" in clip.name
    for expected in clip.expected["holds"]:
        match = best_match(expected, left)
        if match is not None:
            left.remove(match)
        if doubtful:
            continue
        label = f"{clip.name}: {expected['stretch']} {expected['side'] or ''}"
        if match is None:
            wrong.append(f"{label}: not found")
            continue
        errors.append(abs(match.held_ms / 1000 - expected["held_s"]))
        wrong += [f"{label}: {fault}" for fault in faults_of(expected, match)]
    wrong += [
        f"{clip.name}: invented {hold.stretch} {hold.side or ''} "
        f"{hold.start_ms / 1000:.1f} to {hold.end_ms / 1000:.1f} s"
        for hold in left
        if hold.completed or not doubtful
    ]
    return wrong, errors


def faults_of(expected: dict[str, Any], hold: Hold) -> Iterable[str]:
    if hold.completed != expected["completed"]:
        yield f"completed is {hold.completed}"
    error = hold.held_ms / 1000 - expected["held_s"]
    if abs(error) > HELD_TOLERANCE_S:
        yield f"held {hold.held_ms / 1000:.1f} s, {error:+.1f}"
    reasons = {hold.ended_by, *(pause.reason.value for pause in hold.pauses)}
    if not expected["completed"] and expected["ended_by"] not in reasons:
        yield f"{expected['ended_by']} is not among {sorted(reasons)}"


def best_match(expected: dict[str, Any], holds: Sequence[Hold]) -> Hold | None:
    same = [
        hold
        for hold in holds
        if hold.stretch == expected["stretch"]
        and (hold.side.value if hold.side else None) == expected["side"]
        and hold.start_ms / 1000 < expected["end_s"]
        and hold.end_ms / 1000 > expected["start_s"]
    ]
    return max(same, key=lambda hold: hold.held_ms, default=None)
