"""Resting postures as data: when a neck rests badly, and after how long that is flagged.

A posture with sides is written once, for the person's left, as a stretch is. The sign of
`Posture.enter_deg` tells which way the head goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from neckform.core.parameter import setting
from neckform.core.types import Axis, Side
from neckform.core.wording import worded

STATIC = "static"
"""The flag of a head that does not move for long, which is no posture of its own."""
FACE_DOWN = "face-down"
"""The flag of a person who lies face down."""

DOZING_DOWN, DOZING_BACK, DOZING_SIDE = "dozing-down", "dozing-back", "dozing-side"
"""The flags of a person who may have nodded off, by where the head has sunk to."""
DOZING = {
    DOZING_DOWN: "chin on the chest",
    DOZING_BACK: "head back",
    DOZING_SIDE: "head to the side",
}


@dataclass(frozen=True, slots=True)
class Posture:
    """One way of resting badly, as ``postures.toml`` describes it."""

    id: str
    name: str = setting("what the posture is called")
    advice: str = setting("what to say about it, kindly, in a sentence or two")
    sided: bool = setting("whether it goes to the left and to the right")
    axis: Axis = setting("the angle that tells it")  # noqa: RUF009 - a field, as all of them
    enter_deg: float = setting("it begins here; the sign says which way", low=-90, high=90)
    leave_deg: float = setting("it is over when the head is back here", low=-90, high=90)
    caution_deg: float | None = setting(
        "from here on the head is on its way there", low=-90, high=90, default=None
    )
    caution_leave_deg: float | None = setting(
        "and here it no longer is", low=-90, high=90, default=None
    )
    dropped: bool = setting(
        "also while the face is lost downward; a body's own lean does not count", default=False
    )
    sunk: bool = setting(
        "also while the head is sunk toward the shoulders and nearer to the camera", default=False
    )
    unless: str = setting("not while this other posture lasts", default="")

    def __post_init__(self) -> None:
        _expect_hysteresis("enter_deg", self.enter_deg, "leave_deg", self.leave_deg)
        if (self.caution_deg is None) != (self.caution_leave_deg is None):
            raise ValueError(worded("caution_deg and caution_leave_deg belong together"))
        if self.caution_deg is not None and self.caution_leave_deg is not None:
            _expect_hysteresis(
                "caution_deg", self.caution_deg, "caution_leave_deg", self.caution_leave_deg
            )
        if not self.sided and self.axis is not Axis.FLEXION:
            raise ValueError(worded("only flexion can be the axis of a posture without sides"))

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides that it goes to; ``(None,)`` for a posture without sides."""
        return (Side.LEFT, Side.RIGHT) if self.sided else (None,)

    @property
    def sign(self) -> float:
        return 1.0 if self.enter_deg > 0 else -1.0


def _expect_hysteresis(outer: str, outer_deg: float, inner: str, inner_deg: float) -> None:
    if not (0 <= inner_deg < outer_deg or outer_deg < inner_deg <= 0):
        raise ValueError(
            worded(
                "{inner} ({inner_deg:g}) must lie between 0 and {outer} ({outer_deg:g})",
                inner=inner,
                inner_deg=inner_deg,
                outer=outer,
                outer_deg=outer_deg,
            )
        )


@dataclass(frozen=True, slots=True)
class Dropped:
    """A head that hangs so low that its face is lost; heights are shares of the neutral's."""

    height: float = setting(
        "the nose is no higher above the shoulder line than this share of its height in the "
        "neutral",
        low=0, high=1, default=0.6,
    )  # fmt: skip
    leave_height: float = setting("it is over at this share", low=0, high=1, default=0.7)

    def __post_init__(self) -> None:
        _expect_leave_height(self)


@dataclass(frozen=True, slots=True)
class Sunk:
    """A head sunk toward the shoulders and carried forward, with or without looking down."""

    height: float = setting(
        "the face is no higher above the shoulder line than this share of its height in the "
        "neutral",
        low=0, high=1, default=0.85,
    )  # fmt: skip
    leave_height: float = setting("it is over at this share", low=0, high=1, default=0.9)
    larger: float = setting(
        "and the face looks at least this share larger than in the neutral", low=0.01, high=1,
        default=0.13,
    )  # fmt: skip
    leave_larger: float = setting("it is over at this share", low=0.0, high=1, default=0.08)

    def __post_init__(self) -> None:
        _expect_leave_height(self)
        if self.leave_larger > self.larger:
            raise ValueError(
                worded(
                    "leave_larger ({leave_larger:g}) must not be above larger ({larger:g})",
                    leave_larger=self.leave_larger,
                    larger=self.larger,
                )
            )


def _expect_leave_height(rules: Dropped | Sunk) -> None:
    if rules.leave_height < rules.height:
        raise ValueError(
            worded(
                "leave_height ({leave_height:g}) must not be below height ({height:g})",
                leave_height=rules.leave_height,
                height=rules.height,
            )
        )


@dataclass(frozen=True, slots=True)
class Static:
    """A head that does not move, however well it is held. RULA counts ten minutes against it."""

    name: str = setting("what it is called", default="Unmoving")
    advice: str = setting(
        "what to say about it, kindly, in a sentence or two",
        default="No posture is good for long. Look around, roll your shoulders, stand up.",
    )
    within_deg: float = setting(
        "the head stays within this range on each axis, in degrees", low=1, high=30, default=5.0
    )
    after_s: float = setting("for this long, in seconds", low=30, high=7200, default=600.0)


