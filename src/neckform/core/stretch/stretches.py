"""A stretch as data: where it begins, what to aim for, what must stay; and judging one head by it.

A stretch with sides is written once, for the person's left. The right side is judged by mirroring
the head, never by a second set of numbers: whatever holds for one side holds for the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from neckform.core.parameter import milliseconds, setting
from neckform.core.types import Angles, Axis, Evidence, Head, Reason, Side, toward
from neckform.core.wording import worded


@dataclass(frozen=True, slots=True)
class Goal:
    """How far a main axis goes. Degrees from neutral, + toward the stretch (written for left)."""

    enter_deg: float = setting("the hold begins here, in degrees from neutral", low=1, high=90)
    target_deg: float = setting("aim for at least this, in degrees", low=1, high=90)
    target_to_deg: float | None = setting(
        "aim for no more than this, in degrees; without it the target follows the person's own "
        "range",
        low=1,
        high=90,
        default=None,
    )

    def __post_init__(self) -> None:
        if self.target_deg < self.enter_deg:
            raise ValueError(
                worded(
                    "target_deg ({target_deg:g}) must not be below enter_deg ({enter_deg:g})",
                    target_deg=self.target_deg,
                    enter_deg=self.enter_deg,
                )
            )
        if self.target_to_deg is not None and self.target_to_deg < self.target_deg:
            raise ValueError(
                worded(
                    "target_to_deg ({target_to_deg:g}) must not be below target_deg "
                    "({target_deg:g})",
                    target_to_deg=self.target_to_deg,
                    target_deg=self.target_deg,
                )
            )


@dataclass(frozen=True, slots=True)
class Limit:
    """Where another axis must stay. Degrees from neutral, signs as for the left side."""

    from_deg: float = setting("least angle, in degrees", low=-90, high=90)
    to_deg: float = setting("greatest angle, in degrees", low=-90, high=90)

    def __post_init__(self) -> None:
        if self.from_deg >= self.to_deg:
            raise ValueError(
                worded(
                    "from_deg ({from_deg:g}) must be below to_deg ({to_deg:g})",
                    from_deg=self.from_deg,
                    to_deg=self.to_deg,
                )
            )


FEELS = ("nape", "neck-side", "neck-back")
"""Where a stretch may be felt: the back of the neck, its other side, the back of that side."""
HANDS = ("same", "both")
"""Whose hands may rest on the head: that of the stretch's side, or both."""
BEYOND_TARGET = 1.4
"""A drawing goes this far beyond the target, so that the eye sees where it goes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How a stretch is drawn. An angle that is not given follows from the goals."""

    flexion_deg: float | None = setting("chin down", low=-90, high=90, default=None)
    rotation_deg: float | None = setting("turned to the left", low=-90, high=90, default=None)
    lateral_deg: float | None = setting("tilted to the left", low=-90, high=90, default=None)
    feel: str | None = setting("where it may be felt", choices=FEELS, default=None)
    hand: str | None = setting("whose hand may rest on the head", choices=HANDS, default=None)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A stretch's words in one language; those that are missing are the stretch's general ones."""

    name: str | None = setting("what the stretch is called", default=None)
    muscle: str | None = setting("the muscle that it stretches", default=None)
    how_to: str | None = setting("how it is done", default=None)
    when_not: str | None = setting("when it must not be done", default=None)
    instruction: str | None = setting("what the coach says when it begins", default=None)
    announcement: str | None = setting("what the coach says before it", default=None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch, as ``stretches.toml`` describes it.

    Attributes
    ----------
    main : mapping of Axis to Goal
        The axes that make the stretch; the first one is the one to show.
    stay : mapping of Axis to Limit
        The axes that must stay near neutral.
    figure : Figure
        How it is drawn.
    instruction, announcement : str or None
        What the coach says when the stretch begins, and before it. Without them the languages'
        own words for the stretch are said, or else its name.
    words : mapping of str to OwnWords
        Of each language by its tag, such as ``de``, that the stretch's own file has words in.
    """

    id: str
    name: str = setting("what the stretch is called")
    sided: bool = setting("whether it is done to the left and to the right")
    how_to: str = setting("what to do, in a sentence or a few")
    when_not: str = setting("when not to do it")
    main: Mapping[Axis, Goal] = setting("the axes that make the stretch, the one to show first")
    stay: Mapping[Axis, Limit] = setting("the axes that must stay near neutral")
    hold_s: float = setting("how long to hold, in seconds", low=3, high=600, default=30.0)
    muscle: str | None = setting("the muscle that it stretches", default=None)
    figure: Figure = field(default_factory=Figure)
    instruction: str | None = setting("what the coach says when it begins", default=None)
    announcement: str | None = setting("what the coach says before it", default=None)
    words: Mapping[str, OwnWords] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.main:
            raise ValueError(worded("main must name at least one axis"))
        both = [axis.value for axis in self.main if axis in self.stay]
        if both:
            raise ValueError(
                worded("{both} cannot be both in main and in stay", both=", ".join(both))
            )
        if not self.sided and any(axis is not Axis.FLEXION for axis in self.main):
            raise ValueError(worded("only flexion can be the main axis of a stretch without sides"))

    @property
    def target_ms(self) -> int:
        return milliseconds(self.hold_s)

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides that it is done to; ``(None,)`` for a stretch that has none."""
        return (Side.LEFT, Side.RIGHT) if self.sided else (None,)

    @property
    def shown(self) -> Axis:
        """The main axis that stands for the stretch where only one fits."""
        return next(iter(self.main))

    def drawn(self, side: Side | None) -> Angles:
        """The head as it is drawn at the end of the stretch, toward `side`."""
        return toward(Angles(*map(self._drawn_deg, Axis)), side)

    def _drawn_deg(self, axis: Axis) -> float:
        given: float | None = getattr(self.figure, f"{axis.value}_deg")
        goal = self.main.get(axis)
        if given is not None or goal is None:
            return given or 0.0
        return goal.target_to_deg or BEYOND_TARGET * goal.target_deg


@dataclass(frozen=True, slots=True)
class OwnRange:
    """How far this person's head goes without pain, in degrees, all positive; None: not known."""

    flexion_deg: float | None = setting("chin down", low=1, high=90, default=None)
    extension_deg: float | None = setting("chin up", low=1, high=90, default=None)
    left_rotation_deg: float | None = setting("turned to the left", low=1, high=90, default=None)
    right_rotation_deg: float | None = setting("turned to the right", low=1, high=90, default=None)
    left_lateral_deg: float | None = setting("tilted to the left", low=1, high=90, default=None)
    right_lateral_deg: float | None = setting("tilted to the right", low=1, high=90, default=None)

    def of(self, axis: Axis, side: Side | None) -> float | None:
        if axis is Axis.FLEXION:
            return self.flexion_deg
        if side is None:
            return None
        value: float | None = getattr(self, f"{side.value}_{axis.value}_deg")
        return value


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to aim for and when to ease off: shown to the person, never a reason to stop a clock."""

    own_range_share: float = setting(
        "aim for this share of the person's own range, once it is known", low=0.1, high=1.0,
        default=0.75,
    )  # fmt: skip
    ease_off_over_deg: float = setting(
        "ease off when this many degrees above the person's own range", low=0, high=45, default=10.0
    )
    ease_off_flexion_deg: float = setting("ease off above this flexion", low=20, high=90,
                                          default=60.0)  # fmt: skip
    ease_off_lateral_deg: float = setting("ease off above this tilt", low=20, high=90,
                                          default=50.0)  # fmt: skip
    ease_off_rotation_deg: float = setting("ease off above this turn", low=20, high=90,
                                           default=70.0)  # fmt: skip

    def ease_off(self, axis: Axis, side: Side | None, own: OwnRange) -> float:
        """Where to ease off on one axis, in degrees toward `side`."""
        general = float(getattr(self, f"ease_off_{axis.value}_deg"))
        reached = own.of(axis, side)
        return general if reached is None else min(general, reached + self.ease_off_over_deg)

    def target(self, goal: Goal, axis: Axis, side: Side | None, own: OwnRange) -> float:
        """What to aim for on a main axis, in degrees toward `side`."""
        reached = own.of(axis, side)
        if goal.target_to_deg is not None or reached is None:
            return goal.target_deg
        return max(goal.target_deg, self.own_range_share * reached)


def classify(
    stretch: Stretch,
    side: Side | None,
    head: Head,
    *,
    inside: bool,
    hysteresis_deg: float,
    margin_deg: float,
) -> tuple[Evidence, Reason | None]:
    """Judge whether a head is at the stretch's angles.

    From outside, every angle must be where the stretch wants it; from inside, one of them must be
    `hysteresis_deg` beyond to count as left. An angle that lies nearer to a limit than its own
    standard error says nothing new and keeps the previous state; `margin_deg` bounds that, so that
    a poor measurement cannot move a limit without end.

    Parameters
    ----------
    inside : bool
        What the previous verdict was.

    Returns
    -------
    tuple of Evidence and (Reason or None)
        ``IN`` with None, or ``OUT`` with ``ANGLE_LOW`` or ``CROSS_AXIS``; the main axes first.
    """
    angles = toward(head.angles, side)

    def slack(axis: Axis) -> float:
        doubt = min(abs(axis.of(head.uncertainty)), margin_deg)
        return hysteresis_deg + doubt if inside else -doubt

    for axis, goal in stretch.main.items():
        if axis.of(angles) < goal.enter_deg - slack(axis):
            return Evidence.OUT, Reason.ANGLE_LOW
    for axis, limit in stretch.stay.items():
        value, room = axis.of(angles), slack(axis)
        if not limit.from_deg - room <= value <= limit.to_deg + room:
            return Evidence.OUT, Reason.CROSS_AXIS
    return Evidence.IN, None


def eases_off(
    stretch: Stretch, side: Side | None, angles: Angles, guidance: Guidance, own: OwnRange
) -> bool:
    """Whether the head is further than it should be forced, on any axis it should be careful of."""
    here = toward(angles, side)
    main = any(axis.of(here) > guidance.ease_off(axis, side, own) for axis in stretch.main)
    return main or (
        here.flexion_deg > guidance.ease_off_flexion_deg
        or abs(here.lateral_deg) > guidance.ease_off_lateral_deg
    )


def in_target(
    stretch: Stretch,
    side: Side | None,
    angles: Angles,
    guidance: Guidance,
    own: OwnRange,
    *,
    slack_deg: float,
) -> bool:
    """Whether every main axis is where to aim for, or within `slack_deg` of it."""
    here = toward(angles, side)
    for axis, goal in stretch.main.items():
        most_deg = goal.target_to_deg
        if most_deg is None:
            most_deg = guidance.ease_off(axis, side, own)
        least_deg = guidance.target(goal, axis, side, own)
        if not least_deg - slack_deg <= axis.of(here) <= most_deg + slack_deg:
            return False
    return True
