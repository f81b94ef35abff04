"""Short sequences of samples, and what the hold machines make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from neckform.config.settings import load_settings
from neckform.core.events import Event, EventKind
from neckform.core.stretch import holds
from neckform.core.stretch.holds import HoldSettings
from neckform.core.types import Angles, Head, HeadSource, Hold, Sample, Shoulders, Side

TREATMENT = ("cervical-paraspinal", "levator-scapulae", "upper-trapezius")
_SHIPPED = load_settings()
SETTINGS = replace(_SHIPPED, stretches=tuple(_SHIPPED.by_id[name] for name in TREATMENT))
"""The shipped settings with the stretches that these tests are about."""
STILL = Shoulders(0.0, 0.0, 0.0, 0.0, 0.0)
NEUTRAL = Angles(0.0, 0.0, 0.0)
TRAP_LEFT = Angles(0.0, 0.0, 35.0)
PARASPINAL = Angles(40.0, 0.0, 0.0)
LEVATOR_LEFT = Angles(25.0, 35.0, 0.0)


def head(
    angles: Angles, uncertainty: Angles = NEUTRAL, source: HeadSource = HeadSource.FACE
) -> Head:
    return Head(angles, angles, uncertainty, source, 1.0)


def sample(
    t_s: float,
    angles: Angles | None,
    shoulders: Shoulders | None = STILL,
    hands: Iterable[Side] = (),
    *,
    source: HeadSource = HeadSource.FACE,
    uncertainty: Angles = NEUTRAL,
) -> Sample:
    seen = None if angles is None else head(angles, uncertainty, source)
    return Sample(round(t_s * 1000), seen, shoulders, frozenset(hands))


def during(
    start_s: float,
    end_s: float,
    angles: Angles | None,
    shoulders: Shoulders | None = STILL,
    hands: Iterable[Side] = (),
    *,
    fps: float = 10,
    source: HeadSource = HeadSource.FACE,
    uncertainty: Angles = NEUTRAL,
) -> list[Sample]:
    """From `start_s` on, up to and without `end_s`."""
    first, last = round(start_s * fps), round(end_s * fps)
    return [
        sample(i / fps, angles, shoulders, hands, source=source, uncertainty=uncertainty)
        for i in range(first, last)
    ]


def up(side: Side, rise_sw: float) -> Shoulders:
    """One shoulder up, and the line between them as that tilts it (57 degrees a radian)."""
    if side is Side.LEFT:
        return Shoulders(rise_sw, 0.0, 0.0, -57.0 * rise_sw, 0.0)
    return Shoulders(0.0, rise_sw, 0.0, 57.0 * rise_sw, 0.0)


def fold(samples: Sequence[Sample], settings: HoldSettings = SETTINGS) -> list[Event]:
    """All events, with those of the end."""
    state = holds.begin(settings)
    events: list[Event] = []
    for one in samples:
        state, new = holds.step(state, one)
        events += new
    return [*events, *holds.finish(state)[1]]


def reported(samples: Sequence[Sample], settings: HoldSettings = SETTINGS) -> list[Hold]:
    return [event.hold for event in fold(samples, settings) if event.hold]


def only_hold(samples: Sequence[Sample]) -> Hold:
    (hold,) = reported(samples)
    return hold


def told(samples: Sequence[Sample]) -> list[tuple[float, str]]:
    """When what happened."""
    return [(event.t_ms / 1000, event.kind.value) for event in fold(samples)]


def kinds(samples: Sequence[Sample]) -> list[EventKind]:
    return [event.kind for event in fold(samples)]


def mirrored(one: Sample) -> Sample:
    """The same moment, seen in a mirror."""
    seen = one.head
    if seen is not None:
        seen = replace(seen, angles=seen.angles.mirrored(), raw=seen.raw.mirrored())
    shoulders = one.shoulders
    if shoulders is not None:
        shoulders = Shoulders(
            shoulders.right_rise_sw,
            shoulders.left_rise_sw,
            -shoulders.drift_sw,
            -shoulders.tilt_deg,
            -shoulders.turn_deg,
        )
    hands = frozenset(side.other for side in one.hands_on_head)
    return Sample(one.t_ms, seen, shoulders, hands)