@dataclass(frozen=True, slots=True)
class Dozing:
    """A head that sinks slowly and then keeps still, as that of a person who nods off."""

    name: str = setting("what it is called", default="May have nodded off")
    advice: str = setting(
        "what to say about it, kindly, in a sentence or two",
        default="Lie down, or lean your head against something that holds it.",
    )
    down_deg: float = setting("the head has sunk forward from here on", low=10, high=80, default=32)
    back_deg: float = setting("back from here on", low=10, high=80, default=25)
    side_deg: float = setting("to a side from here on", low=10, high=80, default=20)
    hysteresis_deg: float = setting("and is back this much before", low=0, high=10, default=6)
    upright_deg: float = setting(
        "it sinks from upright, within this of the neutral, in degrees", low=2, high=30, default=10
    )
    sink_s: float = setting("for at least this long, in seconds", low=0, high=60, default=1.5)
    quick_deg_s: float = setting(
        "and never faster than this, in degrees a second", low=5, high=500, default=20
    )
    still_deg: float = setting(
        "then each axis stays within this, in degrees", low=1, high=30, default=7
    )
    still_height: float = setting(
        "and its height above the shoulders within this share of the neutral's",
        low=0.01, high=1, default=0.12,
    )  # fmt: skip
    after_s: float = setting("for this long, in seconds", low=5, high=7200, default=300)
    lapse_s: float = setting(
        "a jerk for less than this is none, in seconds", low=0, high=60, default=3
    )
    unseen_s: float = setting(
        "unseen for longer than this ends it where it was last seen, in seconds",
        low=0.5, high=600, default=30,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LyingRules:
    """A person who lies down, in a recording that is said to show one."""

    name: str = setting("what lying face down is called", default="Face down")
    advice: str = setting(
        "what to say about it, kindly, in a sentence or two",
        default="Face down, the neck stays twisted. On the back or on the side it can rest.",
    )
    margin_deg: float = setting(
        "without a neutral, tilts and turns begin and end this much further, in degrees", low=0,
        high=30, default=5.0,
    )  # fmt: skip
    back_margin_deg: float = setting(
        "and a chin tilted back by this much, in degrees", low=0, high=30, default=12.0
    )

    @property
    def face_down(self) -> Posture:
        """The posture of the flag ``face-down``: the body's back tells it, and no angle does."""
        return Posture(
            FACE_DOWN, self.name, self.advice, sided=False, axis=Axis.FLEXION, enter_deg=90,
            leave_deg=89,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordedRules:
    """When a flag is raised in a recording."""

    after_s: float = setting("raised after this long, in seconds", low=0.5, high=3600, default=3.0)
    cooldown_s: float = setting(
        "the same flag is not raised again for this long, in seconds", low=0, high=7200, default=0.0
    )
    lapse_s: float = setting(
        "back for less than this is not back, in seconds", low=0, high=60, default=0.5
    )
    unseen_s: float = setting(
        "unseen for longer than this ends a flag where it was last seen, in seconds",
        low=0.5, high=600, default=5.0,
    )  # fmt: skip
    gap_s: float = setting(
        "a longer time between two sightings counts for nothing, in seconds",
        low=0.1, high=10, default=1.0,
    )  # fmt: skip


def _live(name: str, default: float) -> Any:
    """The setting of `RecordedRules` with a default of its own."""
    (recorded,) = (definition for definition in fields(RecordedRules) if definition.name == name)
    return field(default=default, metadata=recorded.metadata)


@dataclass(frozen=True, slots=True)
class LiveRules(RecordedRules):
    """When the monitor speaks up at the camera: late and seldom, beside other work."""

    after_s: float = _live("after_s", 60.0)
    cooldown_s: float = _live("cooldown_s", 300.0)
    lapse_s: float = _live("lapse_s", 3.0)
    unseen_s: float = _live("unseen_s", 30.0)
    gap_s: float = _live("gap_s", 2.0)


@dataclass(frozen=True, slots=True)
class PostureSettings:
    """What ``postures.toml`` says."""

    postures: tuple[Posture, ...]
    dropped: Dropped = field(default_factory=Dropped)
    sunk: Sunk = field(default_factory=Sunk)
    static: Static = field(default_factory=Static)
    dozing: Dozing = field(default_factory=Dozing)
    lying: LyingRules = field(default_factory=LyingRules)
    recorded: RecordedRules = field(default_factory=RecordedRules)
    live: LiveRules = field(default_factory=LiveRules)

    @property
    def by_flag(self) -> Mapping[str, Posture | Static | Dozing | LyingRules]:
        """The posture of each flag: its name and its advice."""
        own = {posture.id: posture for posture in self.postures}
        dozing = {
            flag: replace(self.dozing, name=f"{self.dozing.name}, {way}")
            for flag, way in DOZING.items()
        }
        return {**own, STATIC: self.static, FACE_DOWN: self.lying, **dozing}

    @property
    def names(self) -> Mapping[str, str]:
        """What each flag is called."""
        return {flag: posture.name for flag, posture in self.by_flag.items()}
