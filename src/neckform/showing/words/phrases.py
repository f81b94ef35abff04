"""How neckform says things: the same plain words on the picture, in tables and on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from neckform.core.measure.observation import Baseline
from neckform.core.neutral.baseline import NotNeutral
from neckform.core.stretch.status import HoldStatus
from neckform.core.types import Angles, Flag, HoldState, Reason, Side
from neckform.core.wording import Worded, listed, named, worded
from neckform.showing.words.catalogue import DEFAULT_LANGUAGE, phrase

REASONS: dict[str, Worded] = {
    reason: named(phrase(f"reason.{reason}", DEFAULT_LANGUAGE)) for reason in Reason
}
"""Why a clock stands still, each as a clause that can follow "paused: "."""

_SHORT_STATES: dict[HoldState, Worded] = {
    HoldState.REST: worded("At rest"),
    HoldState.HOLDING: worded("Holding"),
    HoldState.LAPSE: worded("Holding"),
    HoldState.PAUSED: worded("Paused"),
}


def not_neutral(trouble: NotNeutral) -> Worded:
    """Why a neutral was not taken, as a clause: ``the head is not still``."""
    return named(phrase(f"not-neutral.{trouble}", DEFAULT_LANGUAGE))


def title(name: str, side: Side | None) -> Worded:
    """A stretch and its side: ``Ear to shoulder, left``."""
    if side is None:
        return named(name)
    return worded("{name}, {side}", name=named(name), side=named(side.value))


def state_line(status: HoldStatus) -> Worded:
    """State and reason in one line: ``Paused: a shoulder has lifted``."""
    state = _SHORT_STATES[status.state]
    # A lapse is over, or a pause, within half a second: naming it would only flicker.
    if status.reason is not None and status.state is not HoldState.LAPSE:
        if status.state is HoldState.REST:
            return worded("Not counting: {reason}", reason=REASONS[status.reason])
        return worded("{state}: {reason}", state=state, reason=REASONS[status.reason])
    if status.ease_off:
        return worded("{state}: ease off, do not force", state=state)
    return state


def raised_lines(raised: Sequence[Flag], names: Mapping[str, str]) -> tuple[Worded, Worded]:
    """What to say while flags are up: ``Chin on the chest``, ``for 12 s``; at least one is up."""
    said = [title(names.get(flag.flag, flag.flag), flag.side) for flag in raised]
    longest_ms = max(flag.end_ms - flag.start_ms for flag in raised)
    return listed(said, " + "), worded("for {lasted_s} s", lasted_s=longest_ms // 1000)


def whole(degrees: float) -> str:
    """Degrees as a whole number without a sign, ``31°``."""
    return f"{abs(round(degrees))}°"


def flexion_words(degrees: float) -> Worded:
    return _directed(degrees, worded("chin down"), worded("chin up"), worded("chin level"))


def rotation_words(degrees: float) -> Worded:
    ways = worded("turned left"), worded("turned right"), worded("facing forward")
    return _directed(degrees, *ways)


def lateral_words(degrees: float) -> Worded:
    return _directed(degrees, worded("tilted left"), worded("tilted right"), worded("upright"))


def angle_words(angles: Angles) -> tuple[Worded, Worded, Worded]:
    """The three directions in words, in the order flexion, rotation, lateral."""
    return (
        flexion_words(angles.flexion_deg),
        rotation_words(angles.rotation_deg),
        lateral_words(angles.lateral_deg),
    )


def _directed(degrees: float, positive: Worded, negative: Worded, none: Worded) -> Worded:
    shown = round(degrees)
    if shown == 0:
        return none
    return positive if shown > 0 else negative


def clock(t_ms: int) -> str:
    """A place in a recording: ``1:07``."""
    minutes, seconds = divmod(max(0, t_ms) // 1000, 60)
    return f"{minutes}:{seconds:02d}"


class SpokenDay(date):
    """A day that is written as people write it: ``23 November 2026``."""

    def __str__(self) -> str:
        return f"{self.day} {self:%B %Y}"


def day_words(day: date) -> Worded:
    """A day as people write it."""
    return worded("{day}", day=SpokenDay(day.year, day.month, day.day))


WEEKDAYS = (
    named("Monday"),
    named("Tuesday"),
    named("Wednesday"),
    named("Thursday"),
    named("Friday"),
    named("Saturday"),
    named("Sunday"),
)
SHORT_WEEKDAYS = (
    named("Mo"),
    named("Tu"),
    named("We"),
    named("Th"),
    named("Fr"),
    named("Sa"),
    named("Su"),
)


def span(start_ms: int, end_ms: int) -> Worded:
    """A part of a recording: ``1:07 to 1:40``."""
    return worded("{start} to {end}", start=clock(start_ms), end=clock(end_ms))


_NEUTRALS = {
    "held": "{span}, a still upright second",
    "brief": "{span}, brief still moments",
    "usual": "{span}, where the head usually was",
    "assumed": "{span}, the face's own direction with the average of people",
    "span": "{span}, as asked for",
}
MESSAGES = tuple(_NEUTRALS.values())
"""Those that stand in no call."""


LEAST_SAID_DEG = 1.0
"""A smaller error is not said as none."""


def neutral_words(baseline: Baseline) -> Worded:
    """What the angles are measured against, from when, and what that costs.

    ``0:02 to 0:07, where the head usually was: ± 5°``
    """
    if baseline.kind == "profile":
        return worded("from a profile")
    words = worded(_NEUTRALS[baseline.kind], span=span(baseline.start_ms, baseline.end_ms))
    worst = max(baseline.error)
    if not worst:
        return words
    return worded("{words}: ± {worst}", words=words, worst=whole(max(worst, LEAST_SAID_DEG)))
