"""Pain before and after, 0 to 10: what today's routine may be, and whether it did harm.

The bounds are data (``pain.toml``, with their sources). No clinician has checked them yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from neckform.core.parameter import parameters, setting
from neckform.core.stretch.holds import HoldSettings
from neckform.core.stretch.stretches import Goal, Guidance, OwnRange, Stretch
from neckform.core.wording import worded

LEAST, MOST = 0, 10
"""No pain, and the worst that can be imagined."""


@dataclass(frozen=True, slots=True)
class PainBounds:
    """What each number means."""

    gentle_to: int = setting("up to this, go on gently", low=LEAST, high=MOST)
    eased_to: int = setting("up to this, shorter and less far; above, not today", low=LEAST,
                            high=MOST)  # fmt: skip
    worse_by: int = setting("so many points more afterwards are worse", low=1, high=MOST)

    def __post_init__(self) -> None:
        if self.eased_to < self.gentle_to:
            raise ValueError(
                worded(
                    "eased_to ({eased_to}) must not be below gentle_to ({gentle_to})",
                    eased_to=self.eased_to,
                    gentle_to=self.gentle_to,
                )
            )


@dataclass(frozen=True, slots=True)
class Easing:
    """How much less is done of a stretch that hurts somewhat."""

    hold_share: float = setting("of the time that was chosen", low=0.1, high=1.0)
    reach_share: float = setting("of every angle that is aimed for", low=0.3, high=1.0)


@dataclass(frozen=True, slots=True)
class PainRules:
    """All that pain decides."""

    bounds: PainBounds
    eased: Easing


class Today(StrEnum):
    """What a routine may be."""

    FREE = "free"
    GENTLE = "gentle"
    EASED = "eased"
    """Heat and lying first; then shorter and less far."""
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Felt:
    """The pain of one routine.

    Attributes
    ----------
    before, after : int
        0 to 10; `after` is None until it is told.
    """

    before: int
    after: int | None = None

    def worse(self, bounds: PainBounds) -> int:
        """Points more than before, once they count; else 0."""
        more = 0 if self.after is None else self.after - self.before
        return more if more >= bounds.worse_by else 0


def is_pain(number: object) -> bool:
    """Whether something is a whole number from 0 to 10."""
    return type(number) is int and LEAST <= number <= MOST


def today(pain: int, bounds: PainBounds) -> Today:
    """What a routine may be with so much pain before it."""
    if pain > bounds.eased_to:
        return Today.NOT
    if pain > bounds.gentle_to:
        return Today.EASED
    return Today.GENTLE if pain else Today.FREE


def eased(settings: HoldSettings, easing: Easing) -> HoldSettings:
    """The same stretches, held shorter and less far."""
    guidance = settings.guidance
    return replace(
        settings,
        stretches=tuple(_eased(stretch, easing) for stretch in settings.stretches),
        guidance=replace(
            guidance,
            **{
                name: _within(Guidance, name, getattr(guidance, name) * easing.reach_share)
                for name in _EASE_OFF
            },
        ),
    )


def eased_range(own_range: OwnRange, easing: Easing) -> OwnRange:
    """The same person's range, to go less far in it."""
    known = {name: getattr(own_range, name) for name in parameters(OwnRange)}
    return OwnRange(
        **{
            name: None if deg is None else max(1.0, deg * easing.reach_share)
            for name, deg in known.items()
        }
    )


_EASE_OFF = ("ease_off_flexion_deg", "ease_off_lateral_deg", "ease_off_rotation_deg")


def _eased(stretch: Stretch, easing: Easing) -> Stretch:
    return replace(
        stretch,
        hold_s=_within(Stretch, "hold_s", stretch.hold_s * easing.hold_share),
        main={axis: _nearer(goal, easing.reach_share) for axis, goal in stretch.main.items()},
    )


def _nearer(goal: Goal, share: float) -> Goal:
    to_deg = goal.target_to_deg
    return Goal(
        _within(Goal, "enter_deg", goal.enter_deg * share),
        _within(Goal, "target_deg", goal.target_deg * share),
        None if to_deg is None else _within(Goal, "target_to_deg", to_deg * share),
    )


def _within(cls: type, name: str, value: float) -> float:
    return parameters(cls)[name].nearest(value)
