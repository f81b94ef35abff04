"""How neckform says things: the same plain words on the picture, in tables and on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from neckform.core.measure.baseline import NotNeutral
from neckform.core.measure.observation import Baseline
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import Angles, Flag, HoldState, Reason, Side
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, phrase

REASONS: dict[str, str] = {
    reason: phrase(f"reason.{reason}", DEFAULT_LANGUAGE) for reason in Reason
}
"""Why a clock stands still, each as a clause that can follow "paused: "."""

_SHORT_STATES: dict[HoldState, str] = {
    HoldState.REST: "At rest",
    HoldState.HOLDING: "Holding",
    HoldState.LAPSE: "Holding",
    HoldState.PAUSED: "Paused",
}


def not_neutral(trouble: NotNeutral, language: str = DEFAULT_LANGUAGE) -> str:
    """Why a neutral was not taken, as a clause: ``the head is not still``."""
    return phrase(f"not-neutral.{trouble}", language)


def title(name: str, side: Side | None) -> str:
    """A stretch and its side: ``Ear to shoulder, left``."""
    return name if side is None else f"{name}, {side.value}"


def state_line(status: HoldStatus) -> str:
    """State and reason in one line: ``Paused: a shoulder has lifted``."""
    state = _SHORT_STATES[status.state]
    # A lapse is over, or a pause, within half a second: naming it would only flicker.
    if status.reason is not None and status.state is not HoldState.LAPSE:
        if status.state is HoldState.REST:
            return f"Not counting: {REASONS[status.reason]}"
        return f"{state}: {REASONS[status.reason]}"
    if status.ease_off:
        return f"{state}: ease off, do not force"
    return state


def raised_lines(raised: Sequence[Flag], names: Mapping[str, str]) -> tuple[str, str]:
    """What to say while flags are up: ``Chin on the chest``, ``for 12 s``; at least one is up."""
    said = [title(names.get(flag.flag, flag.flag), flag.side) for flag in raised]
    longest_ms = max(flag.end_ms - flag.start_ms for flag in raised)
    return " + ".join(said), f"for {longest_ms // 1000} s"


def whole(degrees: float) -> str:
    """Degrees as a whole number without a sign, ``31°``."""
    return f"{abs(round(degrees))}°"


def flexion_words(degrees: float) -> str:
    return _directed(degrees, "chin down", "chin up", "chin level")


def rotation_words(degrees: float) -> str:
    return _directed(degrees, "turned left", "turned right", "facing forward")


def lateral_words(degrees: float) -> str:
    return _directed(degrees, "tilted left", "tilted right", "upright")


def angle_words(angles: Angles) -> tuple[str, str, str]:
    """The three directions in words, in the order flexion, rotation, lateral."""
    return (
        flexion_words(angles.flexion_deg),
        rotation_words(angles.rotation_deg),
        lateral_words(angles.lateral_deg),
    )


def _directed(degrees: float, positive: str, negative: str, none: str) -> str:
    shown = round(degrees)
    if shown == 0:
        return none
    return positive if shown > 0 else negative


def clock(t_ms: int) -> str:
    """A place in a recording: ``1:07``."""
    minutes, seconds = divmod(max(0, t_ms) // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def day_words(day: date) -> str:
    """A day as people write it: ``23 November 2026``."""
    return f"{day.day} {day:%B %Y}"


def span(start_ms: int, end_ms: int) -> str:
    """A part of a recording: ``1:07 to 1:40``."""
    return f"{clock(start_ms)} to {clock(end_ms)}"


_NEUTRALS = {
    "held": "{span}, a still upright second",
    "brief": "{span}, brief still moments",
    "usual": "{span}, where the head usually was",
    "assumed": "{span}, the face's own direction with the average of people",
    "span": "{span}, as asked for",
}


def neutral_words(baseline: Baseline) -> str:
    """What the angles are measured against, from when, and what that costs.

    ``0:02 to 0:07, where the head usually was: ± 5°``
    """
    if baseline.kind == "profile":
        return "from a profile"
    words = _NEUTRALS[baseline.kind].format(span=span(baseline.start_ms, baseline.end_ms))
    worst = max(baseline.error)
    return f"{words}: ± {whole(worst)}" if worst else words
